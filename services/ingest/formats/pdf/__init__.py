"""PDF with a text layer: ruled tables by their rules, others by position, prose joined over its line ends.

Sources: ``p2 L7`` is the seventh line of page 2, ``p2 T1R3C4`` the cell at row 3, column 4 of the first table there.
"""

from services.ingest.formats.pdf.blocks import blocks

__all__ = ["blocks"]
