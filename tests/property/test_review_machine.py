"""Decisions, undo, redo, moved thresholds, restarts and kills, mixed at random.

The model keeps, for each subject, what was said last; the store and the flags must agree with it
after every step: no verdict lost, none doubled.
"""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from pathlib import Path

import pytest
from helpers.review_value import FINGERPRINT, decide_above, make_title, make_track, span
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from sqlalchemy import event

from core.domain.errors import KnownError
from core.domain.profile import DEFAULT_PROFILE
from core.domain.run import RunState
from core.domain.verdict import Decision, RejectReason, Verdict, current_verdicts
from core.review.session import ReviewSession
from core.store.check import check
from core.store.store import Store

Said = tuple[Decision, str] | None

_DECISIONS = st.sampled_from([Decision.CONFIRM, Decision.REJECT, Decision.UNSURE])
_LINES = st.sampled_from([-0.9, -0.5, 0.0, 0.3, 0.5, 0.7, 0.9, 0.99, 2.0])


def said(row: Verdict) -> Said:
    return None if row.decision is Decision.WITHDRAWN else (row.decision, row.comment)


class ReviewMachine(RuleBasedStateMachine):
    """One reviewer whose undo is tried, another who interferes, two detectors, one store."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.store = Store.open(self.folder / "s.db")
        self.store.titles.put(make_title())
        run = self.store.runs.start(FINGERPRINT, ("black", "freeze"))
        self.store.tracks.append(run.id, make_track(0, 400), make_track(900, 400, "freeze"))
        self.store.runs.finish(run.id, RunState.DONE)
        self.run_id = run.id
        self.profile = DEFAULT_PROFILE
        self.now: dict[str, Said] = {}
        self.done: list[dict[str, tuple[Said, Said]]] = []
        self.undone: list[dict[str, tuple[Said, Said]]] = []
        self.rows = 0
        self.number = 0
        self.open_session()

    def kill(self) -> None:
        """Go on with what the disk holds at this moment, the log unmerged, as after a kill."""
        self.folder, former = Path(tempfile.mkdtemp()), self.folder
        for name in ("s.db", "s.db-wal"):
            if (former / name).exists():
                shutil.copyfile(former / name, self.folder / name)
        self.store.close()
        shutil.rmtree(former)

    def open_session(self) -> None:
        self.session = ReviewSession(
            self.store, make_title(), "Ada", self.profile, decide=decide_above
        )
        self.session.load_run(self.run_id)

    def comment(self) -> str:
        self.number += 1
        return f"#{self.number}"

    def record(self, rows: tuple[Verdict, ...]) -> None:
        step = {row.subject: (self.now.get(row.subject), said(row)) for row in rows}
        assert len(step) == len(rows)
        self.now.update((subject, after) for subject, (_, after) in step.items())
        self.rows += len(rows)
        self.done.append(step)
        self.undone.clear()

    @precondition(lambda self: self.session.flags)
    @rule(data=st.data(), decision=_DECISIONS, many=st.booleans())
    def decide(self, data: st.DataObject, decision: Decision, many: bool) -> None:
        flags = self.session.flags
        first = data.draw(st.integers(0, len(flags) - 1))
        chosen = flags[first : first + 3] if many else flags[first : first + 1]
        reason = RejectReason.FALSE_POSITIVE if decision is Decision.REJECT else None
        rows = self.session.decide_many(chosen, decision, reason=reason, comment=self.comment())
        assert len(rows) == len(chosen)
        for flag, row in zip(chosen, rows, strict=True):
            assert flag.verdict is None or flag.verdict.subject == row.subject
            shown = [f for f in self.session.flags if f.verdict == row]
            assert len(shown) == 1
            if flag.finding is not None or flag.verdict is not None:
                # What only others decided, and no finding claims, goes by their key until then.
                assert shown[0].key == flag.key
        self.record(rows)

    @precondition(lambda self: any(flag.decided for flag in self.session.flags))
    @rule(data=st.data())
    def withdraw(self, data: st.DataObject) -> None:
        decided = [flag for flag in self.session.flags if flag.decided]
        flag = data.draw(st.sampled_from(decided))
        self.record((self.session.decide(flag, Decision.WITHDRAWN),))

    @rule(start=st.integers(0, 20), length=st.integers(0, 5))
    def mark_missed(self, start: int, length: int) -> None:
        stretch = span(start, start + length)
        self.record((self.session.mark_missed("black", 0, stretch, comment=self.comment()),))

    @rule()
    def undo(self) -> None:
        row = self.session.undo()
        assert (row is None) == (not self.done)
        if self.done:
            step = self.done.pop()
            self.undone.append(step)
            self.rows += len(step)
            self.now.update((subject, before) for subject, (before, _) in step.items())

    @rule()
    def redo(self) -> None:
        row = self.session.redo()
        assert (row is None) == (not self.undone)
        if self.undone:
            step = self.undone.pop()
            self.done.append(step)
            self.rows += len(step)
            self.now.update((subject, after) for subject, (_, after) in step.items())

    @rule(line=_LINES, detector=st.sampled_from(["black", "freeze"]), keep=st.booleans())
    def move_threshold(self, line: float, detector: str, keep: bool) -> None:
        self.profile = self.profile.with_threshold(detector, "level", line)
        act = self.session.adopt if keep else self.session.rescore
        assert act(self.profile) == self.session.findings

    @precondition(lambda self: self.session.flags)
    @rule(data=st.data(), decision=_DECISIONS)
    def other_reviewer(self, data: st.DataObject, decision: Decision) -> None:
        other = ReviewSession(self.store, make_title(), "Béla", self.profile, decide=decide_above)
        other.load_run(self.run_id)
        flag = data.draw(st.sampled_from(other.flags))
        if flag.missed:
            return
        reason = RejectReason.FALSE_POSITIVE if decision is Decision.REJECT else None
        row = other.decide(flag, decision, reason=reason, comment=self.comment())
        self.now[row.subject] = said(row)
        self.rows += 1
        self.session.refresh()

    @rule(killed=st.booleans())
    def restart(self, killed: bool) -> None:
        if killed:
            self.kill()
        else:
            self.store.close()
        self.store = Store.open(self.folder / "s.db", create=False)
        self.open_session()

    @precondition(lambda self: self.session.flags)
    @rule(data=st.data())
    def killed_while_deciding(self, data: st.DataObject) -> None:
        """The rows of a batch are in the log or they are not; here the commit never came."""
        first = data.draw(st.integers(0, len(self.session.flags) - 1))

        def cut(_connection: object) -> None:
            raise KnownError("The power went.")

        event.listen(self.store.database.engine, "commit", cut)
        with pytest.raises(KnownError, match="power"):
            self.session.decide_many(self.session.flags[first : first + 3], Decision.UNSURE)
        event.remove(self.store.database.engine, "commit", cut)
        self.restart(killed=True)

    @invariant()
    def nothing_is_lost_and_nothing_doubled(self) -> None:
        rows = self.store.verdicts.of(FINGERPRINT)
        assert len(rows) == self.rows
        current = current_verdicts(rows)
        expected = {subject: what for subject, what in self.now.items() if what is not None}
        assert {row.subject: said(row) for row in current} == expected
        shown = [v for f in self.session.flags for v in (f.verdict, *f.others) if v is not None]
        assert Counter(v.id for v in shown) == Counter(v.id for v in current)

    @invariant()
    def every_finding_is_shown_once(self) -> None:
        shown = [flag.finding for flag in self.session.flags if flag.finding is not None]
        assert Counter(f.id for f in shown) == Counter(f.id for f in self.session.findings)
        assert len({flag.key for flag in self.session.flags}) == len(self.session.flags)

    @invariant()
    def attached_verdicts_match_their_findings(self) -> None:
        for flag in self.session.flags:
            assert flag.finding is not None or flag.verdict is not None or flag.others
            if flag.finding is not None and flag.verdict is not None:
                assert flag.verdict.matches(flag.finding)

    @invariant()
    def undo_and_redo_reach_as_far_as_the_reviewer_ever_went(self) -> None:
        assert self.session.can_undo == bool(self.done)
        assert self.session.can_redo == bool(self.undone)

    def teardown(self) -> None:
        assert check(self.store).ok
        self.store.close()
        shutil.rmtree(self.folder)


TestReviewMachine = ReviewMachine.TestCase
TestReviewMachine.settings = settings(max_examples=20, stateful_step_count=30, deadline=None)
