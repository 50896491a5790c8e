"""What lies in a bucket and is not taken in, and why. The names are data: ``unwanted.toml``."""

import re
import tomllib
from collections.abc import Sequence
from fnmatch import translate
from functools import lru_cache
from importlib.resources import files
from typing import Literal, NamedTuple, get_args

Reason = Literal[
    "hidden",
    "system",
    "temporary",
    "link_outside",
    "link_broken",
    "link_to_folder",
    "no_file",
    "unreadable",
    "path_too_long",
    "no_key",
]
"""Why something is passed over."""

REASONS: dict[Reason, str] = {
    "hidden": "a name that begins with a dot",
    "system": "what systems put into shared folders for themselves",
    "temporary": "a file that is still being written or fetched, by its name",
    "link_outside": "a link that leads out of the bucket",
    "link_broken": "a link that leads nowhere, or in a circle",
    "link_to_folder": "a link to a folder: what is in there is taken in where it really lies",
    "no_file": "neither a file nor a folder: a pipe, a socket, a device",
    "unreadable": "a folder or file that gouji may not look into, or that the system cannot read",
    "path_too_long": "a path longer than the system allows",
    "no_key": "an object whose key cannot be asked for: an empty part, a part that is . or .., a control character",
}
"""Each reason in words."""


class _Names(NamedTuple):
    """Patterns of names, sorted by how they are compared, for speed: a bucket has hundreds of thousands of names, and
    hardly a pattern is more than a whole name, a beginning or an ending."""

    reason: Reason
    whole: frozenset[str]
    beginnings: tuple[str, ...]
    endings: tuple[str, ...]
    others: re.Pattern[str]

    @classmethod
    def of(cls, reason: Reason, patterns: Sequence[str]) -> "_Names":
        if reason not in get_args(Reason):
            raise ValueError(f"unwanted.toml: {reason} is no reason")
        return cls(
            reason,
            frozenset(pattern for pattern in patterns if not _SPECIAL.search(pattern)),
            tuple(pattern[:-1] for pattern in patterns if pattern.endswith("*") and not _SPECIAL.search(pattern[:-1])),
            tuple(pattern[1:] for pattern in patterns if pattern.startswith("*") and not _SPECIAL.search(pattern[1:])),
            re.compile("|".join(translate(each) for each in patterns if _SPECIAL.search(each.strip("*"))) or _NEVER),
        )

    def fit(self, name: str) -> bool:
        """Whether one of the patterns fits ``name`` (in lower case)."""
        return (
            name in self.whole
            or name.startswith(self.beginnings)
            or name.endswith(self.endings)
            or self.others.match(name) is not None
        )


_SPECIAL = re.compile(r"[*?\[]")
_NEVER = "(?!)"


def _kinds(where: Literal["files", "folders"]) -> list[_Names]:
    toml = tomllib.loads(files(__package__).joinpath("unwanted.toml").read_text(encoding="utf-8"))
    return [_Names.of(kind["reason"], kind[where]) for kind in toml["kind"] if where in kind]


_FILES, _FOLDERS = _kinds("files"), _kinds("folders")


def unwanted_file(name: str) -> Reason | None:
    """Why a file called ``name`` is not wanted; None where its name is no reason."""
    return _reason(_FILES, name)


@lru_cache(1000)
def unwanted_folder(name: str) -> Reason | None:
    """Why nothing in a folder called ``name`` is wanted; None where its name is no reason."""
    return _reason(_FOLDERS, name)


def unwanted(key: str) -> Reason | None:
    """Why the object called ``key`` is not wanted, by the names of its folders or its own; None where they are no
    reason."""
    *folders, name = key.split("/")
    return next((reason for each in folders if (reason := unwanted_folder(each))), None) or unwanted_file(name)


def _reason(kinds: Sequence[_Names], name: str) -> Reason | None:
    lowered = name.lower()
    return next((kind.reason for kind in kinds if kind.fit(lowered)), None)
