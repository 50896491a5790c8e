"""Reports as HTML pages whose cells and style sheets are drawn at random: not all figures are what they seem."""

from dataclasses import dataclass
from html import escape
from random import Random

from tests.corpus.grid import Grid, PrintedCell
from tests.corpus.spec import Spec, compose
from tests.eye import styles

_ELEMENTS = (
    "span", "span", "span", "b", "i", "font", "a", "em", "u", "code", "small", "big", "div", "p", "label", "o:p", "x-y",
)  # fmt: skip
_MARKED = ("sup", "sub", "del", "s", "strike", "ins", "mark", "bdo dir=rtl", "kbd")
# Elements of which browsers show nothing, or another thing than their text.
_CONTROLS = (
    "<span hidden>{0}</span>", "<template>{0}</template>", "<noscript>{0}</noscript>", "<!--{0}-->",
    "<dialog>{0}</dialog>", "<details><summary></summary>{0}</details>",
    "<details open><summary></summary>{0}</details>", "<input type=hidden value={0}>",
    "<textarea hidden>{0}</textarea>", "<datalist><option>{0}</datalist>", "<canvas>{0}</canvas>",
    "<video>{0}</video>", "<object>{0}</object>", "<iframe>{0}</iframe>", "<progress>{0}</progress>",
    "<script>{0}</script>", "<style>{0}</style>", "<font color=#ffffff>{0}</font>", "<font color=white>{0}</font>",
    "<font color=ffffff>{0}</font>", "<font size=1>{0}</font>", "<font color=red>{0}</font>",
    "<div popover>{0}</div>", "<audio>{0}</audio>", "<svg width=0 height=0><text>{0}</text></svg>",
    "<ruby>{0}<rt>1</rt></ruby>", "<button>{0}</button>", "<select><option>7<option selected>{0}</select>",
    "<select><option>{0}<option>8</select>", "<math><mn>{0}</mn></math>", "<input size=3 value={0}>",
    "<textarea rows=1 cols=4>{0}</textarea>", "<input type=checkbox value={0}>", "<input type=password value={0}>",
    "<output>{0}</output>", "<title>{0}</title>", "<area alt={0}>", "<wbr>", "&#8203;", "<span title=3>{0}</span>",
    "<span aria-hidden=true>{0}</span>", "<span aria-label=5>{0}</span>", "<xmp>{0}</xmp>",
    "<input size=3 placeholder={0}>", "<meter value=1>{0}</meter>", "<embed src=x>", "<frameset>{0}</frameset>",
    "<marquee>{0}</marquee>", "<nobr>{0}</nobr>", "<blink>{0}</blink>", "<plaintext-x>{0}</plaintext-x>",
    "<slot>{0}</slot>",
)  # fmt: skip


@dataclass(frozen=True)
class StyledPage:
    """A page: its HTML, and the figure that stands in its markup for each cell of the form, styled or not."""

    html: str
    cells: dict[str, str]


def draw(seed: int, share: float = 0.12) -> StyledPage:
    """The page of ``seed``; ``share`` of its figures are in elements of their own."""
    rng = Random(seed)
    page = compose(Spec(seed=seed, format="html", layout="merged"))
    cells: dict[str, str] = {}
    parts = []
    for part in page.parts:
        if isinstance(part, Grid):
            rows = ("".join(_cell(cell, cells, rng, share) for cell in row) for row in part.rows)
            parts.append(f"<table>{''.join(f'<tr{_row(rng)}>{row}</tr>' for row in rows)}</table>")
        else:
            parts.append(f"<p>{escape(part.text)}</p>")
    head = f"<meta charset=utf-8><style>{styles.sheet(rng)}</style>"
    return StyledPage(f"<!DOCTYPE html><html><head>{head}</head><body>{''.join(parts)}</body></html>", cells)


def _row(rng: Random) -> str:
    return f" class=c{rng.randrange(styles.CLASSES)}" if rng.random() < 0.01 else ""


def _cell(cell: PrintedCell, cells: dict[str, str], rng: Random, share: float) -> str:
    spans = f" rowspan={cell.rowspan}" * (cell.rowspan > 1) + f" colspan={cell.colspan}" * (cell.colspan > 1)
    if not cell.cell:
        return f"<td{spans}>{escape(cell.text)}</td>"
    cells[cell.cell] = cell.text
    own = _attributes(rng) if rng.random() < share / 8 else ""
    inside = _spoiled(cell.text, rng) if rng.random() < share else escape(cell.text)
    return f'<td{spans} data-cell="{cell.cell}"{own}>{inside}</td>'


def _spoiled(figure: str, rng: Random) -> str:
    """A figure with other digits in elements before, behind or within it, or cut into elements itself."""
    extra = str(rng.randint(0, 99))
    at = rng.randrange(len(figure) + 1)
    match rng.randrange(5):
        case 0 | 1:
            return _element(extra, rng) + figure
        case 2:
            return figure + _element(extra, rng)
        case 3:
            return _element(figure[:at], rng) + _element(figure[at:], rng)
        case _:
            return figure[:at] + _element(extra, rng) + figure[at:]


def _element(text: str, rng: Random, depth: int = 0) -> str:
    if rng.random() < 0.2:
        return rng.choice(_CONTROLS).format(text)
    if depth < 2 and rng.random() < 0.25:
        text = _element(text, rng, depth + 1) + rng.choice(("", "", "4"))
    name = rng.choice(_MARKED if rng.random() < 0.12 else _ELEMENTS)
    return f"<{name}{_attributes(rng)}>{text}</{name.split(' ')[0]}>"


def _attributes(rng: Random) -> str:
    attributes = ""
    if rng.random() < 0.7:
        names = {f"c{rng.randrange(styles.CLASSES)}" for _ in range(rng.choice((1, 1, 2)))}
        attributes += f' class="{" ".join(sorted(names))}"'
    if rng.random() < 0.35:
        attributes += f' style="{escape(styles.inline(rng))}"'
    if rng.random() < 0.1:
        attributes += f" id=k{rng.randrange(6)}"
    if rng.random() < 0.1:
        attributes += " title=6"
    return attributes
