"""The use cases of reviewing: the session, its flags, their order, undo and re-scoring."""
