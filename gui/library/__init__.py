"""The library on screen: titles in a table, folders, filters, runs of a title."""
