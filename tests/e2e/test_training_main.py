"""Verdicts make the detector better, and the way back works: through the real `main()` and worker.

A library with an effect that the network takes for damage, and with real damage. The flags of the
effect are rejected, the network is trained again, the effect is left alone then, the damage is
still found, and a roll-back brings everything back.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from helpers.desk_walk import Steps, walk
from helpers.effect_library import DAMAGED, DETECTOR, make_library
from helpers.small_learner import small_worker

from core.domain.verdict import Decision, Disposition, RejectReason
from core.store.store import Store
from gui.desk.desk import Desk
from gui.training.window import TrainingWindow
from gui.verdict.choice import Choice

PATIENCE_S = 2400.0


@pytest.fixture
def library(tmp_path: Path) -> tuple[list[Path], list[Path], str]:
    return make_library(tmp_path)


def raised(url: str, names: list[Path]) -> int:
    """How many flags the newest analyses of some titles have."""
    with Store.open(url) as store:
        found = 0
        for title in store.titles.all():
            run = store.runs.latest_done(title.fingerprint)
            if title.path in names and run is not None:
                found += len(store.findings.of(run.id))
        return found


def window_of(desk: Desk) -> TrainingWindow:
    window = desk.training.window
    assert window is not None
    return window


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_rejected_flags_go_recall_stays_and_a_roll_back_brings_all_back(
    library: tuple[list[Path], list[Path], str], qapp: object
) -> None:
    treated, damaged, url = library
    false, true = raised(url, treated), raised(url, damaged)
    assert false >= 10
    assert true >= DAMAGED
    left: list[int] = []

    def decide(desk: Desk, path: Path, confirm: bool) -> Steps:
        desk.open_path(path)
        yield lambda: desk.idle and desk.title is not None and desk.title.path == path
        yield lambda: desk.idle and bool(desk.snapshot.flags)
        flags = desk.snapshot.flags
        choice = (
            Choice(flags[0], Decision.CONFIRM, disposition=Disposition.FIX)
            if confirm
            else Choice(flags[0], Decision.REJECT, reason=RejectReason.FALSE_POSITIVE)
        )
        desk.review.choose_many(flags, choice)
        yield lambda: desk.idle and all(flag.decided for flag in desk.snapshot.flags)

    def analysed_again(desk: Desk) -> Steps:
        window_of(desk).history.again.click()
        yield lambda: desk.training.again.progress == (0, 0) and desk.idle
        left.append(raised(url, treated))
        left.append(raised(url, damaged))

    def visit(desk: Desk) -> Steps:
        desk.selection.autoplay = False
        for path in treated:
            yield from decide(desk, path, confirm=False)
        for path in damaged:
            yield from decide(desk, path, confirm=True)
        desk.actions["learning.train"].trigger()
        yield lambda: desk.idle and window_of(desk).detector == DETECTOR
        window = window_of(desk)
        window.progress.train.click()
        yield (
            lambda: (
                desk.training.jobs.training == "" and desk.idle and window.gate.accept.isEnabled()
            )
        )
        assert window.progress.loss.hint == ""
        window.gate.accept.click()
        yield lambda: desk.idle and window.history.back.isEnabled()
        yield from analysed_again(desk)
        window.history.back.click()
        box = desk.training.question
        assert box is not None
        box.buttons()[0].click()
        yield lambda: desk.idle and not window.history.back.isEnabled()
        yield from analysed_again(desk)

    walk(["--store", url, "--profile", "only"], visit, PATIENCE_S, small_worker)
    assert left[0] <= false // 4, f"of {false} rejected flags {left[0]} are still raised"
    assert left[1] >= true, f"of {true} confirmed flags {left[1]} are left"
    assert left[2:] == [false, true]
