"""Writes small OFD documents, by the structure that GB/T 33190-2016 gives them."""

import io
from collections.abc import Mapping, Sequence
from zipfile import ZIP_DEFLATED, ZipFile

NAMESPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'
FONT, SYMBOLS = 1, 2


def ofd(
    pages: Sequence[str],
    *,
    common: str = "",
    resources: str = "",
    document: str = "",
    body: str = "",
    parts: Mapping[str, str | bytes] | None = None,
    area: str = "0 0 210 297",
) -> bytes:
    """A document whose ``pages`` are the content of the element Page; ``common`` goes into CommonData, ``resources``
    into PublicRes.xml, ``document`` into Document.xml and ``body`` into DocBody; ``parts`` are added to the archive."""
    places = "".join(f'<ofd:Page ID="{100 + at}" BaseLoc="Pages/Page_{at}/Content.xml"/>' for at in range(len(pages)))
    archive = {
        "OFD.xml": f'<ofd:OFD {NAMESPACE} Version="1.0" DocType="OFD"><ofd:DocBody><ofd:DocInfo/>'
        f"<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>{body}</ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {NAMESPACE}><ofd:CommonData><ofd:MaxUnitID>9999</ofd:MaxUnitID>"
        f"<ofd:PageArea><ofd:PhysicalBox>{area}</ofd:PhysicalBox></ofd:PageArea>"
        f"<ofd:PublicRes>PublicRes.xml</ofd:PublicRes>{common}</ofd:CommonData>"
        f"<ofd:Pages>{places}</ofd:Pages>{document}</ofd:Document>",
        "Doc_0/PublicRes.xml": f'<ofd:Res {NAMESPACE} BaseLoc="Res"><ofd:Fonts>'
        f'<ofd:Font ID="{FONT}" FontName="宋体" FamilyName="宋体"/><ofd:Font ID="{SYMBOLS}" FontName="Wingdings"/>'
        f"</ofd:Fonts>{resources}</ofd:Res>",
    }
    for at, page in enumerate(pages):
        archive[f"Doc_0/Pages/Page_{at}/Content.xml"] = f"<ofd:Page {NAMESPACE}>{page}</ofd:Page>"
    buffer = io.BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as package:
        for name, content in {**archive, **(parts or {})}.items():
            package.writestr(name, content)
    return buffer.getvalue()


def layer(*objects: str, kind: str = "Body") -> str:
    """The content of a page with one layer."""
    return f'<ofd:Content><ofd:Layer ID="10" Type="{kind}">{"".join(objects)}</ofd:Layer></ofd:Content>'


def text(
    content: str, x: float, y: float, *, size: float = 4, inside: str = "", more: str = "", font: int = FONT
) -> str:
    """A text whose first character stands at ``x``, its baseline at ``y`` (millimetres); ``more`` are attributes of the
    object, ``inside`` elements in it. Digits and Latin letters are half as wide as others."""
    widths = [size if ord(character) > 0x7F else size / 2 for character in content]
    deltas = " ".join(f"{width:g}" for width in widths[:-1])
    return (
        f'<ofd:TextObject ID="20" Boundary="{x:g} {y - size:g} {sum(widths):g} {1.3 * size:g}" Font="{font}" '
        f'Size="{size:g}" {more}>{inside}<ofd:TextCode X="0" Y="{size:g}" DeltaX="{deltas}">{content}</ofd:TextCode>'
        "</ofd:TextObject>"
    )


def box(left: float, top: float, width: float, height: float, *, inside: str = "", more: str = "") -> str:
    """The outline of a rectangle, or with ``more`` attributes its area."""
    return (
        f'<ofd:PathObject ID="30" Boundary="{left:g} {top:g} {width:g} {height:g}" LineWidth="0.2" {more}>{inside}'
        f"<ofd:AbbreviatedData>M 0 0 L {width:g} 0 L {width:g} {height:g} L 0 {height:g} C</ofd:AbbreviatedData>"
        "</ofd:PathObject>"
    )


def line(x1: float, y1: float, x2: float, y2: float) -> str:
    """A straight line."""
    left, top = min(x1, x2), min(y1, y2)
    data = f"M {x1 - left:g} {y1 - top:g} L {x2 - left:g} {y2 - top:g}"
    return (
        f'<ofd:PathObject ID="31" Boundary="{left:g} {top:g} {abs(x2 - x1):g} {abs(y2 - y1):g}" LineWidth="0.3">'
        f"<ofd:AbbreviatedData>{data}</ofd:AbbreviatedData></ofd:PathObject>"
    )


def fill(shade: int) -> str:
    """The colour element of a shade of grey."""
    return f'<ofd:FillColor Value="{shade} {shade} {shade}"/>'
