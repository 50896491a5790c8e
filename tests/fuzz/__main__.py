"""``make fuzz``: mutated files through the whole reader for some minutes; every one must end in an outcome.

Exits 1 where a file crashed it, took more than five seconds of processor time, or more than 512 MB in any process.
"""

import argparse
import resource
import sys
import time
from collections import Counter
from pathlib import Path
from random import Random

from tests.fuzz.mutate import mutate
from tests.fuzz.outcome import MemoryWatch, Outcome, read
from tests.fuzz.seeds import seeds

_MOST_SECONDS = 5
_MOST_MEGABYTES = 512


def main() -> int:
    """Runs for the time asked; returns the exit code."""
    options = _options()
    rng = Random(options.seed)
    files = seeds(options.seeds, options.seed)
    verdicts: Counter[str] = Counter()
    slowest = Outcome("", 0, 0)
    failures = 0
    end = time.monotonic() + 60 * options.minutes
    with MemoryWatch() as memory:
        while time.monotonic() < end:
            data = mutate(rng.choice(files), files, rng) if rng.random() < 0.97 else rng.randbytes(rng.randint(0, 5000))
            outcome = read(data)
            verdicts[outcome.verdict.split(":")[0]] += 1
            slowest = max(slowest, outcome, key=lambda each: each.processor_seconds)
            if outcome.verdict.startswith("crashed") or outcome.processor_seconds > _MOST_SECONDS:
                failures += 1
                _keep(options.failures, data, outcome)
            elif outcome.verdict == "parsed" and len(data) < 200_000 and rng.random() < 0.05:
                files[rng.randrange(len(files))] = data  # mutations of mutations reach further
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    peak = max(memory.peak, own)
    print(
        f"seed {options.seed}: {verdicts.total()} files in {options.minutes:g} minutes: {dict(verdicts.most_common())}"
    )
    print(
        f"slowest {slowest.processor_seconds:.2f} s of processor time, {slowest.seconds:.2f} s by the clock"
        f" ({slowest.verdict}); most memory of any process {peak:.0f} MB"
    )
    print(f"{failures} crashed or took more than {_MOST_SECONDS} s" + f", kept in {options.failures}" * bool(failures))
    return 1 if failures or peak > _MOST_MEGABYTES else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--seeds", type=int, default=200, help="valid files to begin with")
    parser.add_argument("--failures", type=Path, default=Path("build/fuzz"), help="where failing files are kept")
    return parser.parse_args()


def _keep(folder: Path, data: bytes, outcome: Outcome) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    name = f"{abs(hash(data)):x}"
    (folder / f"{name}.bin").write_bytes(data)
    (folder / f"{name}.txt").write_text(f"{outcome}\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
