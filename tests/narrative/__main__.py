"""``make narrative``: prints false alarms per 100 passages and recall by kind; exits 1 where they miss the gates."""

import sys

from tests.narrative.score import LEAST_RECALL, MOST_ALARMS, blind, score, written


def main() -> int:
    """Prints the scores; with ``-v`` also the passages that were judged wrongly."""
    failed = False
    for half, passages in (("written with the reader", written()), ("written blind", blind())):
        scored = score(passages)
        failed |= scored.alarm_rate > MOST_ALARMS or scored.recall < LEAST_RECALL
        print(
            f"{half}: {scored.passages} passages, {100 * scored.alarm_rate:.1f} false alarms per 100, "
            f"{scored.recall:.0%} of the false statements found"
        )
        for kind, (found, stated) in sorted(scored.kinds.items(), key=lambda each: -each[1][1]):
            if kind:
                print(f"  {kind}: {found} of {stated}")
        if "-v" in sys.argv:
            for name, wrong in (("false alarm", scored.alarms), ("missed", scored.missed)):
                for passage in wrong:
                    print(f"  {name}: {passage.text!r}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
