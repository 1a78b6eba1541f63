"""Work on several things at once whose results are wanted one after the other."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


def in_order(
    pool: Executor, work: Callable[[Item], Result], items: Iterable[Item], ahead: int
) -> Iterator[Result]:
    """What `work` makes of each item, in the order of the items.

    Args:
        pool: Does the work.
        work: Called once for each item, in any order.
        items: Taken only as far as there is work ahead.
        ahead: How many results may be in the making, or wait to be taken.

    Raises:
        Exception: What `work` raised, in its place; what waits is not begun any more.
    """
    making: deque[Future[Result]] = deque()
    try:
        for item in items:
            making.append(pool.submit(work, item))
            if len(making) > ahead:
                yield making.popleft().result()
        while making:
            yield making.popleft().result()
    finally:
        for one in making:
            one.cancel()
