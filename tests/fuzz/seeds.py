"""The valid files that fuzzing begins with: generated reports in every format and layout."""

from tests.corpus.sample import undamaged
from tests.corpus.spec import render


def seeds(count: int, seed: int) -> list[bytes]:
    """``count`` files, all formats in turn."""
    return [render(spec).data for spec in undamaged(count, seed)]
