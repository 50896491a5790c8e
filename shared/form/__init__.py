"""The form as data: one file per edition under ``editions/``, typed and checked on load."""

from shared.form.load import EDITIONS, load_form
from shared.form.model import Cell, Column, Form, Relation, Row, Section, Table

__all__ = ["EDITIONS", "Cell", "Column", "Form", "Relation", "Row", "Section", "Table", "load_form"]
