"""Pictures and shapes that lie over cells (``xl/drawings``)."""

from services.ingest.formats.package import Element, Package
from services.ingest.formats.sheet.references import Area
from shared.doubt import DoubtCode

# What a drawing measures is stated in 914,400ths of an inch; a cell has these at least, unless it is drawn smaller.
_COLUMN = 300_000
_ROW = 120_000


def covered_by_drawings(package: Package, part: str) -> dict[Area, DoubtCode]:
    """The areas of the sheet ``part`` over which something is drawn."""
    drawings = (
        package.target(part, each)
        for each in package.relationships(part).values()
        if each.get("Type", "").endswith("/drawing")
    )
    return {
        area: DoubtCode.COVERED_TEXT
        for drawing in drawings
        if drawing
        for anchor in package.xml(drawing)
        if (area := _area(anchor)) is not None
    }


def _area(anchor: Element) -> Area | None:
    start, end, size = anchor.find("{*}from"), anchor.find("{*}to"), anchor.find("{*}ext")
    if start is None:
        return None
    top, left = _whole(start.findtext("{*}row")), _whole(start.findtext("{*}col"))
    if end is not None:
        return Area((top, left), (_whole(end.findtext("{*}row")), _whole(end.findtext("{*}col"))))
    high, wide = (_whole(size.get(name)) if size is not None else 0 for name in ("cy", "cx"))
    return Area((top, left), (top + high // _ROW, left + wide // _COLUMN))


def _whole(stated: str | None) -> int:
    return int(stated) if stated and stated.strip().isdecimal() and len(stated) < 12 else 0
