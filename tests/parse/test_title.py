"""The title, however the page prints it: joined to one line, and what it names."""

import pytest

from services.ingest.read import read_document
from services.parse.title import Title, find_title

WHOLE = "青山县财政局2023年政府信息公开工作年度报告"


def _title(page: str) -> Title | None:
    """The title of a page whose text begins after ``page``, as far as extraction leaves it."""
    blocks = read_document(f"{page}\n本机关认真贯彻条例。\n".encode(), "page.txt").blocks
    return find_title(blocks, 0, len(blocks) - 1)


@pytest.mark.parametrize(
    "page",
    [
        "青山县财政局\n2023年\n政府信息公开\n工作年度报告",
        "青山县\n财政局\n2023年政府信息公开\n工作年度报告",
        "青山县财政局2023年政府信息\n公开工作年度报告",
        "青山县财政局2023年政府\n信息公开工作年度报告",
        "青山县财政局2023年\n政府信息公开工作年度\n报告",
        "青 山 县 财 政 局\n2023 年政府信息公开工作年度报告",
    ],
)
def test_a_title_may_break_anywhere(page: str) -> None:
    found = _title(page)

    assert found is not None
    assert (found.text, found.authority, found.year) == (WHOLE, "青山县财政局", 2023)


@pytest.mark.parametrize(
    "page",
    [
        f"首页>政务公开>政府信息公开年报\n{WHOLE}",
        f"标题:{WHOLE}",
        f"公报标题{WHOLE}",
        f"《{WHOLE}》",
        f"*{WHOLE}*",
        f"{WHOLE}{WHOLE}",
        f"{WHOLE}\n(图解){WHOLE}",
        f"{WHOLE}_政府信息公开年报_青山县人民政府",
        f"{WHOLE}-青山县人民政府门户网站",
        f"{WHOLE} 发布日期:2024-01-20 来源:县财政局",
        f"{WHOLE} 【字体:大 中 小】",
        f"{WHOLE}.docx",
        f"附件1\n{WHOLE}",
        f"信息公开年报\n{WHOLE}",
        f"索引号 | 000123/2024-1 | 主题 | 年报 |\n标题 | {WHOLE} |\n发布机构 | 青山县财政局 | 日期 | 2024-01-20 |",
        f"关于公布{WHOLE}的公告\n{WHOLE}",
    ],
)
def test_what_a_site_prints_around_a_title_is_no_part_of_it(page: str) -> None:
    found = _title(page)

    assert found is not None
    assert (found.text, found.authority, found.year) == (WHOLE, "青山县财政局", 2023)


@pytest.mark.parametrize(
    "page",
    [
        "青山县财政局政府信息公开工作年度报告（2023年度）",
        "青山县财政局政府信息公开工作年度报告\n（二〇二三年）",
        "青山县财政局二零二三年度政府信息公开年报",
        "青山县财政局二○二三年政府信息公开工作年度报告",
        "青山县财政局（2023年）政府信息公开工作年度报告",
        "青山县财政局〔2023〕年政府信息公开工作年度报告",
        "[2023]青山县财政局政府信息公开工作年度报告",
        "2023年政府信息公开工作年度报告（青山县财政局）",
        "2023年政府信息公开工作年度报告——青山县财政局",
        "青山县财政局关于2023年度政府信息公开工作情况的报告",
        "青山县财政局2023年政务信息公开工作总结报告",
        "青山县财政局政务公开工作2023年度报告",
        "青山县财政局2023年政府信息公开工作年度报告（公示稿）",
        "青山县财政局2023年政府信息公开工作年度报告全文",
    ],
)
def test_every_way_to_name_year_and_authority_is_read(page: str) -> None:
    found = _title(page)

    assert found is not None
    assert (found.text, found.authority, found.year) == (page.replace("\n", ""), "青山县财政局", 2023)


@pytest.mark.parametrize(
    "authority",
    [
        "清水高新区管委会（清水保税区管委会）",
        "青山县城市管理局、青山县综合执法大队",
        "中华人民共和国清水海关",
        "青山县自来水有限责任公司",
        "青山县第二人民医院",
        "青山旗白泉苏木",
        "青山县石桥镇人民政府",
    ],
)
def test_the_authority_is_named_whole(authority: str) -> None:
    for page in (f"{authority}2023年政府信息公开工作年度报告", f"{authority}\n2023年政府信息公开工作年度报告"):
        found = _title(page)

        assert found is not None
        assert found.authority == authority


def test_the_government_of_a_town_keeps_its_last_word() -> None:
    found = _title("2023年石桥镇人民政府信息公开工作年度报告")

    assert found is not None
    assert found.authority == "石桥镇人民政府"


@pytest.mark.parametrize(
    "page",
    [
        "县财政局召开2023年政府信息公开工作年度报告编制会",
        f"{WHOLE}发布",
        f"《{WHOLE}》公布",
        "县财政局认真做好2023年政府信息公开工作年度报告",
        f"重磅！{WHOLE}",
        f"附件1:{WHOLE}",
        "我局高度重视政府信息公开工作年度报告",
        "一、青山县政府信息公开工作报告",
    ],
)
def test_news_and_attachments_are_no_title(page: str) -> None:
    assert _title(page) is None
