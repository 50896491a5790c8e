"""Pages whose lines were all joined into one: headings, labels and figures are found within it."""

from dataclasses import replace
from random import Random

import pytest

from services.ingest.joined import parted
from services.ingest.read import read_document
from tests.corpus.contents import ContentStyle
from tests.corpus.score import score
from tests.corpus.spec import Rendered, Spec, render

PAGE = (
    "青山县财政局2023年政府信息公开工作年度报告 一、总体情况 全年各项工作有序开展。 二、主动公开政府信息情况 "
    "信息内容 本年制发件数 规章 1 2 3 行政许可 4 三、收到和处理情况 一、本年新收 7 2 （一）予以公开 5 6 "
    "四、其他情况 无。 "
) + "全年公开信息若干条，群众满意。" * 25


def joined(seed: int, layout: str, contents: ContentStyle = "plain") -> Rendered:
    """A page of the corpus with its lines joined, and what parted its cells lost."""
    rendered = render(Spec(seed=seed, layout=layout, contents=contents))
    words = rendered.data.decode().replace("|", " ").split()
    return Rendered(rendered.spec, rendered.name, " ".join(words).encode(), rendered.truth)


def test_a_page_on_one_line_has_its_rows_again() -> None:
    rows: dict[tuple[int, int], list[str]] = {}
    for place, block in enumerate(read_document(PAGE.encode(), "page.txt").blocks):
        rows.setdefault((block.table, block.row) if block.table else (0, -place), []).append(block.text)
    assert list(rows.values())[:18] == [
        ["青山县财政局2023年政府信息公开工作年度报告"],
        ["一、总体情况"],
        ["全年各项工作有序开展。"],
        ["二、主动公开政府信息情况"],
        ["信息内容", "本年制发件数"],
        *(["规章"], ["1"], ["2"], ["3"], ["行政许可"], ["4"]),
        ["三、收到和处理情况"],
        *(["一、本年新收"], ["7"], ["2"], ["（一）予以公开"], ["5"], ["6"]),
    ]


@pytest.mark.parametrize("line", ["规章 1 2", "一、甲。二、乙。三、丙。四、丁。" * 40, "词 " * 300])
def test_other_lines_stay_as_they_are(line: str) -> None:
    assert list(parted([("L1", line)])) == [("L1", line)]


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("layout", ["row_bars", "tabs", "cell_lines"])
def test_a_report_on_one_line_is_read_but_for_the_table_that_has_one_row(seed: int, layout: str) -> None:
    scored = score(joined(seed, layout))
    assert not scored.wrong
    assert all(cell.startswith("disputes.") for cell in scored.missing)


@pytest.mark.parametrize("seed", [44, 47, 73, 90, 480])
def test_blanks_that_were_lost_and_figures_that_came_apart_forge_no_row(seed: int) -> None:
    rng = Random(seed)
    whole = joined(seed, "tabs", "blanks")
    words = [part for word in whole.data.decode().split() for part in _apart(word, rng)]
    scored = score(replace(whole, data=" ".join(words).encode()))
    assert not [fault for fault in scored.wrong if " is " in fault and "." in fault.split()[0]]


def _apart(word: str, rng: Random) -> list[str]:
    """The halves of one figure in fifty."""
    at = rng.randrange(1, len(word)) if len(word) > 1 else 0
    return [word[:at], word[at:]] if at and word.isdigit() and rng.random() < 0.02 else [word]
