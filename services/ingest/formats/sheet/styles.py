"""The formats of a workbook's cells (``xl/styles.xml``, ``xl/theme``; ECMA-376, part 1, 18.8)."""

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple, TypeVar

from services.ingest.formats.colours import WHITE, contrast, rgb
from services.ingest.formats.package import Element
from services.ingest.formats.sheet.looks import Font, Format

_Item = TypeVar("_Item")

# The formats that a code is not stated for (18.8.30), as programs show them in Chinese.
BUILT_IN = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 14: "yyyy/m/d",
    22: "yyyy/m/d h:mm", 31: 'yyyy"年"m"月"d"日"', 37: "#,##0;-#,##0", 38: "#,##0;[Red]-#,##0",
    39: "#,##0.00;-#,##0.00", 40: "#,##0.00;[Red]-#,##0.00", 41: '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ',
    42: '_ ¥* #,##0_ ;_ ¥* -#,##0_ ;_ ¥* "-"_ ;_ @_ ', 43: '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ',
    44: '_ ¥* #,##0.00_ ;_ ¥* -#,##0.00_ ;_ ¥* "-"??_ ;_ @_ ', 49: "@", 57: 'yyyy"年"m"月"', 58: 'm"月"d"日"',
}  # fmt: skip
_UNKNOWN = "[?]"  # no code: numbers in a format that is not known are in doubt
_BLACK = "000000"
_BASIC = (_BLACK, WHITE, "FF0000", "00FF00", "0000FF", "FFFF00", "FF00FF", "00FFFF")
_INDEXED = (
    *_BASIC, *_BASIC, "800000", "008000", "000080", "808000", "800080", "008080", "C0C0C0", "808080", "9999FF",
    "993366", "FFFFCC", "CCFFFF", "660066", "FF8080", "0066CC", "CCCCFF", "000080", "FF00FF", "FFFF00",
    "00FFFF", "800080", "800000", "008080", "0000FF", "00CCFF", "CCFFFF", "CCFFCC", "FFFF99", "99CCFF",
    "FF99CC", "CC99FF", "FFCC99", "3366FF", "33CCCC", "99CC00", "FFCC00", "FF9900", "FF6600", "666699",
    "969696", "003366", "339966", "003300", "333300", "993300", "993366", "333399", "333333", _BLACK, WHITE,
)  # fmt: skip
_THEME = {
    "lt1": WHITE, "dk1": _BLACK, "lt2": "EEECE1", "dk2": "1F497D", "accent1": "4F81BD", "accent2": "C0504D",
    "accent3": "9BBB59", "accent4": "8064A2", "accent5": "4BACC6", "accent6": "F79646", "hlink": "0000FF",
    "folHlink": "800080",
}  # fmt: skip
_RAISED = ("superscript", "subscript")


class Conditional(NamedTuple):
    """What a conditional format does where it applies: whether nothing is then seen, or the number otherwise."""

    hides: bool
    reformats: bool


