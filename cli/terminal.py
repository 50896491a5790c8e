"""Where commands print: the one place that keeps what a file says from steering the terminal it is shown on.

A name, a title or a text may hold escape sequences, line breaks, direction overrides or square brackets. :func:`quoted`
makes a line of it that only shows them; whatever slips past that, the :func:`terminal` itself shows as marks. JSON
goes through :func:`print_json`, errors through :func:`complain`.
"""

import json
import os
import re
import sys
from collections.abc import Iterable
from contextlib import suppress
from io import TextIOWrapper
from typing import Any

from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment
from rich.text import Text

_PIPE_COLUMNS = 200
"""How wide tables are in a pipe or a file: the widest, of applications with their places, takes 170."""

_UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f"  # C0 and C1 controls
    "\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f"
    "\ud800-\udfff]"  # bytes of a name that are no Unicode (PEP 383), and halves of characters
)
"""What is not seen itself but changes what is seen: controls, formatting and direction, line separators."""

_UNSEEN_BUT_BREAKS = re.compile(_UNSEEN.pattern.replace("\x00-\x1f", "\x00-\x09\x0b-\x1f"))


def visible(text: object, *, lines: bool = False) -> str:
    r"""``text`` with a mark for each character that is not seen itself: ␛, ␊, <U+202E>, and \xff for a byte of a name
    that is no Unicode. With ``lines`` its line breaks stay."""
    return (_UNSEEN_BUT_BREAKS if lines else _UNSEEN).sub(_mark, str(text))


def _mark(found: re.Match[str]) -> str:
    code = ord(found[0])
    if code < 0x20:
        return chr(0x2400 + code)  # Unicode's own pictures of the controls
    if code == 0x7F:
        return "␡"
    return f"\\x{code - 0xDC00:02x}" if 0xDC80 <= code <= 0xDCFF else f"<U+{code:04X}>"


def quoted(text: object, style: str = "", *, lines: bool = False) -> Text:
    """What a file says, or is called, as one line (``lines``: as several) that is shown and does nothing."""
    return Text(visible(text, lines=lines), style=style)


class _Terminal(Console):
    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterable[Segment]:
        for segment in super().render(renderable, options):
            unseen = not segment.control and _UNSEEN_BUT_BREAKS.search(segment.text)
            yield segment._replace(text=visible(segment.text, lines=True)) if unseen else segment


def terminal(*, stderr: bool = False) -> Console:
    """The terminal. Text that goes into a pipe or a file instead is not broken into lines, lest ``grep`` miss a name or
    half a figure be taken for one; tables there have :data:`_PIPE_COLUMNS` columns, or ``COLUMNS``. Strings are not
    taken for markup."""
    print_anything()
    stream = sys.stderr if stderr else sys.stdout
    piped = not stream.isatty() and "COLUMNS" not in os.environ
    width = _PIPE_COLUMNS if piped else None
    return _Terminal(stderr=stderr, width=width, soft_wrap=piped, markup=False, emoji=False, highlight=False)


def print_anything() -> None:
    """From now on, a character that the encoding of the standard output (GBK, ASCII) lacks is printed as a question
    mark, and ends nothing."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")


def print_json(value: Any, *, indent: int | None = None) -> None:
    """``value`` as JSON, on one line unless ``indent`` is given. It is UTF-8 whatever the locale is, as programs expect
    it (RFC 8259), and what is not seen is escaped, so that it can be looked at too."""
    text = json.dumps(value, ensure_ascii=False, indent=indent, default=str)
    escaped = _UNSEEN_BUT_BREAKS.sub(lambda found: json.dumps(found[0])[1:-1], text)
    sys.stdout.flush()
    sys.stdout.buffer.write(f"{escaped}\n".encode())
    sys.stdout.buffer.flush()


def complain(sentence: str) -> None:
    """Says ``sentence`` on the standard error."""
    print_anything()
    with suppress(BrokenPipeError):
        print(f"gouji: {visible(sentence, lines=True)}", file=sys.stderr)
