"""Tracks carry maps of where in the picture, and are found by where they begin."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns of maps, which stay empty in tracks that have none."""
    op.add_column("tracks", sa.Column("map_rows", sa.Integer))
    op.add_column("tracks", sa.Column("map_columns", sa.Integer))
    op.add_column("tracks", sa.Column("maps", sa.LargeBinary))
    op.add_column("tracks", sa.Column("maps_checksum", sa.String(64)))
    op.drop_index("ix_tracks_run_detector_stream", "tracks")
    op.create_index("ix_tracks_place", "tracks", ["run", "detector", "stream", "first_pts"])
