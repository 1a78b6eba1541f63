"""What stands beside the desk's main job: it may be busy, and it has something to let go."""

from __future__ import annotations

from typing import Protocol


class Wing(Protocol):
    """One such part; the desk asks all of them whether they are idle, and closes them."""

    @property
    def idle(self) -> bool:
        """Whether nothing is being read or computed."""

    def close(self) -> None:
        """End threads and let go of files; calling it again changes nothing."""
