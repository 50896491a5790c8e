"""PDF: ruled tables by their rules, others by position, prose over its line ends, no page furniture."""

from collections.abc import Callable

import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from shared.doubt import DoubtCode
from shared.errors import Rejected
from tests.ingest.files import FONT, blocks, cells, paragraphs, pdf

Drawing = Callable[[Canvas], None]


def test_rules_make_the_grid_and_a_missing_rule_merges() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.rect(100, 600, 100, 60)
        canvas.rect(200, 630, 100, 30)
        canvas.rect(200, 600, 100, 30)
        for x, y, text in ((110, 625, "办理结果"), (210, 640, "自然人"), (210, 610, "4")):
            canvas.drawString(x, y, text)

    assert cells(pdf(draw)) == [("办理结果", 0, 0, 2, 1), ("自然人", 0, 1, 1, 1), ("4", 1, 1, 1, 1)]


def test_rules_drawn_as_thin_boxes_or_in_pieces_are_rules() -> None:
    def draw(canvas: Canvas) -> None:
        for y in (600, 630, 660):
            canvas.rect(100, y, 200, 0.5, stroke=0, fill=1)
        for x in (100, 200, 300):
            for y in range(600, 660, 10):
                canvas.line(x, y, x, y + 9)
        for x, y, text in ((110, 640, "规章"), (210, 640, "7"), (110, 610, "许可")):
            canvas.drawString(x, y, text)

    assert [cell[0] for cell in cells(pdf(draw))] == ["规章", "7", "许可", ""]


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_page_that_is_turned_is_read_as_it_is_seen(turn: int) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setPageRotation(turn)  # which swaps width and height, so that the page looks the same
        canvas.translate(*{0: (0, 0), 90: (842, 0), 180: (595, 842), 270: (0, 595)}[turn])
        canvas.rotate(turn)
        for x, y, text in ((110, 340, "A"), (210, 340, "7"), (110, 310, "B"), (210, 310, "8")):
            canvas.rect(x - 10, y - 10, 100, 30)
            canvas.drawString(x, y, text)

    assert [cell[:3] for cell in cells(pdf(draw))] == [("A", 0, 0), ("7", 0, 1), ("B", 1, 0), ("8", 1, 1)]


def test_a_table_goes_on_over_the_page_whose_running_header_is_told_once_and_its_number_never() -> None:
    def draw(canvas: Canvas) -> None:
        for page, (label, figure) in enumerate((("规章", "1"), ("许可", "2")), 1):
            canvas.setFont(FONT, 10)
            canvas.drawString(250, 810, "某某县政府信息公开年报")
            for x, text in ((100, label), (200, figure)):
                canvas.rect(x, 600, 100, 30)
                canvas.drawString(x + 10, 610, text)
            canvas.drawString(290, 30, f"— {page} —")
            canvas.showPage()

    data = pdf(draw)
    assert [cell[:3] for cell in cells(data)] == [("规章", 0, 0), ("1", 0, 1), ("许可", 1, 0), ("2", 1, 1)]
    assert {block.table for block in blocks(data) if block.table} == {1}
    assert paragraphs(data) == ["某某县政府信息公开年报"]


def test_figures_without_rules_keep_their_columns() -> None:
    def draw(canvas: Canvas) -> None:
        rows = [["信息内容", "本年制发", "本年废止"], ["规章", "1", "12"], ["规范性文件", "", "7"]]
        for number, row in enumerate(rows):
            for column, text in enumerate(row):
                canvas.drawCentredString(100 + 150 * column, 700 - 20 * number, text)

    found = blocks(pdf(draw))
    assert [[block.text for block in found if block.row == row] for row in (1, 2)] == [
        ["规章", "1", "12"],
        ["规范性文件", "", "7"],
    ]
    assert not any(block.certain for block in found)


def test_lines_of_prose_become_paragraphs() -> None:
    def draw(canvas: Canvas) -> None:
        lines = ["　　" + "政" * 38, "府" * 40, "公开。", "（一）" + "主" * 37, "（二）动"]
        for number, line in enumerate(lines):
            canvas.drawString(80, 700 - 18 * number, line)

    assert paragraphs(pdf(draw)) == ["政" * 38 + "府" * 40 + "公开。", "（一）" + "主" * 37, "（二）动"]


