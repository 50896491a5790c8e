"""Figures as Grafana writes them, by its names of units."""

_SECONDS = ((86400, "d"), (3600, "h"), (60, "min"), (1, "s"), (1e-3, "ms"), (1e-6, "µs"))
_SIZES = ((1e9, "GB"), (1e6, "MB"), (1e3, "kB"), (1, "B"))
_COUNTS = ((1e6, "M"), (1e4, "k"), (1, ""))


def written(value: float, unit: str) -> str:
    """``value`` with its unit (``s``, ``bytes``, ``percentunit``, ``ops``, ``short``), three digits."""
    if value != value:  # NaN: nothing happened
        return "–"
    match unit:
        case "percentunit":
            return f"{value * 100:.3g} %"
        case "s":
            return _scaled(value, _SECONDS)
        case "bytes":
            return _scaled(value, _SIZES)
        case "ops":
            return f"{_scaled(value, _COUNTS)}/s"
        case _:
            return _scaled(value, _COUNTS)


def _scaled(value: float, scale: tuple[tuple[float, str], ...]) -> str:
    size, name = next((step for step in scale if abs(value) >= step[0]), scale[-1])
    shown = value / size
    digits = f"{shown:.0f}" if abs(shown) >= 100 else f"{shown:.3g}"
    return f"{digits} {name}".strip() if value else "0"
