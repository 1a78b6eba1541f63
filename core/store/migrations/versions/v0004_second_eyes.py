"""Spot checks, who is asked to look at what, and verdicts that settle a dispute."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the tables; no verdict so far settles a dispute."""
    op.add_column(
        "verdicts", sa.Column("settles", sa.Boolean, nullable=False, server_default=sa.false())
    )
    op.create_table(
        "spot_plans",
        sa.Column("number", _NUMBER, primary_key=True, autoincrement=True),
        sa.Column("id", sa.String(64), nullable=False, unique=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("by", sa.String(200), sa.ForeignKey("reviewers.name"), nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("clip_s", sa.Double, nullable=False),
        sa.Column("seed", sa.BigInteger, nullable=False),
        sa.Column("sizes", sa.Text, nullable=False),
    )
    op.create_table(
        "spot_clips",
        sa.Column(
            "plan",
            sa.String(64),
            sa.ForeignKey("spot_plans.id", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("place", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("fingerprint", sa.String(128), nullable=False),
        sa.Column("stratum", sa.Text, nullable=False),
        sa.Column("span_start", sa.BigInteger, nullable=False),
        sa.Column("span_end", sa.BigInteger, nullable=False),
        sa.Column("span_base", sa.String(48), nullable=False),
    )
    op.create_table(
        "spot_answers",
        sa.Column("number", _NUMBER, primary_key=True, autoincrement=True),
        sa.Column(
            "plan", sa.String(64), sa.ForeignKey("spot_plans.id"), nullable=False, index=True
        ),
        sa.Column("place", sa.Integer, nullable=False),
        sa.Column("reviewer", sa.String(200), sa.ForeignKey("reviewers.name"), nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("seen", sa.Text, nullable=False),
    )
    op.create_table(
        "assignments",
        sa.Column("number", _NUMBER, primary_key=True, autoincrement=True),
        sa.Column("fingerprint", sa.String(128), nullable=False, index=True),
        sa.Column("reviewer", sa.String(200), sa.ForeignKey("reviewers.name"), nullable=False),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("by", sa.String(200), sa.ForeignKey("reviewers.name"), nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
    )
