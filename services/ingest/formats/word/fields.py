"""Fields of a Word document: of their instruction and their result, a reader sees the result (ECMA-376, 17.16)."""

from dataclasses import dataclass

from services.ingest.formats.runs import Run
from services.ingest.formats.word.names import Element, W, number, value
from shared.doubt import DoubtCode

# What is drawn from the instruction where the document keeps no result of it.
_DRAWN = ("EQ", "SYMBOL", "ADVANCE", "QUOTE", "=")


@dataclass
class _Field:
    instruction: str = ""
    in_result: bool = False
    choice: str = ""  # of a drop-down list


class Fields:
    """The fields that a paragraph is in at a point."""

    def __init__(self) -> None:
        self._open: list[_Field] = []

    @property
    def shown(self) -> bool:
        """Whether what stands here is seen, being no instruction."""
        return all(field.in_result for field in self._open)

    def instruct(self, text: str) -> None:
        """A piece of an instruction."""
        if self._open:
            self._open[-1].instruction += text

    def meet(self, mark: Element) -> Run | None:
        """A mark that begins, divides or ends a field (``fldChar``); what it shows without having a result."""
        kind = value(mark, "fldCharType")
        if kind == "begin":
            self._open.append(_Field(choice=_chosen(mark)))
        elif kind == "separate" and self._open:
            self._open[-1].in_result = True
        elif kind == "end" and self._open:
            return _without_result(self._open.pop())
        return None


def _without_result(field: _Field) -> Run | None:
    if field.choice:
        return Run(field.choice)
    drawn = field.instruction.split()[:1]
    if not field.in_result and drawn and drawn[0].upper().startswith(_DRAWN):
        return Run("", doubt=DoubtCode.SYMBOL_FONT)
    return None


def _chosen(mark: Element) -> str:
    """The entry of a drop-down list that is chosen; empty where the field is none."""
    options = mark.find(f"{W}ffData/{W}ddList")
    if options is None:
        return ""
    entries = options.findall(f"{W}listEntry")
    result = options.find(f"{W}result")
    at = number(options.find(f"{W}default") if result is None else result, 0)
    return value(entries[at]) if 0 <= at < len(entries) else ""
