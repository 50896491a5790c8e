"""Pages as a person sees them, each with the tables that must come out, nulls with their doubts.

``pages/NAME.txt`` (or ``.html``, ``.md``) is a page; ``pages/NAME.read`` says what must be read of it::

    # Count: a row with one figure too few proves nothing.
    edition: 2021
    applications.received: 4 0 0 0 0 0 4
    applications.carried_in: ?row_too_short
    disputes.reconsideration: 1 ? 0 0 1

A line is a row of the form with its cells in the form's order. ``?`` is a null for whatever reason, ``?code`` a null
with that doubt; one of them alone stands for the whole row. Rows that are not listed must be null. None is left open:
no cell may be either a figure or null.
"""
