"""What a single cell says: a figure, nothing, or something that must not be taken for a figure."""

import re
from decimal import Decimal
from typing import NamedTuple

from shared.form import Column
from shared.report import Number


class Figure(NamedTuple):
    """The content of a cell, read but not yet given to a column.

    ``amount`` is None where the cell states none: it is blank (``text`` is empty), a mark such as ``/`` or ``无``, or
    unclear. ``unit`` and ``direction`` (``增``, ``减``) are as written, ``note`` is what else stands in the cell.
    """

    text: str
    amount: Decimal | int | None
    unit: str = ""
    direction: str = ""
    note: str = ""

    @property
    def plain(self) -> bool:
        """Whether the cell holds a number and nothing else."""
        return not (self.note or self.unit or self.direction)


BLANK = Figure("", None)

# They fill a cell and state no figure: whether their author meant zero is not ours to say.
_MARKS = frozenset(
    {"/", "／", "\\", "-", "--", "—", "——", "－", "–", "－－", "无", "*", "…", "……", "N/A", "空", "∕", "〇"}
)

_FIGURE = re.compile(
    r"(?P<direction>增加|新增|增|上升|减少|减|下降|\+|-|－|—)?"
    r"(?P<whole>[0-9]{1,3}(?:[,，][0-9]{3})+|[0-9]+)(?P<fraction>\.[0-9]+)?"
    r"(?P<unit>亿元|万元|元|万|件次|件|项|宗|个|份|条|起|次|例|笔|部|家|人次|人)?"
    r"(?P<mark>[*※①-⑳¹²³]*)"
    r"(?P<note>[（(\[【〔].*)?"  # a narrow column may have cut it off
)
_IN_CHARACTERS = re.compile(r"[零一二两三四五六七八九十][零一二三四五六七八九十百千万]*[件项宗个份条起次例]?")
# What stands for a change, or for a share, in the place of a count.
_UNCHANGED = re.compile(r"(?:[与同比较]*上年度?)?(?:基本)?(?:持平|不变|未变|无变化|没有变化|未变化|无增减|相同)")
_SHARE = re.compile(r"(?:增加|增长|新增|增|上升|减少|减|下降|降低|\+|-|－|—)?[0-9]+(?:\.[0-9]+)?[%％‰](?:以上|左右)?")
# What stands behind a figure and says that another takes its place.
_TAKEN_BACK = re.compile(r"[）)\]】〕]\s*[0-9]|更正|订正|勘误|有误|误填|改为|应为|作废|删")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_DIGITS = re.compile(r"[0-9][0-9.,]*")
_BEGINNING = re.compile(r"[+\-约共]? ?[0-9]")
_BRACKETED = re.compile(r"[（(\[【〔].*[）)\]】〕]")

_LONGEST_CONTENT = 200  # characters, a note included
_LONGEST = 12  # digits; more of them are a telephone number, or figures that ran together
_IN_WAN = {"亿元": Decimal(10_000), "万元": Decimal(1), "元": Decimal("0.0001")}
_SIGN = {"": 1, "+": 1, "增": 1, "增加": 1, "新增": 1, "上升": 1}


def read_cell(text: str) -> Figure | None:
    """The content of a cell, or None where ``text`` is words rather than the content of a figure's cell."""
    if text.isascii() and text.isdigit():
        return _plain(text)
    if not text or text.isspace():
        return BLANK
    text = text.strip()
    if len(text) > _LONGEST_CONTENT:
        return None
    if text in _MARKS:
        return Figure(text, None, note=text)
    if match := _FIGURE.fullmatch(text):
        return _with_trimmings(text, match)
    if text[-1] in ".、" or ";" in text or text.count(",") > 1:  # an ordinal that lost its label, or several cells
        return None
    if _IN_CHARACTERS.fullmatch(text) or _UNCHANGED.fullmatch(text) or _SHARE.fullmatch(text):
        return Figure(text, None, note=text)
    bare = _BRACKETED.sub("", text)
    if len(_HAN.findall(bare)) <= 2 and _BEGINNING.match(text) and len(_DIGITS.findall(bare)) == 1:
        return Figure(text, None, note=text)
    return None


def value_in(figure: Figure, column: Column, heading: str = "") -> tuple[Number | None, str]:
    """The figure as a value of ``column``, and the note to keep with it.

    ``heading`` is the column's heading as printed, which may name another unit (``单位：元``) than the form's.
    """
    if figure.amount is None:
        return None, figure.note
    if figure.direction and not column.signed:
        return None, figure.text
    sign = _SIGN.get(figure.direction, -1)
    if column.unit:
        return _amount(figure, "元" if "元" in heading and column.unit not in heading else column.unit)
    if figure.unit in ("亿元", "万元", "元", "万") or figure.amount != int(figure.amount):
        return None, figure.text
    return sign * int(figure.amount), figure.note


def _amount(figure: Figure, printed: str) -> tuple[Number | None, str]:
    unit = "万元" if figure.unit == "万" else figure.unit or printed
    if figure.amount is None or unit not in _IN_WAN:
        return None, figure.text
    amount = Decimal(figure.amount) * _IN_WAN[unit]
    note = figure.note or (figure.text if figure.unit else "" if unit == "万元" else f"{figure.text}{unit}")
    return (int(amount) if amount == int(amount) else float(amount)), note


def _plain(digits: str) -> Figure:
    if len(digits) > _LONGEST or (digits[0] == "0" and len(digits) > 1):
        return Figure(digits, None, note=digits)
    return Figure(digits, int(digits))


def _with_trimmings(text: str, match: re.Match[str]) -> Figure:
    whole = match["whole"].replace(",", "").replace("，", "")
    if len(whole) > _LONGEST or (whole[0] == "0" and len(whole) > 1):
        return Figure(text, None, note=text)
    if match["note"] and _TAKEN_BACK.search(match["note"]):
        return Figure(text, None, note=text)
    amount = Decimal(whole + match["fraction"]) if match["fraction"] else int(whole)
    note = (match["mark"] or "") + (match["note"] or "").strip("（()）")
    return Figure(text, amount, match["unit"] or "", match["direction"] or "", note)