class Styles:
    """The formats of a workbook; one without styles has only General."""

    def __init__(self, root: Element | None, theme: Element | None) -> None:
        self._theme = _theme_colours(theme)
        self._indexed = _indexed_colours(root)
        self._codes = dict(BUILT_IN)
        self._formats: Sequence[Element] = ()
        self._fonts: Sequence[Element] = ()
        self._fills: Sequence[Element] = ()
        self._conditionals: Sequence[Element] = ()
        if root is not None:
            self._codes |= {_number(each, "numFmtId"): each.get("formatCode", "") for each in root.iter("{*}numFmt")}
            self._formats = root.findall("{*}cellXfs/{*}xf")
            self._fonts = root.findall("{*}fonts/{*}font")
            self._fills = root.findall("{*}fills/{*}fill")
            self._conditionals = root.findall("{*}dxfs/{*}dxf")
        self.format = cache(self._format)

    def _format(self, index: int) -> Format:
        """The format that cells refer to by ``index``."""
        if not 0 <= index < len(self._formats):
            return Format()
        xf = self._formats[index]
        font, fill = _at(self._fonts, _number(xf, "fontId")), _at(self._fills, _number(xf, "fillId"))
        alignment = xf.find("{*}alignment")
        return Format(
            Font() if font is None else self.font(font),
            self._ground(fill) or WHITE,
            self._codes.get(_number(xf, "numFmtId"), _UNKNOWN),
            alignment is not None and alignment.get("horizontal") == "fill",
            alignment is not None and alignment.get("shrinkToFit") in ("1", "true"),
        )

    def font(self, element: Element) -> Font:
        """A ``font`` of the styles, or an ``rPr`` of a stretch of text."""
        mark, size = element.find("{*}vertAlign"), element.find("{*}sz")
        name = element.find("{*}name") if element.find("{*}name") is not None else element.find("{*}rFont")
        return Font(
            _is_on(element.find("{*}strike")),
            mark is not None and mark.get("val") in _RAISED,
            self._colour(element.find("{*}color")),
            _size(size),
            name.get("val", "") if name is not None else "",
        )

    def numbered_conditional(self, index: int) -> Conditional:
        """What the conditional format ``index`` of the styles does."""
        element = _at(self._conditionals, index)
        return Conditional(False, False) if element is None else self.conditional(element)

    def conditional(self, element: Element) -> Conditional:
        """What a conditional format (``dxf``) does."""
        font, fill = element.find("{*}font"), element.find("{*}fill")
        ground = self._ground(fill, differential=True) or WHITE
        look = Font() if font is None else self.font(font)
        unseen = contrast(look.colour or _BLACK, ground) is not True
        return Conditional(look.struck or unseen, element.find("{*}numFmt") is not None)

    def _ground(self, fill: Element | None, *, differential: bool = False) -> str | None:
        pattern = fill.find("{*}patternFill") if fill is not None else None
        if pattern is None or (pattern.get("patternType") in (None, "none") and not differential):
            return None
        first, second = self._colour(pattern.find("{*}fgColor")), self._colour(pattern.find("{*}bgColor"))
        solid = pattern.get("patternType", "solid") == "solid" and not differential
        return first if solid else second or first

    def _colour(self, element: Element | None) -> str | None:
        """``RRGGBB``; None for what is automatic."""
        if element is None:
            return None
        colour = rgb(element.get("rgb", "")[-6:])
        if (theme := element.get("theme", "")).isdecimal():
            colour = _at(self._theme, int(theme))
        elif (indexed := element.get("indexed", "")).isdecimal():
            colour = _at(self._indexed, int(indexed))
        return _tinted(colour, element.get("tint")) if colour else None


def _theme_colours(theme: Element | None) -> Sequence[str]:
    scheme = theme.find(".//{*}clrScheme") if theme is not None else None
    if scheme is None:
        return list(_THEME.values())
    colours = []
    for name, usual in _THEME.items():
        stated = scheme.find(f"{{*}}{name}/*")
        value = (stated.get("lastClr") or stated.get("val")) if stated is not None else None
        colours.append(rgb(value) or usual)
    return colours


def _indexed_colours(root: Element | None) -> Sequence[str]:
    stated = root.findall("{*}colors/{*}indexedColors/{*}rgbColor") if root is not None else []
    own = [rgb(each.get("rgb", "")[-6:]) or _BLACK for each in stated]
    return (*own, *_INDEXED[len(own) :])


def _tinted(colour: str, tint: str | None) -> str:
    """A colour made lighter (``tint`` up to 1) or darker (down to -1)."""
    try:
        share = max(-1.0, min(1.0, float(tint or 0)))
    except ValueError:
        return colour
    channels = (int(colour[at : at + 2], 16) for at in (0, 2, 4))
    return "".join(f"{round(c * (1 + share) if share < 0 else c + (255 - c) * share):02X}" for c in channels)


def _at(items: "Sequence[_Item]", index: int) -> "_Item | None":
    return items[index] if 0 <= index < len(items) else None


def _number(element: Element, name: str) -> int:
    stated = element.get(name, "0")
    return int(stated) if stated.isdecimal() and len(stated) < 9 else 0


def _size(element: Element | None) -> float:
    try:
        return float(element.get("val", "11")) if element is not None else 11
    except ValueError:
        return 11


def _is_on(element: Element | None) -> bool:
    return element is not None and element.get("val", "1") not in ("0", "false")
