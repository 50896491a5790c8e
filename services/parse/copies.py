"""The same report printed twice in one file (a page and its version for print) is one."""

from collections.abc import Sequence

from shared.form import load_form
from shared.report import Report

_REMARK = "文件中另有一份与本报告单位、年份相同且数据不相矛盾的报告，视为副本，未另行列出。"


def without_copies(outcomes: Sequence[Report | Exception]) -> list[Report | Exception]:
    """``outcomes`` without reports of an authority and year that stand before, of which no figure says anything else;
    the one that stays says so in its remarks. Where figures contradict each other, both stay: a reader must see
    them."""
    kept: list[Report | Exception] = []
    for outcome in outcomes:
        at = next((at for at, other in enumerate(kept) if _are_copies(other, outcome)), None)
        if at is None:
            kept.append(outcome)
        elif isinstance(original := kept[at], Report) and _REMARK not in original.remarks:
            kept[at] = original.model_copy(update={"remarks": (*original.remarks, _REMARK)})
    return kept


def _are_copies(one: Report | Exception, other: Report | Exception) -> bool:
    if isinstance(one, Exception) or isinstance(other, Exception) or one.edition != other.edition:
        return False
    if one.authority is None or one.year is None or (one.authority, one.year) != (other.authority, other.year):
        return False
    if one.edition == "unknown":
        return one.sections == other.sections
    form = load_form(one.edition)
    figures = zip(one.figures(form).values(), other.figures(form).values(), strict=True)
    return all(None in pair or pair[0] == pair[1] for pair in figures)
