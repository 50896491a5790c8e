"""``make chaos``: the whole pipeline under a hail of kills, and the ledger at the end.

    python -m tests.chaos [--documents 10000] [--kills 102] [--seed N] [--bound 600]

Prints the seed, with which the same documents are dropped and the same components killed in the same order.
"""

import argparse
import os
import secrets
import sys
import tempfile
import time
from pathlib import Path
from random import Random

from rich.console import Console
from rich.table import Table

from cli.pipeline import running
from shared.settings import Settings
from tests.chaos.audit import Audit, audit, in_flight, replay_the_unlucky
from tests.chaos.databases import Database, best_database
from tests.chaos.documents import Document, documents
from tests.chaos.monkey import VICTIMS, Monkey

_LONGEST_PAUSE = 1.5
_AWAY_SECONDS = 20


def main() -> int:
    """Runs the chaos; 0 where the ledger balances."""
    parser = argparse.ArgumentParser(prog="python -m tests.chaos", description=__doc__)
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--kills", type=int, default=102)
    parser.add_argument("--seed", type=int, default=secrets.randbelow(1_000_000))
    parser.add_argument("--bound", type=int, default=600, help="seconds in which all must be done")
    chosen = parser.parse_args()
    console = Console()
    console.print(f"seed {chosen.seed}: {chosen.documents} documents, {chosen.kills} kills")
    with tempfile.TemporaryDirectory(prefix="gouji-chaos-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        database = best_database(folder)
        try:
            dropped = list(documents(chosen.documents, chosen.seed))
            return chaos(console, chosen.seed, dropped, chosen.kills, chosen.bound, folder, database)
        finally:
            database.close()


def chaos(
    console: Console, seed: int, dropped: list[Document], kills: int, bound: int, folder: Path, database: Database
) -> int:
    """One run in ``folder``, which is to take no more than ``bound`` seconds; returns the exit code."""
    os.environ |= {"GOUJI_DATABASE_URL": database.url, "GOUJI_RECLAIM_SECONDS": "6", "GOUJI_LOG_LEVEL": "WARNING"}
    started = time.monotonic()
    deadline = started + bound
    with running(str(folder / "bucket"), folder / "data", {}) as pipeline:
        monkey = Monkey(pipeline, database, Random(seed))
        half = len(dropped) // 2
        monkey.rage(dropped[:half], kills // 2, _LONGEST_PAUSE)
        database.be_away(_AWAY_SECONDS)
        monkey.rage(dropped[half:], kills - kills // 2, _LONGEST_PAUSE)
        console.print(f"{monkey.kills.total()} kills in {time.monotonic() - started:.0f} s; waiting for the rest")
        wait_until_settled(pipeline.settings, dropped, monkey.bad.sent, deadline)
        unlucky = replay_the_unlucky(pipeline.settings)
        wait_until_settled(pipeline.settings, dropped, monkey.bad.sent, deadline)
        found = audit(pipeline.settings, dropped, monkey.bad.sent)
    took = time.monotonic() - started
    console.print(summary(found, monkey, unlucky))
    ok = found.balanced and took < bound
    console.print(
        f"seed {seed}, {took:.0f} s, database {database.url.partition(':')[0]}: {'balanced' if ok else 'FAILED'}"
    )
    return 0 if ok else 1


def wait_until_settled(settings: Settings, dropped: list[Document], sent: list[str], deadline: float) -> None:
    """Waits until everything that was dropped is accounted for; at most until ``deadline``."""
    while time.monotonic() < deadline:
        if in_flight(settings) == 0 and not audit(settings, dropped, sent).lost:
            return
        time.sleep(1)


def summary(found: Audit, monkey: Monkey, unlucky: int) -> Table:
    """What happened, for a person."""
    table = Table(title="chaos", show_header=False)
    table.add_row("objects dropped", str(found.objects))
    table.add_row("reports stored", f"{found.reports}, and {found.copies} objects with the same bytes as another")
    for name, count in sorted(found.dead.items()):
        table.add_row("dead letters", f"{count} {name}")
    table.add_row("superseded dead letters", f"{found.superseded} (of files that were corrected)")
    table.add_row("passed over", f"{found.passed_over} (half-written, links)")
    table.add_row("bad messages", f"{len(monkey.bad.sent)} sent, {found.bad_messages} dead letters")
    table.add_row("killed by chance twice", f"{unlucky} (dead-lettered as poison, replayed)")
    for victim in VICTIMS:
        table.add_row(f"kills of {victim}", str(monkey.kills[victim]))
    for name, keys in (("lost", found.lost), ("duplicated", found.duplicated), ("wrong", found.wrong)):
        table.add_row(name, f"{len(keys)} {', '.join(keys[:5])}")
    table.add_row("left in the broker", str(found.left))
    return table


if __name__ == "__main__":
    sys.exit(main())
