"""How findings speak: figures and places as a reviewer would write them."""

from shared.form import Equation, Form
from shared.report import Number


def number(value: Number) -> str:
    """A figure without float noise: ``3``, ``1.2``."""
    return str(value) if isinstance(value, int) else f"{round(value, 6):g}" if value % 1 else str(int(value))


def place(form: Form, equation: Equation) -> str:
    """Where an equation stands: ``表三“自然人”一列``."""
    table = form.table(equation.relation.table)
    if equation.relation.each == "column":
        return f"{table.name}“{table.column(equation.at).label}”一列"
    return f"{table.name}“{table.row(equation.at).title}”一{'栏' if table.layout == 'bands' else '行'}"
