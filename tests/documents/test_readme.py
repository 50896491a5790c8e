"""The README says what is so, and its two languages say the same."""

import re
from pathlib import Path
from typing import Any

import pytest
from pydantic_core import PydanticUndefined

from cli.main import COMMANDS
from shared.settings import Settings

ROOT = Path(__file__).parents[2]
ENGLISH, CHINESE = ((ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "README.zh.md"))

_CODE = re.compile(r"^```\w*\n.*?^```$", re.MULTILINE | re.DOTALL)


def settings_table(text: str) -> list[list[str]]:
    """The cells of the settings table of a README, without its header."""
    between = text.split("<!-- settings -->")[1].split("<!-- /settings -->")[0]
    rows = [re.split(r" *\| *", line.strip("| ")) for line in between.splitlines() if line.startswith("| `")]
    return [[cell.strip("`") for cell in row[:2]] + row[2:] for row in rows]


def default_of(name: str) -> str:
    default: Any = Settings.model_fields[name].default
    return "" if default is PydanticUndefined else str(default)


def test_the_settings_table_lists_every_setting_with_its_default_and_meaning() -> None:
    expected = [
        [f"GOUJI_{name.upper()}", default_of(name), field.description] for name, field in Settings.model_fields.items()
    ]

    assert settings_table(ENGLISH) == expected


def test_the_chinese_settings_table_lists_the_same_settings_and_defaults() -> None:
    assert [row[:2] for row in settings_table(CHINESE)] == [row[:2] for row in settings_table(ENGLISH)]


def without_comments(code: str) -> str:
    return re.sub(r"(^|\s+)(#|--) .*$", "", code, flags=re.MULTILINE)


def test_both_languages_show_the_same_code_and_output() -> None:
    english, chinese = (
        [without_comments(code) for code in _CODE.findall(text) if not code.startswith("```text\n bucket")]
        for text in (ENGLISH, CHINESE)
    )

    assert chinese == english


def test_both_languages_have_the_same_sections() -> None:
    def levels(text: str) -> list[int]:
        return [len(mark) for mark in re.findall(r"^(#+) ", _CODE.sub("", text), re.MULTILINE)]

    assert levels(CHINESE) == levels(ENGLISH)


@pytest.mark.parametrize("text", [ENGLISH, CHINESE], ids=["english", "chinese"])
def test_what_the_readme_names_exists(text: str) -> None:
    commands = set(re.findall(r"gouji ([a-z]+)\b(?! is)", " ".join(re.findall(r"`([^`]+)`", _CODE.sub("", text)))))
    files = set(re.findall(r"\b(?:docs|deploy|samples|shared|services|tests)/[\w/.-]+\w", _CODE.sub("", text)))
    targets = set(re.findall(r"make (\w+)", text))

    assert commands <= COMMANDS.keys()
    assert {file for file in files if not (ROOT / file).exists()} == set()
    assert {target for target in targets if f"\n{target}:" not in (ROOT / "Makefile").read_text()} == set()
