"""Choosing what to ask a person, for the desk."""

from __future__ import annotations

from core.jobs.progress import CancelToken, ProgressSink
from core.jobs.request import SelectRequest, SelectResult
from core.store import question
from core.store.store import Store


def select(request: SelectRequest, progress: ProgressSink, cancel: CancelToken) -> SelectResult:
    """Choose, and write down what was chosen.

    Raises:
        KnownError: Nothing is open, or the store cannot be read.
        CancelledError: `cancel` was raised.
    """
    # scikit-learn takes a second to import; a worker that only analyses does without.
    from core.learning.choice.choose import choose

    with Store.open(request.store_url, read_only=True, create=False) as store:
        asked = choose(
            store,
            request.detector,
            request.budget,
            request.seed,
            request.fingerprints,
            progress=progress,
            cancel=cancel,
        )
    question.keep(asked)
    return SelectResult(asked)
