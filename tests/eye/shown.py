"""What may be read from a cell, by what a browser shows there."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, pairwise
from statistics import median

from tests.eye.chromium import Character, ShownCell

_LEGIBLE = 4.5  # pixels of a letter's size; below, a person sees a speck
_SURELY_LEGIBLE = 6.5
_VISIBLE = 24  # of 255; below that a person sees an even surface
_SURELY_VISIBLE = 60
_NOTE = 0.78  # of the figure's size: a digit of so small letters is the mark of a note
_AS_LARGE = 0.93
_RAISED = 0.18  # of the figure's height
_APART = 0.45  # of a letter's size: figures further apart are two
_OVERLAP = 0.3  # of a letter's width
_DIGITS = "0123456789"

Allowed = set[float | None]


def allowed(cells: Sequence[ShownCell]) -> dict[str, Allowed]:
    """The values that may be read for each cell: null always, and what the page shows, where it shows one figure.

    A cell of the applications belongs to the column in which it stands on the page, wherever its markup is. Other
    tables are passed over where one of their cells is not laid out, so that others may have taken its place.
    """
    columns = _columns(cells)
    torn = {_table(cell) for cell in cells if not cell.laid} - {"applications"}
    cells = [cell for cell in cells if _table(cell) not in torn]
    found: dict[str, Allowed] = {cell.cell: {None} for cell in cells}
    for cell in cells:
        if cell.laid:
            place = _place(cell, columns)
            found.setdefault(place, {None}).update(_values(cell))
    return found


def _table(cell: ShownCell) -> str:
    return cell.cell.partition(".")[0]


def plain(cell: ShownCell, figure: str) -> bool:
    """Whether a cell shows ``figure`` and nothing else, surely and in one size, so that it should be read."""
    return (
        [character.text for character in cell.characters] == list(figure)
        and not cell.generated
        and all(c.contrast > _SURELY_VISIBLE and c.size > _SURELY_LEGIBLE and not c.struck for c in cell.characters)
        and _values(cell) == {None, float(figure)}
    )


def _columns(cells: Iterable[ShownCell]) -> dict[str, float]:
    """Where the columns of the applications stand."""
    places: dict[str, list[float]] = {}
    for cell in cells:
        if cell.cell.startswith("applications.") and cell.laid:
            places.setdefault(cell.cell.rpartition(".")[2], []).append(cell.middle)
    return {column: median(middles) for column, middles in places.items()}


def _place(cell: ShownCell, columns: dict[str, float]) -> str:
    if not cell.cell.startswith("applications."):
        return cell.cell
    row = cell.cell.rpartition(".")[0]
    return f"{row}.{min(columns, key=lambda column: abs(columns[column] - cell.middle))}"


def _values(cell: ShownCell) -> Allowed:
    sure = [c for c in cell.characters if _is_sure(c)]
    doubtful = [c for c in cell.characters if _is_seen(c) and not _is_sure(c)]
    values: Allowed = {None}
    for count in range(len(doubtful) + 1):
        for some in combinations(doubtful, count):
            values |= {float(figure) for figure in _figures([*sure, *some], cell.generated) if figure}
    return values


def _is_seen(character: Character) -> bool:
    legible = character.size >= _LEGIBLE and character.height > 3
    return legible and not character.struck and character.contrast > _VISIBLE


def _is_sure(character: Character) -> bool:
    legible = character.size >= _SURELY_LEGIBLE and character.height > 6
    return _is_seen(character) and legible and character.contrast > _SURELY_VISIBLE


def _figures(characters: list[Character], generated: list[tuple[str, str]]) -> Iterator[str]:
    """The figures that a person may take from what is seen; none where two stand there, or one on another."""
    digits = [character for character in characters if set(character.text) <= {*_DIGITS, ".", ","}]
    if not digits or len(digits) < len([c for c in characters if c.text.isalnum() and c.text.isascii()]):
        return
    largest = max(character.size for character in digits)
    main = [character for character in digits if character.size >= _NOTE * largest]
    leading = [character for character in main if character.size >= _AS_LARGE * largest]
    middle = median(character.top + character.height / 2 for character in leading)
    height = max(character.height for character in leading)
    line = [c for c in main if abs(c.top + c.height / 2 - middle) <= _RAISED * height]
    others = [c for c in main if c not in line]
    if any(abs(c.top + c.height / 2 - middle) > 0.75 * height for c in others) or not line:
        return  # on another line
    line.sort(key=lambda character: character.left)
    if any(character.dotted for character in line):
        return
    for before, after in pairwise(line):
        gap = after.left - (before.left + before.width)
        if gap > _APART * largest or gap < -_OVERLAP * min(before.width, after.width):
            return
    if any(_overlap(one, two) for one in line for two in others):
        return
    figure = "".join(character.text for character in line)
    told = [content for _, content in generated if any(digit in content for digit in _DIGITS)]
    if told or any("counter" in content or "attr" in content for _, content in generated):
        return
    yield figure


def _overlap(one: Character, two: Character) -> bool:
    across = min(one.left + one.width, two.left + two.width) - max(one.left, two.left)
    down = min(one.top + one.height, two.top + two.height) - max(one.top, two.top)
    return across > _OVERLAP * min(one.width, two.width) and down > 0.5 * min(one.height, two.height)
