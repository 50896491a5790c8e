"""``gouji migrate``: the tables of an older version become those of this one."""

from typing import Annotated

import typer

from cli.installation import DataOption, settings_of
from cli.terminal import terminal
from shared.database import schema
from shared.database.connect import connect, reading

app = typer.Typer(add_completion=False)


@app.command()
def migrate(
    data: DataOption = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what state the tables are in.")] = False,
) -> None:
    """Bring the tables of the database into the state that this version of gouji needs.

    All of it happens in one transaction, or nothing. Stop the services first, and back the database up: there is no
    way back. `gouji up` does this by itself where the database is the SQLite file in its data folder. Run it after an
    upgrade, as often as you like.
    """
    engine, console = connect(settings_of(data).database_url), terminal()
    if dry_run:
        with reading(engine) as connection:
            before = schema.state(connection)
        console.print(f"the tables are in state {before or 'none'}; this gouji needs {schema.REVISION}")
        return
    before, after = schema.upgrade(engine)
    if before == after:
        console.print(f"the tables are in state {after}, as they should be")
    else:
        console.print(f"the tables are in state {after} now" + (f"; they were in state {before}" if before else ""))
