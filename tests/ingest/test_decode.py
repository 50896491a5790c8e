"""Which encoding a file is in is proved, not believed."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.ingest.decode import decode
from services.ingest.read import read_document
from shared.errors import Rejected

PAGE = "临江县公安局2024年政府信息公开工作年度报告\n一、总体情况\n全年主动公开政府信息82条，未收到政府信息公开申请。\n"
TRADITIONAL = "臨江縣公安局2024年政府信息公開工作年度報告\n一、總體情況\n全年主動公開政府信息82條，未收到申請。\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "gb2312", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
def test_simplified_text_is_read_in_every_encoding(encoding: str) -> None:
    assert decode(PAGE.encode(encoding)).text == PAGE


@pytest.mark.parametrize("encoding", ["utf-8", "big5", "gb18030", "utf-16-be", "big5hkscs"])
def test_traditional_text_is_read_in_every_encoding(encoding: str) -> None:
    assert decode(TRADITIONAL.encode(encoding)).text == TRADITIONAL


@pytest.mark.parametrize(("encoding", "name"), [("gbk", "gb18030"), ("big5", "big5"), ("utf-16-le", "utf-16-le")])
def test_the_encoding_is_named_as_python_names_it(encoding: str, name: str) -> None:
    assert decode(TRADITIONAL.encode(encoding)).encoding == name


def test_a_label_in_the_page_is_not_believed() -> None:
    page = f'<html><head><meta charset="gb2312"></head><body><p>{PAGE}</p></body></html>'
    document = read_document(page.encode("utf-8"), "page.html")
    assert document.encoding == "utf-8"
    assert document.blocks[0].text.startswith("临江县公安局")


@pytest.mark.parametrize("mark", [codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE])
@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "big5"])
def test_a_byte_order_mark_before_another_encoding_is_not_believed(mark: bytes, encoding: str) -> None:
    page = TRADITIONAL if encoding == "big5" else PAGE
    assert decode(mark + page.encode(encoding)).text == page


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("padding", [1, 2, 511])
def test_nul_bytes_that_fill_a_file_up_are_not_text(encoding: str, padding: int) -> None:
    assert decode(PAGE.encode(encoding) + bytes(padding)).text.rstrip("\0") == PAGE


def test_nul_bytes_between_figures_do_not_join_them() -> None:
    assert "8  2" not in decode(PAGE.replace("82", "8\0\0002").encode()).text
    assert "8 2" in decode(PAGE.replace("82", "8\0\0002").encode()).text


def test_drawn_rules_do_not_make_a_page_implausible() -> None:
    page = PAGE + "├────┼────┤\n" * 400
    assert decode(page.encode("gb18030")).text == page


def test_a_broken_byte_stays_visible_and_costs_no_figure() -> None:
    data = (PAGE.replace("82", "8?2") + PAGE * 5).encode().replace(b"?", b"\xe4")
    assert "8\ufffd2条" in decode(data).text


@pytest.mark.parametrize("data", [bytes(range(256)) * 20, b"\0" * 1000, b"\x80\xff" * 500, "café".encode("latin-1")])
def test_what_no_encoding_fits_is_unreadable(data: bytes) -> None:
    with pytest.raises(Rejected) as rejected:
        decode(data)
    assert rejected.value.code == "unreadable"


@given(st.binary(max_size=2_000))
def test_any_bytes_become_text_or_are_unreadable(data: bytes) -> None:
    try:
        decode(data)
    except Rejected as rejected:
        assert rejected.code == "unreadable"


@pytest.mark.parametrize("data", [b"", b"  \r\n\t "])
def test_a_blank_file_is_empty(data: bytes) -> None:
    with pytest.raises(Rejected) as rejected:
        read_document(data, "page.txt")
    assert rejected.value.code == "empty"
