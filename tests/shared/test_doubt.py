"""Every null says why."""

import pytest

from services.ingest.read import read_document
from services.parse.recognise import recognise
from shared.doubt import Doubt, DoubtCode
from shared.form import load_form

_PAGE = """青石县柳林镇人民政府2023年政府信息公开工作年度报告
二、主动公开政府信息情况
第二十条第（一）项
信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数
规章 | 0 | / | 7
行政规范性文件 | 3 | 1 | 12
第二十条第（五）项
信息内容 | 本年处理决定数量
行政许可 | 5.5
"""


@pytest.mark.parametrize("code", DoubtCode)
def test_every_doubt_is_a_sentence(code: DoubtCode) -> None:
    assert code.message.endswith("。")
    assert Doubt.of(code).model_dump(mode="json") == {"code": code.value, "message": code.message}


def test_every_null_says_why() -> None:
    report = recognise(read_document(_PAGE.encode(), "a.txt"))
    assert report.doubts.keys() == {
        cell.id for cell, figure in report.figures(load_form("2021")).items() if figure is None
    }
    assert report.doubts["disclosure.regulations.repealed"] == Doubt.of(DoubtCode.MARK)
    assert report.doubts["disclosure.licensing.decisions"] == Doubt.of(DoubtCode.NOT_A_COUNT)
    assert report.doubts["disputes.litigation_direct.total"] == Doubt.of(DoubtCode.MISSING_TABLE)


def test_a_row_that_is_not_proved_says_what_its_page_lacks() -> None:
    page = _PAGE.replace("规章 | 0 | / | 7", "规章 | 0 | 7").replace("5.5", "5") + "行政许可 | 6\n"
    report = recognise(read_document(page.encode(), "a.txt"))
    assert report.doubts["disclosure.regulations.repealed"] == Doubt.of(DoubtCode.COLUMN_COUNT)
    assert report.doubts["disclosure.licensing.decisions"] == Doubt.of(DoubtCode.COPIES_DIFFER)
    assert report.doubts["disclosure.fees.amount"] == Doubt.of(DoubtCode.MISSING_ROW)
