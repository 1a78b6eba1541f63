"""A training from verdicts to promotion, with a stand-in for the network that is trained."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from helpers import flag_subject
from helpers.clip import make_clip
from helpers.flag_subject import BUDGET, STAND_IN, FlagSubject, ship, sure

from core.domain.errors import CancelledError, KnownError
from core.domain.lineage import Training, TrainingState
from core.domain.sample import Side, side_of
from core.domain.time import Span
from core.domain.title import Title
from core.domain.verdict import Decision, Disposition, RejectReason, Verdict
from core.learning.retrain import course
from core.learning.retrain.block import learnable
from core.learning.retrain.course import Order, retrain
from core.learning.retrain.promotion import promote, roll_back
from core.learning.retrain.subject import Check, Material, Progress
from core.learning.retrain.tune import Study
from core.media.probe import probe
from core.models import weights as room
from core.models.weights import find
from core.review.judged import TRAINED
from core.store.lineage import LineageBook
from core.store.store import Store

SUBJECTS = course.SUBJECTS


@pytest.fixture(autouse=True)
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONGLASS_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(room, "shipped_folder", lambda: tmp_path / "shipped")
    monkeypatch.setattr(course, "SUBJECTS", STAND_IN)
    ship(tmp_path / "shipped")


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Title:
    return make_clip(tmp_path_factory.mktemp("clip") / "mosaic.mp4", 1.0, sound=False)


@pytest.fixture
def store(tmp_path: Path, clip: Title) -> Store:
    """Ten mosaics that were rejected, five damaged titles that were confirmed, one of intent."""
    opened = Store.open(tmp_path / "lib.db")
    content = clip.path.read_bytes()
    number = taught = 0
    while taught < 16:
        # Appended bytes give each file a fingerprint of its own.
        kind = "mosaic" if taught < 10 else "damage"
        path = tmp_path / f"{kind}_{number}.mp4"
        path.write_bytes(content + bytes([number]))
        number += 1
        title = probe(path)
        if side_of(title.fingerprint) is Side.GOLD and taught >= 2:
            continue
        opened.titles.put(title)
        opened.verdicts.append(verdict(title, kind, intent=taught == 15))
        taught += 1
    return opened


def verdict(title: Title, kind: str, intent: bool) -> Verdict:
    stream = title.video[0]
    span = Span.from_seconds(0.2, 0.6, stream.base)
    return Verdict(
        title.fingerprint,
        stream.index,
        "block_corruption",
        "block_corruption",
        span,
        Decision.REJECT if kind == "mosaic" else Decision.CONFIRM,
        "Ann",
        RejectReason.FALSE_POSITIVE if kind == "mosaic" else None,
        Disposition.CREATIVE_INTENT if intent else None,
    )


def flagged() -> list[int]:
    """The kinds that the weights in use flag."""
    return np.flatnonzero(sure(find("block_corruption"), [0, 1, 2, 3]) >= 0.9).tolist()


def test_the_desk_offers_to_train_what_can_be_trained() -> None:
    assert set(TRAINED) == set(SUBJECTS)


def test_ten_rejected_flags_of_one_kind_go_the_recall_stays_and_a_roll_back_brings_them_back(
    store: Store,
) -> None:
    with store:
        assert flagged() == [1, 2, 3]
        made = retrain(store, Order("block_corruption", budget=BUDGET))
        assert made.state is TrainingState.EXAMINED
        assert made.gate is not None
        assert made.gate.passes, made.gate.sentences
        assert flagged() == [1, 2, 3]
        book = LineageBook()
        promote(book, made.id, "Ann")
        assert flagged() == [1, 2]
        card = find("block_corruption").card
        assert (card.parent, card.training) == ("block_corruption.r1", made.id)
        assert made.snapshot in " ".join(card.data)
        assert {m.name for m in card.metrics} >= {"recall", "rejected flags still raised"}
        roll_back(book, "block_corruption", "Ann")
        assert flagged() == [1, 2, 3]


def test_the_same_order_gives_the_same_weights(store: Store) -> None:
    with store:
        one = retrain(store, Order("block_corruption", budget=BUDGET))
        LineageBook().refuse(one.id)
        two = retrain(store, Order("block_corruption", budget=BUDGET))
    assert one.id != two.id
    assert one.candidate_sha256 == two.candidate_sha256
    assert (one.candidate, two.candidate) == ("block_corruption.r101", "block_corruption.r102")


def test_an_examined_training_is_not_done_again(store: Store) -> None:
    with store:
        one = retrain(store, Order("block_corruption", budget=BUDGET))
        assert retrain(store, Order("block_corruption", budget=BUDGET)) == one
        assert retrain(store, Order("block_corruption", training=one.id[:6])) == one


@pytest.mark.parametrize("error", [CancelledError, SystemExit])
@pytest.mark.parametrize("at", [1, 20, 62])
def test_stopped_anywhere_the_same_order_goes_on_to_the_same_weights(
    at: int, error: type[BaseException], store: Store
) -> None:
    with store:
        whole = retrain(store, Order("block_corruption", budget=BUDGET))
        LineageBook().refuse(whole.id)
        with pytest.raises(error):
            retrain(store, Order("block_corruption", budget=BUDGET), check=stop_at(at, error))
        (stopped,) = [t for t in LineageBook().trainings() if t.id != whole.id]
        assert stopped.state is TrainingState.PAUSED
        again = retrain(store, Order("block_corruption", budget=BUDGET))
    assert again.id == stopped.id
    assert again.candidate_sha256 == whole.candidate_sha256
    assert again.curves == whole.curves


def stop_at(count: int, error: type[BaseException]) -> Callable[[], None]:
    calls = 0

    def check() -> None:
        nonlocal calls
        calls += 1
        if calls >= count:
            raise error

    return check


def test_a_training_that_cannot_be_says_why(store: Store, tmp_path: Path) -> None:
    with store:
        for path in tmp_path.glob("*.mp4"):
            path.unlink()
        with pytest.raises(KnownError, match="no verdict to learn from"):
            retrain(store, Order("block_corruption", budget=BUDGET))
        (failed,) = LineageBook().trainings()
        assert failed.state is TrainingState.FAILED
        assert "no verdict" in failed.error
        with pytest.raises(KnownError, match="does not learn from verdicts"):
            retrain(store, Order("freeze", budget=BUDGET))


def test_progress_comes_with_curves(store: Store) -> None:
    seen: list[Training] = []
    with store:
        made = retrain(store, Order("block_corruption", budget=BUDGET), progress=seen.append)
    assert [t.progress for t in seen] == sorted(t.progress for t in seen)
    assert seen[-1] == made
    assert [c.name for c in made.curves] == ["loss", "recall"]
    assert made.curves[0].points[-1][1] < made.curves[0].points[0][1]


def test_creative_intent_is_neither_learned_as_damage_nor_as_a_mistake(store: Store) -> None:
    from core.learning.snapshot.media import finder, open_samples
    from core.learning.snapshot.take import take

    with store:
        opened = open_samples(take(store, "block_corruption"), finder(store), None)
    assert len(opened.samples) == 16
    assert len(learnable(opened.samples)) == 15


def test_material_never_mixes_the_sides(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Material] = []

    class Watching(FlagSubject):
        def gather(self, progress: Progress, check: Check) -> Study:
            seen.append(self.material)
            return super().gather(progress, check)

    monkeypatch.setattr(flag_subject, "FlagSubject", Watching)
    with store:
        retrain(store, Order("block_corruption", budget=BUDGET))
    (material,) = seen
    assert all(o.sample.side is Side.TRAIN for o in material.taught)
    assert all(o.sample.side is Side.GOLD for o in material.gold)
