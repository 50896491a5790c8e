"""The folder of cases, and what its files say."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[3] / "shared" / "cases"
"""Beside the checkout, where whoever tries gouji keeps it; absent elsewhere."""


@dataclass(frozen=True)
class Case:
    """A case: its ``name``, its ``files`` in the order of their arrival, and what its file says of them."""

    name: str
    files: tuple[Path, ...]
    says: dict[str, Any]


def cases(kind: str) -> list[Case]:
    """The cases of ``kind`` (``reading`` or ``judgement``); none where the folder is absent."""
    return [_case(file) for file in sorted((FOLDER / kind).glob("*.expect.json"))]


def _case(file: Path) -> Case:
    says = json.loads(file.read_text(encoding="utf-8"))
    names = says.get("files") or [says["file"]]
    return Case(file.name.removesuffix(".expect.json"), tuple(file.parent / name for name in names), says)
