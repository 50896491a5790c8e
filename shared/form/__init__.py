"""The form as data: one file per edition under ``editions/``, typed and checked on load."""

from shared.form.equations import Equation, equations
from shared.form.load import EDITIONS, UNKNOWN, edition_of, load_form
from shared.form.model import Cell, Check, Column, Continuity, Form, Relation, Row, Section, Table

__all__ = [
    "EDITIONS",
    "UNKNOWN",
    "Cell",
    "Check",
    "Column",
    "Continuity",
    "Equation",
    "Form",
    "Relation",
    "Row",
    "Section",
    "Table",
    "edition_of",
    "equations",
    "load_form",
]
