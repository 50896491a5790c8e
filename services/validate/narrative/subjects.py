"""What a claim can be about: the words it is made in, and the cells that the words may mean."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from services.validate.narrative.quantities import QUANTITY
from shared.form import Cell, Form, Row, load_form
from shared.form.model import Edition

Cells = tuple[Cell, ...]
"""Cells whose sum a claim states."""

Context = Literal["", "applications", "disclosure of information"]


@dataclass(frozen=True, slots=True)
class Subject:
    """A way to claim something.

    ``words`` (a regular expression) find it in a sentence, with its quantity (``number``, ``unit``) unless they claim
    ``zero``; ``keyword`` stands in every sentence that they can match. ``readings`` are the sums the words can mean,
    the plainest first: the claim is contradicted only if it fits none. ``context`` is what the sentence must be about.
    """

    rule: str
    keyword: str
    words: str
    readings: tuple[Cells, ...]
    zero: bool = False
    context: Context = ""

    def find(self, text: str) -> Iterator[re.Match[str]]:
        """Where ``text``, which has the keyword, claims something about it."""
        return _compiled(self.words).finditer(text)


@cache
def _compiled(words: str) -> re.Pattern[str]:
    """Compiled when first needed: most reports need a few of the subjects, and all of them take a tenth of a second."""
    return re.compile(words)


# Anything within a phrase: no figure, no clause or list in between.
_GAP = r"[^\d，,。；;：:、（(]"
_LONG_GAP = r"[^\d，,。；;：:（(]"
_Q = QUANTITY.pattern
_GET = r"(?:收到|接收|受理|接到|接收到|收悉|新收)"
_APPLICATION = (
    r"(?:依申请(?:政府)?(?:信息)?公开(?:的)?(?:政府)?(?:信息)?(?:的)?(?:申请|事项|事宜|涉及事项|件)?"
    r"|公开(?:的)?(?:政府)?(?:信息)?(?:的)?申请(?:件|表)?|(?:信息)?申请公开(?:的)?(?:政府)?(?:信息)?(?:事项|件|要求)?)"
)
_AMOUNT = r"(?:数量?|总数|总量|总计|共计|合计|共有|共|计|为|达|有|总共|:|：){0,3}"
# 予以公开或部分公开59件 names two results and states neither; 予以公开2件、部分公开1件 states both.
_ALONE = r"(?<![^件份宗起例条次项个][或和及与、])"
_ENDS = r"(?=[，,。；;、（(]|的?情况|$)"


@cache
def subjects(edition: Edition) -> tuple[Subject, ...]:
    """Everything that the prose of a report of ``edition`` can claim."""
    form = load_form(edition)
    return (
        *_applications(form),
        *_results(form),
        *_persons(form),
        *_disputes(),
        *_disclosure(form),
    )


def _total(*rows: str) -> Cells:
    return tuple(Cell("applications", row, "total") for row in rows)


def _applications(form: Form) -> Iterator[Subject]:
    came_in = (_total("received"), _total("received", "carried_in"))
    worked = (_total("concluded"), *came_in)

    def claim(words: str, readings: tuple[Cells, ...], keyword: str = "申请", context: Context = "") -> Subject:
        return Subject("narrative.applications", keyword, words, readings, context=context)

    def none(words: str, readings: tuple[Cells, ...], keyword: str = "申请") -> Subject:
        return Subject("narrative.applications", keyword, words, readings, zero=True)

    yield claim(rf"{_GET}{_LONG_GAP}{{0,24}}?{_APPLICATION}(?:信息|事项|件)?{_AMOUNT}{_Q}", came_in)
    yield claim(rf"{_GET}(?:各类|了)?{_Q}(?:的)?{_LONG_GAP}{{0,16}}?{_APPLICATION}", came_in)
    yield claim(rf"新收{_GAP}{{0,10}}?申请(?:数量)?{_AMOUNT}{_Q}", (_total("received"),))
    yield claim(
        rf"(?:办理|处理|办结|答复|回复|办复){_LONG_GAP}{{0,16}}?{_APPLICATION}(?:信息|事项|件)?{_AMOUNT}{_Q}", worked
    )
    yield claim(rf"上(?:一)?年度?结转{_GAP}{{0,14}}?{_AMOUNT}{_Q}", (_total("carried_in"),), "结转", "applications")
    yield claim(
        rf"结转(?:至|到)?(?:下|次|20\d\d)(?:一)?年度?{_GAP}{{0,10}}?{_AMOUNT}{_Q}",
        (_total("carried_out"),),
        "结转",
        "applications",
    )
    yield claim(rf"{_Q}结转(?:至|到)?(?:下|次)(?:一)?年", (_total("carried_out"),), "结转", "applications")
    yield none(
        rf"(?<![如若因对凡])(?:未|没有|从未)(?:再)?(?:收到|接到|接收到|接收|受理|有){_LONG_GAP}{{0,24}}?{_APPLICATION}{_ENDS}",
        (_total("received"),),
    )
    yield none(rf"(?<!有)无{_GAP}{{0,8}}?{_APPLICATION}{_ENDS}", (_total("received"),))
    yield none(rf"{_GET}{_LONG_GAP}{{0,24}}?{_APPLICATION}{_GAP}{{0,4}}?均?为零", (_total("received"),), "零")
    yield none(r"申请.*(?:均|全部)(?:已|都)?(?:按[时期]|依法|及时)?(?:办结|办理完毕)", (_total("carried_out"),))
    yield none(r"(?<!上)无(?:下|次)年度?结转|无结转(?:至|到)?(?:下|次)(?:一)?年度?", (_total("carried_out"),), "结转")


def _results(form: Form) -> Iterator[Subject]:
    """A subject for each way an application can end, named as the table names its row, or its group of rows."""
    concluded = next(relation for relation in form.relations if relation.id == "applications.concluded").computed
    named: dict[str, list[str]] = {}
    for row in form.table("applications").rows:
        if row.key in concluded:
            for name in _names(row):
                named.setdefault(name, []).append(row.key)
    for name, rows in named.items():
        words = rf"{_ALONE}{re.escape(name)}(?:的)?(?:申请|信息)?{_AMOUNT}{_Q}"
        yield Subject("narrative.applications", name, words, (_total(*rows),), context="applications")


def _names(row: Row) -> Iterator[str]:
    if row.label not in ("其他", "总计"):
        yield row.label
    if len(row.groups) > 1:
        yield re.sub(r"^（.）", "", row.groups[1])


def _persons(form: Form) -> Iterator[Subject]:
    """Who applied; only beside a claim of how many applications there were."""
    table = form.table("applications")
    organisations = tuple(column.key for column in table.columns if column.group)
    kinds: list[tuple[str, tuple[str, ...]]] = [
        (column.label, (column.key,)) for column in table.columns if column.label not in ("其他", "总计")
    ]
    kinds.append(("法人(?:或|和|、)其他组织", organisations))
    for label, columns in kinds:
        readings = tuple(
            tuple(Cell("applications", row, column) for row in rows for column in columns)
            for rows in (("received",), ("received", "carried_in"))
        )
        words = rf"{_ALONE}{label}(?:提出|提交)?(?:的)?(?:申请)?(?:人)?{_AMOUNT}{_Q}"
        keyword = "法人" if "法人" in label else label
        yield Subject("narrative.applications", keyword, words, readings, context="applications")
    nobody_else = tuple(Cell("applications", "received", column) for column in organisations)
    all_natural = r"申请.*(?:均|全部)(?:为|是|由|系)自然人"
    yield Subject("narrative.applications", "自然人", all_natural, (nobody_else,), zero=True)


def _disputes() -> Iterator[Subject]:
    def tracks(*rows: str) -> Cells:
        return tuple(Cell("disputes", row, "total") for row in rows)

    litigation = tracks("litigation_direct", "litigation_after_reconsideration")
    both = tracks("reconsideration") + litigation
    about: Context = "disclosure of information"

    def claim(words: str, cells: Cells, keyword: str, *, zero: bool = False, context: Context = about) -> Subject:
        return Subject("narrative.disputes", keyword, words, (cells,), zero=zero, context=context)

    yield claim(rf"{_ALONE}行政复议(?:申请|案件|案)?(?:数量)?{_AMOUNT}{_Q}", tracks("reconsideration"), "复议")
    yield claim(rf"{_ALONE}行政诉讼(?:案件|案)?(?:数量)?{_AMOUNT}{_Q}", litigation, "诉讼")
    yield claim(rf"未经复议直接起诉{_AMOUNT}{_Q}", tracks("litigation_direct"), "起诉")
    yield claim(rf"复议后起诉{_AMOUNT}{_Q}", tracks("litigation_after_reconsideration"), "起诉")
    yield claim(
        rf"行政复议(?:案件)?(?:和|或|及|与|、|以及|或者)(?:提起)?行政诉讼(?:案件)?(?:的)?(?:数量|情况)?均?(?:为)?{_Q}",
        both,
        "均",
    )
    # Had there been no case at all, there was none about disclosure either: no context is needed.
    no = r"(?:未|没有|无)(?:发生|出现|产生|收到|引发|引起|被|有)?"
    then = r"(?:和|或|及|与|、|以及|或者|，|,)(?:也)?(?:未|无|没有|被)?(?:发生|提起|引发)?(?:过)?"
    pair = rf"行政复议(?:申请|案件|案)?{then}行政诉讼"
    yield claim(rf"{no}{_LONG_GAP}{{0,24}}?{pair}", both, "诉讼", zero=True, context="")
    yield claim(rf"{pair}(?:案件)?(?:数量|情况)?均?为零", both, "零", zero=True, context="")
    end = r"(?:案件|申请|情况|案)?(?:发生)?(?=[，,。；;]|$)"
    yield claim(rf"{no}{_GAP}{{0,24}}?(?<!经)行政复议{end}", tracks("reconsideration"), "复议", zero=True, context="")
    yield claim(rf"{no}{_GAP}{{0,24}}?行政诉讼{end}", litigation, "诉讼", zero=True, context="")


def _disclosure(form: Form) -> Iterator[Subject]:
    """Documents and decisions, as far as the edition's table counts them."""

    def claim(row: str, column: str, words: str, keyword: str, *, zero: bool = False) -> Iterator[Subject]:
        cell = Cell("disclosure", row, column)
        if cell in form.table("disclosure").cells():
            yield Subject("narrative.disclosure", keyword, words, ((cell,),), zero=zero)

    for row, name in (("regulations", r"(?:政府|部门)?规章"), ("normative_documents", r"(?:行政)?规范性文件")):
        keyword = "规章" if row == "regulations" else "规范性文件"
        after = rf"{name}(?:共|共计|合计|总计|数量?为|有)?{_Q}"
        yield from claim(row, "issued", rf"(?:制发|印发|制定|出台|新制定)(?:了)?(?:的)?{after}", keyword)
        yield from claim(row, "repealed", rf"(?:废止|宣布失效)(?:了)?(?:的)?{after}", keyword)
        yield from claim(row, "in_force", rf"现行有效(?:的)?{after}", keyword)
        yield from claim(row, "made", rf"新制作(?:的)?{after}", keyword)
        yield from claim(
            row, "issued", rf"(?:未|没有)(?:制发|制定|出台|印发)(?:过)?{name}(?=[，,。；;]|$)", keyword, zero=True
        )
    for row, name in (("licensing", "行政许可"), ("penalties", "行政处罚"), ("coercive_measures", "行政强制")):
        done = rf"(?:作出|做出|实施|下达){name}(?:处理)?(?:决定|措施)?(?:书)?(?:共|共计|合计)?{_Q}"
        yield from claim(row, "decisions", done, name)
    yield from claim("fees", "amount", rf"收取(?:的)?行政事业性收费(?:共|共计|合计|总计)?(?:金额)?(?:为)?{_Q}", "收费")
    yield from claim("fees", "amount", r"(?:未|没有)(?:收取|产生)(?:任何)?行政事业性收费", "收费", zero=True)
