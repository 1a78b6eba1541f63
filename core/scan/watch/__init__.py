"""The watch folder: waits for files, has them analysed, puts them where they belong."""
