"""How the text in an element looks to a person, from what is declared for the element and how its parent looks."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from services.ingest.formats.html.style.cascade import Declared
from services.ingest.formats.html.style.effects import CHECKS, FAINT, NONE, SHUT, Box, Effect
from services.ingest.formats.html.style.properties import colours_of
from services.ingest.formats.html.style.values import BLACK, WHITE, Colour, Value, pixels

_ILLEGIBLE = 4.5  # pixels of a letter's size; below, a person sees a speck
_LEGIBLE = 6.5  # chosen: in between a person may or may not read it, and the cell is null
_INVISIBLE = 24  # of 255 that letters and what is behind them differ in brightness; below, the surface looks even
_VISIBLE = 64  # chosen: in between a person may or may not read it, and the cell is null
_LIGHT = 150  # of 255
_TIGHT = -0.3  # of a letter's size; chosen: digits, half a letter wide, lie over one another


@dataclass(frozen=True, eq=False, slots=True)
class Look:
    """How text in an element looks. ``seen``: a person sees it; ``sure``: that can be told, and that it stands in its
    place in the text; ``room``: it leaves a gap where it is not seen; ``raised``: set above or below the line;
    ``size``: of its letters in pixels; ``edge``: the element begins and ends a line; ``disturbs``: also what is beside
    it cannot be told; ``misplaced``: a part of a table that is laid out otherwise; ``elsewhere``: a style sheet that is
    not at hand decides."""

    seen: bool = True
    sure: bool = True
    room: bool = False
    raised: bool = False
    size: float = 16.0
    edge: bool = False
    disturbs: bool = False
    misplaced: bool = False
    elsewhere: bool = False
    # What the elements inside have from it.
    lost: bool = False
    odd: bool = False
    moved: bool = False
    in_cell: bool = False
    struck: bool = False
    font: float = 16.0
    zoom: float = 1.0
    opacity: float = 1.0
    visibility: str = "visible"
    color: Colour = BLACK
    fill: Value = "currentcolor"
    behind: tuple[Colour, ...] = (WHITE,)
    ground: tuple[Colour, ...] = (WHITE,)  # what is behind boxes: the background of a line is behind its letters only
    pictured: bool = False
    indent: float = 0.0
    secret: bool = False
    tight: bool = False
    sideways: bool = False
    outlined: bool = False
    variables: Mapping[str, Any] = field(default_factory=dict)

    # Told once, since it is asked for every text.
    clear: bool = True  # there is nothing to say of text in it but what it says
    void: bool = False  # nothing in it is ever seen
    even: bool = True  # what is behind it is behind boxes in it, too


def look_of(
    found: Declared, variables: Mapping[str, Any], parent: Look, *, disturbed: bool, external: bool
) -> Look | None:
    """How the text in an element looks for which ``found`` is declared; None where it has no box at all.

    ``disturbed``: rules are about it that cannot be judged, or put something beside its text that cannot be told;
    ``external``: the page has style sheets that are elsewhere, which may colour what is behind it.
    """
    box = Box(found, parent.font, parent.indent)
    if box.display == "none":
        return None
    effects = [] if box.display == "contents" else [effect for check in CHECKS if (effect := check(box)) is not NONE]
    inherited = _inherited(box, parent, variables, effects)
    return _judged(inherited, box, effects, disturbed=disturbed, external=external)


def _inherited(box: Box, parent: Look, variables: Mapping[str, Any], effects: list[Effect]) -> Look:
    """What the elements inside have from the element."""
    color = box.inherited("color", parent.color)
    color = parent.color if not isinstance(color, Colour) else color
    zoom = parent.zoom * float(box("zoom") or 1.0)  # type: ignore[arg-type]
    for effect in effects:
        zoom *= effect.zoom
    boxed = box.floats or box.out_of_flow or box.display.startswith("inline-")
    behind, pictured = _behind(box, parent, color)
    # What moves a whole table leaves each cell where it is in it.
    moves = box.display != "table" or parent.in_cell
    return replace(
        parent,
        lost=parent.lost or any(effect.lost for effect in effects),
        odd=parent.odd or any(effect.odd for effect in effects),
        moved=moves and (parent.moved or any(effect.moved for effect in effects)),
        in_cell=parent.in_cell or box.display == "table-cell",
        raised=(parent.raised and not boxed) or any(effect.raised for effect in effects),
        # What is positioned for itself may escape from what hides its parent.
        disturbs=any(effect.disturbs for effect in effects)
        or (box.out_of_flow and (parent.lost or parent.odd or parent.moved)),
        struck=(parent.struck and not boxed) or box("text-decoration-line") == "line-through",
        font=box.font,
        zoom=zoom,
        size=box.font * zoom,
        opacity=parent.opacity * _opacity(box),
        visibility=str(box.inherited("visibility", parent.visibility)),
        color=color,
        fill=box.inherited("-webkit-text-fill-color", parent.fill),
        behind=behind,
        ground=parent.ground if box.inline or box.display == "contents" else behind,
        pictured=pictured,
        indent=box.indent,
        secret=box.inherited("-webkit-text-security", "disc" if parent.secret else "none") != "none",
        tight=_is_tight(box, parent),
        outlined=box.inherited("text-shadow", "some" if parent.outlined else "none") != "none",
        sideways=box.inherited("writing-mode", "vertical-rl" if parent.sideways else "horizontal-tb")
        != "horizontal-tb",
        variables=variables,
    )


def _judged(look: Look, box: Box, effects: list[Effect], *, disturbed: bool, external: bool) -> Look:
    """``look`` with what follows for the text in the element itself."""
    contrast = _contrast(look)
    faded = look.opacity < FAINT
    pale = faded or contrast < _INVISIBLE
    guessed = pale and not faded and external and look.behind == (WHITE,) and look.fill == "currentcolor"
    guessed = guessed or (pale and not faded and look.outlined)  # what is drawn round letters may show them
    tiny = look.size < _ILLEGIBLE
    unplaced = box.out_of_flow or tiny or any(effect is SHUT for effect in effects)
    seen = not (look.lost or look.struck or tiny or look.visibility != "visible" or (pale and not guessed))
    unclear = contrast < _VISIBLE or look.size < _LEGIBLE or (look.pictured and _brightness(look.color) > _LIGHT)
    sure = not (look.odd or look.moved or unclear or look.secret or look.tight or look.sideways or disturbed)
    return replace(
        look,
        seen=seen,
        sure=sure,
        clear=seen and sure and not look.raised and not look.disturbs and not disturbed,
        void=look.lost or faded,
        even=look.behind is look.ground,
        room=not seen and not unplaced,
        edge=not box.inline and not box.display.startswith(("inline", "contents", "ruby", "math")),
        # What is drawn in the colour of its ground may be drawn over what is seen.
        disturbs=look.disturbs or disturbed or (pale and not faded and (look.odd or look.moved) and box.out_of_flow),
        elsewhere=False,
        misplaced=not box.tabular or box.out_of_flow or box.floats,
    )


def _opacity(box: Box) -> float:
    if box.display == "contents":
        return 1.0
    own, left = box("opacity"), box("filter")
    kept = float(left) if isinstance(left, int | float) else 1.0
    return min(max(float(own) if isinstance(own, int | float) else 1.0, 0.0), 1.0) * min(max(kept, 0.0), 1.0)


def _is_tight(box: Box, parent: Look) -> bool:
    spacing = box.inherited("letter-spacing", None)
    if spacing is None:
        return parent.tight
    return (pixels(spacing, box.font) or 0.0) < _TIGHT * box.font


def _behind(box: Box, parent: Look, color: Colour) -> tuple[tuple[Colour, ...], bool]:
    """The colours that may be behind the text, and whether a picture is, too."""
    if box.display == "contents":
        return parent.behind, parent.pictured
    stated = box("background-color")
    own = color if stated == "currentcolor" else stated
    behind = parent.behind if box.inline or box.display.startswith("inline") else parent.ground
    pictured = parent.pictured
    if isinstance(own, Colour) and own.alpha > 0:
        behind = tuple(_over(own, under) for under in behind)
        pictured = pictured and own.alpha < 1
    picture = str(box("background-image"))
    if picture != "none":
        colours = colours_of(picture)
        behind = (*behind, *(_over(one, under) for one in colours for under in behind[:1]))
        pictured = pictured or not colours
    return behind, pictured


def _over(above: Colour, under: Colour) -> Colour:
    mixed = (one * above.alpha + two * (1 - above.alpha) for one, two in zip(above[:3], under[:3], strict=True))
    return Colour(*mixed)


def _brightness(colour: Colour) -> float:
    return 255 * (0.299 * colour.red + 0.587 * colour.green + 0.114 * colour.blue)


def _contrast(look: Look) -> float:
    """By how much (of 255) letters differ at least in brightness from what may be behind them; a difference in hue
    alone counts as little, but as something."""
    letters = look.fill if isinstance(look.fill, Colour) else look.color
    least = 255.0
    for under in look.behind:
        over = _over(letters._replace(alpha=letters.alpha * look.opacity), under)
        bright = abs(_brightness(over) - _brightness(under))
        hue = max(abs(one - two) for one, two in zip(over[:3], under[:3], strict=True)) * 255
        least = min(least, max(bright, min(hue, _INVISIBLE)))
    return least
