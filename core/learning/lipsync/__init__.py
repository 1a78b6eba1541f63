"""How lip sync learns from a minute of talking faces, and how well."""
