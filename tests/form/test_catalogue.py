"""The rules are documented from the data that they are judged by."""

from pathlib import Path

from shared.form.catalogue import rules
from shared.form.document import relations_document


def test_the_document_of_the_relations_is_up_to_date() -> None:
    written = Path(__file__).parents[2] / "docs" / "relations.md"

    assert written.read_text(encoding="utf-8") == relations_document(), "run `make docs`"


def test_every_rule_says_what_holds_and_where_it_comes_from() -> None:
    assert {"applications.row_total", "figures.unit", "continuity.in_force", "narrative.sum"} <= rules().keys()
    assert all(rule.holds and rule.source for rule in rules().values())
