"""The pages of an OFD document, each with all that is painted on it from the lowest to the uppermost: the templates
under it, its layers, the templates over it, annotations, and the seals of signatures (GB/T 33190-2016, 7 and 15)."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from services.ingest.formats.fixed_layout.ink import counted
from services.ingest.formats.fixed_layout.page import Page
from services.ingest.formats.ofd.archive import Part, open_archive
from services.ingest.formats.ofd.objects import Painter
from services.ingest.formats.ofd.sight import part_seen
from services.ingest.formats.ofd.style import Resources, read_resources
from services.ingest.formats.ofd.values import POINTS, Matrix, flag, moved, numbers
from services.ingest.formats.package import Element

_A4 = [0.0, 0.0, 210.0, 297.0]  # millimetres
_LAYERS = ("Background", "Body", "Foreground")
_IGNORED = ("Link", "Watermark")  # annotations that say nothing
_HIGHLIGHT = "Highlight"  # lies over text that it leaves to be read


class _Document(NamedTuple):
    """What the pages of a document share."""

    part: Part
    area: Sequence[float]
    resources: Resources
    templates: dict[str, tuple[Part, str]]
    annotations: dict[str, list[Element]]
    seals: dict[str, list[Element]]


def read_pages(data: bytes) -> Iterator[Page]:
    """The pages of an OFD document. Raises Rejected as :func:`open_archive` does, or ``hostile`` or ``too_large`` where
    a page is nested too deep or holds too much."""
    archive = open_archive(data)
    for body in archive.root.iterfind(".//{*}DocBody"):
        part = archive.at(body.findtext("{*}DocRoot"))
        if part is None:
            continue
        document = _read_document(part, archive, body)
        for page in part.root.iterfind(".//{*}Pages/{*}Page"):
            content = part.at(page.get("BaseLoc"))
            if content is not None:
                yield _read_page(document, content, page.get("ID", ""))


def _read_document(part: Part, archive: Part, body: Element) -> _Document:
    templates = {}
    for template in part.root.iterfind(".//{*}TemplatePage"):
        if (content := part.at(template.get("BaseLoc"))) is not None:
            templates[template.get("ID", "")] = (content, template.get("ZOrder", _LAYERS[0]))
    return _Document(
        part,
        _area(part.root.find(".//{*}PageArea"), _A4),
        read_resources([*part.parts("PublicRes"), *part.parts("DocumentRes")]),
        templates,
        _annotations(part),
        _seals(archive.at(body.findtext("{*}Signatures"))),
    )


def _area(element: Element | None, default: Sequence[float]) -> Sequence[float]:
    """The paper of a page: left, top, width, height in millimetres."""
    box = numbers(None if element is None else element.findtext("{*}PhysicalBox"))
    return box if len(box) == len(_A4) and min(box[2:]) > 0 else default


def _annotations(document: Part) -> dict[str, list[Element]]:
    """The annotations of each page, by the page's number, those that are not to be seen left out."""
    found: dict[str, list[Element]] = defaultdict(list)
    for index in document.parts("Annotations"):
        for page in index.root.iterfind(".//{*}Page"):
            part = index.at(page.findtext("{*}FileLoc"))
            for annotation in () if part is None else part.root.iterfind(".//{*}Annot"):
                if flag(annotation, "Visible", default=True) and annotation.get("Type") not in _IGNORED:
                    found[page.get("PageID", "")].append(annotation)
    return found


def _seals(index: Part | None) -> dict[str, list[Element]]:
    """The seals that signatures put on each page."""
    found: dict[str, list[Element]] = defaultdict(list)
    for entry in () if index is None else index.root.iterfind(".//{*}Signature"):
        signature = index.at(entry.get("BaseLoc")) if index else None
        for seal in () if signature is None else signature.root.iterfind(".//{*}StampAnnot"):
            found[seal.get("PageRef", "")].append(seal)
    return found


def _read_page(document: _Document, content: Part, number: str) -> Page:
    """A page, turned so that most of its text stands upright."""
    left, top, width, height = _area(content.root.find("{*}Area"), document.area)
    paper = Matrix(e=-left, f=-top)
    painter = _painted(document, content, number, paper)
    turns = Counter(each.turned for each in painter.written)
    turn = max(turns, key=turns.__getitem__, default=0)
    if turn:
        painter = _painted(document, content, number, paper.then(_upright(turn, width, height)))
    if turn in (90, 270):
        width, height = height, width
    size = (width * POINTS, height * POINTS)
    glyphs, hidden = part_seen(painter.written, painter.drawing, size)
    drawing = painter.drawing
    return Page(
        width=size[0],
        height=size[1],
        glyphs=counted(glyphs, drawing.horizontals, drawing.slants),
        hidden=hidden,
        horizontals=drawing.horizontals,
        verticals=drawing.verticals,
        turned=turn,
    )


def _upright(turn: int, width: float, height: float) -> Matrix:
    """Turns paper of a size back by ``turn`` degrees."""
    return {
        90: Matrix(0, -1, 1, 0, 0, width),
        180: Matrix(-1, 0, 0, -1, width, height),
        270: Matrix(0, 1, -1, 0, height),
    }[turn]


def _painted(document: _Document, content: Part, number: str, paper: Matrix) -> Painter:
    """What is painted on a page, whose space becomes that of the paper by a matrix."""
    resources = document.resources
    for more in content.parts("PageRes"):
        resources = resources.joined(read_resources([more]))
    painter = Painter(resources)
    for part in _from_below(document, content):
        for layer in _layers(part):
            painter.paint(layer, paper)
    for annotation in document.annotations.get(number, ()):
        for appearance in annotation.iterfind("{*}Appearance"):
            areas = annotation.get("Type") != _HIGHLIGHT
            painter.paint(appearance, moved(appearance, paper), areas=areas)
    for seal in document.seals.get(number, ()):
        painter.seal(seal, paper)
    return painter


def _from_below(document: _Document, content: Part) -> list[Part]:
    """The templates under a page, the page itself, and those over it."""
    under: list[Part] = []
    over: list[Part] = []
    for template in content.root.iterfind("{*}Template"):
        if template.get("TemplateID", "") in document.templates:
            part, order = document.templates[template.get("TemplateID", "")]
            (over if template.get("ZOrder", order) == _LAYERS[-1] else under).append(part)
    return [*under, content, *over]


def _layers(part: Part) -> list[Element]:
    """The layers of a page, the lowest first."""
    layers = list(part.root.iterfind("{*}Content/{*}Layer"))
    return sorted(layers, key=lambda layer: _height(layer.get("Type", "")))


def _height(kind: str) -> int:
    return _LAYERS.index(kind) if kind in _LAYERS else _LAYERS.index("Body")
