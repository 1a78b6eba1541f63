"""Keys pressed on a real X server, from outside the program that gets them.

Nothing of Qt or of the product is involved: XTEST is what a keyboard is to the server. Only X11's
client libraries are needed, which are loaded by name.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_REVERT_TO_PARENT = 2
_IS_VIEWABLE = 2
_ANY_TYPE = 0

# XWindowAttributes of 64-bit machines: how long it is at most, and where `map_state` stands in it.
_ATTRIBUTES_BYTES = 256
_MAP_STATE_AT = 92


def lacking() -> list[str]:
    """What this machine lacks for it."""
    libraries = {name: ctypes.util.find_library(name) for name in ("X11", "Xtst")}
    missing = [f"lib{name}" for name, found in libraries.items() if found is None]
    folders = [Path(folder) for folder in os.environ.get("PATH", "").split(os.pathsep)]
    if not any((folder / "Xvfb").exists() for folder in folders):
        missing.append("Xvfb")
    return missing


@contextmanager
def screen(size: str = "1440x900x24") -> Iterator[str]:
    """A display that nobody looks at; its name, as `:7`."""
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", size, "-nolisten", "tcp", "-ac"]
    server = subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL)
    os.close(writing)
    try:
        with os.fdopen(reading) as answer:
            yield ":" + answer.readline().strip()
    finally:
        server.terminate()
        server.wait()


class Keyboard:
    """Finds windows of a display by their title, and presses keys in them.

    Args:
        display: Its name.
    """

    def __init__(self, display: str) -> None:
        self._x = ctypes.CDLL(ctypes.util.find_library("X11"))
        self._test = ctypes.CDLL(ctypes.util.find_library("Xtst"))
        self._x.XOpenDisplay.restype = ctypes.c_void_p
        self._x.XDefaultRootWindow.restype = ctypes.c_ulong
        self._x.XStringToKeysym.restype = ctypes.c_ulong
        self._x.XInternAtom.restype = ctypes.c_ulong
        opened = self._x.XOpenDisplay(display.encode())
        assert opened, f"no display {display}"
        self._display = ctypes.c_void_p(opened)

    def close(self) -> None:
        """Leave the display."""
        self._x.XCloseDisplay(self._display)

    def windows(self) -> dict[str, int]:
        """Visible windows at the top, by title."""
        root = ctypes.c_ulong(self._x.XDefaultRootWindow(self._display))
        ignored, count = ctypes.c_ulong(), ctypes.c_uint()
        children = ctypes.POINTER(ctypes.c_ulong)()
        self._x.XQueryTree(
            self._display,
            root,
            ctypes.byref(ignored),
            ctypes.byref(ignored),
            ctypes.byref(children),
            ctypes.byref(count),
        )
        found = {}
        for window in children[: count.value]:
            title = self._title(int(window))
            if title and self._is_seen(int(window)):
                found[title] = int(window)
        return found

    def _title(self, window: int) -> str:
        """A window's title; the older property of that name cannot hold a dash."""
        kind, bits = ctypes.c_ulong(), ctypes.c_int()
        count, more = ctypes.c_ulong(), ctypes.c_ulong()
        value = ctypes.POINTER(ctypes.c_ubyte)()
        self._x.XGetWindowProperty(
            self._display,
            ctypes.c_ulong(window),
            ctypes.c_ulong(self._x.XInternAtom(self._display, b"_NET_WM_NAME", 0)),
            *(ctypes.c_long(0), ctypes.c_long(1024), 0, ctypes.c_ulong(_ANY_TYPE)),
            *(ctypes.byref(kind), ctypes.byref(bits), ctypes.byref(count), ctypes.byref(more)),
            ctypes.byref(value),
        )
        if not value:
            return ""
        title = bytes(value[: count.value]).decode("utf-8", "replace")
        self._x.XFree(value)
        return title

    def _is_seen(self, window: int) -> bool:
        """Whether a window is on the screen; Qt has others that only carry messages."""
        attributes = ctypes.create_string_buffer(_ATTRIBUTES_BYTES)
        self._x.XGetWindowAttributes(self._display, ctypes.c_ulong(window), attributes)
        state = ctypes.c_int.from_buffer(attributes, _MAP_STATE_AT)
        return state.value == _IS_VIEWABLE

    def press(self, window: int, *names: str) -> None:
        """Press keys together in a window, the first of them longest.

        Args:
            window: As `windows` gives it.
            names: X's names of keys, as `Control_L`, `q`.
        """
        self._x.XSetInputFocus(
            self._display, ctypes.c_ulong(window), _REVERT_TO_PARENT, ctypes.c_ulong(0)
        )
        self._x.XSync(self._display, 0)
        codes = [
            self._x.XKeysymToKeycode(
                self._display, ctypes.c_ulong(self._x.XStringToKeysym(name.encode()))
            )
            for name in names
        ]
        for code, down in [*((c, 1) for c in codes), *((c, 0) for c in reversed(codes))]:
            self._test.XTestFakeKeyEvent(self._display, code, down, ctypes.c_ulong(0))
        self._x.XSync(self._display, 0)
