"""The `onglass` command: one file a command."""
