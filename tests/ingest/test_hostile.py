"""Files made to do harm, or broken: rejected with a code, and the next file is read as if nothing had been."""

import io
import os
import zlib
from collections.abc import Callable
from zipfile import ZipFile

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from services.ingest.limits import Limits
from services.ingest.read import read_document
from shared.errors import Rejected, RejectionCode
from tests.ingest.files import archive, paragraphs, word_xml, workbook

LIMITS = Limits(seconds=1, megabytes=100)
HAN = "政府信息公开"


def rejection(data: bytes) -> RejectionCode:
    with pytest.raises(Rejected) as rejected:
        read_document(data, "../../etc/passwd\x07", LIMITS)
    return rejected.value.code


def pdf_with(content: bytes) -> bytes:
    packed = zlib.compress(content, 9)
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[4 0 R]/Count 1>>",
        b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(packed), packed),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 3 0 R>>",
    ]
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % (number, each) for number, each in enumerate(objects, 1))
    return b"%PDF-1.4\n" + body + b"trailer<</Size 5/Root 1 0 R>>\n%%EOF"


def sheet_with_far_cell() -> bytes:
    """A sheet of two cells, one at either end of it."""

    def write(sheet: Worksheet) -> None:
        sheet["A1"], sheet["XFD1048576"] = 1, 1

    return workbook(write)


def laughs() -> str:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return f'<!DOCTYPE d [<!ENTITY l0 "lol">{entities}]>'


def lying_length() -> bytes:
    """A document whose archive says that its text has 10 bytes."""
    data = bytearray(word_xml(f"<w:p><w:r><w:t>{HAN * 1000}</w:t></w:r></w:p>"))
    with ZipFile(io.BytesIO(data)) as package:
        size = package.infolist()[0].file_size
    start = data.rindex(size.to_bytes(4, "little"))
    data[start : start + 4] = (10).to_bytes(4, "little")
    return bytes(data)


HOSTILE: dict[str, tuple[Callable[[], bytes], set[RejectionCode]]] = {
    "zip bomb": (lambda: archive({"word/document.xml": b" " * 90_000_000}), {"too_large"}),
    "billion laughs": (lambda: word_xml("<w:p><w:r><w:t>&l9;</w:t></w:r></w:p>", laughs()), {"hostile"}),
    "external entity": (
        lambda: word_xml("<w:p>&x;</w:p>", '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
        {"hostile"},
    ),
    "deep nesting in Word": (lambda: word_xml("<w:p>" * 5_000), {"hostile"}),
    "deep nesting in HTML": (lambda: ("<table><tr><td>" * 3_000).encode() + HAN.encode(), {"hostile"}),
    "wide table in Word": (
        lambda: word_xml(f"<w:tbl><w:tr>{'<w:tc><w:p/></w:tc>' * 10_000}</w:tr></w:tbl>"),
        {"hostile"},
    ),
    "wide line": (lambda: f"{HAN}{'|' * 10_000}".encode(), {"hostile"}),
    "far cell": (sheet_with_far_cell, {"hostile", "too_large"}),
    "endless line": (lambda: b"1" * 9_000_000, {"too_large"}),
    "endless lines": (lambda: HAN.encode() + b"\n" * 100_000, {"too_large"}),
    "endless cells": (lambda: (HAN + "|" * 900 + "\n").encode() * 100, {"too_large"}),
    "PDF bomb": (lambda: pdf_with(b" " * 90_000_000), {"hostile", "too_large"}),
    "PDF of noise": (lambda: b"%PDF-1.7\n" + os.urandom(100_000), {"unreadable"}),
    "lying length": (lying_length, {"unreadable"}),
    "cut archive": (lambda: word_xml("<w:p/>")[:-30], {"unreadable"}),
    "password": (lambda: b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), {"unreadable"}),
    "Word 97": (lambda: b"\xd0\xcf\x11\xe0" + "WordDocument".encode("utf-16-le"), {"unreadable"}),
    "Excel 97": (lambda: b"\xd0\xcf\x11\xe0" + "Workbook".encode("utf-16-le"), {"unreadable"}),
    "picture": (lambda: b"\x89PNG\r\n\x1a\n", {"unsupported_format"}),
    "OFD": (lambda: archive({"OFD.xml": "<ofd/>", "Doc_0/Pages/Page_0/Content.xml": "<p/>"}), {"unreadable"}),
    "archive": (lambda: archive({"a.txt": "规章"}), {"unsupported_format"}),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_rejected_and_the_next_one_is_read(name: str) -> None:
    build, codes = HOSTILE[name]
    assert rejection(build()) in codes
    assert paragraphs(f"<p>{HAN}</p>".encode()) == [HAN]
