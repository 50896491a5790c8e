"""What it costs to judge a report: the samples, judged again and again on one core, beside what reading them costs.

Prints milliseconds (the median) a report and the share of the whole; run it as ``python -m benchmarks.judgement``.
"""

import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median

from services.ingest.read import read_document
from services.parse.recognise import recognise
from services.validate.judge import judge
from shared.errors import Rejected

SAMPLES = Path(__file__).parents[1] / "samples" / "bucket"
ROUNDS = 50


def milliseconds(work: Callable[[], object]) -> float:
    """The median of many runs."""
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return median(times) * 1000


def main() -> None:
    print(f"{'sample':8}{'verdict':>14}{'findings':>10}{'read':>8}{'recognise':>11}{'judge':>8}{'share':>8}")
    for file in sorted(SAMPLES.glob("*.txt")):
        data = file.read_bytes()
        document = read_document(data, file.name)
        try:
            report = recognise(document)
        except Rejected:
            continue
        judgement = judge(report)
        read = milliseconds(partial(read_document, data, file.name))
        parse = milliseconds(partial(recognise, document))
        mine = milliseconds(partial(judge, report))
        share = mine / (read + parse + mine)
        counts = f"{judgement.verdict:>14}{len(judgement.findings):>10}"
        print(f"{file.stem[:2]:8}{counts}{read:>8.2f}{parse:>11.2f}{mine:>8.2f}{share:>8.0%}")


if __name__ == "__main__":
    main()
