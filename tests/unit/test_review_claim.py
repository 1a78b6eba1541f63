"""Flags of an analysis that still runs do not come and go under the reviewer's hand."""

from __future__ import annotations

from pathlib import Path

from helpers.review_value import FINGERPRINT, decide_above, make_finding, make_title, make_track
from hypothesis import given
from hypothesis import strategies as st

from core.domain.profile import DEFAULT_PROFILE
from core.domain.run import RunState
from core.review.claim import settled
from core.review.session import ReviewSession
from core.store.store import Store

TRACK = make_track(0, 1500)
EDGE_S = float(TRACK.ends_s[-1])


def test_short_flag_at_the_edge_of_what_is_measured_waits() -> None:
    assert settled([make_finding(EDGE_S - 0.5, EDGE_S)], [TRACK]) == ()


def test_short_flag_with_a_while_measured_behind_it_shows() -> None:
    finding = make_finding(EDGE_S - 4.0, EDGE_S - 3.0)
    assert settled([finding], [TRACK]) == (finding,)


def test_long_flag_shows_while_it_lasts() -> None:
    finding = make_finding(EDGE_S - 8.0, EDGE_S)
    assert settled([finding], [TRACK]) == (finding,)


def test_flag_without_a_track_of_its_own_shows() -> None:
    finding = make_finding(EDGE_S - 0.5, EDGE_S, detector="av_length")
    assert settled([finding], [TRACK]) == (finding,)


@given(st.lists(st.tuples(st.floats(0, 59), st.floats(0.04, 9)), max_size=12))
def test_what_waits_is_short_and_at_the_edge(spans: list[tuple[float, float]]) -> None:
    findings = [make_finding(start, min(start + length, EDGE_S)) for start, length in spans]
    shown = settled(findings, [TRACK])
    waiting = [finding for finding in findings if finding not in shown]
    assert all(f.span.duration_s < 5.0 and f.span.end_s > EDGE_S - 2.5 for f in waiting)


def test_session_shows_all_once_the_analysis_is_done(tmp_path: Path) -> None:
    with Store.open(tmp_path / "s.db") as store:
        store.titles.put(make_title())
        run = store.runs.start(FINGERPRINT, ("black",))
        whole = decide_above([TRACK], DEFAULT_PROFILE, {})
        edge = int(TRACK.pts.searchsorted(whole[-1].span.end))
        store.tracks.append(run.id, TRACK.piece(0, edge), done_s=60.0)
        session = ReviewSession(store, make_title(), "Ada", decide=decide_above)
        session.load_run(run.id)
        assert [flag.finding for flag in session.flags] == list(whole[:-1])
        store.runs.finish(run.id, RunState.DONE)
        session.load_run(run.id)
        assert [flag.finding for flag in session.flags] == list(whole)
