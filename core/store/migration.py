"""Brings a database to the current schema, after a backup, in one transaction."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from core.domain.errors import KnownError
from core.store.database import PATIENCE_S, Database

SCRIPTS = Path(__file__).resolve().parent / "migrations"
HEAD = "0007"


def schema_of(connection: Connection) -> str | None:
    """Revision of the schema in a database; None when the database is empty.

    Raises:
        KnownError: The tables are not ours.
    """
    tables = set(inspect(connection).get_table_names())
    if "alembic_version" in tables and "verdicts" in tables:
        row = connection.execute(text("SELECT version_num FROM alembic_version")).first()
        if row is not None:
            return str(row[0])
    if tables - {"alembic_version"} and connection.dialect.name == "sqlite":
        raise KnownError("This file is a database of another program, not a store.")
    if "alembic_version" in tables and connection.dialect.name != "sqlite":
        row = connection.execute(text("SELECT version_num FROM alembic_version")).first()
        if row is not None:
            raise KnownError(
                "Another program keeps its tables in this database; give Onglass one of its own."
            )
    return None


def refuse_newer(revision: str | None) -> None:
    """Refuse a schema that this version does not know.

    Raises:
        KnownError: The database was written by a newer version.
    """
    if revision is not None and revision > HEAD:
        raise KnownError(
            "This store was written by a newer version of Onglass; update Onglass to open it.",
            f"schema {revision}, this version knows up to {HEAD}",
        )


def upgrade(database: Database) -> None:
    """Run the scripts that are missing; two processes may ask at once.

    Raises:
        KnownError: The database is newer, not ours, in use, or cannot be written; it is as it was.
    """
    from alembic import command
    from alembic.config import Config

    def work(connection: Connection) -> None:
        revision = schema_of(connection)
        refuse_newer(revision)
        if revision == HEAD:
            return
        if connection.dialect.name == "postgresql":
            # A table that somebody reads cannot be altered; and while this waits for them, all who
            # come later wait behind it.
            connection.execute(text(f"SET LOCAL lock_timeout = {round(PATIENCE_S * 1000)}"))
        config = Config()
        config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
        config.set_main_option("path_separator", "os")
        config.attributes["connection"] = connection
        command.upgrade(config, "head")

    database.write(work)
