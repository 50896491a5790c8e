"""The six headings in every dress: other numbers, other words, broken, or run together with the text."""

from collections.abc import Callable

import pytest

from tests.parse.report import NUMERALS, PROSE, WORDS, decreed, recognised, texts, write

Dress = Callable[[int], list[str]]


@pytest.mark.parametrize(
    "dress",
    [
        lambda n: [f"（{NUMERALS[n - 1]}）{WORDS[n - 1]}"],
        lambda n: [f"({n}){WORDS[n - 1]}"],
        lambda n: [f"{n}.{WORDS[n - 1]}"],
        lambda n: [f"{n} {WORDS[n - 1]}"],
        lambda n: [f"0{n} {WORDS[n - 1]}"],
        lambda n: [f"{'①②③④⑤⑥'[n - 1]}{WORDS[n - 1]}"],
        lambda n: [f"{'ⅠⅡⅢⅣⅤⅥ'[n - 1]}、{WORDS[n - 1]}"],
        lambda n: [f"第{NUMERALS[n - 1]}部分 {WORDS[n - 1]}"],
        lambda n: [f"第{NUMERALS[n - 1]}章 {WORDS[n - 1]}"],
        lambda n: [f"**{NUMERALS[n - 1]}、{WORDS[n - 1]}**"],
        lambda n: [" ".join(f"{NUMERALS[n - 1]}、{WORDS[n - 1]}")],
        lambda n: [WORDS[n - 1]],
        lambda n: [f"{NUMERALS[n - 1]}、", WORDS[n - 1]],
        lambda n: [NUMERALS[n - 1], WORDS[n - 1]],
        lambda n: [str(n), WORDS[n - 1]],
        lambda n: [f"第{NUMERALS[n - 1]}部分", WORDS[n - 1]],
        lambda n: [f"{NUMERALS[n - 1]}、{WORDS[n - 1][:5]}", WORDS[n - 1][5:]] if n > 1 else decreed(n),
    ],
)
def test_headings_are_known_however_they_are_numbered_or_broken(dress: Dress) -> None:
    report = recognised(write(dress))

    assert [section.number for section in report.sections] == [1, 2, 3, 4, 5, 6]
    assert texts(report) == PROSE


@pytest.mark.parametrize(
    "heading",
    [
        "一、2023年度政府信息公开工作总体情况",
        "一、政府信息公开总体情况",
        "三、政府信息公开申请收到和处理情况",
        "四、复议诉讼情况",
        "五、问题与改进",
        "五、存在的主要问题及下一步工作打算",
        "五、政府信息公开工作存在的不足和下一步改进措施",
        "六、其他",
        "六、需要说明的其它情况",
    ],
)
def test_a_word_is_enough_behind_the_right_number(heading: str) -> None:
    report = recognised(write(lambda n: [heading] if heading[0] == NUMERALS[n - 1] else decreed(n)))

    assert [section.number for section in report.sections] == [1, 2, 3, 4, 5, 6]
    assert heading in [section.heading for section in report.sections]
    assert texts(report) == PROSE


def test_a_heading_ends_where_its_text_begins_even_without_a_sign() -> None:
    runs = {1: "2023年，各项工作有序。", 5: "一是时效不够。", 6: "无"}
    report = recognised(write(lambda n: [decreed(n)[0] + runs.get(n, "")]))

    assert [section.heading for section in report.sections] == [decreed(n)[0] for n in range(1, 7)]
    assert {number: lines[0] for number, lines in texts(report).items()} == runs


def test_a_heading_inside_a_paragraph_begins_a_section() -> None:
    text = write(opening=["本报告统计期限自2023年1月1日起至2023年12月31日止。"])
    text = text.replace("止。\n一、总体情况\n", "止。 一、总体情况 ").replace("不够。\n六、", "不够。六、")

    assert texts(recognised(text)) == PROSE


@pytest.mark.parametrize("end", ["；", "；\n"])
def test_a_list_of_the_six_headings_is_no_section(end: str) -> None:
    contents = "本报告包括：" + end.join(decreed(n)[0] for n in range(1, 7)) + "。"

    assert texts(recognised(write(opening=[contents]))) == PROSE


def test_what_stands_within_a_section_keeps_to_it() -> None:
    nested = ["（一）主动公开情况", "全年公开。", "2、依申请公开情况。收到2件。", "3、行政复议、行政诉讼情况。没有。"]

    assert texts(recognised(write(above={1: nested})))[1] == nested + PROSE[1]


def test_what_is_numbered_likewise_within_a_section_is_no_section() -> None:
    nested = [
        "二、主动公开情况",
        "全年公开120条。",
        "三、依申请公开情况",
        "收到2件。",
        "四、复议诉讼情况",
        "没有。",
        "五、存在的问题",
        "时效不够。",
    ]

    assert texts(recognised(write(above={1: nested})))[1] == nested + PROSE[1]
