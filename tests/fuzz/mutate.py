"""Damages a file: its bytes, its words, or the parts of its archive."""

import io
import re
import zlib
from collections.abc import Callable
from random import Random
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

Mutation = Callable[[bytes, Random], bytes]

_MOST_BYTES = 2_000_000  # of a mutated file, that a run meets many of them
_NUMBERS = (b"0", b"-1", b"1", b"255", b"65535", b"65536", b"99999", b"2147483647", b"4294967296", b"9" * 40, b"1e309")
_WORDS = (
    b"\0", b"\xff", b"\xef\xbb\xbf", b"\xff\xfe", b"%PDF-1.7", b"PK\3\4", b"<table>", b"<td colspan=1000>", b"</table>",
    b"<!DOCTYPE a [<!ENTITY b 'c'>]>", b"|||||||", b"\t\t\t\t", b"---|---", b'"', b"\r", b"\x0c", "（wù".encode(),
    "規範性檔案".encode(), "第二十条".encode(), "总计".encode(), b"endstream", b"/Kids[1 0 R]", b"<w:vMerge/>",
)  # fmt: skip
_TOKEN = re.compile(rb"<[^<>]{0,200}>|\d+|[^\s<>|,;]+|[\s|,;]")


def mutate(data: bytes, others: list[bytes], rng: Random) -> bytes:
    """``data`` after one to four mutations; ``others`` are files to take pieces from."""
    for _ in range(rng.randint(1, 4)):
        mutation = rng.choice(_MUTATIONS)
        data = mutation(data, rng) if rng.random() < 0.85 else _splice(data, rng.choice(others), rng)
    return data[:_MOST_BYTES]


def _flip(data: bytes, rng: Random) -> bytes:
    """Changes single bytes."""
    changed = bytearray(data)
    for _ in range(rng.choice([1, 4, 32])):
        if changed:
            changed[rng.randrange(len(changed))] = rng.randrange(256)
    return bytes(changed)


def _cut(data: bytes, rng: Random) -> bytes:
    """Loses a stretch."""
    start, end = sorted((rng.randint(0, len(data)), rng.randint(0, len(data))))
    return data[:start] + data[end if rng.random() < 0.5 else min(end, start + 64) :]


def _repeat(data: bytes, rng: Random) -> bytes:
    """Repeats a stretch, perhaps thousands of times."""
    start = rng.randint(0, len(data))
    piece = data[start : start + rng.choice([1, 4, 16, 200, 5_000])]
    times = min(rng.choice([1, 3, 100, 10_000]), _MOST_BYTES // max(1, len(piece)))
    return data[:start] + piece * times + data[start:]


def _insert(data: bytes, rng: Random) -> bytes:
    """Puts a word of some format where none is due."""
    at = rng.randint(0, len(data))
    return data[:at] + rng.choice(_WORDS) * rng.choice([1, 1, 3, 500]) + data[at:]


def _number(data: bytes, rng: Random) -> bytes:
    """Replaces a number by an uncommon one."""
    found = list(re.finditer(rb"\d+", data[:200_000]))
    if not found:
        return data
    number = rng.choice(found)
    return data[: number.start()] + rng.choice(_NUMBERS) + data[number.end() :]


def _tokens(data: bytes, rng: Random) -> bytes:
    """Loses, doubles or swaps tags, words or separators."""
    tokens = _TOKEN.findall(data[:200_000])
    if len(tokens) < 2:
        return data
    for _ in range(rng.choice([1, 3, 20])):
        one, other = rng.randrange(len(tokens)), rng.randrange(len(tokens))
        match rng.randrange(3):
            case 0:
                tokens[one] = b""
            case 1:
                tokens[one] = tokens[one] * 2
            case _:
                tokens[one], tokens[other] = tokens[other], tokens[one]
    return b"".join(tokens) + data[200_000:]


def _part(data: bytes, rng: Random) -> bytes:
    """Mutates one part inside an archive, and packs it again."""
    try:
        with ZipFile(io.BytesIO(data)) as package:
            parts = {name: package.read(name) for name in package.namelist()}
    except (BadZipFile, ValueError, NotImplementedError, RuntimeError, EOFError, OSError, zlib.error):
        return data
    if not parts:
        return data
    name = max(parts, key=lambda part: len(parts[part])) if rng.random() < 0.6 else rng.choice(list(parts))
    parts[name] = rng.choice(_PLAIN)(parts[name], rng)
    buffer = io.BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as package:
        for part, content in parts.items():
            package.writestr(part, content)
    return buffer.getvalue()


def _splice(data: bytes, other: bytes, rng: Random) -> bytes:
    """The beginning of one file and the end of another."""
    return data[: rng.randint(0, len(data))] + other[rng.randint(0, len(other)) :]


_PLAIN: tuple[Mutation, ...] = (_flip, _cut, _repeat, _insert, _number, _tokens)
_MUTATIONS: tuple[Mutation, ...] = (*_PLAIN, _part, _part, _part)
