"""Titles, analyses, re-decisions and verdicts by several writers, mixed at random.

After every step the library must say of each title what a plain count over everything in the
store says, whoever wrote it and however often the library was asked in between.
"""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from dataclasses import replace
from pathlib import Path

from helpers.review_value import make_finding, make_title, make_verdict, span
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from sqlalchemy import text

from core.domain.defect import Severity
from core.domain.profile import DEFAULT_PROFILE
from core.domain.run import Run, RunState
from core.domain.summary import TitleQuery, TitleState
from core.domain.verdict import (
    Decision,
    RejectReason,
    Verdict,
    current_verdicts,
    restoration,
    withdrawal,
)
from core.review.flag import merge
from core.review.library import Library
from core.review.outside import imports_of, keep, take_out
from core.review.piece import layers
from core.store.check import check
from core.store.store import Store

_KEYS = ("a" * 64, "b" * 64)
_TITLE = st.sampled_from(_KEYS)
_PLACE = st.integers(0, 8)
_DETECTOR = st.sampled_from(["black", "freeze"])
_SEVERITY = st.sampled_from(list(Severity))
_FINDINGS = st.lists(st.tuples(_PLACE, _DETECTOR, _SEVERITY), max_size=6)
_PROFILES = (DEFAULT_PROFILE, replace(DEFAULT_PROFILE, name="strict", title="Strict"))


