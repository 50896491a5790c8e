"""Word documents: paragraphs and tables in order, merged cells resolved."""

import io
from zipfile import ZipFile

import pytest
from docx.document import Document as WordDocument

from tests.ingest.files import archive, blocks, cells, paragraphs, word, word_xml

RUN = "<w:r><w:t>{}</w:t></w:r>"
STRUCK_NOT = '<w:strike w:val="0"/>'
RAISED = '<w:vertAlign w:val="superscript"/>'
RUBY = "<w:p><w:r><w:ruby><w:rt>{}</w:rt><w:rubyBase>{}</w:rubyBase></w:ruby></w:r></w:p>"
FORMATTED = "<w:r><w:rPr>{}</w:rPr><w:t>99</w:t></w:r>"


def test_paragraphs_and_tables_come_in_the_order_of_the_body() -> None:
    def write(document: WordDocument) -> None:
        document.add_paragraph("一、总体情况")
        document.add_table(1, 2).cell(0, 0).text = "规章"
        document.add_paragraph("二、主动公开")

    assert [block.text for block in blocks(word(write))] == ["一、总体情况", "规章", "", "二、主动公开"]


def test_cells_merged_across_and_down_are_stated_once() -> None:
    def write(document: WordDocument) -> None:
        table = document.add_table(3, 3)
        table.cell(0, 0).merge(table.cell(1, 1)).text = "办理结果"
        table.cell(0, 2).text = "自然人"
        table.cell(1, 2).text = "4"
        table.cell(2, 1).merge(table.cell(2, 2)).text = "12"

    assert cells(word(write)) == [
        ("办理结果", 0, 0, 2, 2),
        ("自然人", 0, 2, 1, 1),
        ("4", 1, 2, 1, 1),
        ("", 2, 0, 1, 1),
        ("12", 2, 1, 1, 2),
    ]


def test_rows_that_begin_further_right_keep_their_columns() -> None:
    cell = f"<w:tc><w:p>{RUN}</w:p></w:tc>"
    first = f"<w:tr>{cell.format('规章')}{cell.format('1')}</w:tr>"
    second = f'<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>{cell.format("2")}</w:tr>'
    assert cells(word_xml(f"<w:tbl>{first}{second}</w:tbl>"))[-1] == ("2", 1, 1, 1, 1)


def test_several_runs_are_one_word() -> None:
    def write(document: WordDocument) -> None:
        paragraph = document.add_paragraph("政府")
        paragraph.add_run("信息").bold = True
        paragraph.add_run("公开")

    assert paragraphs(word(write)) == ["政府信息公开"]


def test_a_table_in_the_only_cell_of_another_is_found() -> None:
    def write(document: WordDocument) -> None:
        inner = document.add_table(1, 1).cell(0, 0).add_table(1, 2)
        inner.cell(0, 0).text, inner.cell(0, 1).text = "规章", "7"

    assert [cell[0] for cell in cells(word(write))] == ["规章", "7"]


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (f"<w:p>{RUN.format('7')}<w:del>{RUN.format('99')}</w:del></w:p>", "7"),
        (f"<w:p><w:ins>{RUN.format('7')}</w:ins></w:p>", "7"),
        (f"<w:sdt><w:sdtContent><w:p>{RUN.format('7')}</w:p></w:sdtContent></w:sdt>", "7"),
        ("<w:p><w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:t>7</w:t></w:r></w:p>", "7"),
        (f"<w:p>{FORMATTED.format('<w:vanish/>')}{RUN.format('7')}</w:p>", "7"),
        (f"<w:p>{FORMATTED.format('<w:strike/>')}{RUN.format('7')}</w:p>", "7"),
        (f"<w:p>{FORMATTED.format(STRUCK_NOT)}{RUN.format('7')}</w:p>", "997"),
        (f"<w:p>{RUN.format('7')}{FORMATTED.format(RAISED)}</w:p>", "7[99]"),
        (RUBY.format(RUN.format("fǔ"), RUN.format("府")), "府"),
    ],
)
def test_what_was_deleted_struck_or_hidden_or_is_a_field_code_is_not_read(body: str, text: str) -> None:
    assert paragraphs(word_xml(body)) == [text]


def test_tabs_in_a_paragraph_part_cells() -> None:
    def write(document: WordDocument) -> None:
        document.add_paragraph("规章\t1\t\t3")

    assert [block.text for block in blocks(word(write))] == ["规章", "1", "", "3"]


def test_the_text_may_stand_in_a_part_of_another_number() -> None:
    whole = word_xml(f"<w:p>{RUN.format('规章')}</w:p>")
    with ZipFile(io.BytesIO(whole)) as package:
        text = package.read("word/document.xml")
    assert paragraphs(archive({"word/document2.xml": text})) == ["规章"]
