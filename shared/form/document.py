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

Which cell is wrong. Every cell of 表三 stands in a row sum and in a column sum or balance, so a wrong cell leaves a
mark on two relations or more. gouji searches for the smallest set of changes after which every judged relation holds
and every count is still a count. A cell that all smallest sets change, to the same figure, is the `suspect`, provided
that two relations at least speak for it; where smallest sets differ they are all listed in `explanations`, those first
that look like a slip people make (`swapped`, `transposed_digits`, `total_not_updated`, …) or that agree with the prose.
What cannot be told apart: three or more wrong cells may be explained by fewer, and in 表四 each cell stands in one
relation only, so there is never a suspect. Nothing stored is changed. `make localisation` measures all this.

How a diagnosis is made. The fewest changes are not always what happened: where an application that came late was
entered in two right cells and no total was brought up to date, two changes take it out again, and four put it
right. So slips that are known to happen are tried on the table as well, however many cells they change, and kept
where after them every relation that they touch holds: totals not brought up to date (which finds late changes,
stale rows and groups left out or counted twice), two rows exchanged but for their totals, what is carried in and
out exchanged (`carry_swapped`), and a wrong sum that 结转 took up (`carry_from_balance`). Broken relations that some
explanation mends together have one cause, as far as anybody can tell: they are one *diagnosis*. It names the
explanation that the prose or an unlikely slip speaks for (结转 left at zero before others: `carry_left_at_zero`), the
cells to change, the findings that it resolves (by their place among the report's; also claims of the prose that
agree with the tables then), and all other explanations as `alternatives`. Where none is likelier than the next,
`changes` is empty and all are alternatives. Without alternatives, the arithmetic leaves no other explanation. What
breaks no relation, such as a row entered in the place of its neighbour, is not seen.

From one year to the next. A carried row is one finding, whatever number of its columns differ. Where a sentence of the
prose speaks of the matter and gives a reason (失效, 机构改革, …: `reasons` of the form's data), the finding is a note
that quotes it (`continuity.explained`), and none where the sentence states just the difference. Figures of a year that
all repeat are a copy where chance would repeat them less than once in a thousand years; prose is one where nine tenths
of its shingles of eight characters stand in last year's. Reports of one name and year whose figures differ by an order
of size (a city's summary, and its own office's) are held against no other year.

What the prose claims. A figure in parts 一, 五 and 六 is held against the tables only where its subject is plain, its
year is the report's, and it speaks of the authority itself; a claim that may be read in several ways contradicts only
if no reading fits. Cumulative figures (累计, 截至) and wider scopes (全县, 各部门) may agree but never contradict. A
list of parts must make up its whole only if it ends with 其他.
"""


def relations_document() -> str:
    """The whole document, in Markdown."""
    editions = [line for edition in EDITIONS for line in _edition(load_form(edition))]
    return "\n".join([OPENING, *editions, *_others(other_rules())]) + "\n"


def _edition(form: Form) -> Iterator[str]:
    yield f"## Edition {form.edition} ({form.first_year} to {form.last_year}): {form.decree}\n"
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
