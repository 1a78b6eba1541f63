"""What there is to learn from, what changes, and when a training is offered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from helpers.desk_fake import make_finding, make_title
from helpers.learner_fake import CANDIDATE, PARENT, write_card

from core.catalog.profile_file import load_profile
from core.domain.errors import KnownError
from core.domain.finding import Finding
from core.domain.finding_pair import changes_of, pair_findings
from core.domain.lineage import Change, Training, TrainingState, WeightsInUse
from core.domain.question import Question, QuestionSet
from core.domain.run import RunState
from core.domain.title import Title
from core.domain.track import Track
from core.domain.verdict import Decision, Disposition, RejectReason, Verdict
from core.review.judged import Answer, answer_of, answers_in, probability_of
from core.review.offer import Occasion, Wish, offered
from core.review.training import Counts, DetectorLine, TrainingRoom
from core.review.weights_line import weights_of
from core.store.lineage import LineageBook
from core.store.question import keep
from core.store.store import Store

NOW = datetime(2026, 11, 18, 12, tzinfo=UTC)  # A Wednesday.
DETECTOR = "block_corruption"


def verdict(
    of: Finding, title: Title, decision: Decision, who: str = "ann", **more: object
) -> Verdict:
    if decision is Decision.REJECT:
        more.setdefault("reason", RejectReason.FALSE_POSITIVE)
    return Verdict(
        title.fingerprint,
        of.stream,
        of.defect,
        of.detector,
        of.span,
        decision,
        who,
        **more,  # type: ignore[arg-type]
    )


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "s.db") as store:
        yield store


def analysed(store: Store, number: int, findings: list[Finding], level: float = 0.0) -> Title:
    """A title with a whole analysis."""
    title = replace(make_title(), fingerprint=f"{number:064x}", path=Path(f"/media/{number}.mov"))
    store.titles.put(title)
    run = store.runs.start(title.fingerprint, [DETECTOR], None, weights={DETECTOR: "1" * 64})
    pts = np.arange(0, 60_000, 500, dtype=np.int64)
    flat = np.full(len(pts), level, np.float32)
    names = ("probability", "area", "peak", "left_pct", "top_pct", "right_pct", "bottom_pct")
    base = title.video[0].base
    store.tracks.append(run.id, Track(DETECTOR, 0, base, pts, 60_000, dict.fromkeys(names, flat)))
    store.findings.replace(run.id, load_profile("default"), findings)
    store.runs.finish(run.id, RunState.DONE)
    return title


def test_people_of_one_mind_answer_and_others_leave_it_open() -> None:
    title, finding = make_title(), make_finding(1.0, detector=DETECTOR)
    yes = verdict(finding, title, Decision.CONFIRM, disposition=Disposition.FIX)
    no = verdict(finding, title, Decision.REJECT, "bob")
    meant = verdict(finding, title, Decision.CONFIRM, disposition=Disposition.CREATIVE_INTENT)
    twice = verdict(finding, title, Decision.REJECT, reason=RejectReason.DUPLICATE)
    assert answer_of([yes])[0] is Answer.CONFIRMED
    assert answer_of([no])[0] is Answer.REJECTED
    assert answer_of([meant])[0] is Answer.INTENT
    assert answer_of([twice])[0] is Answer.OPEN
    assert answer_of([verdict(finding, title, Decision.UNSURE)])[0] is Answer.OPEN
    assert answer_of([yes, no])[0] is Answer.OPEN
    assert answer_of([yes, no, replace(no, reviewer="cat", settles=True)])[0] is Answer.REJECTED
    assert answer_of([]) == (Answer.OPEN, None)


def test_what_counts_as_a_probability_is_said_by_the_metric() -> None:
    finding = make_finding(1.0, detector=DETECTOR, score=0.3)
    sure = replace(
        finding, evidence=replace(finding.evidence, metric="probability", peak_value=0.97)
    )
    assert probability_of(sure) == pytest.approx(0.97)
    by_area = replace(finding, evidence=replace(finding.evidence, metric="area", peak_value=40.0))
    assert probability_of(by_area) == pytest.approx(0.3)


def test_verdicts_are_counted_by_kind_and_since_the_last_training(store: Store) -> None:
    findings = [make_finding(5.0 * n, detector=DETECTOR) for n in range(6)]
    titles = [analysed(store, number, findings) for number in range(2)]
    one, other = titles
    store.verdicts.append(
        verdict(findings[0], one, Decision.CONFIRM, disposition=Disposition.FIX, at=NOW),
        verdict(findings[1], one, Decision.REJECT, at=NOW),
        verdict(findings[2], one, Decision.REJECT, at=NOW + timedelta(days=2)),
        verdict(findings[0], other, Decision.UNSURE, at=NOW),
        Verdict(
            other.fingerprint,
            0,
            DETECTOR,
            "",
            findings[5].span,
            Decision.MISSED,
            "ann",
            at=NOW + timedelta(days=2),
        ),
    )
    book = LineageBook()
    made = NOW + timedelta(days=1)
    book.save(Training("a1", DETECTOR, PARENT, "5" * 64, 0, TrainingState.PAUSED, made))
    line = TrainingRoom(store, book).overview()[0]
    assert line.detector == DETECTOR
    every = line.every
    assert (every.confirmed, every.rejected, every.missed, every.titles) == (1, 2, 1, 2)
    assert (line.fresh.confirmed, line.fresh.rejected, line.fresh.missed) == (0, 1, 1)
    (answers, _) = answers_in(store, DETECTOR)
    assert [one.answer for one in answers.judged if one.finding is not None].count(Answer.OPEN) == 3


def test_reliability_and_drift_come_from_what_is_stored(store: Store) -> None:
    findings = [make_finding(5.0 * n, detector=DETECTOR, score=0.8) for n in range(6)]
    titles = [
        analysed(store, number, findings, level=0.1 if number < 10 else 0.7) for number in range(20)
    ]
    for title in titles:
        rows = [
            verdict(f, title, Decision.CONFIRM if n < 3 else Decision.REJECT)
            for n, f in enumerate(findings)
        ]
        store.verdicts.append(*rows)
    found = TrainingRoom(store).calibration(DETECTOR)
    assert found.reliability.count == 120
    assert found.reliability.error == pytest.approx(0.3)
    assert found.metric == "probability"
    assert found.drift.titles == (10, 10)
    assert found.drift.distance == pytest.approx(1.0)
    assert found.drift.psi > 0.25


def test_a_fitted_curve_counts_until_other_weights_are_in_use(store: Store) -> None:
    findings = [make_finding(5.0 * n, detector=DETECTOR, score=0.8) for n in range(6)]
    title = analysed(store, 1, findings)
    store.verdicts.append(
        *(
            verdict(f, title, Decision.CONFIRM if n < 3 else Decision.REJECT)
            for n, f in enumerate(findings)
        )
    )
    book = LineageBook()
    room = TrainingRoom(store, book)
    assert room.calibration(DETECTOR).fitted.count == 0
    book.keep_calibration(DETECTOR, ((0.5, 0.3), (0.8, 0.5)))
    found = room.calibration(DETECTOR)
    assert (found.fitted.count, found.fitted.error) == (6, pytest.approx(0.0))
    assert found.reliability.error == pytest.approx(0.3)
    path = book.folder / "calibration" / f"{DETECTOR}.json"
    path.write_text(path.read_text("utf-8").replace('"weights": ""', f'"weights": "{"2" * 64}"'))
    assert room.calibration(DETECTOR).fitted.count == 0
    path.write_text("{")
    with pytest.raises(KnownError, match="damaged"):
        room.calibration(DETECTOR)


def test_answers_about_what_chance_drew_stand_for_all_once_there_are_enough(
    store: Store,
) -> None:
    findings = [make_finding(5.0 * n, detector=DETECTOR, score=0.8) for n in range(6)]
    title_of = [analysed(store, number, findings) for number in range(6)]
    asked = []
    for title in title_of:
        # Every other one is confirmed; of those, chance asked about half, of the others about all.
        rows = [
            verdict(f, title, Decision.REJECT if n % 2 else Decision.CONFIRM)
            for n, f in enumerate(findings)
        ]
        store.verdicts.append(*rows)
        for n, finding in enumerate(findings):
            if n in (1, 3, 5) or n == 0:
                chance = 1.0 if n % 2 else 1 / 3
                asked.append(
                    Question(
                        title.fingerprint, title.name, "r", finding, 0.5, "audit", "drawn", chance
                    )
                )
    keep(QuestionSet("q1", DETECTOR, NOW, 1, 36, 0, tuple(asked)))
    found = TrainingRoom(store).calibration(DETECTOR).reliability
    assert (found.count, found.weighted) == (24, True)
    assert found.bins[0].share == pytest.approx(0.5)


def test_what_becomes_of_findings_is_told_with_what_people_said() -> None:
    title = make_title()
    old = [make_finding(t, detector=DETECTOR) for t in (1.0, 10.0)]
    new = [make_finding(1.1, detector=DETECTOR), make_finding(20.0, detector=DETECTOR)]
    found = changes_of(title, pair_findings(old, new), [verdict(old[1], title, Decision.REJECT)])
    assert [(c.change, c.finding.span.start_s) for c in found] == [
        (Change.KEPT, 1.1),
        (Change.LOST, 10.0),
        (Change.GAINED, 20.0),
    ]
    assert found[1].decision is Decision.REJECT
    assert found[0].decision is found[2].decision is None


def test_other_thresholds_decide_again_from_stored_tracks(store: Store) -> None:
    analysed(store, 1, [], level=0.92)
    profile = load_profile("default")
    stricter = profile.with_threshold(DETECTOR, "probability", 0.95)
    found = TrainingRoom(store).rescored(DETECTOR, profile, stricter)
    assert (found.titles, found.count(Change.LOST), found.count(Change.KEPT)) == (1, 1, 0)
    again = TrainingRoom(store).rescored(DETECTOR, stricter, profile)
    assert again.count(Change.GAINED) == 1


def test_weights_are_listed_with_their_parents_and_the_one_in_use() -> None:
    write_card(CANDIDATE, "a1")
    made = Training(
        "a1", DETECTOR, PARENT, "5" * 64, 0, TrainingState.EXAMINED, NOW, candidate=CANDIDATE
    )
    before = weights_of(DETECTOR, [made], WeightsInUse())
    assert {line.name: line.in_use for line in before} == {PARENT: True, CANDIDATE: False}
    after = weights_of(DETECTOR, [made], WeightsInUse(1, {DETECTOR: CANDIDATE}))
    (line,) = [line for line in after if line.in_use]
    assert (line.name, line.parent, line.snapshot, line.at) == (CANDIDATE, PARENT, "5" * 64, NOW)
    gone = weights_of(DETECTOR, [made], WeightsInUse(1, {DETECTOR: "block_corruption.r9"}))
    assert [line.name for line in gone if line.in_use] == [PARENT]


def line_of(fresh: int, since: datetime | None = None, learns: bool = True) -> DetectorLine:
    return DetectorLine(DETECTOR, learns, Counts(), Counts(rejected=fresh), since)


def test_a_training_is_offered_after_so_many_verdicts_and_once_a_day() -> None:
    wish = Wish(Occasion.VERDICTS, verdicts=10)
    assert offered([line_of(9)], wish, NOW, None) is None
    assert offered([line_of(10)], wish, NOW, None) is not None
    assert offered([line_of(10)], wish, NOW, NOW - timedelta(hours=3)) is None
    assert offered([line_of(10)], wish, NOW, NOW - timedelta(days=2)) is not None
    assert offered([line_of(10, learns=False)], wish, NOW, None) is None
    assert offered([line_of(10)], Wish(Occasion.NEVER), NOW, None) is None


def test_a_weekly_offer_waits_for_its_hour_and_comes_once() -> None:
    wish = Wish(Occasion.WEEKLY, weekday=2, hour=20)
    evening = NOW.replace(hour=20)
    learned = NOW - timedelta(days=1)
    assert offered([line_of(3, learned)], wish, NOW, None) is None
    assert offered([line_of(3, learned)], wish, evening, None) is not None
    assert offered([line_of(3, learned)], wish, evening + timedelta(hours=1), evening) is None
    assert offered([line_of(3, learned)], wish, evening + timedelta(days=7), evening) is not None
    assert offered([line_of(0, learned)], wish, evening, None) is None
