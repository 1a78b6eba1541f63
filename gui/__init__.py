"""The desk: the screen of Onglass. Only this package imports Qt."""
