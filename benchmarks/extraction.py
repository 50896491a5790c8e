"""What reading text and HTML costs, against another checkout: ``python -m benchmarks.extraction --against FOLDER``.

Every kind of page is read in many distinct copies (other figures, other sheets), so that nothing is known before. The
checkouts take turns in processes of their own; printed is the processor time a page of each in milliseconds (the
sandbox's included, best of some turns), and the ratio. ``--against`` may be left out.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

_COPIES = 12
_ROUNDS = 5
_TURNS = 2
_MEASURE = "measure"
_HTML = ("merged", "word", "nested", "curtained", "styled_decoy", "corrected", "unclosed")
_TEXT = ("row_bars", "cell_lines", "cell_tab_indented", "markdown_row_tables", "pdf_raw")
_SHEET = """body{margin:0;font:14px "Microsoft YaHei";color:#333;background:#fff}a{color:#333;text-decoration:none}
a:hover{color:#c00}.nav{height:40px;background:#0a5ca8}.nav li{float:left;width:100px}.nav li a{color:#fff}
.tab{display:none}.clear:after{content:"";display:block;clear:both}.article p{text-indent:2em;line-height:1.8}
table{border-collapse:collapse}td{border:1px solid #ccc;padding:3px}@media (max-width:768px){.nav{display:none}}
"""


def write_pages(folder: Path) -> None:
    """Writes the pages, a folder a kind."""
    from tests.corpus.spec import Spec, render

    for seed in range(_COPIES):
        for layout in _HTML:
            _write(folder / f"html {layout}", seed, render(Spec(seed=seed, format="html", layout=layout)).data)
        for layout in _TEXT:
            _write(folder / f"text {layout}", seed, render(Spec(seed=seed, layout=layout)).data)
        page = render(Spec(seed=seed, format="html", layout="merged")).data.decode()
        sheet = f"<style>{_SHEET.replace('nav', f'nav{seed}')}</style></head>"
        _write(folder / "html with a style sheet", seed, page.replace("</head>", sheet).encode())


def _write(folder: Path, seed: int, data: bytes) -> None:
    folder.mkdir(exist_ok=True)
    (folder / str(seed)).write_bytes(data)


def measure(folder: Path) -> dict[str, float]:
    """Milliseconds a page, by kind, of this checkout."""
    return {kind.name: _cost([page.read_bytes() for page in kind.iterdir()]) for kind in sorted(folder.iterdir())}


def _cost(pages: list[bytes]) -> float:
    return (_spent(pages, _ROUNDS + 1) - _spent(pages, 1)) / _ROUNDS / len(pages) * 1000


def _spent(pages: list[bytes], rounds: int) -> float:
    """The seconds of processor time that so many rounds take, with those of a sandbox from its start to its end."""
    from services.ingest import read

    start = _clock()
    for _ in range(rounds):
        for page in pages:
            read.read_document(page, "page")
    read._SANDBOX.close()
    return _clock() - start


def _clock() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def _measured(checkout: Path, folder: Path) -> dict[str, float]:
    command = [sys.executable, __file__, _MEASURE, str(folder)]
    environment = {**os.environ, "PYTHONPATH": str(checkout)}
    done = subprocess.run(command, cwd=checkout, env=environment, check=True, capture_output=True)
    measured: dict[str, float] = json.loads(done.stdout)
    return measured


def main() -> int:
    """Prints the table; returns the exit code."""
    if sys.argv[1:2] == [_MEASURE]:
        print(json.dumps(measure(Path(sys.argv[2]))))
        return 0
    parser = argparse.ArgumentParser(prog="python -m benchmarks.extraction", description=__doc__)
    parser.add_argument("--against", type=Path, help="another checkout of gouji")
    options = parser.parse_args()
    checkouts = [Path.cwd(), *([options.against.resolve()] if options.against else [])]
    best: list[dict[str, float]] = [{} for _ in checkouts]
    with tempfile.TemporaryDirectory() as folder:
        write_pages(Path(folder))
        for _ in range(_TURNS):
            for known, checkout in zip(best, checkouts, strict=True):
                for kind, took in _measured(checkout, Path(folder)).items():
                    known[kind] = min(took, known.get(kind, took))
    print(f"{'page':28}{'ms':>8}" + (f"{'against':>10}{'ratio':>8}" if options.against else ""))
    for kind, took in best[0].items():
        other = f"{best[1][kind]:10.2f}{took / best[1][kind]:8.2f}" if options.against else ""
        print(f"{kind:28}{took:8.2f}{other}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
