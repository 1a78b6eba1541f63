"""The reference of the database, from the tables as SQLAlchemy knows them."""

from __future__ import annotations

import ast
from pathlib import Path

from sqlalchemy import Column, Table

from core.store import migrations
from core.store.table import Base
from handbook.markdown import plain, table


def database_page() -> str:
    """Every table with its columns, and the migrations that led there."""
    parts = [
        "# Database",
        "The store is one SQLite file, or a PostgreSQL database that `--store` names by "
        "SQLAlchemy's URL. Reading it with other tools is safe; writing to it is not: verdicts "
        "are appended and never changed, and the program that runs is the one writer. Times of "
        "day are ISO 8601 in UTC, rationals `numerator/denominator`, documents JSON. `onglass "
        "store export` writes titles, runs, findings and verdicts as JSON for those who would "
        "rather not read tables.",
        "```console\n$ onglass store check\n$ onglass store export --out store.json\n```",
    ]
    mapped = sorted(Base.registry.mappers, key=lambda mapper: mapper.class_.__tablename__)
    for mapper in mapped:
        assert isinstance(mapper.local_table, Table)
        parts += _described(mapper.local_table, mapper.class_.__doc__ or "")
    parts += ["## Migrations", "Each is applied when a store is opened, after a backup.", _steps()]
    return "\n\n".join(parts) + "\n"


def _described(each: Table, what: str) -> list[str]:
    paragraphs = [plain(part) for part in what.strip().split("\n\n")]
    rows = [(f"`{column.name}`", _type(column), _role(column)) for column in each.columns]
    parts = [f"## {each.name}", *paragraphs, table(("Column", "Type", "Role"), rows)]
    indexes = sorted(each.indexes, key=lambda index: str(index.name))
    lines = [
        f"- {'unique index' if index.unique else 'index'} `{index.name}`: "
        + ", ".join(f"`{column.name}`" for column in index.columns)
        for index in indexes
    ]
    return [*parts, "\n".join(lines)] if lines else parts


def _type(column: Column[object]) -> str:
    text = str(column.type).lower()
    return f"{text}, may be null" if column.nullable else text


def _role(column: Column[object]) -> str:
    roles = ["primary key"] if column.primary_key else []
    if column.unique:
        roles.append("unique")
    roles += [f"of `{key.target_fullname}`" for key in column.foreign_keys]
    return ", ".join(roles)


def _steps() -> str:
    folder = Path(migrations.__path__[0]) / "versions"
    rows = []
    for path in sorted(folder.glob("v*.py")):
        said = ast.get_docstring(ast.parse(path.read_text("utf-8"))) or ""
        rows.append((f"`{path.stem.partition('_')[0]}`", plain(said.partition("\n")[0])))
    return table(("Version", "What changed"), rows)
