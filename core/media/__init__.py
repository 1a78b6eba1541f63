"""Media files in and out: probing, exact-seek readers, the decode pass, captions and writers."""
