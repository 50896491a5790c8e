"""What Prometheus is told to scrape says which installation it is."""

import json
from pathlib import Path

import pytest

from cli.processes import Process
from cli.targets import FILE, write_targets
from shared.settings import Settings


def test_an_installation_is_called_as_its_data_folder_unless_it_has_a_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert Settings(data=tmp_path / "天津").installation == "天津"
    monkeypatch.setenv("GOUJI_INSTALLATION", "north")
    assert Settings(data=tmp_path / "天津").installation == "north"


def test_targets_bear_the_name_of_the_installation(tmp_path: Path) -> None:
    write_targets(tmp_path, "north", [Process("parse", 1, "http://127.0.0.1:9")])

    assert json.loads((tmp_path / FILE).read_text()) == [
        {"targets": ["127.0.0.1:9"], "labels": {"installation": "north"}}
    ]
