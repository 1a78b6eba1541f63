"""Entry of the worker process (`python -m core.worker`); started by `core.jobs.remote`."""

from __future__ import annotations

import sys

from core.jobs.remote import LOW
from core.worker.process import serve_desk
from core.worker.runner import run_request


def main() -> int:
    """Serve the desk that started this process.

    Returns:
        Exit status.
    """
    return serve_desk(run_request, low=LOW in sys.argv)


if __name__ == "__main__":
    sys.exit(main())
