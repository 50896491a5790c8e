"""PDFium, with a font of our own for what a PDF does not bring with it.

Of a character that no font on the machine has, PDFium tells nothing at all: 1195 above 3 in a narrow cell would be read
as 1195. So it is given one font that has them all (Chinese characters are squares, digits are drawn in segments, see
``tests/framed_font.py``), and never looks for those of the machine: what is read is the same everywhere.
"""

import ctypes
from pathlib import Path

import pypdfium2  # noqa: F401  # which starts PDFium with the machine's fonts; it ends it as well
import pypdfium2.raw as raw

FONTS = Path(__file__).parent / "fonts"

_CHARS = ctypes.POINTER(ctypes.c_char)
_folder = ctypes.create_string_buffer(bytes(FONTS))
_folders = (_CHARS * 2)(ctypes.cast(_folder, _CHARS))  # and a null; both live as long as PDFium may look into them


def start() -> None:
    """Starts PDFium again; no document may be open."""
    paths = ctypes.cast(_folders, ctypes.POINTER(_CHARS))
    raw.FPDF_DestroyLibrary()
    raw.FPDF_InitLibraryWithConfig(raw.FPDF_LIBRARY_CONFIG(version=2, m_pUserFontPaths=paths))


start()
