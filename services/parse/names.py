"""What the name of an authority looks like, where it stands alone on a line or inside a sentence."""

import re
import tomllib
from importlib.resources import files

_WORDS = tomllib.loads(files("shared").joinpath("authority.toml").read_text(encoding="utf-8"))

_ORGANS = "|".join(sorted(_WORDS["organs"], key=len, reverse=True))
_ALIAS = r"(?:[（(][^（）()]{1,30}[)）])?"

LINE = rf"[一-鿿（）()·“”、]{{1,60}}?(?:{_ORGANS}|[办院所站部处团社场馆会台关]){_ALIAS}"
"""A name on a line of its own, which the line as a whole vouches for."""

INSIDE = rf"(?:(?![由在与的我])[一-鿿·]){{0,24}}?(?:{_ORGANS})"
"""A name inside a sentence; what stands before and after must vouch for it."""

PLACE = r"[一-鿿]{1,12}[省市县区旗州盟]"
"""A place that the next line may belong to: 青山县, then 财政局."""

# Words of speech, or of the disclosure itself: no name holds them.
_NEVER = re.compile(
    "公开|报告|年报|年度|根据|按照|严格|认真|贯彻|决策|部署|进一步|国务院|中华人民共和国(?!.*海关)|以来|情况|有关|要求|领导小组成员"
    "|[由在与的我]|关于|编制|发布|公布|印发|转发|做好|建立|成立|并|报送|包括|全文|设立|通过|全[省市县区镇乡局]|各"
)
_NOT_AT_FIRST = re.compile(
    "^(?:本|和(?![平顺县田政林布硕静龙])|对|是|了|将|为|年|月(?!湖)|日(?![照喀土])|以|把|该|等|上级|[省市县区]级)"
)
# Generic words that name no one authority.
_GENERIC = re.compile(
    "^(?:[省市县区旗镇乡州盟局厅署司]|党政|[街道苏木]{2}|[全省市县区镇乡]?(?:人民)?政府|(?:委员|管委)会|办[公事][室厅处]|中心|大队|支队|总队|分局|集团|公司"
    "|[医学法]院|大学|.学|检察院|研究院|学校|园区|高新区|经开区|开发区|合作区|示范区|试验区|管理区)$"
)


def is_name(text: str) -> bool:
    """Whether ``text`` may be the name of an authority rather than a piece of a sentence."""
    return len(text) > 1 and not (_NEVER.search(text) or _NOT_AT_FIRST.match(text) or _GENERIC.match(text))
