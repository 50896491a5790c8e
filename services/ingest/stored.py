"""What the database has of the bucket. The database is imported only when it is asked for: that takes a second, and
ingest has no other use for it. Raises ModuleNotFoundError where this installation of gouji has no part for it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from shared.database.queries import Extent, StoredPart


class Stored:
    """The database at ``url``. Its methods raise :class:`~shared.errors.Unavailable` where it cannot be reached."""

    def __init__(self, url: str) -> None:
        from shared.database import queries
        from shared.database.connect import connect, reading

        self._engine = connect(url)
        self._reading = reading
        self._queries = queries

    def close(self) -> None:
        """Gives back its connections."""
        self._engine.dispose()

    def parts(self, keys: Sequence[str]) -> "list[StoredPart]":
        """The reports that the objects called ``keys`` were stored as."""
        with self._reading(self._engine) as connection:
            return self._queries.stored_parts(connection, keys)

    def extent(self) -> "Extent":
        """How much it holds."""
        with self._reading(self._engine) as connection:
            return self._queries.extent(connection)
