"""What a site prints behind a report."""

import re
import tomllib
from functools import cache
from importlib.resources import files

_LONGEST = 120  # characters; what is longer is text, however it begins
_FILING = re.compile(r"^[\u4e00-\u9fff](?:公网安备|ICP备)[0-9]|[\u4e00-\u9fff]ICP备[0-9]+号")


def is_foot(text: str) -> bool:
    """Whether ``text`` is such a line, behind which nothing of the report follows."""
    if len(text) > _LONGEST or text.endswith("。"):
        return False
    beginnings, lines = _words()
    return text.startswith(beginnings) or text in lines or _FILING.search(text) is not None


@cache
def _words() -> tuple[tuple[str, ...], frozenset[str]]:
    data = tomllib.loads(files("shared.form").joinpath("furniture.toml").read_text(encoding="utf-8"))
    return tuple(data["foot"]), frozenset(data["foot_lines"])
