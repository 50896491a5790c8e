"""Whatever a table says and leaves out, it is judged; and a diagnosis is about findings that there are."""

from random import Random

import pytest

from services.validate.judge import judge
from shared.form import load_form
from shared.report import Judgement, Number
from tests.validate.reports import report

_TABLE = load_form("2021").table("applications")
_COLUMNS = [column.key for column in _TABLE.columns]
_ROWS = [row.key for row in _TABLE.rows]


def _spoilt(seed: int) -> Judgement:
    """The judgement on a form whose rows add up but two, and of which three rows are left out."""
    dice = Random(seed)
    cells: dict[str, Number | None] = {}
    for row in _ROWS:
        parts = [dice.randint(0, 20) for _ in _COLUMNS[:-1]]
        total = sum(parts) + (dice.choice([-5, -3, 4]) if row in _ROWS[:1] else 0)
        cells |= dict(
            zip((f"applications.{row}.{column}" for column in _COLUMNS), (*parts, max(0, total)), strict=True)
        )
    wrong = f"applications.{dice.choice(_ROWS)}.total"
    cells[wrong] = (cells[wrong] or 0) + 10
    for row in {"concluded", *dice.sample(_ROWS, 2)}:
        cells |= dict.fromkeys(f"applications.{row}.{column}" for column in _COLUMNS)
    return judge(report(cells=cells))


@pytest.mark.parametrize("seed", range(40))
def test_whatever_is_stated_and_left_out_is_judged(seed: int) -> None:
    judgement = _spoilt(seed)
    for diagnosis in judgement.diagnoses:
        assert diagnosis.changes or diagnosis.alternatives
        assert diagnosis.resolves
        assert max(diagnosis.resolves) < len(judgement.findings)
