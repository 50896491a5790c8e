"""Authorities are told apart, and matched, by their names."""

import pytest

from shared.authority import Authority, full_name


@pytest.mark.parametrize(
    ("name", "places", "organ", "level"),
    [
        ("天津市静海区独流镇人民政府", ("天津市", "静海区", "独流镇"), "", "township"),
        ("四川省德阳市广汉市金鱼镇", ("四川省", "德阳市", "广汉市", "金鱼镇"), "", "township"),
        ("新乡市红旗区洪门镇", ("新乡市", "红旗区", "洪门镇"), "", "township"),
        ("荆州市沙市区", ("荆州市", "沙市区"), "", "county"),
        ("沙市区城市管理局", ("沙市区",), "城市管理局", None),
        ("青岛市市北区", ("青岛市", "市北区"), "", "county"),
        ("景德镇市", ("景德镇市",), "", "city"),
        ("津市市", ("津市市",), "", "city"),
        ("乡宁县昌宁镇", ("乡宁县", "昌宁镇"), "", "township"),
        ("中山市古镇镇", ("中山市", "古镇镇"), "", "township"),
        ("内蒙古自治区锡林郭勒盟正蓝旗", ("内蒙古自治区", "锡林郭勒盟", "正蓝旗"), "", "county"),
        ("湛江市人民政府地方志办公室", ("湛江市",), "地方志办公室", None),
        ("湛江市人民政府办公室", ("湛江市",), "办公室", "city"),
        ("德阳市广汉市", ("德阳市", "广汉市"), "", "county"),
        ("清水高新技术开发区", ("清水高新技术开发区",), "", None),
        ("西安市高新区管理委员会", ("西安市", "高新区"), "", "county"),
        ("上海市", ("上海市",), "", "province"),
        ("市场监督管理局", (), "市场监督管理局", None),
    ],
)
def test_a_name_is_taken_apart(name: str, places: tuple[str, ...], organ: str, level: str | None) -> None:
    authority = Authority.parse(name)

    assert (authority.places, authority.organ, authority.level) == (places, organ, level)


@pytest.mark.parametrize(
    "names",
    [
        ("静海区独流镇", "天津市静海区独流镇", "天津市静海区独流镇人民政府", "天津市 静海区 独流镇"),
        ("兴安区", "鹤岗市兴安区", "黑龙江省鹤岗市兴安区人民政府"),
        ("南京市鼓楼区", "江苏省南京市鼓楼区人民政府"),
        ("徐闻县司法局", "湛江市徐闻县司法局"),
    ],
)
def test_every_way_of_writing_a_name_has_one_key(names: tuple[str, ...]) -> None:
    assert len({Authority.parse(name).key for name in names}) == 1
    assert Authority.parse(names[0]).key


@pytest.mark.parametrize(
    "name", ["独流镇", "城关镇", "鼓楼区", "河北省桥西区", "鼓楼区华侨路街道", "高新区", "教育局", "区教育局"]
)
def test_a_name_that_does_not_say_which_place_it_means_has_no_key(name: str) -> None:
    assert Authority.parse(name).key is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("孟津区城关镇", "大竹县城关镇"),
        ("南京市鼓楼区", "徐州市鼓楼区"),
        ("徐闻县司法局", "徐闻县"),
        ("静海区独流镇", "静海区"),
    ],
)
def test_different_authorities_have_different_keys(one: str, other: str) -> None:
    assert Authority.parse(one).key != Authority.parse(other).key


def test_one_key_in_two_provinces_or_cities_is_a_contradiction() -> None:
    assert Authority.parse("天津市静海区独流镇").contradicts(Authority.parse("河北省静海区独流镇"))
    assert Authority.parse("洛阳市孟津区城关镇").contradicts(Authority.parse("郑州市孟津区城关镇"))
    assert not Authority.parse("静海区独流镇").contradicts(Authority.parse("河北省静海区独流镇"))
    assert not Authority.parse("德阳市广汉市").contradicts(Authority.parse("广汉市"))


def test_the_text_can_say_which_place_a_short_name_means() -> None:
    assert full_name("石子镇", "修订更新《大竹县石子镇政府信息公开指南》，石子镇党委高度重视") == "大竹县石子镇"
    assert full_name("石子镇", "石子镇党委高度重视") == "石子镇"
    assert full_name("石子镇", "《大竹县石子镇指南》和《甲县石子镇指南》") == "石子镇"
    assert full_name("静海区独流镇", "《大竹县静海区独流镇》") == "静海区独流镇"
