"""The tour: a few steps through the desk, each done by doing it."""
