"""Writes verdicts as fast as it can and prints each one's id once the store has it."""

from __future__ import annotations

import sys

from helpers.review_value import make_verdict

from core.store.store import Store


def main() -> None:
    """Write as many verdicts as the second argument says into the store in the first."""
    with Store.open(sys.argv[1]) as store:
        for number in range(int(sys.argv[2])):
            verdict = make_verdict(number, number + 1, comment="x" * (number % 50))
            store.verdicts.append(verdict)
            print(verdict.id, flush=True)


if __name__ == "__main__":
    main()
