"""What parsing a report costs on one core: ``python -m benchmarks.recognition``.

Makes reports of 10 KB in several layouts (all 200 figures distinct, so that no cell is known from another) and prints
for each, as the best of many runs in milliseconds: reading it (decoding, normalising, dividing into blocks, which
ingest does), recognising the form in its blocks (which parse does), and the ratio of the two in the same run.
"""

import sys
from collections.abc import Callable
from functools import partial
from time import perf_counter

from services.ingest.read import read_document
from services.parse.recognise import recognise
from tests.corpus.spec import Spec, render

_LAYOUTS = ("row_bars", "cell_bar", "cell_lines", "cell_tab_indented", "tabs_shifted", "markdown_row_tables", "pdf_raw")
_RUNS = 100
_SIZE = 10_000  # bytes
_FIRST_HEADING = "总体情况\n"


def best(work: Callable[[], object], runs: int = _RUNS) -> float:
    """The shortest of ``runs``, in seconds."""
    times = []
    for _ in range(runs):
        start = perf_counter()
        work()
        times.append(perf_counter() - start)
    return min(times)


def filled(report: bytes) -> bytes:
    """``report`` with as much prose in its first section as makes it one of 10 KB."""
    before, heading, after = report.decode().partition(_FIRST_HEADING)
    prose, number = "", 0
    while len((prose + before + after).encode()) < _SIZE:
        number += 1
        prose += (
            f"本机关围绕中心工作公开第{number}类政府信息，全年通过网站发布{number * 7}条，回应社会关切{number}次。\n"
        )
    return (before + heading + prose + after).encode()


def main() -> int:
    """Prints the table; returns the exit code."""
    print(f"{'layout':24}{'KB':>6}{'blocks':>8}{'reading ms':>12}{'recognition ms':>16}{'ratio':>7}")
    for layout in _LAYOUTS:
        rendered = render(Spec(seed=1, layout=layout))
        data = filled(rendered.data)
        document = read_document(data, rendered.name)
        reading = best(partial(read_document, data, rendered.name))
        recognition = best(partial(recognise, document))
        print(
            f"{layout:24}{len(data) / 1000:6.1f}{len(document.blocks):8}{reading * 1000:12.2f}"
            f"{recognition * 1000:16.2f}{recognition / reading:7.2f}"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
