"""Teach sessions on screen: the flags that teach most, one key each."""
