"""What parsing a report costs on one core: ``python -m benchmarks.recognition``.

Makes distinct reports of 10 KB in several layouts, each seen once, so that no text is known from another, and prints
for each layout, as processor milliseconds a report: reading (decoding, normalising, dividing into blocks, which ingest
does), recognising the form in the blocks (which parse does), and the ratio of the two in the same run.
"""

import sys
from time import process_time

from services.ingest.read import read_document
from services.parse.recognise import recognise
from tests.corpus.spec import Spec, render

_LAYOUTS = ("row_bars", "cell_bar", "cell_lines", "cell_tab_indented", "tabs_shifted", "markdown_row_tables", "pdf_raw")
_REPORTS = 40  # of each layout; the first are not timed, for they build what is built once
_WARMING = 5
_SIZE = 10_000  # bytes
_FIRST_HEADING = "总体情况\n"


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
    print(f"{'layout':30}{'KB':>6}{'blocks':>8}{'reading ms':>12}{'recognition ms':>16}{'ratio':>7}")
    for number, layout in enumerate(_LAYOUTS):
        reading = recognition = 0.0
        size = blocks = 0
        for seed in range(_REPORTS):
            rendered = render(Spec(seed=number * _REPORTS + seed, layout=layout))
            data = filled(rendered.data)
            start = process_time()
            document = read_document(data, rendered.name)
            read = process_time()
            recognise(document)
            if seed >= _WARMING:
                reading, recognition = reading + read - start, recognition + process_time() - read
                size, blocks = size + len(data), blocks + len(document.blocks)
        timed = _REPORTS - _WARMING
        print(
            f"{layout:30}{size / timed / 1000:6.1f}{blocks // timed:8}{reading / timed * 1000:12.2f}"
            f"{recognition / timed * 1000:16.2f}{recognition / reading:7.2f}"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