def test_bold_print_by_printing_twice_doubles_no_figure() -> None:
    def draw(canvas: Canvas) -> None:
        for offset in (0, 0.3):
            canvas.drawString(100 + offset, 700, "规章共11件")
            canvas.drawString(200, 650, "许可")
        for character, x in zip("规章", (100, 110), strict=True):
            canvas.drawString(x, 700, character)

    assert paragraphs(pdf(draw)) == ["规章共11件", "许可"]


def test_a_scan_without_text_is_unreadable_and_says_so() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.rect(50, 50, 400, 700, fill=1)

    with pytest.raises(Rejected, match="OCR") as rejected:
        blocks(pdf(draw))
    assert rejected.value.code == "unreadable"


@pytest.mark.parametrize(("width", "text"), [(24, "9212"), (90, "921 2")])
def test_a_figure_that_fills_its_cell_goes_on_in_the_next_line(width: float, text: str) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.rect(100, 600, 100, 40)
        canvas.rect(200, 600, width, 40)
        for x, y, piece in ((110, 620, "规章"), (203, 625, "921"), (203, 610, "2")):
            canvas.drawString(x, y, piece)

    assert cells(pdf(draw))[1][0] == text


def test_a_centred_title_does_not_go_on_in_the_heading_below_it() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawCentredString(297, 700, "某某县2024年政府信息公开工作年度报告")
        canvas.drawString(80, 680, "总体情况")

    assert paragraphs(pdf(draw)) == ["某某县2024年政府信息公开工作年度报告", "总体情况"]


@pytest.mark.parametrize(
    ("below", "rows"),
    [
        (("及三安全", "", ""), [["3.危及三安全", "12", "353"]]),
        (("及三安全", "", "3"), [["3.危及三安全", "12", "3533"]]),
        (("及三安全", "4", ""), [["3.危", "12", "353"], ["及三安全", "4", ""]]),
        (("", "", "3"), [["3.危", "12", "3533"]]),
        (("4.保护", "7", "8"), [["3.危", "12", "353"], ["4.保护", "7", "8"]]),
    ],
)
def test_a_row_that_the_end_of_a_page_broke_is_one(below: tuple[str, ...], rows: list[list[str]]) -> None:
    def draw(canvas: Canvas) -> None:
        for y, texts in (
            (60, ("规章", "", "")),
            (40, ("3.危", "12", "353")),
            (0, ()),
            (780, below),
            (760, ("许可", "5", "6")),
        ):
            if not y:
                canvas.showPage()
                canvas.setFont(FONT, 10)
            for x, width, text in zip((100, 140, 180), (40, 40, 20), texts, strict=False):
                canvas.rect(x, y, width, 20)
                canvas.drawString(x + 2, y + 5, text)

    found = [block.text for block in blocks(pdf(draw))]
    assert found == ["规章", "", "", *(text for row in rows for text in row), "许可", "5", "6"]


def test_a_figure_over_two_lines_of_a_column_without_rules_is_not_its_first_half() -> None:
    def draw(canvas: Canvas) -> None:
        for y, texts in ((700, ("规章", "12", "11206")), (680, ("许可", "1120", "7")), (669, ("", "6", ""))):
            for x, text in zip((100, 200, 300), texts, strict=True):
                canvas.drawString(x, y, text)

    assert [block.text for block in blocks(pdf(draw))] == ["规章", "12", "11206", "许可", "1120 6", "7"]


def _slanted(canvas: Canvas) -> None:
    canvas.translate(105, 690)
    canvas.rotate(30)
    canvas.drawString(0, 0, "99")


def _faint(canvas: Canvas) -> None:
    canvas.setFillAlpha(0.2)
    canvas.drawString(100, 700, "99")


def _white(canvas: Canvas) -> None:
    canvas.setFillGray(1)
    canvas.drawString(85, 700, "99")


@pytest.mark.parametrize("unseen", [_slanted, _faint, _white])
def test_watermarks_and_white_letters_are_not_read(unseen: Drawing) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(100, 700, "规章共11件")
        canvas.saveState()
        unseen(canvas)
        canvas.restoreState()

    assert paragraphs(pdf(draw)) == ["规章共11件"]


