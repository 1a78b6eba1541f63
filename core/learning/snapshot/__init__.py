"""Snapshots of verdicts: frozen, hashed training samples."""
