"""Finds the claims of the prose and holds them against the tables and against their own parts."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from services.validate.narrative.grammar import Reader
from services.validate.narrative.rates import fits
from services.validate.narrative.scope import names_of
from services.validate.narrative.sentences import Sentence, sentences
from services.validate.narrative.statements import Statement
from services.validate.narrative.subjects import Cells, came_in, meaning
from services.validate.narrative.sums import sums
from services.validate.narrative.tokens import Token, vocabulary
from services.validate.narrative.wording import Status, claim, sum_of
from shared.form import Cell, Form
from shared.form.sums import total
from shared.form.wording import number
from shared.report import Claim, Finding, Number, Report

Figures = Mapping[Cell, Number | None]

# A sentence without a figure, or words for none or all, claims nothing; nor does one without what tables count, or a
# list.
_AMOUNT = re.compile(r"\d|[零一二三四五六七八九十百两](?:件|份|宗|起|条|次|项|个)|未|没|无|零|不存在|均|全部")
_COUNTED = re.compile(
    "申请|复议|诉讼|规范性文件|规章|许可|处罚|强制|收费|办结|答复|结转|转结|其中|包括|分别|含|[予分以]公开|无法提供|不予处理"
)


def claims(report: Report, form: Form, figures: Figures) -> tuple[Claim, ...]:
    """Every claim of the prose that can be checked: those that agree, that contradict, and (``unknown``) those about a
    cell that is null. What is not plain enough to contradict is listed only where it agrees."""
    found: list[Claim] = []
    names = names_of(report.authority or "")
    words, reader = vocabulary(form.edition), Reader(report.year, report.authority)
    previous: Sentence | None = None
    for sentence in sentences(report):
        if not (_COUNTED.search(sentence.text) and _AMOUNT.search(sentence.text)):
            reader.pass_over(sentence)
            previous = sentence
            continue
        tokens = words.tokens(sentence.text, names)
        contradicted: set[int] = set()  # where a figure stands that the table contradicts: its list need not be told
        for statement in reader.read(sentence, tokens):
            checked = list((_of_rate if statement.amount == "percent" else _of)(statement, form, figures))
            contradicted |= {statement.start for each in checked if each.status == "contradicts"}
            found += checked
        found += _of_sums(sentence, tokens, previous, contradicted)
        previous = sentence
    return tuple(found)


def claimed(checked: Iterable[Claim]) -> dict[str, Number]:
    """What the prose says of single cells, by cell id: evidence on which of two figures is the wrong one."""
    return {claim.cells[0]: claim.stated for claim in checked if len(claim.cells) == 1}


def finding(contradicting: Claim) -> Finding:
    """A claim that contradicts, as a finding: ``expected`` is what the table or the parts say, ``actual`` the prose."""
    return Finding(
        rule=contradicting.rule,
        at=contradicting.at,
        severity="warning",
        expected=contradicting.expected,
        actual=contradicting.stated,
        cells=contradicting.cells,
        message=contradicting.message,
        quote=contradicting.quote,
        place=contradicting.place,
    )


def _of(statement: Statement, form: Form, figures: Figures) -> Iterator[Claim]:
    meant = meaning(statement, form)
    if meant is None:
        return
    stated = _stated(statement)
    totals = [(cells, _sum(cells, figures)) for cells in _of_whole(statement, meant.readings, figures)]
    fitting = next((cells for cells, total in totals if total is not None and _fits(statement, stated, total)), None)
    cells, expected = (fitting, stated) if fitting else totals[0]
    status: Status = "agrees" if fitting else "unknown" if any(total is None for _, total in totals) else "contradicts"
    if status != "contradicts" or statement.plainness == "plain":
        yield claim(
            meant.rule,
            statement.sentence,
            stated=stated,
            expected=expected,
            status=status,
            against=sum_of(form, cells),
            cells=cells,
            unit="万元" if cells[0].column == "amount" else "",
            words=statement.sentence.text[statement.start : statement.end] if statement.amount != "figure" else "",
        )


def _of_whole(statement: Statement, readings: Sequence[Cells], figures: Figures) -> Sequence[Cells]:
    """The readings that are of the whole that the sentence names: 收到申请5件，其中自然人3件 speaks of what was
    received, if that was five."""
    if statement.whole is None:
        return readings
    whole = statement.whole.value
    fitting = [cells for cells in readings if _sum(_totals_of(cells), figures) == whole]
    return fitting or readings


def _totals_of(cells: Cells) -> Cells:
    return tuple(dict.fromkeys(cell._replace(column="total") for cell in cells))


def _stated(statement: Statement) -> Number:
    """The figure in the unit of the table: 元 becomes 万元; of words for none or all it is the zero that they mean."""
    quantity = statement.quantity
    if statement.amount != "figure" or quantity is None:
        return 0
    return round(quantity.value / 10_000, 6) if quantity.unit == "元" else quantity.value


def _fits(statement: Statement, stated: Number, actual: Number) -> bool:
    quantity = statement.quantity
    if statement.amount != "figure" or quantity is None:
        return stated == actual
    return quantity.fits(round(actual * 10_000, 2) if quantity.unit == "元" else actual)


def _of_rate(statement: Statement, form: Form, figures: Figures) -> Iterator[Claim]:
    """A share may be of all that came in, of what came in this year, or of what was concluded."""
    percent = statement.sentence.text[statement.start : statement.end].rstrip("%％")
    concluded = (Cell("applications", "concluded", "total"),)
    whole = came_in(form)
    share = statement.quantity is not None
    wholes = [_sum(cells, figures) for cells in ((whole, whole[:1], concluded) if share else (whole,))]
    known = [each for each in wholes if each]
    part = statement.quantity.value if statement.quantity else _sum(concluded, figures)
    if part is None or not known:
        return
    agrees = any(fits(percent, part, each) for each in known)
    if agrees or statement.plainness == "plain":
        yield claim(
            "narrative.rate",
            statement.sentence,
            stated=float(percent),
            expected=float(percent) if agrees else round(100 * part / known[0], 2),
            status="agrees" if agrees else "contradicts",
            against="按表三总计列计算的比例",
            cells=whole if share else concluded + whole,
            unit="%",
        )


def _of_sums(
    sentence: Sentence, tokens: list[Token], previous: Sentence | None, contradicted: set[int]
) -> Iterator[Claim]:
    for found in sums(sentence, tokens, previous):
        agrees = found.total == found.whole.value
        told = any(figure.start in contradicted for figure in (found.whole, *found.parts))
        if agrees or (found.must_agree and not told):
            parts = "+".join(number(part.value) for part in found.parts)
            yield claim(
                "narrative.sum",
                found.sentence,
                stated=found.whole.value,
                expected=found.total,
                status="agrees" if agrees else "contradicts",
                against=f"其各项之和{parts}=" + (number(found.total) if agrees else ""),
                unit=found.whole.unit,
            )


def _sum(cells: Cells, figures: Figures) -> Number | None:
    return total(map(figures.get, cells))