def test_white_letters_on_a_colour_are_read() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFillColorRGB(0, 0.2, 0.6)
        canvas.rect(90, 690, 200, 30, stroke=0, fill=1)
        canvas.setFillGray(1)
        canvas.drawString(100, 700, "信息内容")

    assert paragraphs(pdf(draw)) == ["信息内容"]


def test_text_that_lies_on_its_side_is_read_though_the_page_is_not_turned() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.translate(595, 0)
        canvas.rotate(90)
        for x, y, text in ((110, 340, "规章"), (210, 340, "7"), (110, 310, "许可"), (210, 310, "8")):
            canvas.rect(x - 10, y - 10, 100, 30)
            canvas.drawString(x, y, text)

    assert [cell[:3] for cell in cells(pdf(draw))] == [("规章", 0, 0), ("7", 0, 1), ("许可", 1, 0), ("8", 1, 1)]


def test_the_mark_of_a_note_is_no_part_of_a_figure() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(100, 700, "规章共78")
        canvas.setFont(FONT, 6)
        canvas.drawString(140, 704, "1")

    assert [block.text for block in blocks(pdf(draw))] == ["规章共78[1]"]


def test_a_raised_digit_among_others_makes_the_figure_doubtful() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(100, 700, "规章共7")
        canvas.drawString(138, 700, "85")
        canvas.setFont(FONT, 6)
        canvas.drawString(135, 704, "1")

    assert [block.doubt for block in blocks(pdf(draw))] == [DoubtCode.OVERLAPPING_TEXT]


def test_where_a_mark_ends_the_first_line_of_a_figure_nobody_can_tell_whether_it_goes_on() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.rect(100, 600, 100, 40)
        canvas.rect(200, 600, 24, 40)
        for x, y, piece in ((110, 620, "规章"), (203, 625, "921"), (203, 610, "2")):
            canvas.drawString(x, y, piece)
        canvas.setFont(FONT, 5)
        canvas.drawString(218, 629, "5")

    assert blocks(pdf(draw))[1].doubt == DoubtCode.OVERLAPPING_TEXT


def test_digits_that_are_mirrored_are_in_doubt() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(100, 700, "规章共")
        canvas.transform(-1, 0, 0, 1, 280, 0)
        canvas.drawString(130, 700, "64")

    assert DoubtCode.SYMBOL_FONT in [block.doubt for block in blocks(pdf(draw))]


def test_a_figure_struck_out_is_not_read() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(100, 700, "规章共78")
        canvas.line(130, 703, 140, 703)

    assert paragraphs(pdf(draw)) == ["规章共\ufffd\ufffd"]


def test_a_character_of_a_font_that_no_machine_has_is_not_lost() -> None:
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))

    def draw(canvas: Canvas) -> None:
        canvas.rect(100, 600, 100, 40)
        canvas.rect(200, 600, 41, 40)
        canvas.setFont("STSong-Light", 10)
        for x, y, piece in ((110, 620, "规章"), (201, 625, "１１９５"), (211, 610, "３")):
            canvas.drawString(x, y, piece)

    assert [text for text, *_ in cells(pdf(draw))] == ["规章", "11953"]


def test_digits_that_stand_under_two_figures_make_both_doubtful() -> None:
    def draw(canvas: Canvas) -> None:
        for y, texts in ((700, ((100, "规章"), (200, "12"), (214, "34"))), (689, ((202, "5678"),))):
            for x, text in texts:
                canvas.drawString(x, y, text)

    assert [block.doubt for block in blocks(pdf(draw)) if block.text[0].isdigit()] == [DoubtCode.OVERLAPPING_TEXT] * 2


def test_a_title_that_fills_its_line_is_no_part_of_the_prose_below() -> None:
    def draw(canvas: Canvas) -> None:
        for number, line in enumerate(
            ["某某县白杨镇人民政府2023年政府信息公开工作年度报告", "政" * 25, "府" * 9 + "。"]
        ):
            canvas.drawString(80, 700 - 18 * number, line)

    assert paragraphs(pdf(draw))[0] == "某某县白杨镇人民政府2023年政府信息公开工作年度报告"
