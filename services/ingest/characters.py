"""Characters that look like others: each is folded to the one that it shows, so that a name is one however it is typed.

PDF fonts and input methods put radicals and strokes for characters (⻓岭县⺠政局), old encodings private-use forms for
characters that Unicode had not taken up yet, typesetters compatibility forms.
"""

import unicodedata

# Radicals and strokes without a compatibility decomposition, each before the character that it shows:
# EquivalentUnifiedIdeograph.txt of the Unicode Character Database, version 15.
_EQUIVALENT = (
    "⺁厂⺂乛⺃乚⺄乙⺅亻⺆冂⺇𠘨⺈刀⺉刂⺊卜⺋㔾⺌小⺍小⺎兀⺏尣⺐尢⺑𡯂⺒巳⺓幺⺔彑⺖忄⺗心⺘扌⺙攵⺛旡⺜日⺝月⺞歺⺠民⺡氵⺢氺⺣灬⺤爫⺥爫⺦丬⺧牛⺨犭⺩王⺪𤴔⺫目⺬示⺭礻⺮𥫗⺯糹"
    "⺰纟⺱罓⺲罒⺳㓁⺴冗⺵𦉫⺶羊⺷𦍌⺸𦍋⺹耂⺺肀⺻聿⺼肉⺽𦥑⺾艹⺿艹⻀艹⻁虎⻂衤⻃覀⻄西⻅见⻆角⻇𧢲⻈讠⻉贝⻊𧾷⻋车⻌辶⻍辶⻎辶⻏邑⻐钅⻑長⻒镸⻓长⻔门⻕𨸏⻖阝⻗雨⻘青⻙韦⻚页⻛风"
    "⻜飞⻝食⻞𩙿⻟飠⻠饣⻡𩠐⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龜⻲亀㇆𠃌㇏乀㇐一㇑丨㇒丿㇓丿㇔丶㇕𠃍㇖乛㇗𠃊㇘𠃎㇙𠄌㇚亅㇛𡿨㇜𠃋㇝乀㇞𠃑㇟乚㇠乙㇡𠄎"
)
# The private-use forms of GB 18030-2000 that later editions moved; where to, says GB 18030-2022.
_PRIVATE_USE = {
    **dict(zip(range(0xE78D, 0xE797), "︐︒︑︓︔︕︖︗︘︙", strict=True)),
    0xE7C7: "ḿ",
    0xE7C8: "ǹ",
    0xE816: "\U00020087",
    0xE817: "\U00020089",
    0xE818: "\U000200cc",
    0xE81E: "龴",
    0xE826: "龵",
    0xE82B: "龶",
    0xE82C: "龷",
    0xE831: "\U000215d7",
    0xE832: "龸",
    0xE83B: "\U0002298f",
    0xE843: "龹",
    0xE854: "龺",
    0xE855: "\U000241fe",
    0xE864: "龻",
}
_FIRST_OF_GBK = 0xE815  # the private-use form of the first of 80 characters that GBK has at FE50 to FEA0
_TRAILS = (*range(0x50, 0x7F), *range(0x80, 0xA1))  # the second bytes of those 80


def _private_use() -> dict[str, str]:
    """The private-use forms of GBK and GB 18030-2000, and what they show: most stand where the codec knows them now."""
    moved = {_FIRST_OF_GBK + at: bytes((0xFE, trail)).decode("gb18030") for at, trail in enumerate(_TRAILS)}
    return {chr(form): shown for form, shown in (moved | _PRIVATE_USE).items()}


_SHOWN = dict(zip(_EQUIVALENT[::2], _EQUIVALENT[1::2], strict=True))
_FORMS = _private_use()
PRIVATE_USE = "".join(_FORMS)
"""The private-use forms of which it is known what they show."""


def fold(character: str) -> str:
    """The character that ``character`` shows, or the characters where it shows several (㈠ shows (一))."""
    character = _FORMS.get(character, character)
    return unicodedata.normalize("NFKC", _SHOWN.get(character, character))
