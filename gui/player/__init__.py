"""The player: decoding, sound, clock, picture and transport controls."""
