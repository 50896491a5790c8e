"""Pages saved whole, as browsers and Word save them: the page is read, not the message it is wrapped in."""

from email.mime.image import MIMEImage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.policy import Policy, compat32

import pytest

from services.ingest.read import read_document
from tests.ingest.files import cells, paragraphs

TABLE = '<table><tr><td rowspan="2">规章<td>7<tr><td>8</table>'


def saved(page: str, charset: str, policy: Policy = compat32) -> bytes:
    """A page and a picture in a MIME message."""
    message = MIMEMultipart("related", type="text/html")
    message["Snapshot-Content-Location"] = "http://example.gov.cn/art/2024.html"
    message.attach(MIMEImage(b"\x89PNG" + bytes(5000), "png"))
    message.attach(MIMEText(page, "html", charset))
    return message.as_bytes(policy=policy)


@pytest.mark.parametrize("charset", ["utf-8", "gb2312"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_the_page_in_a_saved_one_is_read(charset: str, line_end: str) -> None:
    data = saved(f"<p>一、总体情况</p>{TABLE}", charset, compat32.clone(linesep=line_end))
    assert paragraphs(data) == ["一、总体情况"]
    assert cells(data) == [("规章", 0, 0, 2, 1), ("7", 0, 1, 1, 1), ("8", 1, 1, 1, 1)]


def test_quoted_printable_attributes_are_decoded() -> None:
    page = TABLE.encode().replace(b"=", b"=3D")
    part = b"Content-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n" + page
    head = b'MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tboundary="----=_x"\r\n\r\n'
    data = head + b"------=_x\r\n" + part + b"\r\n------=_x--\r\n"
    assert [cell[0] for cell in cells(data)] == ["规章", "7", "8"]


def test_a_text_that_begins_like_a_message_is_text() -> None:
    assert read_document("标题: 年报\nTitle: 年报\n\n规章".encode(), "file").format == "text"
