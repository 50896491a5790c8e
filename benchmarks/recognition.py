"""What recognition costs: ``python -m benchmarks.recognition``.

Reads generated reports of about 10 KB in several layouts and prints, for each, the best of many runs in milliseconds,
for recognition alone and in relation to reading the text (decoding, normalising, dividing into blocks) in the same run.
"""

import sys
from collections.abc import Callable
from functools import partial
from time import perf_counter

from services.ingest.read import read_document
from services.parse.recognise import recognise
from tests.corpus.spec import Spec, render

_LAYOUTS = ("row_bars", "cell_bar", "cell_lines", "cell_tab_indented", "tabs_shifted", "markdown_row_tables", "pdf_raw")
_RUNS = 30


def best(work: Callable[[], object], runs: int = _RUNS) -> float:
    """The shortest of ``runs``, in seconds."""
    times = []
    for _ in range(runs):
        start = perf_counter()
        work()
        times.append(perf_counter() - start)
    return min(times)


def main() -> int:
    """Prints the table; returns the exit code."""
    print(f"{'layout':24}{'KB':>6}{'blocks':>8}{'reading ms':>12}{'recognition ms':>16}{'ratio':>7}")
    for layout in _LAYOUTS:
        rendered = render(Spec(seed=1, layout=layout))
        document = read_document(rendered.data, rendered.name)
        reading = best(partial(read_document, rendered.data, rendered.name))
        recognition = best(partial(recognise, document))
        size = len(rendered.data) / 1024
        print(
            f"{layout:24}{size:6.1f}{len(document.blocks):8}{reading * 1000:12.2f}{recognition * 1000:16.2f}"
            f"{recognition / reading:7.2f}"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
