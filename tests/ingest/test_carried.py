"""Articles that a page carries for its scripts to show are read where nothing else holds a report."""

import html
import json

import pytest

from tests.ingest.files import blocks

ARTICLE = (
    "<h1>青山县财政局2023年年度报告</h1><p>一、总体情况</p><p>各项工作有序开展。</p>"
    "<table><tr><td>规章<td>1<tr><td>许可<td>2</table>"
)
DATA = json.dumps({"data": {"content": ARTICLE + "<p>（以下空白）</p>" * 5}})
READ = ["青山县财政局2023年年度报告", "一、总体情况", "各项工作有序开展。", "规章", "1", "许可", "2"]


@pytest.mark.parametrize(
    "carrier",
    [
        f'<textarea style="display:none">{html.escape(ARTICLE)}</textarea>',
        f'<script type="text/template">{ARTICLE}</script>',
        f"<template>{ARTICLE}</template>",
        f"<noscript>{ARTICLE}</noscript>",
        f'<iframe srcdoc="{html.escape(ARTICLE)}"></iframe>',
        f"<script>var a = {{b: 1}}; window.page = {DATA};</script>",
        f'<script type="application/json">{DATA}</script>',
    ],
)
def test_an_article_for_a_script_is_read_where_nothing_else_is(carrier: str) -> None:
    page = f"<html><body><div>首页</div>{carrier}<div id=show></div></body></html>"
    assert [block.text for block in blocks(page.encode())][: len(READ)] == READ


def test_what_a_page_shows_counts_before_what_it_carries() -> None:
    page = f"<html><body>{ARTICLE}<script type='text/template'><p>{{{{标题}}}}</p></script></body></html>"
    assert [block.text for block in blocks(page.encode())] == READ


def test_plain_text_in_a_text_area_is_read_line_by_line() -> None:
    page = "<html><body><textarea hidden>一、总体情况\n各项工作有序开展。</textarea></body></html>"
    assert [block.text for block in blocks(page.encode())] == ["一、总体情况", "各项工作有序开展。"]
