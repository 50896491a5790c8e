"""One way of writing: what is changed, and what must not be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.ingest.normalise import close_gaps, normalise


def plain(text: str) -> str:
    return close_gaps(normalise(text).text)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("政務(wù)公開", "政务公开"),
        ("政務（wù）公開", "政务公开"),
        ("政務(wu)公開", "政务公开"),
        ("政(zheng)(zheng)府", "政府"),
        ("政務(wù公開", "政务公开"),
        ("政務wù)公開", "政务公开"),
        ("政務 ( wù ) 公開", "政务公开"),
        ("事項(xiàng。", "事项。"),
        ("机关(guān2021年", "机关2021年"),
        ("公開(kāi（区分", "公开（区分"),
        ("務(wu\u0300)公開", "务公开"),
    ],
)
def test_pinyin_is_removed(written: str, meant: str) -> None:
    assert plain(written) == meant


def test_pinyin_in_spaced_brackets_leaves_no_gap_where_a_page_is_full_of_it() -> None:
    assert plain("财 ( cai ) 政局公 ( gong ) 开报 ( bao ) 告") == "财政局公开报告"


@pytest.mark.parametrize(
    "text",
    [
        "客户端(APP)",
        "附件(pdf)",
        "附件（PDF）",
        "(一)主动公开",
        "人工智能(ai)技术",
        "短视频(vlog)",
        "平台(wechat)",
        "第(a)项",
        "café",
    ],
)
def test_latin_that_belongs_to_the_text_stays(text: str) -> None:
    assert plain(text) == text


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2024 年 1 月", "2024年1月"),
        ("规 章", "规章"),
        ("规　　章", "规章"),
        ("( 一 ) 主动公开", "(一)主动公开"),
        ("1. 属于国家秘密", "1.属于国家秘密"),
        ("１２．５％", "12.5%"),
        ("占比 50 %", "占比50%"),
        ("０", "0"),
        ("规\u200b章\ufeff", "规章"),
        ("⼀般⾏政", "一般行政"),
        ("－3", "-3"),
    ],
)
def test_spaces_and_widths_are_those_of_plain_text(written: str, meant: str) -> None:
    assert plain(written) == meant


@pytest.mark.parametrize("text", ["0 0 0", "Windows 10", "使用 APP 办理", "1 100"])
def test_spaces_that_part_words_and_figures_stay(text: str) -> None:
    assert plain(text) == text


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("政府資訊公開，行政規範性檔案", "政府信息公开，行政规范性文件"),
        ("政府資訊公開，屬於行政查詢事項，嚴格執行", "政府信息公开，属于行政查询事项，严格执行"),
        ("政府資訊公開，檔案館", "政府信息公开，档案馆"),
        ("政府信息公開，檔案管理，法定程序，規範性文件", "政府信息公开，档案管理，法定程序，规范性文件"),
        ("政府信息公開，行政規範性檔案", "政府信息公开，行政规范性文件"),
    ],
)
def test_taiwan_vocabulary_is_translated_where_the_page_uses_it(written: str, meant: str) -> None:
    assert normalise(written) == (meant, "traditional")


def test_a_simplified_page_keeps_what_it_may_write_and_loses_stray_traditional_characters() -> None:
    page = "乾县政府信息公开，瞭望台，规章制度，总计办理结果，門戶網站"
    assert normalise(page) == ("乾县政府信息公开，瞭望台，规章制度，总计办理结果，门户网站", "simplified")


@given(st.text(alphabet="政務公開规章 0123456789.,|\t\n()（）wù　０一、", max_size=200))
def test_what_is_normal_is_left_alone(text: str) -> None:
    once = normalise(text)
    assert normalise(once.text).text == once.text


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=20))
def test_no_digit_is_lost_and_none_is_joined_to_another(figures: list[int]) -> None:
    line = " ".join(map(str, figures))
    assert plain(f"規章 {line}").removeprefix("规章").split() == [str(figure) for figure in figures]


@given(st.text(max_size=300))
def test_lines_stay_lines(text: str) -> None:
    text = " ".join(text.splitlines())
    assert "\n" not in normalise(text).text


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("⻓岭县⺠政局", "长岭县民政局"),
        ("⻑岭县⺠政局", "长岭县民政局"),
        ("⼤⼭⾐⻝住⾏", "大山衣食住行"),
        ("㈠总体情况", "(一)总体情况"),
        ("\ufa1a县\ufe00政府", "祥县政府"),
        ("\U0002f800县", "丽县"),
        ("\ue82a县", "㧐县"),
        ("㇐、总体情况", "一、总体情况"),
        ("2\ue7c93", "2\ue7c93"),
    ],
)
def test_a_character_is_what_it_shows(typed: str, shown: str) -> None:
    assert normalise(typed).text == shown


@pytest.mark.parametrize("text", ["\u202e64\u202c", "\u2067\u202e64\u202c\u2069", "38\b\b46", "3\x7f46"])
def test_digits_that_show_another_figure_than_they_spell_are_none(text: str) -> None:
    written = normalise(f"规章 {text} 5").text
    assert "\ufffd" in written
    assert written.endswith(" 5")
