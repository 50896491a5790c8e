"""Whose report it is, where no title says so."""

import pytest

from services.parse.authority import find_authority
from services.parse.title import Title
from shared.blocks import Block

UNNAMED = Title("2023年政府信息公开工作年度报告", None, 2023, 0, 0)


def _blocks(*texts: str) -> list[Block]:
    return [Block(text, f"L{at}") for at, text in enumerate(texts, 1)]


@pytest.mark.parametrize(
    ("opening", "authority"),
    [
        ("根据条例，现公布青山县财政局2023年政府信息公开工作年度报告。", "青山县财政局"),
        ("根据条例，现向社会公布2023年青山县财政局政府信息公开工作年度报告。", "青山县财政局"),
        ("现发布《青山县石桥镇2023年政府信息公开工作年度报告》，请予监督。", "青山县石桥镇"),
        ("现公布青山县人民政府办公室（以下简称县政府办）2023年政府信息公开工作年度报告。", "青山县人民政府办公室"),
        ("石桥街道2023年政府信息公开工作年度报告是根据条例编制的。", "石桥街道"),
        ("本报告根据条例要求，由青山县石桥镇人民政府编制，全文包括六个部分。", "青山县石桥镇人民政府"),
        ("本年报由青山县财政局结合有关统计数据编制而成。", "青山县财政局"),
        ("根据条例要求，青山县财政局特向社会公布2023年度本机关报告。", "青山县财政局"),
        ("2023年，青山县财政局（以下简称“县财政局”）以公开为常态。", "青山县财政局"),
        ("全文包括青山县财政局政府信息公开总体情况、主动公开情况等，由青山县财政局制作。", "青山县财政局"),
        ("2023年，在石桥镇党委的领导下，各项工作有序推进。", "石桥镇"),
        ("2023年，国资委坚持公开透明，推进各项工作。", "国资委"),
        ("如有疑问，请与青山县财政局办公室联系（地址：青山县人民路1号）。", "青山县财政局"),
        ("如对本报告有疑问，请联系：青山县人民政府石桥街道办事处，地址：人民路1号。", "青山县人民政府石桥街道办事处"),
    ],
)
def test_the_page_itself_says_whose_report_it_is(opening: str, authority: str) -> None:
    assert find_authority(None, _blocks(opening, "一、总体情况"), set()) == authority


def test_a_fuller_form_of_the_name_is_preferred() -> None:
    blocks = _blocks(
        "如有疑问，请联系：青山县人民政府石桥街道办事处，地址：人民路1号。",
        "2023年，石桥街道认真贯彻条例，推进各项工作。",
    )

    assert find_authority(None, blocks, set()) == "青山县人民政府石桥街道办事处"


def test_a_name_under_the_title_or_before_the_date_at_the_end_is_the_author_s() -> None:
    text = "一年来，各项工作平稳有序，公开内容不断丰富，公开渠道不断拓宽，公开质效稳步提升，群众满意度提高。"

    assert find_authority(UNNAMED, _blocks(UNNAMED.text, "青山县财政局", text), set()) == "青山县财政局"
    assert (
        find_authority(UNNAMED, _blocks(UNNAMED.text, text, "青山县财政局", "2024年1月20日"), set()) == "青山县财政局"
    )


def test_the_publisher_is_believed_where_nobody_else_is_named() -> None:
    blocks = _blocks(
        "索引号：0001/2024-1", "发布机构：青山县财政局 发布日期：2024-01-20", "我局认真贯彻条例，工作有序。"
    )

    assert find_authority(None, blocks, set()) == "青山县财政局"


@pytest.mark.parametrize(
    "text",
    [
        "我镇高度重视政府信息公开工作，各部门严格落实责任。",
        "根据省政府和县委要求，现公布我局2023年政府信息公开工作年度报告。",
        "2023年，我局在市公安局、区委的领导下，有序推进各项工作。",
        "建立局党组书记负总责、分管领导具体抓的工作机制。",
        "根据《青山县人民政府办公室关于做好2023年政府信息公开工作年度报告编制工作的通知》要求，编制本报告。",
    ],
)
def test_who_is_not_named_is_not_guessed(text: str) -> None:
    assert find_authority(None, _blocks(text), set()) is None
