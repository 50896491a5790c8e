"""Documents of Word 97: read whole, seen as their formatting says, and only where two readers agree."""

import pytest
from docx.document import Document as WordDocument

from services.ingest.formats.doc.second_opinion import rows_agreed, rows_of
from services.ingest.read import read_document
from shared.blocks import Block
from shared.errors import Rejected
from tests.corpus.formats.doc import OFFICE, as_doc
from tests.ingest.files import blocks, cells, word

pytestmark = pytest.mark.skipif(OFFICE is None, reason="makes its files with LibreOffice, which is not installed")


@pytest.fixture(scope="module")
def document() -> bytes:
    def write(document: WordDocument) -> None:
        document.add_paragraph("一、总体情况")
        table = document.add_table(3, 3)
        table.cell(0, 0).merge(table.cell(0, 1)).text = "办理结果"
        table.cell(0, 2).text = "自然人"
        for column, (decoy, name) in enumerate([("77", "strike"), ("78", "hidden")], 1):
            paragraph = table.cell(1, column).paragraphs[0]
            setattr(paragraph.add_run(decoy).font, name, True)
            paragraph.add_run("12")
        table.cell(1, 0).merge(table.cell(2, 0)).text = "规章"
        table.cell(2, 1).paragraphs[0].add_run("14")
        table.cell(2, 1).paragraphs[0].add_run("1").font.superscript = True
        document.add_paragraph("二、主动公开")

    return as_doc(word(write))


def test_it_is_read_as_it_is_seen(document: bytes) -> None:
    assert cells(document) == [
        ("办理结果", 0, 0, 1, 2),
        ("自然人", 0, 2, 1, 1),
        ("规章", 1, 0, 2, 1),
        ("12", 1, 1, 1, 1),
        ("12", 1, 2, 1, 1),
        ("14[1]", 2, 1, 1, 1),
        ("", 2, 2, 1, 1),
    ]
    read = read_document(document, "a.wps")
    assert (read.format, read.blocks[0].text, read.blocks[-1].text) == ("doc", "一、总体情况", "二、主动公开")
    assert not any(block.doubt for block in read.blocks)


def test_rows_on_which_the_readers_disagree_are_told(document: bytes) -> None:
    found = [block for block in blocks(document) if block.table]
    rows = rows_of(found)
    whole = dict.fromkeys(rows, "办理结果|自然人规章|7712|7812|141")  # what is hidden, too
    other = rows_of([Block(block.text.replace("14", "15"), *block[1:]) for block in found])
    assert rows_agreed(rows, whole, document) == {(1, 0), (1, 1), (1, 2)}
    assert rows_agreed(other, whole, document) == {(1, 0), (1, 1)}
    assert rows_agreed(rows, rows, document) == {(1, 0)}
    assert rows_agreed(rows, whole, b"") == set()


def test_a_damaged_one_is_rejected(document: bytes) -> None:
    with pytest.raises(Rejected) as rejected:
        read_document(document[:512] + bytes(4096) + document[4608:], "a.doc")
    assert rejected.value.code == "unreadable"
