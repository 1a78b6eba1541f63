"""Masks over video: projects, and the layers of their frames."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

_SQLITE_TRIGGERS = (
    """CREATE TRIGGER mask_layers_refuse_update BEFORE UPDATE ON mask_layers
    BEGIN SELECT RAISE(ABORT, 'masks are append-only'); END""",
    """CREATE TRIGGER mask_layers_refuse_delete BEFORE DELETE ON mask_layers
    WHEN OLD.origin <> 'prediction'
    BEGIN SELECT RAISE(ABORT, 'masks are append-only'); END""",
    # INSERT OR REPLACE deletes without firing the trigger above.
    """CREATE TRIGGER mask_layers_refuse_replace BEFORE INSERT ON mask_layers
    WHEN EXISTS (SELECT 1 FROM mask_layers WHERE id = NEW.id OR number = NEW.number)
    BEGIN SELECT RAISE(ABORT, 'masks are append-only'); END""",
)

_POSTGRESQL_TRIGGERS = (
    """CREATE FUNCTION onglass_refuse_mask() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN
      IF TG_OP = 'DELETE' AND OLD.origin = 'prediction' THEN RETURN OLD; END IF;
      RAISE EXCEPTION 'masks are append-only';
    END $$""",
    """CREATE TRIGGER mask_layers_refuse_change BEFORE UPDATE OR DELETE ON mask_layers
    FOR EACH ROW EXECUTE FUNCTION onglass_refuse_mask()""",
    """CREATE TRIGGER mask_layers_refuse_truncate BEFORE TRUNCATE ON mask_layers
    FOR EACH STATEMENT EXECUTE FUNCTION onglass_refuse_mask()""",
)


def upgrade() -> None:
    """Add the tables, and what keeps people's masks from being changed."""
    op.create_table(
        "mask_projects",
        sa.Column("number", _NUMBER, primary_key=True, autoincrement=True),
        sa.Column("id", sa.String(64), nullable=False, unique=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("fingerprint", sa.String(128), nullable=False, index=True),
        sa.Column("stream", sa.Integer, nullable=False),
        sa.Column("base", sa.String(48), nullable=False),
        sa.Column("width", sa.Integer, nullable=False),
        sa.Column("height", sa.Integer, nullable=False),
        sa.Column("classes", sa.Text, nullable=False),
        sa.Column("by", sa.String(200), sa.ForeignKey("reviewers.name"), nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
    )
    op.create_table(
        "mask_layers",
        sa.Column("number", _NUMBER, primary_key=True, autoincrement=True),
        sa.Column("id", sa.String(64), nullable=False, unique=True),
        sa.Column("project", sa.String(64), sa.ForeignKey("mask_projects.id"), nullable=False),
        sa.Column("pts", sa.BigInteger, nullable=False),
        sa.Column("origin", sa.String(16), nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("round", sa.Integer, nullable=False),
        sa.Column("complete", sa.Boolean, nullable=False),
        sa.Column("clicks", sa.Integer, nullable=False),
        sa.Column("seconds", sa.Double, nullable=False),
        sa.Column("undoes", sa.String(64), nullable=False),
        sa.Column("data", sa.LargeBinary, nullable=False),
        sa.Column("checksum", sa.String(64), nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_mask_layers_place", "mask_layers", ["project", "pts"])
    dialect = op.get_bind().dialect.name
    for statement in _SQLITE_TRIGGERS if dialect == "sqlite" else _POSTGRESQL_TRIGGERS:
        op.execute(statement)