class LibraryMachine(RuleBasedStateMachine):
    """Two desks, one library, two titles."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.desks = [Store.open(self.folder / "s.db") for _ in range(2)]
        self.library = Library(Store.open(self.folder / "s.db"))
        self.store = self.desks[0]
        self.runs: list[Run] = []
        self.rows: list[Verdict] = []
        self.known: set[str] = set()
        self.opened: set[str] = set()
        self.number = 0

    # Everybody who writes

    @rule(key=_TITLE, opened=st.booleans(), name=st.sampled_from(["Reel 1.mov", "alt/ß.mov"]))
    def put(self, key: str, opened: bool, name: str) -> None:
        self.desks[1].titles.put(make_title(key, f"/media/{name}"), opened=opened)
        self.known.add(key)
        if opened:
            self.opened.add(key)

    @precondition(lambda self: self.known)
    @rule(data=st.data(), stretch=st.booleans())
    def start(self, data: st.DataObject, stretch: bool) -> None:
        key = data.draw(st.sampled_from(sorted(self.known)))
        part = span(2, 6) if stretch else None
        self.runs.append(self.store.runs.start(key, ("black", "freeze"), part))

    @precondition(lambda self: self.runs)
    @rule(data=st.data(), state=st.sampled_from(list(RunState)), done_s=st.sampled_from([0.0, 3.0]))
    def end(self, data: st.DataObject, state: RunState, done_s: float) -> None:
        run = data.draw(st.sampled_from(self.runs))
        self.store.runs.advance(run.id, done_s)
        self.desks[1].runs.finish(run.id, state, "It broke." if state is RunState.FAILED else "")

    @precondition(lambda self: self.runs)
    @rule(data=st.data(), places=_FINDINGS, profile=st.sampled_from(_PROFILES))
    def decide_anew(
        self, data: st.DataObject, places: list[tuple[int, str, Severity]], profile: object
    ) -> None:
        run = data.draw(st.sampled_from(self.runs))
        findings = [
            make_finding(at, at + 1, detector, severity=severity)
            for at, detector, severity in places
        ]
        self.store.findings.replace(run.id, profile, findings)  # type: ignore[arg-type]

    @precondition(lambda self: self.known)
    @rule(data=st.data(), at=_PLACE, out=st.booleans())
    def bring_in(self, data: st.DataObject, at: int, out: bool) -> None:
        key = data.draw(st.sampled_from(sorted(self.known)))
        known = imports_of(self.store, key)
        if out and known:
            take_out(self.desks[1], known[-1].id)
        else:
            self.number += 1
            claim = make_finding(at, at + 1, "freeze")
            keep(self.store, make_title(key), "list.edl", str(self.number), "Ada", [claim])

    @precondition(lambda self: self.runs)
    @rule(data=st.data())
    def remove(self, data: st.DataObject) -> None:
        run = data.draw(st.sampled_from(self.runs))
        self.runs.remove(run)
        statement = text("DELETE FROM runs WHERE id = :id")
        self.store.database.write(lambda c: c.execute(statement, {"id": run.id}))

    @rule(
        key=_TITLE,
        at=_PLACE,
        detector=_DETECTOR,
        decision=st.sampled_from([Decision.CONFIRM, Decision.REJECT, Decision.MISSED]),
        severity=st.none() | _SEVERITY,
        reviewer=st.sampled_from(["Ada", "Béla"]),
    )
    def judge(
        self,
        key: str,
        at: int,
        detector: str,
        decision: Decision,
        severity: Severity | None,
        reviewer: str,
    ) -> None:
        missed = decision is Decision.MISSED
        reason = RejectReason.FALSE_POSITIVE if decision is Decision.REJECT else None
        row = make_verdict(
            at,
            at + 1,
            decision,
            reviewer,
            "" if missed else detector,
            fingerprint=key,
            severity=severity,
            reason=reason,
        )
        self.desks[1].verdicts.append(row)
        self.rows.append(row)

    @precondition(lambda self: self.rows)
    @rule(data=st.data(), again=st.booleans())
    def undo(self, data: st.DataObject, again: bool) -> None:
        row = data.draw(st.sampled_from(self.rows))
        back = withdrawal(row)
        rows = (back, restoration(row, back)) if again else (back,)
        self.store.verdicts.append(*rows)

    @rule()
    def look(self) -> None:
        self.library.refresh()

    # What must hold

    @invariant()
    def the_library_says_what_a_recount_says(self) -> None:
        assert self.library.refresh() == 0
        assert set(self.library.keys(TitleQuery())) == self.known
        lines = self.library.lines(sorted(self.known))
        for key in self.known:
            self.hold(key, lines[key])

    def hold(self, key: str, line: object) -> None:
        shown = self.newest(key)
        findings = self.overlaid(shown) if shown is not None else ()
        outside = (f for one in imports_of(self.store, key) for f in one.findings)
        findings = (*findings, *outside)
        current = current_verdicts(self.store.verdicts.of(key))
        flags = merge(findings, current, "nobody")
        defects = Counter(flag.defect for flag in flags)
        open_ones = Counter(flag.defect for flag in flags if not flag.others)
        told = (line.flags, line.undecided, line.reviewers, line.counted)  # type: ignore[attr-defined]
        people = ", ".join(sorted({verdict.reviewer for verdict in current}))
        assert told == (len(flags), sum(open_ones.values()), people, True)
        assert (line.opened is not None) == (key in self.opened)  # type: ignore[attr-defined]
        detail = self.library.detail(key)
        assert detail is not None
        assert detail.defects == {d: (n, open_ones[d]) for d, n in defects.items()}
        for defect in ("black", "freeze"):
            found = self.library.keys(TitleQuery(defects=frozenset({defect})))
            assert (key in found) == (defect in defects)
        for person in ("Ada", "Béla"):
            found = self.library.keys(TitleQuery(reviewers=frozenset({person})))
            assert (key in found) == (person in people)
        self.hold_state(line, shown, len(flags), sum(open_ones.values()))

    def hold_state(self, line: object, shown: Run | None, flags: int, undecided: int) -> None:
        state: TitleState = line.state  # type: ignore[attr-defined]
        if shown is None:
            assert state in (TitleState.NOT_ANALYSED, TitleState.FAILED)
        elif shown.span is not None or shown.state is not RunState.DONE:
            assert state is TitleState.PARTLY
        elif not flags:
            assert state is TitleState.NO_FLAGS
        else:
            by_open = {0: TitleState.REVIEWED, flags: TitleState.TO_REVIEW}
            assert state is by_open.get(undecided, TitleState.IN_REVIEW)

    def newest(self, key: str) -> Run | None:
        runs = self.store.runs.of(key)
        for run in reversed(runs):
            if run.state is RunState.DONE and run.span is None:
                return run
        some = [r for r in runs if r.state is not RunState.FAILED or r.done_s > 0]
        return some[-1] if some else None

    def overlaid(self, run: Run) -> tuple:  # type: ignore[type-arg]
        """Findings of the run below, cut out and filled in by each stretch after it."""
        below, *later = layers(self.store, run)
        found = list(self.store.findings.of(below.id))
        for piece in later:
            assert piece.span is not None
            if self.store.findings.profile_of(piece.id) is not None:
                outside = [f for f in found if f.span.iou(piece.span) == 0]
                found = [*outside, *self.store.findings.of(piece.id)]
        return tuple(found)

    def teardown(self) -> None:
        assert check(self.store).ok
        for store in self.desks:
            store.close()
        self.library._store.close()
        shutil.rmtree(self.folder)


LibraryMachine.TestCase.settings = settings(max_examples=8, stateful_step_count=20, deadline=None)
TestLibraryMachine = LibraryMachine.TestCase
