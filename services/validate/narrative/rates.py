"""Percentages: how close one must come to what it is a share of."""

from shared.report import Number


def fits(percent: str, part: Number, whole: Number) -> bool:
    """Whether ``percent``, as the prose writes it (33.3), is the share of ``part`` in ``whole``, rounded or cut off."""
    decimals = len(percent.partition(".")[2])
    return bool(abs(float(percent) - 100 * part / whole) < 10**-decimals)
