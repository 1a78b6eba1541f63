"""Progress of what takes minutes, on a console or in a log."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.progress import BarColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.progress import Progress as ProgressBars

from core.cli.output import progress_console

_LINE_EVERY_S = 60.0


@contextmanager
def told() -> Iterator[Callable[[float, str], None]]:
    """Progress as a bar; where nobody sees it move, a line a minute."""
    console = progress_console()
    if not console.is_terminal:
        last = time.monotonic() - _LINE_EVERY_S

        def say(share: float, what: str) -> None:
            nonlocal last
            if time.monotonic() - last >= _LINE_EVERY_S:
                last = time.monotonic()
                console.print(f"{share:4.0%} {what}", soft_wrap=True, highlight=False)

        yield say
        return
    bars = ProgressBars(
        BarColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.description}"),
        console=console,
        transient=True,
    )
    with bars:
        task = bars.add_task("", total=1.0)
        yield lambda share, what: bars.update(task, completed=share, description=what)
