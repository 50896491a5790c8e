"""The six headings, under the names that offices give them, and nothing that only looks like one."""

import pytest

from services.parse.sections import find_outline, write_sections
from shared.blocks import Block


def _blocks(*texts: str) -> list[Block]:
    return [Block(text, f"L{at}") for at, text in enumerate(texts, 1)]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("一、总体情况", 1),
        ("一、概述", 1),
        ("总体情况", 1),
        ("第一部分 总体情况", 1),
        ("1.总体情况", 1),
        ("二、主动公开政府信息的情况", 2),
        ("第三部分：收到和处理政府信息公开申请情况", 3),
        ("四、因政府信息公开工作被申请行政复议、提起行政诉讼情况", 4),
        ("四、行政复议和行政诉讼情况", 4),
        ("五、存在的主要问题及改进措施", 5),
        ("五、政府信息公开工作存在的主要问题及改进情况", 5),
        ("六、其他需要报告的事项：无", 6),
    ],
)
def test_a_heading_is_known_by_other_words_too(text: str, number: int) -> None:
    assert [heading.number for heading in find_outline(_blocks(text)).headings] == [number]


@pytest.mark.parametrize(
    "text",
    [
        "一、本年新收政府信息公开申请数量",
        "三、本年度办理结果",
        "四、结转下年度继续办理",
        "（一）主动公开情况",
        "（一）基本情况",
        "基本情况",
        "3.其他事项",
        "无其他需要报告的事项。",
        "一、总体情况……1",
        "本报告由总体情况、主动公开政府信息情况等六个部分组成。",
    ],
)
def test_a_row_a_subheading_or_a_sentence_is_no_heading(text: str) -> None:
    assert find_outline(_blocks(text)).headings == []


def test_text_that_follows_a_heading_on_its_line_is_the_section_s() -> None:
    blocks = _blocks("一、总体情况", "甲。", "六、其他需要报告的事项：无其他事项。", "版权所有：某办公室")
    sections = write_sections(blocks, find_outline(blocks).headings, set())

    assert [(section.heading, section.text) for section in sections] == [
        ("一、总体情况", "甲。"),
        ("六、其他需要报告的事项", "无其他事项。"),
    ]
