"""Title, authority, level, year and period."""

from datetime import date

import pytest

from services.parse.authority import find_authority
from services.parse.metadata import find_period, level_of
from services.parse.title import find_title
from shared.blocks import Block
from shared.report import Period


def _blocks(*texts: str) -> list[Block]:
    return [Block(text, f"L{at}") for at, text in enumerate(texts, 1)]


@pytest.mark.parametrize(
    ("lines", "authority"),
    [
        (["青山县2023年政府信息公开工作年度报告"], "青山县"),
        (["清水市白石区", "2023年政府信息公开工作年度报告"], "清水市白石区"),
        (["青山县财政局", "2023年度政府信息公开", "工作年度报告"], "青山县财政局"),
        (["2023年度青山县财政局政府信息公开工作年度报告"], "青山县财政局"),
        (["青山县政府信息公开工作年度报告（2023年）"], "青山县"),
        (["青山县二〇二三年政府信息公开年报"], "青山县"),
    ],
)
def test_a_title_is_joined_and_names_authority_and_year(lines: list[str], authority: str) -> None:
    found = find_title(_blocks("首页>政务公开>政府信息公开年报", *lines), 0, len(lines) + 1)

    assert found is not None
    assert (found.text, found.authority, found.year) == ("".join(lines), authority, 2023)


@pytest.mark.parametrize(
    "text",
    [
        "首页>政务公开>政府信息公开年报",
        "根据要求，现公布青山县2023年政府信息公开工作年度报告。",
        "关于做好2023年政府信息公开工作年度报告编制工作的通知",
        "上一篇：青山县2022年政府信息公开工作年度报告",
    ],
)
def test_navigation_and_mentions_are_no_title(text: str) -> None:
    assert find_title(_blocks(text), 0, 1) is None


def test_without_a_title_the_prose_names_the_authority() -> None:
    blocks = _blocks(
        "2023年，石桥镇人民政府未收到政府信息公开申请，按照青山县人民政府办公室的通知要求开展工作。",
        "2023年，石桥镇人民政府主动公开信息。",
    )

    assert find_authority(None, blocks, set()) == "石桥镇人民政府"


@pytest.mark.parametrize(
    ("authority", "level"),
    [
        ("清水市白石区独山镇", "township"),
        ("白石区东桥街道办事处", "township"),
        ("青山县人民政府", "county"),
        ("白石区", "county"),
        ("清水市人民政府办公室", "city"),
        ("南岭省", "province"),
        ("天津市", "province"),
        ("青山县财政局", None),
        ("清水高新技术开发区", None),
        (None, None),
    ],
)
def test_the_level_is_that_of_a_government_named_plainly(authority: str | None, level: str | None) -> None:
    assert level_of(authority) == level


YEAR_2021 = Period(start=date(2021, 1, 1), end=date(2021, 12, 31))


@pytest.mark.parametrize(
    ("sentence", "period"),
    [
        ("统计期限自2021年1月1日起至2021年12月31日止。", YEAR_2021),
        ("统计期限为2021年1月1日至12月31日。", YEAR_2021),
        ("统计时限自2021年1月1日至2021年12月31日。", YEAR_2021),
        ("起止时间为2021年1月1日至12月31日。", YEAR_2021),
        ("统计数据从2021年1月1日起，到2021年12月31日止。", YEAR_2021),
        ("统计期限自202111日起至20211231日止。", YEAR_2021),
        ("统计期限自2021年1月1日起。", None),
        ("统计期限自2021年13月1日起至2021年12月31日止。", None),
        ("统计期限自2021111日起至2021121日止。", None),
    ],
)
def test_the_period_is_read_if_only_one_fits(sentence: str, period: Period | None) -> None:
    assert find_period(_blocks(f"本报告所列数据的{sentence}"), 2021) == period
