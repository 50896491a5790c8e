"""A page as HTML, in the ways that sites write it."""

import re
from collections.abc import Callable
from dataclasses import replace
from html import escape
from random import Random

from tests.corpus.encodings import EncodingStyle
from tests.corpus.grid import Grid, PrintedCell
from tests.corpus.layouts import bars, prefixed
from tests.corpus.page import Line, Page

_HEAD = """<title>政府信息公开年报-政务公开-门户网站</title>
<script>var total = 26; function go(id) { if (id < 9 && id > 1) { location.href = "/art/2024/" + id; } }</script>
<style>table { border: 1px solid #999 } td { width: 100px; padding: 3px }
td .old, tr > td > b.gone { display: none }
.pale { color: #fff } .cut { text-decoration: line-through } .mark { vertical-align: super; font-size: 9px }</style>"""
_NAVIGATION = """<div class="nav"><ul><li><a href="/">首页</a></li><li><a href="/xxgk/">政务公开</a></li>
<li><a href="/zwfw/">政务服务</a></li><li><a href="/hdjl/">互动交流 12</a></li></ul></div>"""
_FOOT = """<!-- 行政许可 99 --><div class="foot"><p>主办：信息中心 备案号：京ICP备05070218号</p>
<a href="#">返回顶部</a></div><script src="/js/stat.js?id=404"></script>"""

# What nobody sees of a cell, and how a cell may show its figure otherwise than in its text.
_CONCEALING = {
    "hidden": (
        '<span style="display:none">{}</span>', '<i class="old">{}</i>', "<b class=gone>{}</b>",
        "<em class=pale>{}</em>",
        "<span hidden>{}</span>", '<font color="#FFFFFF">{}</font>', '<span style="font-size:0">{}</span>',
        '<span style="opacity:0">{}</span>', '<span style="visibility:hidden">{}</span>', "<!--{}-->",
        '<span style="position:absolute;left:-9999px">{}</span>', '<span style="color:transparent">{}</span>',
    ),
    "struck": (
        "<del>{}</del>", "<s>{}</s>", "<u class=cut>{}</u>", '<span style="text-decoration:line-through">{}</span>',
    ),
    "raised": (
        "<sup>{}</sup>", "<span class=mark>{}</span>", "<sub>{}</sub>",
        '<span style="position:relative;top:-5px;font-size:8px">{}</span>',
    ),
    "shown_otherwise": (
        '<input size="6" value="{1}" title="{0}">', "<select><option>{0}<option selected>{1}</select>",
        '<input type="hidden" value="{0}">{1}',
    ),
}  # fmt: skip
_LABELS = {"gb18030": ["gb2312", "gbk", "gb18030"], "big5": ["big5"], "utf-16": ["utf-16", "utf-8"]}


def document(body: str, encoding: EncodingStyle, rng: Random) -> str:
    """A whole document round ``body``, whose ``meta`` names its encoding rightly, wrongly or not at all."""
    honest = rng.choice(_LABELS.get(encoding, ["utf-8"]))
    label = rng.choice([honest, honest, honest, "gb2312", "iso-8859-1", ""])
    meta = rng.choice(['<meta charset="{}">', '<meta http-equiv="Content-Type" content="text/html; charset={}">'])
    declared = meta.format(label) if label else ""
    return f"<!DOCTYPE html>\n<html>\n<head>\n{declared}\n{_HEAD}\n</head>\n<body>\n{body}\n</body>\n</html>\n"


def visible(body: str) -> str:
    """What a person sees of ``body``, its cells parted by spaces."""
    return re.sub(r"<[^>]*>", " ", re.sub(r"</?span[^>]*>", "", body))


def merged(page: Page, rng: Random) -> str:
    """Tables with rowspan and colspan, between a portal's navigation and foot."""
    return "\n".join([_NAVIGATION, '<div class="article">', *_parts(page, _table), "</div>", _FOOT])


def blanks(page: Page, rng: Random) -> str:
    """Tables without a span: where a merged cell would continue, a blank one stands."""
    empty = rng.choice(["", "&nbsp;", "<br>", "&emsp;"])

    def draw(grid: Grid) -> str:
        rows = ("".join(f"<td>{escape(text) or empty}</td>" for text in row) for row in grid.blanked())
        return "<table>" + "\n".join(f"<tr>{row}</tr>" for row in rows) + "</table>"

    return "\n".join([_NAVIGATION, *_parts(page, draw), _FOOT])


