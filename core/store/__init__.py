"""The store: titles, runs, tracks, findings and verdicts, kept through SQLAlchemy."""
