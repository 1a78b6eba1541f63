"""The workspace for masks: what is where in each frame, drawn with few clicks."""
