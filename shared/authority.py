"""Who an authority is, by its name: the places it lies in, and whether two names can be trusted to mean the same one.

独流镇 lies in 静海区, but 城关镇 in hundreds of counties: a township is known only by its county, and a district whose
name several cities share only by its city. Where a name does not say enough, nothing is matched.
"""

import re
import tomllib
from importlib.resources import files
from typing import Literal, NamedTuple

from shared.report import Report

Level = Literal["province", "city", "county", "township"]

_PLACES = tomllib.loads(files("shared").joinpath("authority.toml").read_text(encoding="utf-8"))
_SHARED: frozenset[str] = frozenset(_PLACES["shared_names"])

# A name may itself end in such a character (红旗区, 沙市区, 古镇镇, 津市市): then the next one ends it.
_END = "(?![市区县旗镇乡])"
_PROVINCE = re.compile("|".join(_PLACES["provinces"]) + "|[^省市区县]{2,3}省")
_CITY = re.compile(r"[^省市区县]{2,7}?(?:自治州|地区|盟|市(?![区县]))")
_COUNTY = re.compile(
    "|".join(sorted(_SHARED, key=len, reverse=True))
    + rf"|.{{1,8}}?县{_END}|.{{2,10}}?(?:区|旗){_END}|.{{2,4}}?市{_END}"
)
_TOWNSHIP = re.compile(rf".{{1,10}}?(?:镇{_END}|乡{_END}|街道|苏木)")
_TOWNSHIPS = ("镇", "乡", "街道", "苏木")
_CITIES = ("市", "自治州", "地区", "盟")
# A government's own office reports for it.
_OFFICES = ("", "办公室", "办公厅")
_GOVERNMENT = re.compile(r"^(?:人民政府|政府|行政公署|办事处|管理委员会|管委会)")


class Authority(NamedTuple):
    """An authority's name taken apart: ``places`` from the outermost to its own, ``organ`` where it is not the
    government of the last place itself (教育局)."""

    places: tuple[str, ...]
    organ: str

    @classmethod
    def parse(cls, name: str) -> "Authority":
        """Takes a name such as 天津市静海区独流镇人民政府 apart; what is not understood is left in ``organ``."""
        rest = "".join(name.split())
        places = []
        for pattern in (_PROVINCE, _CITY, _COUNTY, _TOWNSHIP):
            if found := pattern.match(rest):
                places.append(found[0])
                rest = rest[found.end() :]
        return cls(tuple(places), _GOVERNMENT.sub("", rest))

    @property
    def level(self) -> Level | None:
        """The level of the government named; None for a department or a development zone. A city that is named alone
        is taken for one of its own level (广汉市, though it belongs to 德阳市)."""
        if not self.places or self.organ not in _OFFICES or "开发区" in self.places[-1]:
            return None
        place = self.places[-1]
        if _PROVINCE.fullmatch(place):
            return "province"
        if place.endswith(_TOWNSHIPS):
            return "township"
        return "city" if place.endswith(_CITIES) and not _cities(self.places[:-1]) else "county"

    @property
    def key(self) -> str | None:
        """The same for every way of writing the name, for an index; None where the name does not say which of several
        places it means. Two names of one key are the same authority unless they :meth:`contradict` each other."""
        if not self.places:
            return None
        *outer, place = self.places
        needs_outer = place in _SHARED or place.endswith(_TOWNSHIPS)
        if needs_outer:
            # A shared name is told apart by a city; a township by its county, which may itself need its city.
            above = Authority(tuple(outer), "").key if outer else None
            if above is None or (place in _SHARED and not _cities(tuple(outer[-1:]))):
                return None
            place = above + place
        organ = self.organ.replace("管理委员会", "管委会")
        return f"{place}/{organ}" if organ else place

    def contradicts(self, other: "Authority") -> bool:
        """Whether the two lie in different provinces or cities, where both say in which."""
        for parts in (_provinces, _cities):
            mine, theirs = set(parts(self.places)), set(parts(other.places))
            if mine and theirs and not mine & theirs:
                return True
        return False


def authority_key(report: Report) -> str | None:
    """The key of the authority whose report it is, with the help of its text where the name alone is not enough."""
    if report.authority is None:
        return None
    text = "\n".join(section.text for section in report.sections)
    return Authority.parse(full_name(report.authority, text)).key


def _provinces(places: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(place for place in places if _PROVINCE.fullmatch(place))


def _cities(places: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(place for place in places if place.endswith(_CITIES))


def full_name(name: str, text: str) -> str:
    """``name`` with the county or city that ``text`` puts directly before it, where it needs one to be known and all
    such mentions agree: 石子镇 is 大竹县石子镇 in a report that says so."""
    if Authority.parse(name).key:
        return name
    before = re.compile(rf"(?:^|[^一-鿿]|[省市州盟])([一-鿿]{{1,8}}[市区县旗]){re.escape(name)}", re.MULTILINE)
    fuller = {found[1] + name for found in before.finditer(text)}
    return fuller.pop() if len(fuller) == 1 else name
