"""Starts the desk."""

from __future__ import annotations

import gc
import importlib
from collections.abc import Sequence


def start_desk(arguments: Sequence[str]) -> int:
    """Open the desk and wait until it is closed.

    Args:
        arguments: As `gui.app.main` takes them.

    Returns:
        Exit status.
    """
    # What is loaded stays: looking through it for garbage takes a tenth of the time to the window.
    # The desk turns it on again before it waits for people.
    gc.disable()
    try:
        # Loaded by name: nothing under core knows Qt, and no other command should wait for it.
        desk = importlib.import_module("gui.app")
        status: int = desk.main(list(arguments))
    finally:
        gc.enable()
    return status
