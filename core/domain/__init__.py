"""Values shared by every room: frozen, typed, without input or output."""
