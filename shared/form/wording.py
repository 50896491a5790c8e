"""How the form is quoted to people: figures and places as a reviewer would write them."""

from typing import Literal

from shared.form.model import Form, TableKey


def number(value: int | float) -> str:
    """A figure without float noise: ``3``, ``1.2``."""
    return str(value) if isinstance(value, int) else f"{round(value, 6):g}" if value % 1 else str(int(value))


def place(form: Form, key: TableKey, each: Literal["row", "column"], at: str) -> str:
    """A row or column of a table: ``表三“自然人”一列``."""
    table = form.table(key)
    if each == "column":
        return f"{table.name}“{table.column(at).label}”一列"
    return f"{table.name}“{table.row(at).title}”一{'栏' if table.layout == 'bands' else '行'}"
