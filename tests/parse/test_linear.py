"""Recognition and judgement take time in proportion to a text, whatever it holds.

Each text is one thing over and over, at one place of a page. What takes more than three times as long for twice as much
is worse than linear (quadratic is four times); processor time, the least of several runs, so that a busy machine does
not matter.
"""

import gc
import time
from collections.abc import Callable, Iterator
from typing import NamedTuple

import pytest

from services.parse.recognise import recognise
from services.validate.judge import judge
from shared.blocks import Block, Document
from shared.errors import Rejected
from tests.corpus.spec import Spec, render

_RATIO = 3.0
_RUNS = 5
_LEAST_SECONDS = 0.02
"""Below this, what is measured is the page around the text."""

_PAGE = render(Spec(seed=7)).data.decode().split("\n")


class Text(NamedTuple):
    """``make`` writes it, of about so many characters; ``characters`` is how many suffice to tell."""

    make: Callable[[int], str]
    characters: int


def over_and_over(unit: str, characters: int = 30_000) -> Text:
    return Text(lambda count: unit * (count // len(unit)), characters)


def nested(opening: str, closing: str, inside: str = "", characters: int = 100_000) -> Text:
    return Text(lambda count: opening * (count // 2) + inside + closing * (count // 2), characters)


def lines(line: str, characters: int = 10_000) -> Text:
    return over_and_over(f"{line}\n", characters)


TITLE = "2024年政府信息公开工作年度报告"
TEXTS = {
    "quotes": nested("“", "”"),
    "quotes round a title": nested("《", "》", TITLE),
    "brackets round a title": nested("【", "】", TITLE),
    "asterisks": nested("*", "*"),
    "brackets": nested("（", "）", "1"),
    "brackets never closed": over_and_over("（"),
    "an alias never closed": over_and_over("（以下简称"),
    "a title's brackets": over_and_over("年报（2024"),
    "spaces": over_and_over(" "),
    "spaces in a word": over_and_over("政 "),
    "combining marks": over_and_over("\u0301"),
    "marked letters": over_and_over("e\u0301政\u0308"),
    "characters of no width": over_and_over("政\u200b"),
    "characters": over_and_over("政"),
    "names": over_and_over("青石县人民政府"),
    "names never finished": over_and_over("青石县"),
    "digits": over_and_over("1"),
    "figures": over_and_over("1 "),
    "figures with commas": over_and_over("1,"),
    "decimals": over_and_over("1."),
    "years": over_and_over("2024年"),
    "days": over_and_over("2024年1月1日至"),
    "dots": over_and_over("."),
    "dashes": over_and_over("—"),
    "commas": over_and_over("，"),
    "colons": over_and_over("："),
    "bars": over_and_over("|"),
    "headings in a line": over_and_over("一、总体情况"),
    "labels in a line": over_and_over("本年新收政府信息公开申请数量"),
    "claims": over_and_over("收到申请10件。"),
    "claims in a sentence": over_and_over("收到申请10件，"),
    "sums": over_and_over("收到申请10件，其中自然人9件，法人1件。"),
    "long sentences of claims": over_and_over("收到申请10件，" * 100 + "。"),
    "long sentences of sums": over_and_over("共10件，" + "其中自然人1件、" * 100 + "。"),
    "parts of a sum": over_and_over("其中1件，"),
    "quantities": over_and_over("10件、"),
    "shares": over_and_over("占50%，"),
    "numbers in characters": over_and_over("一百二十三件，"),
    "titles in a line": over_and_over(TITLE),
    "empty lines": lines(""),
    "lines of titles": lines(f"青石县{TITLE}"),
    "lines of headings": lines("一、总体情况"),
    "lines of a series of headings": lines(
        "一、总体情况\n二、主动公开政府信息情况\n三、收到和处理政府信息公开申请情况"
    ),
    "lines of headings with figures": lines("（一）予以公开 1"),
    "lines of labels": lines("本年新收政府信息公开申请数量"),
    "lines of rows": lines("本年新收政府信息公开申请数量 1 0 0 0 0 0 1"),
    "lines of rows with notes": lines("规章 1（其中修订1件） 0 1"),
    "lines of column heads": lines("自然人 商业企业 科研机构 社会公益组织 法律服务机构 其他 总计", 40_000),
    "lines of tracks": lines("结果维持 结果纠正 其他结果 尚未审结 总计"),
    "lines of figures": lines("1"),
    "lines of bars": lines("|"),
    "lines of parts of labels": lines("法律\n服务\n机构"),
    "lines of names": lines("青石县人民政府"),
    "lines of contents": lines("一、总体情况........1"),
}


def _pages(text: str) -> Iterator[list[str]]:
    """The page with ``text`` in its title line, below it, in a section, in a table, and behind all."""
    section = next(at for at, line in enumerate(_PAGE) if line.startswith("一、"))
    table = next(at for at, line in enumerate(_PAGE) if line.startswith("三、")) + 4
    yield [_PAGE[0] + text, *_PAGE[1:]]
    for at in (1, section + 1, table, len(_PAGE)):
        yield [*_PAGE[:at], text, *_PAGE[at:]]


def _document(page: list[str]) -> Document:
    """A paragraph a line, without ingest's limits."""
    blocks = tuple(Block(line, f"L{number}") for number, line in enumerate("\n".join(page).split("\n"), 1))
    return Document.model_construct(format="text", encoding="utf-8", script="simplified", blocks=blocks)


def _seconds(documents: list[Document]) -> float:
    """What reading and judging them costs, of processor time."""
    gc.disable()  # it looks at all there is, the more often the more is new
    started = time.process_time()
    try:
        for document in documents:
            try:
                judge(recognise(document))
            except Rejected:
                continue
    finally:
        spent = time.process_time() - started
        gc.enable()
    return spent


@pytest.mark.parametrize("name", TEXTS)
def test_twice_the_text_takes_no_more_than_three_times_the_time(name: str) -> None:
    text = TEXTS[name]
    once = [_document(page) for page in _pages(text.make(text.characters))]
    twice = [_document(page) for page in _pages(text.make(2 * text.characters))]
    least, most = float("inf"), float("inf")
    for _ in range(_RUNS):
        least, most = min(least, _seconds(once)), min(most, _seconds(twice))
        if most < _RATIO * max(least, _LEAST_SECONDS):
            return
    pytest.fail(f"{least:.3f} s, and {most:.3f} s for twice as much")
