"""Documents by the thousand, cheaply: a few rendered pages, each told of as many authorities as are wanted; and among
them what else lies in buckets."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Literal

from tests.corpus.spec import Spec, render

Kind = Literal["report", "copy", "corrected", "notice", "passed_over"]

_PAGES = 20
_FAR_FUTURE = 13_500_000_000
"""Seconds since 1970, in the year 2397: what the usual file systems can just keep."""


@dataclass(frozen=True)
class Document:
    """A file of the bucket: a ``report``, a ``copy`` of one (the same bytes under another key), a ``notice``, which is
    no report and must end as a dead letter, one that is ``corrected``, after it was dropped as a notice, or something
    that is to be ``passed_over``.

    ``name`` is what the system calls it, ``key`` what gouji does; ``changed`` its change time, where that is odd; a
    ``link`` leads there instead of holding ``data``."""

    key: str
    data: bytes
    kind: Kind
    name: bytes
    changed: int | None = None
    link: str = ""
    wrong: bytes = b""

    def drop(self, bucket: Path) -> None:
        """Puts it into the bucket."""
        path = bucket / os.fsdecode(self.name)
        if self.link:
            path.symlink_to(self.link)
            return
        path.write_bytes(self.wrong or self.data)
        if self.changed is not None:
            os.utime(path, (self.changed, self.changed))

    def correct(self, bucket: Path) -> None:
        """Overwrites what was wrong about it."""
        if self.wrong:
            (bucket / self.key).write_bytes(self.data)


def documents(count: int, seed: int) -> Iterator[Document]:
    """So many documents, the same ones for the same ``seed``: one of each sort, a report first, then as it comes."""
    random = Random(seed)
    pages = [render(Spec(seed=random.randrange(2**32))).data.decode() for _ in range(_PAGES)]
    titles = [page.splitlines()[0].partition("20")[0] for page in pages]
    reports: list[bytes] = []
    for number in range(count):
        chosen = _MAKERS[number] if number < len(_MAKERS) else random.choices(_MAKERS, _SHARES)[0]
        page = random.randrange(_PAGES)
        report = pages[page].replace(titles[page], f"第{number}乡人民政府").encode()
        document = chosen(number, report, random.choice(reports or [report]))
        if document.kind in ("report", "corrected"):
            reports.append(report)
        yield document


def _named(name: str, data: bytes, kind: Kind, **odd: bytes | int | str) -> Document:
    return Document(name, data, kind, name.encode(), **odd)  # type: ignore[arg-type]


def _plain(number: int, report: bytes, _: bytes) -> Document:
    return _named(f"report-{number}.txt", report, "report")


def _copy(number: int, _: bytes, other: bytes) -> Document:
    return _named(f"copy-{number}.txt", other, "copy")


def _notice(number: int, _report: bytes, _: bytes) -> Document:
    return _named(f"notice-{number}.txt", _notice_text(number), "notice")


def _notice_text(number: int) -> bytes:
    return f"关于第{number}次会议的通知\n请准时参加。\n".encode()


def _empty(number: int, _report: bytes, _: bytes) -> Document:
    return _named(f"empty-{number}.txt", b"", "notice")


def _corrected(number: int, report: bytes, _: bytes) -> Document:
    return _named(f"corrected-{number}.txt", report, "corrected", wrong=_notice_text(number))


def _no_unicode(number: int, report: bytes, _: bytes) -> Document:
    return Document(f"\\xff-{number}.txt", report, "report", b"\xff-%d.txt" % number)


def _like_no_unicode(number: int, report: bytes, _: bytes) -> Document:
    name = f"\\xff-{number}.txt"
    return Document(f"\\x5cxff-{number}.txt", report, "report", name.encode())


def _from_the_future(number: int, report: bytes, _: bytes) -> Document:
    return _named(f"future-{number}.txt", report, "report", changed=_FAR_FUTURE)


def _from_the_past(number: int, report: bytes, _: bytes) -> Document:
    return _named(f"past-{number}.txt", report, "report", changed=-1_000_000_000)


def _half_written(number: int, report: bytes, _: bytes) -> Document:
    return _named(f"report-{number}.txt.crdownload", report, "passed_over")


def _loop(number: int, _report: bytes, _: bytes) -> Document:
    name = f"loop-{number}.txt"
    return _named(name, b"", "passed_over", link=name)


def _out_of_the_bucket(number: int, _report: bytes, _: bytes) -> Document:
    return _named(f"passwords-{number}.txt", b"", "passed_over", link="/etc/passwd")


_ODD = {
    _copy: 2.0,
    _notice: 3.0,
    _corrected: 1.0,
    _empty: 0.3,
    _no_unicode: 0.3,
    _like_no_unicode: 0.3,
    _from_the_future: 0.3,
    _from_the_past: 0.3,
    _half_written: 0.3,
    _loop: 0.2,
    _out_of_the_bucket: 0.2,
}
"""How many of a hundred are such."""
_MAKERS = [_plain, *_ODD]
_SHARES = [100 - sum(_ODD.values()), *_ODD.values()]
