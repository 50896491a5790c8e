"""``python -m tests.golden FILE…``: prints what is read of pages, as a ``.read`` file would say it."""

import sys
from pathlib import Path

from services.ingest.read import read_document
from services.parse.recognise import recognise
from shared.form import load_form
from tests.golden.page import rows_read


def main() -> None:
    for file in map(Path, sys.argv[1:]):
        report = recognise(read_document(file.read_bytes(), file.name))
        print(f"# {file}\nedition: {report.edition}")
        if report.edition == "unknown":
            continue
        for name, cells in rows_read(report, load_form(report.edition)):
            print(f"{name}: {' '.join(cells if len(set(cells)) > 1 or not cells[0].startswith('?') else cells[:1])}")


if __name__ == "__main__":
    main()
