"""Each title has a summary, and triggers count what has changed since it was written."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_BUMP = "UPDATE summaries SET changes = changes + 1 WHERE fingerprint"
_RUN_COLUMNS = "fingerprint, state, profile, span_start, span_end"
_OF_RUN = "(SELECT fingerprint FROM runs WHERE id = {row}.run)"


def _sqlite_triggers() -> tuple[str, ...]:
    def on(name: str, when: str, work: str) -> str:
        return f"CREATE TRIGGER summaries_{name} AFTER {when} BEGIN {work}; END"

    fresh = "INSERT INTO summaries (fingerprint) VALUES (NEW.fingerprint)"
    new, old = f"{_BUMP} = NEW.fingerprint", f"{_BUMP} = OLD.fingerprint"
    new_run, old_run = (f"{_BUMP} = {_OF_RUN.format(row=row)}" for row in ("NEW", "OLD"))
    return (
        on("title_added", "INSERT ON titles", fresh),
        on("title_changed", "UPDATE ON titles", new),
        on("run_added", "INSERT ON runs", new),
        on("run_changed", f"UPDATE OF {_RUN_COLUMNS} ON runs", f"{old}; {new}"),
        on("run_removed", "DELETE ON runs", old),
        on("finding_added", "INSERT ON findings", new_run),
        on("finding_changed", "UPDATE ON findings", f"{old_run}; {new_run}"),
        on("finding_removed", "DELETE ON findings", old_run),
        on("verdict_added", "INSERT ON verdicts", new),
    )


def _postgresql_triggers() -> tuple[str, ...]:
    """One call a statement, however many rows it touches."""

    def function(name: str, work: str) -> str:
        return (
            f"CREATE FUNCTION onglass_{name}() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN {work}; RETURN NULL; END $$"
        )

    def on(name: str, when: str, rows: str, work: str) -> str:
        return (
            f"CREATE TRIGGER summaries_{name} AFTER {when} REFERENCING {rows} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION onglass_{work}()"
        )

    fresh = "INSERT INTO summaries (fingerprint) SELECT fingerprint FROM added"
    of_run = f"{_BUMP} IN (SELECT r.fingerprint FROM runs r JOIN {{rows}} c ON c.run = r.id)"
    added, removed = "NEW TABLE AS added", "OLD TABLE AS removed"
    both = f"{removed} {added}"
    title = f"{_BUMP} IN (SELECT fingerprint FROM {{rows}})"
    return (
        function("summarise", fresh),
        function("count_added", title.format(rows="added")),
        function("count_removed", title.format(rows="removed")),
        function("count_changed", f"{title.format(rows='removed')}; {title.format(rows='added')}"),
        function("count_added_findings", of_run.format(rows="added")),
        function("count_removed_findings", of_run.format(rows="removed")),
        on("title_added", "INSERT ON titles", added, "summarise"),
        on("title_changed", "UPDATE ON titles", both, "count_changed"),
        on("run_added", "INSERT ON runs", added, "count_added"),
        # Row by row, because columns cannot be named beside transition tables, and a sign of
        # life must not count as a change.
        function("count_run", f"{_BUMP} IN (OLD.fingerprint, NEW.fingerprint)"),
        f"CREATE TRIGGER summaries_run_changed AFTER UPDATE OF {_RUN_COLUMNS} ON runs "
        "FOR EACH ROW EXECUTE FUNCTION onglass_count_run()",
        on("run_removed", "DELETE ON runs", removed, "count_removed"),
        on("finding_added", "INSERT ON findings", added, "count_added_findings"),
        on("finding_changed", "UPDATE ON findings", both, "count_added_findings"),
        on("finding_removed", "DELETE ON findings", removed, "count_removed_findings"),
        on("verdict_added", "INSERT ON verdicts", added, "count_added"),
    )


def upgrade() -> None:
    """Make the summaries, all still to be counted, and what keeps them honest."""
    _make_summaries()
    _make_parts()
    op.create_index("ix_runs_state", "runs", ["state"])
    op.execute("INSERT INTO summaries (fingerprint) SELECT fingerprint FROM titles")
    dialect = op.get_bind().dialect.name
    for statement in _sqlite_triggers() if dialect == "sqlite" else _postgresql_triggers():
        op.execute(statement)


def _make_summaries() -> None:
    def text(name: str) -> sa.Column[str]:
        return sa.Column(name, sa.Text, nullable=False, server_default="")

    def number(name: str, kind: type = sa.Integer, value: str = "0") -> sa.Column[int]:
        return sa.Column(name, kind, nullable=False, server_default=value)

    op.create_table(
        "summaries",
        sa.Column(
            "fingerprint",
            sa.String(128),
            sa.ForeignKey("titles.fingerprint", ondelete="CASCADE"),
            primary_key=True,
        ),
        number("changes", sa.BigInteger),
        number("counted", sa.BigInteger, "-1"),
        *(text(name) for name in ("name", "path", "folder", "sort_name", "search", "media")),
        number("duration_s", sa.Double),
        number("width"),
        number("height"),
        number("size_bytes", sa.BigInteger),
        sa.Column("state", sa.String(16), nullable=False, server_default="not_analysed"),
        number("running"),
        text("run"),
        number("flags"),
        number("undecided"),
        number("worst", value="-1"),
        text("reviewers"),
        text("error"),
        sa.Column("opened", sa.String(40)),
        sa.Column("analysed", sa.String(40)),
    )
    stale = sa.text("counted <> changes")
    op.create_index(
        "ix_summaries_stale",
        "summaries",
        ["fingerprint"],
        sqlite_where=stale,
        postgresql_where=stale,
    )
    op.create_index("ix_summaries_sort_name", "summaries", ["sort_name", "fingerprint"])


def _make_parts() -> None:
    def title() -> sa.Column[str]:
        key = sa.ForeignKey("summaries.fingerprint", ondelete="CASCADE")
        return sa.Column("fingerprint", sa.String(128), key, primary_key=True)

    op.create_table(
        "summary_defects",
        sa.Column("defect", sa.String(64), primary_key=True),
        title(),
        sa.Column("flags", sa.Integer, nullable=False),
        sa.Column("undecided", sa.Integer, nullable=False),
    )
    op.create_table(
        "summary_reviewers",
        sa.Column("reviewer", sa.String(200), primary_key=True),
        title(),
    )
    for table in ("summary_defects", "summary_reviewers"):
        op.create_index(f"ix_{table}_fingerprint", table, ["fingerprint"])
