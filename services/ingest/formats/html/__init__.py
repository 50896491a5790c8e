"""HTML as browsers read it (selectolax): paragraphs, and data tables on their grid; layout tables are walked through.

Sources: ``P7`` is the seventh paragraph, ``T2R3C4`` the cell at row 3, column 4 of the second data table,
``title`` the page's title, where only its head says it.
"""

from services.ingest.formats.html.blocks import blocks

__all__ = ["blocks"]
