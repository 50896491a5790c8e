"""The table of disputes in the arrangements that offices give it."""

import pytest

from services.parse.recognise import recognise
from tests.parse.pages import document

BANDS = ["行政复议", "未经复议直接起诉", "复议后起诉"]
OUTCOMES = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
FIGURES = [["1", "2", "3", "4", "10"], ["5", "6", "7", "8", "26"], ["9", "11", "12", "13", "45"]]
READ = [[int(figure) for figure in band] for band in FIGURES]

SIDE_BY_SIDE = [BANDS[:1], [*OUTCOMES, *BANDS[1:]], OUTCOMES * 2, [figure for band in FIGURES for figure in band]]
BROKEN_HEADER = [
    ["行政复议", "行政诉讼"],
    ["结果", "结果", "其他", "尚未", "总计", *BANDS[1:]],
    ["维持", "纠正", "结果", "审结"],
    ["结果", "结果", "其他", "尚未", "总计"] * 2,
    ["维持", "纠正", "结果", "审结"] * 2,
    [figure for band in FIGURES for figure in band],
]
A_ROW_A_BAND = [["类别", *OUTCOMES], *([band, *row] for band, row in zip(BANDS, FIGURES, strict=True))]
STACKED = [line for band, row in zip(BANDS, FIGURES, strict=True) for line in ([band], OUTCOMES, row)]
A_ROW_AN_OUTCOME = [
    ["类别", *BANDS],
    *([outcome, *row] for outcome, row in zip(OUTCOMES, zip(*FIGURES, strict=True), strict=True)),
]
IN_PAIRS = [
    line
    for band, row in zip(BANDS, FIGURES, strict=True)
    for line in ([band], *([f"{outcome}：{figure}"] for outcome, figure in zip(OUTCOMES, row, strict=True)))
]


def _disputes(lines: list[list[str]]) -> list[list[int | float | None]]:
    page = [
        ["青山县2023年政府信息公开工作年度报告"],
        ["一、总体情况"],
        ["二、主动公开政府信息情况"],
        ["第二十条第（五）项"],
        ["信息内容", "本年处理决定数量"],
        ["行政许可", "5"],
        ["三、收到和处理政府信息公开申请情况"],
        ["四、政府信息公开行政复议、行政诉讼情况"],
        *lines,
        ["五、存在的主要问题及改进情况"],
    ]
    report = recognise(document(page))
    return [list(band.values()) for band in (report.disputes or {}).values()]


ARRANGEMENTS = {
    "side by side": SIDE_BY_SIDE,
    "under a header broken over two lines": BROKEN_HEADER,
    "a row a band": A_ROW_A_BAND,
    "one below another": STACKED,
    "a row an outcome": A_ROW_AN_OUTCOME,
    "in pairs": IN_PAIRS,
}


@pytest.mark.parametrize("arrangement", ARRANGEMENTS)
def test_every_arrangement_is_read(arrangement: str) -> None:
    assert _disputes(ARRANGEMENTS[arrangement]) == READ


@pytest.mark.parametrize("arrangement", ["side by side", "one below another", "a row an outcome", "in pairs"])
def test_a_cell_a_line_is_the_same(arrangement: str) -> None:
    assert _disputes([[cell] for line in ARRANGEMENTS[arrangement] for cell in line]) == READ


@pytest.mark.parametrize("arrangement", ARRANGEMENTS)
def test_one_figure_lost_shifts_no_other(arrangement: str) -> None:
    for at, line in enumerate(ARRANGEMENTS[arrangement]):
        for place, cell in enumerate(line):
            if not cell.rpartition("：")[2].isdigit():
                continue
            lines = [list(other) for other in ARRANGEMENTS[arrangement]]
            del lines[at][place]
            for band, row in zip(_disputes([line for line in lines if line]), READ, strict=True):
                assert all(read in (None, stated) for read, stated in zip(band, row, strict=True))


def test_a_line_of_figures_that_is_repeated_is_no_table() -> None:
    lines = [*STACKED, FIGURES[2], FIGURES[2]]

    assert _disputes(lines)[0] in ([None] * 5, READ[0])
    assert all(set(band) == {None} or band in READ for band in _disputes(lines))
