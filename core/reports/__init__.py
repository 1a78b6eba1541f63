"""Reports and exchange: what was found and decided about one title, one file a format."""
