"""Writes docs/relations.md from the form's data: ``python -m shared.form.document > docs/relations.md``."""

from collections.abc import Iterator

from shared.form.catalogue import FormRule, Rule, formula, other_rules
from shared.form.load import EDITIONS, load_form
from shared.form.model import Check, Form

OPENING = """\
# The relations (勾稽关系)

Generated from `shared/form` by `make docs`; do not edit. Every rule that gouji judges a report by: what holds in the
form's own terms, how grave a breach is, and where the rule comes from.

- A relation with a null on either side is not judged; the null itself is listed by `completeness.TABLE`.
- `expected` of a finding is the computed side of the formula (right of the sign), `actual` the stated one (left of it).
- An *error* is arithmetic that cannot be; a *warning* is a statement that disagrees with another, or is missing.
- Verdict: `clean` without findings, `incomplete` where all findings are `completeness.*`, else `inconsistent`.
"""


def relations_document() -> str:
    """The whole document, in Markdown."""
    editions = [line for edition in EDITIONS for line in _edition(load_form(edition))]
    return "\n".join([OPENING, *editions, *_others(other_rules())]) + "\n"


def _edition(form: Form) -> Iterator[str]:
    yield f"## Edition {form.edition} ({form.years}): {form.decree}\n"
    parts: tuple[tuple[str, tuple[FormRule, ...]], ...] = (
        ("Sums and balances, within one report", form.relations),
        ("Single figures", form.checks),
        ("Continuity, from one year to the next of the same authority", form.continuities),
    )
    for title, rules in parts:
        yield f"### {title}\n"
        for rule in rules:
            yield from _rule(form, rule)


def _rule(form: Form, rule: FormRule) -> Iterator[str]:
    yield f"**`{rule.id}`** ({rule.severity}{_scope(form, rule)})\n"
    yield f"> {formula(form, rule)}\n"
    yield f"Source: {rule.source}  "
    yield f"Message: {rule.message}\n"


def _scope(form: Form, rule: FormRule) -> str:
    if isinstance(rule, Check):
        return ""
    table = form.table(rule.table)
    return f"; {table.name}, each {'column' if rule.each == 'column' else 'row'}"


def _others(rules: tuple[Rule, ...]) -> Iterator[str]:
    yield "## Prose and completeness, all editions\n"
    yield "| rule | severity | holds when | source |"
    yield "|---|---|---|---|"
    for rule in rules:
        yield f"| `{rule.id}` | {rule.severity} | {rule.holds} | {rule.source} |"


if __name__ == "__main__":
    print(relations_document(), end="")
