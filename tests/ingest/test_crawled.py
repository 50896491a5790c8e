"""JSON of a crawl: the articles in it are read as the page would be, and nothing else of it."""

import json

import pytest

from services.ingest.crawled import articles_in
from services.ingest.read import read_document

TITLE = "青山县财政局2023年政府信息公开工作年度报告"
LINES = [
    "一、总体情况",
    "2023年，各项工作有序开展，网站公开信息九十七条。",
    "规章 | 1 | 2 |",
    "行政许可 | 3 |",
    "六、其他",
]


@pytest.mark.parametrize("escaped", [True, False])
@pytest.mark.parametrize("body", ["\n".join(LINES), LINES])
def test_the_article_of_a_crawled_page_is_read_with_its_title(body: object, escaped: bool) -> None:
    crawled = json.dumps({"url": "/a.html", "title": TITLE, "data": {"content": body}}, ensure_ascii=escaped)
    read = read_document(json.dumps({"title": TITLE, "content": body}, ensure_ascii=escaped).encode(), "x.json")
    assert [block.text for block in read.blocks][:3] == [TITLE, LINES[0], LINES[1]]
    assert articles_in(crawled) == "\n".join(LINES)


def test_markup_in_an_article_is_read_as_html() -> None:
    table = "<table><tr><td>规章<td>1<td>2</table>" + "<p>全年公开信息若干条，工作有序开展。</p>" * 3
    document = read_document(json.dumps({"articleTitle": TITLE, "content": table}).encode(), "x.json")
    assert document.format == "html"
    assert [(block.text, block.source) for block in document.blocks][:3] == [
        (TITLE, "P1"),
        ("规章", "T1R1C1"),
        ("1", "T1R1C2"),
    ]


def test_every_article_of_a_crawl_is_read() -> None:
    bodies = ["\n".join([f"{year}年年度报告", *LINES]) for year in (2022, 2023)]
    assert articles_in(json.dumps([{"content": body} for body in bodies])) == "\n".join(bodies)


@pytest.mark.parametrize("text", ["{}", "[]", "{规章", '["短"]', "[" * 100_000, '{"a": 1}', "一、总体情况"])
def test_other_texts_are_left_as_they_are(text: str) -> None:
    assert articles_in(text) is None
