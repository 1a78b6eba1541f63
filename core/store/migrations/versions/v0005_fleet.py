"""Batches with their tasks, and watched channels with what happened on them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "batches",
        sa.Column("number", _NUMBER, primary_key=True, autoincrement=True),
        sa.Column("id", sa.String(64), nullable=False, unique=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("document", sa.Text, nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
    )
    op.create_table(
        "tasks",
        sa.Column("number", _NUMBER, primary_key=True, autoincrement=True),
        sa.Column("id", sa.String(64), nullable=False, unique=True),
        sa.Column("batch", sa.String(64), sa.ForeignKey("batches.id"), nullable=False),
        sa.Column("path", sa.Text, nullable=False),
        sa.Column("fingerprint", sa.String(128), nullable=False),
        sa.Column("span_start", sa.BigInteger),
        sa.Column("span_end", sa.BigInteger),
        sa.Column("span_base", sa.String(48)),
        sa.Column("detectors", sa.Text, nullable=False),
        sa.Column("weights", sa.Text, nullable=False),
        sa.Column("priority", sa.Integer, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("worker", sa.Text, nullable=False),
        sa.Column("run", sa.Text, nullable=False),
        sa.Column("error", sa.Text, nullable=False),
        sa.Column("added", sa.String(40), nullable=False),
        sa.Column("started", sa.String(40)),
        sa.Column("finished", sa.String(40)),
        sa.Column("heartbeat", sa.String(40)),
    )
    op.create_index("ix_tasks_batch_state", "tasks", ["batch", "state", "priority"])
    op.create_table(
        "channels",
        sa.Column("number", _NUMBER, primary_key=True, autoincrement=True),
        sa.Column("id", sa.String(64), nullable=False, unique=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("document", sa.Text, nullable=False),
        sa.Column("started", sa.String(40), nullable=False),
        sa.Column("heartbeat", sa.String(40), nullable=False),
        sa.Column("worker", sa.Text, nullable=False),
    )
    op.create_table(
        "channel_events",
        sa.Column("number", _NUMBER, primary_key=True, autoincrement=True),
        sa.Column(
            "channel", sa.String(64), sa.ForeignKey("channels.id"), nullable=False, index=True
        ),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("kind", sa.String(24), nullable=False),
        sa.Column("start_s", sa.Double),
        sa.Column("end_s", sa.Double),
        sa.Column("sentence", sa.Text, nullable=False),
        sa.Column("defect", sa.String(64), nullable=False),
        sa.Column("severity", sa.String(16), nullable=False),
        sa.Column("fingerprint", sa.String(128), nullable=False),
        sa.Column("run", sa.String(64), nullable=False),
        sa.Column("clip", sa.Text, nullable=False),
    )
