"""The first schema: titles, profiles, runs, tracks, findings, reviewers, verdicts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

_SQLITE_TRIGGERS = (
    """CREATE TRIGGER verdicts_refuse_update BEFORE UPDATE ON verdicts
    BEGIN SELECT RAISE(ABORT, 'verdicts are append-only'); END""",
    """CREATE TRIGGER verdicts_refuse_delete BEFORE DELETE ON verdicts
    BEGIN SELECT RAISE(ABORT, 'verdicts are append-only'); END""",
    # INSERT OR REPLACE deletes without firing the trigger above.
    """CREATE TRIGGER verdicts_refuse_replace BEFORE INSERT ON verdicts
    WHEN EXISTS (SELECT 1 FROM verdicts WHERE id = NEW.id OR seq = NEW.seq)
    BEGIN SELECT RAISE(ABORT, 'verdicts are append-only'); END""",
)

_POSTGRESQL_TRIGGERS = (
    """CREATE FUNCTION onglass_refuse() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'verdicts are append-only'; END $$""",
    """CREATE TRIGGER verdicts_refuse_change BEFORE UPDATE OR DELETE ON verdicts
    FOR EACH ROW EXECUTE FUNCTION onglass_refuse()""",
    """CREATE TRIGGER verdicts_refuse_truncate BEFORE TRUNCATE ON verdicts
    FOR EACH STATEMENT EXECUTE FUNCTION onglass_refuse()""",
)


def upgrade() -> None:
    """Make all tables in an empty database."""
    _make_titles_and_profiles()
    _make_runs()
    _make_tracks_and_findings()
    _make_verdicts()
    dialect = op.get_bind().dialect.name
    for statement in _SQLITE_TRIGGERS if dialect == "sqlite" else _POSTGRESQL_TRIGGERS:
        op.execute(statement)


def _make_titles_and_profiles() -> None:
    op.create_table(
        "titles",
        sa.Column("fingerprint", sa.String(128), primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("document", sa.Text, nullable=False),
        sa.Column("added", sa.String(40), nullable=False),
        sa.Column("opened", sa.String(40), nullable=False),
    )
    op.create_index("ix_titles_opened", "titles", ["opened"])
    op.create_table(
        "profiles",
        sa.Column("hash", sa.String(64), primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("document", sa.Text, nullable=False),
        sa.Column("added", sa.String(40), nullable=False),
    )


def _make_runs() -> None:
    op.create_table(
        "runs",
        sa.Column("number", _NUMBER, primary_key=True, autoincrement=True),
        sa.Column("id", sa.String(64), nullable=False, unique=True),
        sa.Column(
            "fingerprint", sa.String(128), sa.ForeignKey("titles.fingerprint"), nullable=False
        ),
        sa.Column("detectors", sa.Text, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("started", sa.String(40), nullable=False),
        sa.Column("finished", sa.String(40)),
        sa.Column("span_start", sa.BigInteger),
        sa.Column("span_end", sa.BigInteger),
        sa.Column("span_base", sa.String(48)),
        sa.Column("done_s", sa.Double, nullable=False),
        sa.Column("error", sa.Text, nullable=False),
        sa.Column("weights", sa.Text, nullable=False),
        sa.Column("settings", sa.Text, nullable=False),
        sa.Column("worker", sa.Text, nullable=False),
        sa.Column("heartbeat", sa.String(40), nullable=False),
        sa.Column("profile", sa.String(64), sa.ForeignKey("profiles.hash")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_runs_fingerprint", "runs", ["fingerprint"])


def _make_tracks_and_findings() -> None:
    op.create_table(
        "tracks",
        sa.Column("number", _NUMBER, primary_key=True, autoincrement=True),
        sa.Column(
            "run", sa.String(64), sa.ForeignKey("runs.id", ondelete="CASCADE"), nullable=False
        ),
        sa.Column("detector", sa.String(64), nullable=False),
        sa.Column("stream", sa.Integer, nullable=False),
        sa.Column("base", sa.String(48), nullable=False),
        sa.Column("rows", sa.Integer, nullable=False),
        sa.Column("first_pts", sa.BigInteger, nullable=False),
        sa.Column("end_pts", sa.BigInteger, nullable=False),
        sa.Column("metrics", sa.Text, nullable=False),
        sa.Column("data", sa.LargeBinary, nullable=False),
        sa.Column("checksum", sa.String(64), nullable=False),
    )
    op.create_index("ix_tracks_run_detector_stream", "tracks", ["run", "detector", "stream"])
    op.create_table(
        "findings",
        sa.Column("number", _NUMBER, primary_key=True, autoincrement=True),
        sa.Column(
            "run", sa.String(64), sa.ForeignKey("runs.id", ondelete="CASCADE"), nullable=False
        ),
        sa.Column("profile", sa.String(64), sa.ForeignKey("profiles.hash"), nullable=False),
        sa.Column("decided_by", sa.String(64), nullable=False),
        sa.Column("detector", sa.String(64), nullable=False),
        sa.Column("defect", sa.String(64), nullable=False),
        sa.Column("stream", sa.Integer, nullable=False),
        sa.Column("span_start", sa.BigInteger, nullable=False),
        sa.Column("span_end", sa.BigInteger, nullable=False),
        sa.Column("span_base", sa.String(48), nullable=False),
        sa.Column("score", sa.Double, nullable=False),
        sa.Column("severity", sa.String(16), nullable=False),
        sa.Column("evidence", sa.Text, nullable=False),
        sa.Column("weights", sa.String(64), nullable=False),
    )
    op.create_index("ix_findings_run_profile", "findings", ["run", "profile"])


def _make_verdicts() -> None:
    op.create_table(
        "reviewers",
        sa.Column("name", sa.String(200), primary_key=True),
        sa.Column("added", sa.String(40), nullable=False),
    )
    op.create_table(
        "verdicts",
        sa.Column("seq", _NUMBER, primary_key=True, autoincrement=True),
        sa.Column("id", sa.String(64), nullable=False, unique=True),
        sa.Column("subject", sa.String(64), nullable=False),
        sa.Column("fingerprint", sa.String(128), nullable=False),
        sa.Column("stream", sa.Integer, nullable=False),
        sa.Column("defect", sa.String(64), nullable=False),
        sa.Column("detector", sa.String(64), nullable=False),
        sa.Column("span_start", sa.BigInteger, nullable=False),
        sa.Column("span_end", sa.BigInteger, nullable=False),
        sa.Column("span_base", sa.String(48), nullable=False),
        sa.Column("decision", sa.String(16), nullable=False),
        sa.Column("reviewer", sa.String(200), sa.ForeignKey("reviewers.name"), nullable=False),
        sa.Column("reason", sa.String(32)),
        sa.Column("disposition", sa.String(32)),
        sa.Column("severity", sa.String(16)),
        sa.Column("comment", sa.Text, nullable=False),
        sa.Column("undoes", sa.String(64), nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_verdicts_subject", "verdicts", ["subject"])
    op.create_index("ix_verdicts_fingerprint_seq", "verdicts", ["fingerprint", "seq"])
