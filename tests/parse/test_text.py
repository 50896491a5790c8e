"""What belongs to a section: all prose round its tables, nothing of the tables, nothing of the site."""

import pytest

from services.ingest.read import read_document
from services.parse.recognise import recognise
from tests.parse.report import PROSE, recognised, texts, write


def test_prose_before_and_after_a_table_is_the_section_s() -> None:
    above = {2: ["主动公开情况如下表"], 3: ["2023年新收申请3件，办结率50 %。"], 4: ["未发生行政复议、行政诉讼"]}
    below = {2: ["一是制发文件3件", "二是许可120件"], 3: ["注：无结转。"], 4: ["说明：数据均为本级。"]}
    report = recognised(write(above=above, below=below))

    above[3] = ["2023年新收申请3件，办结率50%。"]
    assert texts(report) == PROSE | {number: above[number] + below[number] for number in (2, 3, 4)}


def test_a_row_of_the_office_s_own_is_none_of_the_section_s_text_but_a_note_under_the_table_is() -> None:
    text = write().replace(
        "四、结转下年度继续办理", "五、当年在政务服务窗口受理的线下申请数量 | 7 |\n四、结转下年度继续办理"
    )
    text = text.replace("四、政府信息公开行政复议", "注：本年度无结转 |  |  |\n四、政府信息公开行政复议")
    report = recognise(read_document(text.encode(), "page.txt"))

    assert texts(report) == PROSE | {3: ["注：本年度无结转"]}


@pytest.mark.parametrize(
    "foot",
    [
        "扫一扫在手机打开当前页",
        "[关闭]",
        "【字体:大 中 小】",
        "分享:",
        "上一条:无",
        "相关附件:",
        "Copyright © 2024 青山县人民政府",
        "政府网站标识码:1234567890",
        "京公网安备 11010802000001号",
        "主办:青山县人民政府办公室 承办:青山县数据局",
        "联系我们",
        "青山县教育局2023年政府信息公开工作年度报告",
        "TOP",
    ],
)
def test_the_foot_of_a_site_is_no_text(foot: str) -> None:
    assert texts(recognised(write(ending=[foot, "青山县人民政府门户网站"]))) == PROSE


def test_a_signature_is_kept() -> None:
    signed = ["青山县财政局", "2024年1月20日"]

    assert texts(recognised(write(ending=[*signed, "打印本页"])))[6] == PROSE[6] + signed
