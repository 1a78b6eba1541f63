"""Snapshots: what each verdict becomes, files that show tampering, media that moved."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from helpers.review_value import make_finding, make_title, make_verdict

from core.domain.errors import KnownError
from core.domain.profile import DEFAULT_PROFILE
from core.domain.run import RunState
from core.domain.sample import GOLD_SHARE, Sample, SampleKind, Side, Snapshot, side_of
from core.domain.verdict import Decision, Disposition, RejectReason, Verdict, withdrawal
from core.learning.snapshot import claim
from core.learning.snapshot.file import folder, keep, kept, load, read
from core.learning.snapshot.media import finder, open_samples
from core.learning.snapshot.take import take
from core.media.probe import fingerprint
from core.store.store import Store

_REJECT = {"decision": Decision.REJECT, "reason": RejectReason.FALSE_POSITIVE}


@pytest.fixture(autouse=True)
def home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv("ONGLASS_HOME", str(tmp_path / "home"))
    return tmp_path


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "store.db") as opened:
        yield opened


def _one(store: Store, *verdicts: Verdict) -> Sample:
    snapshot = _snapshot(store, *verdicts)
    assert len(snapshot.samples) == 1
    return snapshot.samples[0]


def _snapshot(store: Store, *verdicts: Verdict) -> Snapshot:
    store.verdicts.append(*verdicts)
    return take(store, "black")


def _why(snapshot: Snapshot) -> list[str]:
    return [left.sentence for left in snapshot.left_out]


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        ({"decision": Decision.CONFIRM}, SampleKind.POSITIVE),
        ({"disposition": Disposition.BEST_POSSIBLE}, SampleKind.POSITIVE),
        ({"disposition": Disposition.CREATIVE_INTENT}, SampleKind.INTENT),
        (_REJECT, SampleKind.NEGATIVE),
        ({"decision": Decision.MISSED, "detector": "", "defect": "black"}, SampleKind.MISSED),
    ],
)
def test_a_verdict_becomes_a_sample_of_its_kind(
    store: Store, values: dict[str, object], kind: SampleKind
) -> None:
    verdict = make_verdict(2.0, 3.0, **values)  # type: ignore[arg-type]
    sample = _one(store, verdict)
    assert (sample.kind, sample.span, sample.verdicts) == (kind, verdict.span, (verdict.id,))
    assert (sample.detector, sample.defect, sample.stream) == ("black", "black", 0)


@pytest.mark.parametrize(
    "values",
    [
        {"decision": Decision.UNSURE},
        {"decision": Decision.REJECT, "reason": RejectReason.DUPLICATE},
        {"decision": Decision.REJECT, "reason": RejectReason.NOT_VISIBLE},
    ],
)
def test_what_teaches_nothing_is_left_out_and_said(store: Store, values: dict[str, object]) -> None:
    snapshot = _snapshot(store, make_verdict(**values))  # type: ignore[arg-type]
    assert snapshot.samples == ()
    assert len(_why(snapshot)) == 1


def test_undone_verdicts_and_those_of_other_detectors_are_not_there(store: Store) -> None:
    undone = make_verdict()
    snapshot = _snapshot(store, undone, withdrawal(undone), make_verdict(detector="freeze"))
    assert (snapshot.samples, snapshot.left_out) == ((), ())


def test_reviewers_who_agree_make_one_sample(store: Store) -> None:
    ada, bob = make_verdict(0, 4), make_verdict(0.2, 4, reviewer="Bob")
    assert _one(store, ada, bob).verdicts == tuple(sorted((ada.id, bob.id)))


def test_a_defect_that_one_missed_and_another_confirmed_is_one_sample(store: Store) -> None:
    missed = make_verdict(0, 4, Decision.MISSED, "Bob", "")
    assert _one(store, make_verdict(0, 4), missed).kind is SampleKind.POSITIVE


def test_a_conflict_is_left_out_until_somebody_settles_it(store: Store) -> None:
    ada, bob = make_verdict(), make_verdict(reviewer="Bob", **_REJECT)  # type: ignore[arg-type]
    disputed = _snapshot(store, ada, bob)
    assert (disputed.samples, _why(disputed)) == ((), [claim.DISPUTED])
    judge = make_verdict(reviewer="Cy", settles=True, **_REJECT)  # type: ignore[arg-type]
    settled = _snapshot(store, judge)
    assert settled.samples[0].kind is SampleKind.NEGATIVE
    assert set(settled.samples[0].verdicts) == {bob.id, judge.id}
    assert [(left.verdicts, left.sentence) for left in settled.left_out] == [
        ((ada.id,), claim.OVERRULED)
    ]


def test_what_one_reviewer_said_last_counts(store: Store) -> None:
    early = datetime(2026, 1, 1, tzinfo=UTC)
    first = make_verdict(at=early)
    then = make_verdict(0.1, 1, at=early.replace(month=2), **_REJECT)  # type: ignore[arg-type]
    snapshot = _snapshot(store, first, then)
    assert [s.kind for s in snapshot.samples] == [SampleKind.NEGATIVE]
    assert _why(snapshot) == [claim.REVISED]


def _analyse(store: Store, *findings: object, fingerprint_: str = "f" * 64) -> str:
    store.titles.put(make_title(fingerprint_))
    run = store.runs.start(fingerprint_, ["black"])
    store.findings.replace(run.id, DEFAULT_PROFILE, findings)  # type: ignore[arg-type]
    store.runs.finish(run.id, RunState.DONE)
    return run.id


def test_the_frame_that_shows_it_is_named_also_when_the_finding_is_gone(store: Store) -> None:
    finding = make_finding(2.0, 3.0)
    _analyse(store, finding)
    sample = _one(store, make_verdict(2.0, 3.0))
    assert sample.mask is not None
    assert (sample.mask.pts, sample.mask.region) == (2000, finding.evidence.region)
    _analyse(store)
    assert take(store, "black").samples[0].mask == sample.mask


def test_an_orphan_is_learned_from_without_any_analysis(store: Store) -> None:
    assert _one(store, make_verdict(2.0, 3.0)).mask is None


def test_the_same_state_gives_the_same_id_and_another_verdict_another(store: Store) -> None:
    first = _snapshot(store, make_verdict())
    assert take(store, "black").id == first.id
    assert take(store, "black").at >= first.at
    store.titles.put(replace(make_title(), path=Path("/elsewhere/b.mov")))
    assert take(store, "black").id == first.id
    assert _snapshot(store, make_verdict(9, 10)).id != first.id


def test_an_unknown_detector_is_refused(store: Store) -> None:
    with pytest.raises(KnownError, match="no detector named nonsense"):
        take(store, "nonsense")


def test_about_a_fifth_of_titles_is_gold_for_ever() -> None:
    gold = [side_of(f"title {i}") is Side.GOLD for i in range(5000)]
    assert sum(gold) / 5000 == pytest.approx(GOLD_SHARE, abs=0.02)
    # Fixed: a title that changed sides would have been trained on.
    assert [i for i in range(20) if gold[i]] == [11, 15]


def test_a_snapshot_is_read_as_it_was_written(store: Store) -> None:
    _analyse(store, make_finding(2.0, 3.0))
    snapshot = _snapshot(store, make_verdict(2.0, 3.0), make_verdict(5, 6, Decision.UNSURE))
    keep(snapshot)
    assert load(snapshot.id[:10]) == snapshot
    assert kept() == kept("black") == (snapshot,)
    assert kept("freeze") == ()


@pytest.mark.parametrize(
    ("old", "new"),
    [('"positive"', '"negative"'), ('"train"', '"gold"'), ("/media/", "/medio/"), ("2026", "2025")],
)
def test_a_snapshot_that_was_changed_is_refused(store: Store, old: str, new: str) -> None:
    store.titles.put(make_title("train title"))
    path = keep(_snapshot(store, make_verdict(fingerprint="train title")))
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))
    with pytest.raises(KnownError, match="changed after"):
        read(path)


@pytest.mark.parametrize("content", ["", "[]", "{", '{"version": 1}', '{"version": 9}'])
def test_a_snapshot_that_is_none_is_refused(content: str) -> None:
    folder().mkdir(parents=True)
    path = folder() / "a.json"
    path.write_text(content)
    with pytest.raises(KnownError, match="damaged"):
        read(path)


def test_a_snapshot_that_was_renamed_into_another_is_found_by_no_other_id(store: Store) -> None:
    path = keep(_snapshot(store, make_verdict()))
    document = json.loads(path.read_text())
    document["id"] = "0" * 64
    path.write_text(json.dumps(document))
    with pytest.raises(KnownError, match="changed after"):
        load(path.stem)


def test_only_one_snapshot_may_be_meant() -> None:
    with pytest.raises(KnownError, match="no snapshot"):
        load("abc")
    folder().mkdir(parents=True)
    for name in ("abc1", "abc2"):
        (folder() / f"{name}.json").write_text("{}")
    with pytest.raises(KnownError, match="Several snapshots"):
        load("abc")


def _file(path: Path, content: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def _known(store: Store, path: Path) -> str:
    digest = fingerprint(path)
    title = replace(make_title(digest), path=path, size_bytes=path.stat().st_size)
    store.titles.put(title)
    return digest


def test_media_are_found_where_they_are_renamed_or_moved(store: Store, tmp_path: Path) -> None:
    stays = _file(tmp_path / "a/stays.mov", b"1" * 900)
    renamed = _file(tmp_path / "a/old name.mov", b"2" * 900)
    moved = _file(tmp_path / "a/moves.mov", b"3" * 900)
    gone = _file(tmp_path / "a/gone.mov", b"4" * 900)
    digests = [_known(store, path) for path in (stays, renamed, moved, gone)]
    snapshot = _snapshot(store, *(make_verdict(fingerprint=digest) for digest in digests))
    renamed.rename(tmp_path / "a/new name.mov")
    moved = moved.rename(_file(tmp_path / "far/deep/else.mov", b""))
    # Something else lies in the old place of the last one.
    gone.write_bytes(b"5" * 900)
    opened = open_samples(snapshot, finder(store, [tmp_path / "far"]), side=None)
    places = {it.sample.fingerprint: it.path for it in opened.samples}
    assert places == {
        digests[0]: stays,
        digests[1]: tmp_path / "a/new name.mov",
        digests[2]: moved,
    }
    (skipped,) = opened.skipped
    assert (skipped.fingerprint, skipped.sentence) == (
        digests[3],
        "The file of gone.mov is not found.",
    )


def test_the_gold_side_is_not_opened_for_training(store: Store, tmp_path: Path) -> None:
    digests = [_known(store, _file(tmp_path / f"{i}.mov", bytes([i]) * 900)) for i in range(1, 30)]
    snapshot = _snapshot(store, *(make_verdict(fingerprint=digest) for digest in digests))
    opened = {it.sample.fingerprint for it in open_samples(snapshot, finder(store)).samples}
    gold = {s.fingerprint for s in snapshot.on(Side.GOLD)}
    assert gold
    assert opened == set(digests) - gold


def test_a_folder_that_cannot_be_read_is_said(store: Store, tmp_path: Path) -> None:
    path = _file(tmp_path / "a.mov", b"1")
    snapshot = _snapshot(store, make_verdict(fingerprint=_known(store, path)))
    path.unlink()
    search = finder(store, [tmp_path / "nowhere"])
    assert open_samples(snapshot, search, side=None).samples == ()
