"""One module a released schema, in order."""
