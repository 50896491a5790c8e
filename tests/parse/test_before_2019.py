"""Reports older than the form: whatever sections their office chose."""

import pytest

from services.ingest.read import read_document
from services.parse.recognise import recognise
from shared.errors import Rejected

OLDER = (
    "本年报由青山县石桥镇人民政府编制。\n一 概 述\n2012年，各项工作平稳。\n二 政府信息主动公开情况\n全年公开120条。\n"
    "三 政府信息依申请公开情况\n未收到申请。\n四 政府支出与收费\n未收费。"
)
GUIDE = (
    "为便于查询，制定本指南。\n一、主动公开政府信息范围\n机构职能等。\n"
    "二、申请方式\n当面、信函。\n三、受理机构\n县政府办公室。\n四、监督方式\n可以投诉。"
)


def test_an_older_report_without_a_title_is_known_by_its_headings() -> None:
    report = recognise(read_document(OLDER.encode(), "page.txt"))

    assert (report.title, report.authority, report.year) == (None, "青山县石桥镇人民政府", 2012)
    assert report.edition == "unknown"
    assert [section.text for section in report.sections] == [
        "2012年，各项工作平稳。",
        "全年公开120条。",
        "未收到申请。",
        "未收费。",
    ]


def test_a_guide_with_numbered_headings_is_none() -> None:
    with pytest.raises(Rejected, match="没有找到"):
        recognise(read_document(GUIDE.encode(), "page.txt"))


@pytest.mark.parametrize("dress", ["（{}）", "{}.", "{}、"])
def test_its_headings_are_known_however_they_are_numbered(dress: str) -> None:
    numerals = "123456" if "." in dress else "一二三四五六"
    headings = ["概述", "主动公开情况", "依申请公开情况", "收费及减免情况", "复议、诉讼情况", "存在的问题及改进措施"]
    lines = [f"{dress.format(number)}{heading}\n正文。" for number, heading in zip(numerals, headings, strict=True)]
    table = "附表\n指标名称 | 单位 | 统计数 |\n主动公开政府信息数 | 条 | 120 |\n收到申请数 | 件 | 3 |"
    report = recognise(
        read_document("\n".join(["青山县2017年政府信息公开年度报告", *lines, table]).encode(), "page.txt")
    )

    assert report.edition == "unknown"
    assert report.applications is None
    assert [section.text for section in report.sections] == [*["正文。"] * 5, "正文。\n附表"]
