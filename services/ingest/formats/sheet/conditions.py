"""Conditional formats that hide what stands in a cell, or show it otherwise (ECMA-376, part 1, 18.3.1.18)."""

from collections.abc import Callable, Iterator, Mapping

from services.ingest.formats.package import Element
from services.ingest.formats.sheet.layout import Place
from services.ingest.formats.sheet.references import Area, areas
from services.ingest.formats.sheet.styles import Conditional, Styles
from shared.doubt import DoubtCode

_COMPARISONS: dict[str, Callable[[float, float], bool]] = {
    "equal": lambda value, limit: value == limit,
    "notEqual": lambda value, limit: value != limit,
    "greaterThan": lambda value, limit: value > limit,
    "greaterThanOrEqual": lambda value, limit: value >= limit,
    "lessThan": lambda value, limit: value < limit,
    "lessThanOrEqual": lambda value, limit: value <= limit,
}


def doubted_by_rules(sheet: Element, styles: Styles, values: Mapping[Place, float]) -> dict[Area, DoubtCode]:
    """Where the rules of a sheet may hide or change what is shown: only where they hold, if they compare the ``values``
    of cells with a number, else wherever they may."""
    doubts: dict[Area, DoubtCode] = {}
    for rule, covered in _rules(sheet):
        effect = _effect(rule, styles)
        if not (effect.hides or effect.reformats):
            continue
        code = DoubtCode.HIDDEN_TEXT if effect.hides else DoubtCode.NUMBER_FORMAT
        holds = _comparison(rule)
        for area in covered:
            if holds is None:
                doubts[area] = code
            else:
                met = (place for place, value in values.items() if area.holds(place) and holds(value))
                doubts |= {Area(place, place): code for place in met}
    return doubts


def _rules(sheet: Element) -> Iterator[tuple[Element, list[Area]]]:
    """The rules, with the areas that they are for, which later versions state in an element of their own."""
    for formats in sheet.iter("{*}conditionalFormatting"):
        covered = list(areas(formats.get("sqref") or formats.findtext("{*}sqref") or ""))
        for rule in formats.iterfind("{*}cfRule"):
            yield rule, covered


def _effect(rule: Element, styles: Styles) -> Conditional:
    for drawn in (*rule.iterfind("{*}dataBar"), *rule.iterfind("{*}iconSet")):
        if drawn.get("showValue") in ("0", "false"):
            return Conditional(hides=True, reformats=False)
    own, index = rule.find("{*}dxf"), rule.get("dxfId", "")
    if own is not None:
        return styles.conditional(own)
    return (
        styles.numbered_conditional(int(index)) if index.isdecimal() and len(index) < 9 else Conditional(False, False)
    )


def _comparison(rule: Element) -> Callable[[float], bool] | None:
    """How a rule compares a cell with a number; None where it does something else."""
    formulas = [(each.text or "").strip() for each in rule.iterfind("{*}formula")]
    compare = _COMPARISONS.get(rule.get("operator", ""))
    if rule.get("type") != "cellIs" or compare is None or len(formulas) != 1:
        return None
    try:
        limit = float(formulas[0])
    except ValueError:
        return None
    return lambda value: compare(value, limit)
