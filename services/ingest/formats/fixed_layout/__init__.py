"""Pages whose every glyph and rule has its place (PDF, OFD): ruled tables by their rules, others by position, prose
joined over its line ends.

A format gives :class:`~services.ingest.formats.fixed_layout.page.Page` after page, with the glyphs that a reader sees;
``blocks`` makes the stream of paragraphs and cells. Sources: ``p2 L7`` is the seventh line of page 2, ``p2 T1R3C4`` the
cell at row 3, column 4 of the first table there; a box follows, as :mod:`shared.source` says.
"""

from services.ingest.formats.fixed_layout.blocks import blocks

__all__ = ["blocks"]
