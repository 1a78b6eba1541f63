"""Everything Onglass knows and does, without a screen. Nothing below imports Qt."""
