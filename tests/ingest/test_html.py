"""HTML: data tables on their grid, everything else as paragraphs, what no visitor sees not at all."""

import pytest

from shared.doubt import DoubtCode
from tests.ingest.files import blocks, cells, paragraphs


def page(body: str) -> bytes:
    return f"<!DOCTYPE html><html><head><title>站点</title></head><body>{body}</body></html>".encode()


def test_spans_are_resolved_and_merged_cells_stated_once() -> None:
    table = """<table><tr><td rowspan=2 colspan=2>办理结果<td>自然人<td>总计<tr><td>4<td>
    <tr><td>其他<td colspan="3">12</table>"""
    assert cells(page(table)) == [
        ("办理结果", 0, 0, 2, 2),
        ("自然人", 0, 2, 1, 1),
        ("总计", 0, 3, 1, 1),
        ("4", 1, 2, 1, 1),
        ("", 1, 3, 1, 1),
        ("其他", 2, 0, 1, 1),
        ("12", 2, 1, 1, 3),
    ]


@pytest.mark.parametrize("span", ["0", "9", "99999999999"])
def test_a_span_beyond_the_table_ends_with_it(span: str) -> None:
    table = f"<table><tr><td rowspan={span}>规章<td>1<tr><td>2</table>"
    assert cells(page(table)) == [("规章", 0, 0, 2, 1), ("1", 0, 1, 1, 1), ("2", 1, 1, 1, 1)]


@pytest.mark.parametrize("span", ["x", "-3", ""])
def test_a_span_that_is_no_number_is_one(span: str) -> None:
    assert cells(page(f'<table><tr><td colspan="{span}">规章<td>1</table>'))[1] == ("1", 0, 1, 1, 1)


def test_layout_tables_are_walked_through() -> None:
    data = "<table><tr><td>规章<td>7</table>"
    layout = f"<table><tr><td>导航<td><p>一、总体情况</p><table><tr><td>{data}</table><tr><td colspan=2>页脚</table>"
    assert paragraphs(page(layout)) == ["导航", "一、总体情况", "页脚"]
    assert [cell[0] for cell in cells(page(layout))] == ["规章", "7"]


@pytest.mark.parametrize(
    "unseen",
    [
        "<script>var total = 99;</script>",
        "<style>td { width: 99px }</style>",
        "<!-- 行政许可 99 -->",
        "<nav><a>首页 99</a></nav>",
        '<div style="display: none">99</div>',
        "<div hidden>99</div>",
        '<div role="navigation">99</div>',
        "<noscript>99</noscript>",
        "<select><option>99</option></select>",
        "<del>99</del><s>9</s><strike>9</strike>",
        '<span style="text-decoration:line-through">99</span>',
        '<span style="opacity:0">99</span><span style="font-size: 0px;">9</span>',
        '<span style="position:absolute;left:-9999px">99</span><span class="sr-only">9</span>',
        "<style>p.old, .older { display:none }</style><p class='x older'>99</p><p class=old>9</p>",
    ],
)
def test_what_no_visitor_reads_is_ignored(unseen: str) -> None:
    assert paragraphs(page(f"<p>规章</p>{unseen}")) == ["规章"]


def test_inline_elements_do_not_part_words_and_line_breaks_part_paragraphs() -> None:
    text = "<p>政府<b>信息</b><span>公开</span><br>2024&nbsp;年</p>"
    assert paragraphs(page(text)) == ["政府信息公开", "2024年"]


def test_lines_and_paragraphs_in_a_cell_are_one_text() -> None:
    assert cells(page("<table><tr><td>商业<br>企业<td><p>1</p><p></p></table>"))[0][0] == "商业企业"


def test_preformatted_lines_are_read_as_text() -> None:
    rows = [
        (block.text, block.row, block.column) for block in blocks(page("<pre>规章 | 1 | 2 |\n行政许可 | 3 |</pre>"))
    ]
    assert rows == [("规章", 0, 0), ("1", 0, 1), ("2", 0, 2), ("行政许可", 1, 0), ("3", 1, 1)]


def test_sources_name_table_row_and_column() -> None:
    found = blocks(page("<p>标题</p><table><tr><td>规章<td>1<tr><td>许可<td>2</table>"))
    assert [block.source for block in found] == ["P1", "T1R1C1", "T1R1C2", "T1R2C1", "T1R2C2"]