def nested(page: Page, rng: Random) -> str:
    """The whole page laid out by tables: navigation in one cell, the report with its own tables in another."""
    inner = "\n".join(_parts(page, lambda grid: f"<div><table><tr><td>{_table(grid)}</td></tr></table></div>"))
    return (
        f'<table width="100%"><tr><td colspan="2">{_NAVIGATION}</td></tr>\n'
        f'<tr><td width="20%"><ul><li>机构职能</li><li>政策文件 35</li></ul></td><td>{inner}</td></tr>\n'
        f'<tr><td colspan="2">{_FOOT}</td></tr></table>'
    )


def saved_by_word(page: Page, rng: Random) -> str:
    """Word's filtered HTML: a paragraph and several spans in every cell, its own tags, hard spaces."""

    def cell(printed: PrintedCell) -> str:
        middle = len(printed.text) // 2
        halves = [_text(part) for part in (printed.text[:middle], printed.text[middle:]) if part]
        spans = "".join(f"<span lang=EN-US style='font-size:12.0pt'>{half}</span>" for half in halves) or "&nbsp;"
        inside = f"<p class=MsoNormal align=center>{spans}<o:p></o:p></p>"
        return f"<td width=57 {_spans(printed)} valign=top style='border:solid 1.0pt'>{inside}</td>"

    return "\n".join(_parts(page, lambda grid: _table(grid, cell)))


def headed(page: Page, rng: Random) -> str:
    """Tables with a caption, ``thead`` and ``th``."""

    def draw(grid: Grid) -> str:
        first = next(i for i, row in enumerate(grid.rows) if any(cell.cell for cell in row))
        head, body = _rows(grid, _cell).split("\n")[:first], _rows(grid, _cell).split("\n")[first:]
        ths = "\n".join(head).replace("<td", "<th").replace("</td", "</th")
        return f"<table><caption>统计表</caption><thead>{ths}</thead><tbody>{''.join(body)}</tbody></table>"

    return "\n".join(_parts(page, draw))


def split(page: Page, rng: Random) -> str:
    """Tables cut in two where no merged cell is cut; the second half has no header."""

    def draw(grid: Grid) -> str:
        whole = [
            at
            for at, row in enumerate(grid.resolved())
            if at and all(slot.place != "down" for slot in row) and any(cell.cell for cell in grid.rows[at])
        ]
        if not whole or len(grid.rows) < 5:
            return _table(grid)
        at = rng.choice(whole)
        return "\n".join(_table(Grid(half)) for half in (grid.rows[:at], grid.rows[at:]))

    return "\n".join(_parts(page, draw))


def divisions(page: Page, rng: Random) -> str:
    """Tables drawn with ``div`` elements."""

    def draw(grid: Grid) -> str:
        rows = ("".join(f'<div class="td">{escape(text)}</div>' for text in row) for row in grid.blanked())
        return '<div class="table">' + "\n".join(f'<div class="tr">{row}</div>' for row in rows) + "</div>"

    return "\n".join(_parts(page, draw))


def preformatted(page: Page, rng: Random) -> str:
    """The text of the page, bars and all, within ``pre`` or with ``br`` at each line end."""
    lines: list[str] = []
    for part in page.parts:
        lines += bars.padded_rows(part, rng) if isinstance(part, Grid) else [part.text]
    escaped = [escape(line) for line in lines]
    return rng.choice(["<pre>{}</pre>".format("\n".join(escaped)), "<p>{}</p>".format("<br>\n".join(escaped))])


def unclosed(page: Page, rng: Random) -> str:
    """Markup as typed by hand: end tags of rows and cells left out, upper case, unquoted attributes."""

    def draw(grid: Grid) -> str:
        rows = ("<TR>" + "".join(f"<TD {_spans(cell)}>{_text(cell.text)}" for cell in row) for row in grid.rows)
        return "<TABLE border=1>" + "\n".join(rows) + "</TABLE>"

    return "\n".join(_parts(page, draw))


def definitions(page: Page, rng: Random) -> str:
    """Figures as definition lists: the row is the term, its columns the descriptions."""

    def draw(grid: Grid) -> str:
        terms = (
            f"<dt>{escape(label)}</dt>"
            + "".join(f"<dd>{escape(column)}：{escape(text)}</dd>" for column, text in stated)
            for label, stated in prefixed.stated(grid)
        )
        return "<dl>" + "\n".join(terms) + "</dl>"

    return "\n".join(_parts(page, draw))


