"""Writes down every address that a Python process deals with; loaded by its start, from the path.

`ONGLASS_WATCH` names the file. What the process's own libraries open without Python shows in
`/proc`, which is looked into when the process ends.
"""

from __future__ import annotations

import atexit
import os
import re
import sys

_ASKED = ("socket.connect", "socket.bind", "socket.sendto", "socket.getaddrinfo", "urllib.Request")


def _write(line: str) -> None:
    with open(os.environ["ONGLASS_WATCH"], "a", encoding="utf-8") as file:
        file.write(f"{line}\n")


def _heard(event: str, arguments: tuple[object, ...]) -> None:
    if event in _ASKED:
        place = arguments[-1] if event != "socket.getaddrinfo" else arguments[0]
        kind = (
            "local" if isinstance(place, str | bytes) and event != "socket.getaddrinfo" else "NET"
        )
        _write(f"{kind} {event} {place!r}")


def _look() -> None:
    """Say which sockets of the network this process still holds, whoever opened them."""
    _write(f"ended {' '.join(sys.orig_argv[1:3])}")
    try:
        links = [os.readlink(f"/proc/self/fd/{name}") for name in os.listdir("/proc/self/fd")]
    except OSError:
        return
    held = {match[1] for link in links if (match := re.fullmatch(r"socket:\[(\d+)\]", link))}
    for table in ("tcp", "tcp6", "udp", "udp6", "raw", "raw6"):
        with open(f"/proc/self/net/{table}", encoding="ascii") as rows:
            for row in list(rows)[1:]:
                if row.split()[9] in held:
                    _write(f"NET {table} {row.strip()}")


if "ONGLASS_WATCH" in os.environ:
    sys.addaudithook(_heard)
    atexit.register(_look)
