"""Every rule there is, by id: those of the editions' tables and those about prose and completeness."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Literal

from pydantic import BaseModel, ConfigDict

from shared.form.load import EDITIONS, load_form
from shared.form.model import Check, Continuity, Form, Relation, Severity

FormRule = Relation | Check | Continuity
"""A rule that an edition's data states."""


Certainty = Literal["certain", "likely", "hint"]


class Rule(BaseModel):
    """What a rule says: ``holds`` in Chinese is what is so where it is kept, ``source`` where it comes from.

    ``certainty`` says how sure a finding is: ``certain`` follows from the page, ``likely`` has rare exceptions, a
    ``hint`` may have an innocent reason. ``advice`` is told without bearing on the verdict. ``message`` and
    ``message_en`` are the sentences for a finding, with fields of the rule's own, where no edition has them.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    severity: Severity
    holds: str
    source: str
    certainty: Certainty = "certain"
    advice: bool = False
    message: str = ""
    message_en: str = ""


@cache
def rules() -> dict[str, Rule]:
    """All rules; of one that both editions have, the newest."""
    found: dict[str, Rule] = {}
    for edition in reversed(EDITIONS):
        form = load_form(edition)
        every: tuple[FormRule, ...] = (*form.relations, *form.checks, *form.continuities)
        for rule in every:
            found[rule.id] = Rule(id=rule.id, severity=rule.severity, holds=formula(form, rule), source=rule.source)
    return found | {rule.id: rule for rule in other_rules()}


@cache
def advice() -> frozenset[str]:
    """The ids of the rules whose findings are told, and leave the verdict as it is."""
    return frozenset(rule.id for rule in other_rules() if rule.advice)


@cache
def other_rules() -> tuple[Rule, ...]:
    """The rules about prose and completeness."""
    text = files("shared.form").joinpath("rules.toml").read_text(encoding="utf-8")
    return tuple(Rule.model_validate(rule) for rule in tomllib.loads(text)["rules"])


def formula(form: Form, rule: FormRule) -> str:
    """What holds, in the form's own terms: 总计 = 自然人 + 商业企业 + …"""
    if isinstance(rule, Relation):
        return f"{_sum(form, rule, rule.stated)} = {_sum(form, rule, rule.computed)}"
    if isinstance(rule, Continuity):
        parts = [f"上一年度的{_sum(form, rule, rule.closing)}"]
        parts += [f"+ 本年度的{_sum(form, rule, rule.added)}"] if rule.added else []
        parts += [f"- 本年度的{_sum(form, rule, rule.removed)}"] if rule.removed else []
        return f"本年度的{_sum(form, rule, rule.opening)} {'≥' if rule.at_least else '='} {' '.join(parts)}"
    return {
        "non_negative": "件数、金额 ≥ 0（“本年增/减”除外）",
        "whole": "件数为整数（以万元计的金额除外）",
        "plausible": "以万元计的金额不超过本级政府常见规模："
        + "、".join(f"{_LEVELS[k]}{v:.0f}万元" for k, v in rule.limits.items()),
        "remaining": f"{' + '.join(_column(form, key) for key in rule.columns)} ≥ 0",
    }[rule.of]


_LEVELS = {"township": "乡级", "county": "县级", "city": "市级"}


def _sum(form: Form, rule: Relation | Continuity, keys: tuple[str, ...]) -> str:
    table = form.table(rule.table)
    return " + ".join(f"“{table.column(k).label if rule.each == 'row' else table.row(k).title}”" for k in keys)


def _column(form: Form, key: str) -> str:
    return next(column.label for table in form.tables for column in table.columns if column.key == key)