def decoy(page: Page, rng: Random) -> str:
    """Before every table a blank form that no visitor sees."""

    def draw(grid: Grid) -> str:
        blank = grid.mapped(lambda cell: replace(cell, text="0") if cell.cell else cell)
        return f'<div style="display:none">{_table(blank)}</div>{_table(grid)}'

    return "\n".join(_parts(page, draw))


def styled_decoy(page: Page, rng: Random) -> str:
    """The same, hidden by a style sheet."""
    return "<style>@media print { .tb { display: none } } .old { display:none }</style>" + decoy(page, rng).replace(
        '<div style="display:none">', '<div class="tb old">'
    )


def curtained(page: Page, rng: Random) -> str:
    """An article as WeChat sends it: nothing is to be seen before its script has run."""

    def cell(printed: PrintedCell) -> str:
        inside = f'<p style="margin:0"><span leaf="" style="font-size:12px">{_text(printed.text)}</span></p>'
        return f'<td {_spans(printed)}><section style="font-size:0">{inside}</section></td>'

    article = "\n".join(_parts(page, lambda grid: f"<section>{_table(grid, cell)}</section>"))
    return f'<div id="js_content" style="visibility: hidden; opacity: 0; ">{article}</div>'


def corrected(page: Page, rng: Random) -> str:
    """Figures with the mark of a note behind them, or with what they replace struck out before them."""
    before = ["<del>77</del>", "<s>5</s>", '<span style="text-decoration: line-through">12</span>']

    def cell(printed: PrintedCell) -> str:
        struck = rng.choice(["", "", *before]) if printed.cell else ""
        mark = rng.choice(["", "", "<sup>1</sup>"]) if printed.text[-1:].isdigit() and printed.cell else ""
        return f"<td {_spans(printed)}>{struck}{_text(printed.text)}{mark}</td>"

    return "\n".join(_parts(page, lambda grid: _table(grid, cell)))


def misspanned(page: Page, rng: Random) -> str:
    """A header whose merged cell spans too few columns, so that those behind it move in."""

    def cell(printed: PrintedCell) -> str:
        short = printed.text.replace(" ", "") == "法人或其他组织"
        return _cell(replace(printed, colspan=printed.colspan - 2) if short else printed)

    return "\n".join(_parts(page, lambda grid: _table(grid, cell)))


def tagged(page: Page, rng: Random) -> str:
    """Words within elements of Word's or the site's own, and some with their reading above them."""
    body = "\n".join(_parts(page, _table))
    body = body.replace("月", '<st1:chsdate w:st="on" islunardate="False">月</st1:chsdate>')
    return (
        "<ucapcontent>" + body.replace("规章", "<ruby>规<rp>(</rp><rt>guī</rt><rp>)</rp></ruby>章") + "</ucapcontent>"
    )


def _parts(page: Page, draw: Callable[[Grid], str]) -> list[str]:
    return [draw(part) if isinstance(part, Grid) else _paragraph(part) for part in page.parts]


def _paragraph(line: Line) -> str:
    tag = {"title": "h1", "furniture": "div"}.get(line.kind, "p")
    return f"<{tag}>{_text(line.text)}</{tag}>"


def _text(text: str) -> str:
    return escape(text).replace("\n", "<br>")


def _spans(cell: PrintedCell) -> str:
    spans = (("rowspan", cell.rowspan), ("colspan", cell.colspan))
    return " ".join(f'{name}="{span}"' for name, span in spans if span > 1)


def _cell(cell: PrintedCell) -> str:
    return f"<td {_spans(cell)}>{_concealing(cell) if cell.decoy else _text(cell.text)}</td>"


def _concealing(cell: PrintedCell) -> str:
    """What a cell says, with what it conceals."""
    way = Random(f"{cell.cell} {cell.decoy}").choice(_CONCEALING[cell.unseen])
    text = _text(cell.text)
    if cell.unseen == "shown_otherwise":
        return way.format(cell.decoy, text)
    return text + way.format(cell.decoy) if cell.unseen == "raised" else way.format(cell.decoy) + text


def _rows(grid: Grid, cell: Callable[[PrintedCell], str]) -> str:
    return "\n".join(f"<tr>{''.join(map(cell, row))}</tr>" for row in grid.rows)


def _table(grid: Grid, cell: Callable[[PrintedCell], str] = _cell) -> str:
    return f"<table>{_rows(grid, cell)}</table>"
