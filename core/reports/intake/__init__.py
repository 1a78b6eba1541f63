"""Lists of flags that other programs wrote, read as findings: one file a format."""
