"""Documents by the thousand, cheaply: a few rendered pages, each told of as many authorities as are wanted."""

from collections.abc import Iterator
from random import Random
from typing import Literal, NamedTuple

from tests.corpus.spec import Spec, render

Kind = Literal["report", "copy", "notice"]

_PAGES = 20
_SHARE_OF_COPIES = 0.02
_SHARE_OF_NOTICES = 0.03


class Document(NamedTuple):
    """A file of the bucket: a ``report``, a ``copy`` of one (the same bytes under another key), or a ``notice``, which
    is no report and must end as a dead letter."""

    key: str
    data: bytes
    kind: Kind


def documents(count: int, seed: int) -> Iterator[Document]:
    """So many documents, the same ones for the same ``seed``; the first is a report."""
    random = Random(seed)
    pages = [render(Spec(seed=random.randrange(2**32))).data.decode() for _ in range(_PAGES)]
    titles = [page.splitlines()[0].partition("20")[0] for page in pages]
    reports: list[bytes] = []
    for number in range(count):
        draw = random.random()
        if draw < _SHARE_OF_NOTICES and reports:
            yield Document(f"notice-{number}.txt", f"关于第{number}次会议的通知\n请准时参加。\n".encode(), "notice")
        elif draw < _SHARE_OF_NOTICES + _SHARE_OF_COPIES and reports:
            yield Document(f"copy-{number}.txt", random.choice(reports), "copy")
        else:
            page = random.randrange(_PAGES)
            data = pages[page].replace(titles[page], f"第{number}乡人民政府").encode()
            reports.append(data)
            yield Document(f"report-{number}.txt", data, "report")
