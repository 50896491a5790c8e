"""HTML as browsers read it (selectolax): paragraphs, and data tables on their grid; layout tables are walked through.

Sources: ``P7`` is the seventh paragraph, ``T2R3C4`` the cell at row 3, column 4 of the second data table.
"""

from services.ingest.formats.html.blocks import blocks

__all__ = ["blocks"]