def test_tables_drawn_with_boxes_keep_their_blank_cells_and_are_not_certain() -> None:
    rows = (["规章", "", "1"], ["许可", "2", ""])
    drawn = "".join(f"<div>{''.join(f'<div>{cell}</div>' for cell in row)}</div>\n" for row in rows)
    found = blocks(page(f"<div>{drawn}</div>"))
    assert [block.text for block in found] == ["规章", "", "1", "许可", "2", ""]
    assert not any(block.certain for block in found)


@pytest.mark.parametrize(
    "style",
    [
        "@media print { .tab { display: none } }",
        ".tab { display: none } .tab.on { display: block }",
        "/* .tab { display: none } */",
        ".tab .menu { display: none }",
    ],
)
def test_what_is_hidden_at_times_only_is_read(style: str) -> None:
    assert paragraphs(page(f"<style>{style}</style><p class=tab>规章</p>")) == ["规章"]


def test_what_is_hidden_until_a_script_has_run_is_read() -> None:
    article = "<p>一、总体情况</p><p>全年公开信息十二条。</p>"
    data = page(f'<p>政务公开</p><div style="visibility: hidden; opacity: 0">{article}</div>')
    assert paragraphs(data) == ["政务公开", "一、总体情况", "全年公开信息十二条。"]


def test_raised_digits_behind_a_figure_are_the_mark_of_a_note() -> None:
    raised = '<a href="#2"><span style="vertical-align: super">2</span></a>'
    table = f"<table><tr><td>规章<sup>1</sup><td>780<sup>2</sup><td>12{raised}</table>"
    assert [block.text for block in blocks(page(f"{table}<p>3件<sup>1</sup>，5<sup>1</sup></p>"))] == [
        "规章1",
        "780[2]",
        "12[2]",
        "3件1，5[1]",
    ]


def test_unknown_elements_and_readings_part_no_words() -> None:
    text = "<p>2024<st1:chsdate>年</st1:chsdate>政<ruby>府<rp>(</rp><rt>fǔ</rt><rp>)</rp></ruby></p>"
    assert paragraphs(page(text)) == ["2024年政府"]


def test_large_pictures_within_a_page_are_passed_over() -> None:
    picture = "A" * 9_000_000
    assert paragraphs(page(f'<p>规章</p><img src="data:image/png;base64,{picture}">')) == ["规章"]


TITLE = "青山县财政局2023年政府信息公开工作年度报告"


@pytest.mark.parametrize(
    "head",
    [
        f"<title>{TITLE}</title>",
        f"<title>{TITLE}_政府信息公开_青山县人民政府</title>",
        f'<title>青山县人民政府</title><meta name="ArticleTitle" content="{TITLE}">',
    ],
)
def test_a_title_that_only_the_head_says_is_told_first(head: str) -> None:
    page = f"<html><head>{head}</head><body><p>一、总体情况</p></body></html>"
    assert paragraphs(page.encode()) == [TITLE, "一、总体情况"]


@pytest.mark.parametrize("title", [TITLE, "青山县人民政府门户网站首页", "政府信息公开"])
def test_a_title_that_the_page_prints_or_that_is_the_site_s_is_not_told(title: str) -> None:
    printed = ["青山县财政局", "2023年政府信息公开工作年度报告"]
    page = f"<html><head><title>{title}</title></head><body><p>{printed[0]}</p><p>{printed[1]}</p></body>"
    assert paragraphs(page.encode()) == printed


@pytest.mark.parametrize(
    "table",
    [
        f"<table><tr>{'<td>1' * 10_000}</table>",
        f"<table>{'<tr><td colspan=999 rowspan=65534>1<td>2' * 200}</table>",
        "<table><tr><td>您的位置<td colspan=1000>首页</table>",
        "<table><tr><td colspan=99999999>首页<td>1<tr><td>2<td>3</table>",
    ],
)
def test_a_table_beside_the_report_never_rejects_it(table: str) -> None:
    found = blocks(page(f"{table}<p>一、总体情况</p>"))
    assert found[-1].text == "一、总体情况"
    assert all(block.doubt is DoubtCode.UNPROVED for block in found[:-1] if not block.certain)
