"""Whose figures a sentence states: the authority's own, or those of a wider area or of somebody else."""

import re
from functools import lru_cache

from shared.authority import Authority

_OFFICE = re.compile(r"^(?:人民政府|政府)?办公[室厅]$")
_AREAS = {"省": "province", "市": "city", "州": "city", "盟": "city", "县": "county", "区": "county", "旗": "county"}
_TOWNS = ("镇", "乡", "街道")
_BODY = r"(?:局|委员会|委|厅|中心|公司|学校|医院|村委会|社区|派出所|法院|办公室|办公厅|政务公开办|政府办)"
_SOMEBODY = re.compile(rf"[一-鿿]{{1,12}}{_BODY}")
_GOVERNMENT = re.compile(r"(?<![我本全])(?:各)?([省市县区州旗镇乡])(?:人民)?政府(办公室)?")
_NOTHING = r"(?!)"
_ADVERBS = re.compile(r"(?:共|累计|全年|合计|总共|已|均|全部)+$")


@lru_cache(maxsize=256)
def names_of(authority: str) -> re.Pattern[str]:
    """The names by which ``authority`` may speak of itself, longest first: 青石县柳林镇, 柳林镇人民政府, 镇政府."""
    own = Authority.parse(authority)
    names = {"".join(authority.split())}
    tails: tuple[str, ...] = ("人民政府", "政府", "", "办事处")
    if _OFFICE.match(own.organ):
        tails = ("人民政府办公室", "政府办公室", "政府办", "人民政府办公厅", "政府办公厅")
    elif own.organ:
        tails = (own.organ,)
    for first in range(len(own.places)):
        names |= {"".join(own.places[first:]) + tail for tail in tails}
    if own.places:
        last = "街道" if own.places[-1].endswith("街道") else own.places[-1][-1]
        names |= {last + tail for tail in tails if tail}
    if own.organ:
        names.add(own.organ)
    longest_first = sorted((re.escape(name) for name in names if len(name) > 1), key=len, reverse=True)
    return re.compile("|".join(longest_first) or _NOTHING)


def is_own(word: str, authority: str | None) -> bool:
    """Whether ``word`` (我县, 本局, 全镇) means the authority itself. A county is its government's own, not its
    office's, whose table counts what the office handled; nor a bureau's or a town's."""
    unit = word[1:]
    own = Authority.parse(authority or "")
    if word[0] == "各":
        return False
    if unit in _AREAS:
        return not own.organ and bool(own.places) and own.places[-1].endswith(unit)
    if unit in _TOWNS:
        return word[0] != "全" or not own.places or own.places[-1].endswith(unit)
    return True


def names_somebody_else(text: str, authority: str | None) -> bool:
    """Whether ``text``, which ends where something is said to be done, ends with another body that does it: 教育局, or
    区政府 in a township's report."""
    own = Authority.parse(authority or "")
    if government := _GOVERNMENT.search(text):
        at_home = bool(own.places) and own.places[-1].endswith(government[1])
        return not (at_home and (own.organ == "") == (not government[2]))
    found = _SOMEBODY.search(_ADVERBS.sub("", text))
    return found is not None and not any(letter in found[0] for letter in "我本向对在从由受")
