"""``python -m tests.eye``: draws pages, shows them in Chromium, reads them with gouji, and prints what was read though
it is not shown, and what is plainly shown and was not read."""

import argparse
import sys

from tests.eye.chromium import browser
from tests.eye.held import Comparison, hold


def main() -> int:
    """Returns 1 where a figure was read that is not shown."""
    parser = argparse.ArgumentParser(prog="python -m tests.eye", description=__doc__)
    parser.add_argument("--pages", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--verbose", action="store_true")
    options = parser.parse_args()
    total = Comparison(0, [], [])
    with browser() as chromium:
        for seed in range(options.seed, options.seed + options.pages):
            total = total.plus(held := hold(seed, chromium))
            for fault in held.invented:
                print(seed, fault)
            for fault in held.missed if options.verbose else ():
                print(seed, "missed", fault)
    wrong, missed = len(total.invented), len(total.missed)
    print(f"{options.pages} pages, {total.cells} cells: {wrong} read that are not shown, {missed} shown and not read")
    return 1 if total.invented else 0


if __name__ == "__main__":
    sys.exit(main())
