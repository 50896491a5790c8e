"""Findings of the rules whose sentences stand in ``rules.toml``."""

from shared.form.catalogue import rules
from shared.report import Finding


def finding_of(
    rule: str, at: str, *, cells: tuple[str, ...] = (), quote: str | None = None, **fields: object
) -> Finding:
    """The finding of the rule called ``rule``, its sentences filled with ``fields``."""
    known = rules()[rule]
    fields |= {"quote": quote} if quote else {}
    return Finding(
        rule=rule,
        at=at,
        severity=known.severity,
        cells=cells,
        message=known.message.format(**fields),
        message_en=known.message_en.format(**fields),
        quote=quote,
    )
