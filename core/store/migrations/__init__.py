"""Alembic scripts that bring a store to the current schema."""
