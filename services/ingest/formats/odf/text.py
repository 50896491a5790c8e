"""The text of a paragraph of an OpenDocument file as a reader sees it."""

from collections.abc import Callable, Iterator

from services.ingest.formats.odf.names import TEXT, Element, local
from services.ingest.formats.odf.styles import Look, Styles
from services.ingest.formats.runs import Run
from shared.doubt import DoubtCode

# What stands apart from the line: bodies of notes, comments, how a word is pronounced, what was deleted.
_APART = frozenset({"note-body", "annotation", "annotation-end", "ruby-text", "tracked-changes", "text-box", "forms"})
_CHARACTERS = {"tab": "\t", "line-break": "\n"}
_CONDITIONAL = frozenset({"hidden-text", "hidden-paragraph", "conditional-text"})


class Texts:
    """Reads the paragraphs of a document of these ``styles``."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles

    def runs(self, paragraph: Element, around: Look) -> list[Run]:
        """The runs of a paragraph (or heading) in a cell or page that looks as ``around``, without its text boxes."""
        if any(_is_true(each, "is-hidden") for each in paragraph.iter(f"{TEXT}hidden-paragraph")):
            return []
        look = around.under(self._styles.of("paragraph", paragraph.get(f"{TEXT}style-name")))
        runs: list[Run] = []
        self._gather(paragraph, look, runs)
        return runs

    def _gather(self, parent: Element, look: Look, runs: list[Run]) -> None:
        if parent.text:
            runs.append(look.run(" ".join(parent.text.split("\n"))))
        for child in parent:
            self._visit(child, look, runs)
            if child.tail:
                runs.append(look.run(" ".join(child.tail.split("\n"))))

    def _visit(self, element: Element, look: Look, runs: list[Run]) -> None:
        name = local(element)
        if name in _APART or (name in _CONDITIONAL and _is_true(element, "is-hidden")):
            return
        if name in _CHARACTERS:
            runs.append(look.run(_CHARACTERS[name]))
        elif name == "s":
            runs.append(look.run(" "))
        elif name in _DRAWN:
            runs += _DRAWN[name](element)
        elif name == "note":
            mark = "".join(each.text or "" for each in element.iter(f"{TEXT}note-citation"))
            runs.append(look.run(mark)._replace(raised=True))
        else:
            style = element.get(f"{TEXT}style-name")
            self._gather(
                element, look.under(self._styles.of("text", style)) if name in ("span", "a") and style else look, runs
            )


def boxes(paragraph: Element) -> Iterator[Element]:
    """The text boxes anchored in a paragraph."""
    for child in paragraph:
        if local(child) == "text-box":
            yield child
        elif local(child) not in _APART:
            yield from boxes(child)


def _drawn(frame: Element) -> list[Run]:
    """A picture, shape or formula: in the line, or over it."""
    if next((each for each in frame.iter() if local(each) == "text-box"), None) is not None:
        return []
    inline = frame.get(f"{TEXT}anchor-type") == "as-char"
    return [Run("", doubt=DoubtCode.PICTURE if inline else DoubtCode.COVERED_TEXT)]


_SHAPES = ("frame", "custom-shape", "rect", "line", "polyline", "ellipse", "g", "control", "path")
_DRAWN: dict[str, Callable[[Element], list[Run]]] = dict.fromkeys(_SHAPES, _drawn)


def _is_true(element: Element, name: str) -> bool:
    return element.get(f"{TEXT}{name}") == "true"
