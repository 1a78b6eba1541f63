"""The queue of flags: its model, its filters and its table."""
