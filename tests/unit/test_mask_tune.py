"""Learning the masks of one video: what is said of a few frames reaches the others."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from helpers.mask_clip import HEIGHT, WIDTH, moving_disc
from numpy.typing import NDArray

from core.annotation.flow import landing, motions
from core.annotation.granularity import Granularity, regions
from core.domain.errors import KnownError
from core.domain.mask import UNSAID
from core.learning.mask.ask import pieces_of
from core.learning.mask.carry import GUESS, carried, guessed
from core.learning.mask.tune import TuneOptions, Tuner

QUICK = TuneOptions(steps=60, points=512, pool=6000)


def told_of(truth: NDArray[np.uint8], *numbers: int) -> NDArray[np.uint8]:
    labels = np.full_like(truth, UNSAID)
    for number in numbers:
        labels[number] = truth[number]
    return labels


def mean_iou(said: NDArray[np.uint8], truth: NDArray[np.uint8]) -> float:
    each = [((said == c) & (truth == c)).sum() / ((said == c) | (truth == c)).sum() for c in (0, 1)]
    return float(np.mean(each))


def best(tuner: Tuner) -> NDArray[np.uint8]:
    return np.asarray(tuner.predict().argmax(axis=-1), np.uint8)


def flicker(tuner: Tuner) -> float:
    """Mean change of what is said along the flow."""
    said = tuner.predict()[..., 1].astype(np.float32)
    changes = []
    for how, (one, other) in zip(tuner.moved, pairwise(said), strict=True):
        row, column, _ = landing(how.forward)
        changes.append(np.abs(other[row, column] - one)[how.seen])
    return float(np.concatenate(changes).mean())


def test_a_round_brings_the_masks_of_all_frames_closer_to_the_truth() -> None:
    frames, truth = moving_disc()
    tuner = Tuner(frames, 2, "general", 1, QUICK)
    before = mean_iou(best(tuner), truth)
    curves = tuner.learn(told_of(truth, 2))
    after = best(tuner)
    assert mean_iou(after, truth) > max(before, 0.75)
    # Without what the flow carries the network itself has learned it, too.
    alone = Tuner(frames, 2, "general", 1, TuneOptions(60, points=512, pool=6000, carried=0))
    alone.learn(told_of(truth, 2))
    assert mean_iou(best(alone), truth) > max(before, 0.7)
    assert curves.label_loss[-1] < curves.label_loss[0]


def test_the_same_seed_gives_the_same_masks_and_another_does_not() -> None:
    frames, truth = moving_disc()
    said = []
    for seed in (1, 1, 2):
        tuner = Tuner(frames[:3], 2, "general", seed, TuneOptions(10, points=256, pool=2000))
        tuner.learn(told_of(truth[:3], 1))
        said.append(tuner.predict())
    assert np.array_equal(said[0], said[1])
    assert not np.array_equal(said[0], said[2])


def test_the_loss_along_the_flow_lowers_flicker() -> None:
    frames, truth = moving_disc()
    found = []
    for weight in (0.0, 20.0):
        options = TuneOptions(80, points=512, pool=6000, consistency=weight, carried=0)
        tuner = Tuner(frames, 2, "general", 1, options)
        tuner.learn(told_of(truth, 0))
        found.append(flicker(tuner))
    assert found[1] < 0.9 * found[0]


def test_before_anything_is_learned_only_the_network_of_corruption_has_an_opinion() -> None:
    frames, _ = moving_disc()
    blank = Tuner(frames[:1], 3, "general", 1).predict()
    assert np.allclose(blank, 1 / 3, atol=1e-3)
    tuner = Tuner(frames[:1], 3, "corruption", 1, corrupt_class=2)
    said = tuner.predict()[0].astype(np.float32)
    assert np.allclose(said[..., 0], said[..., 1], atol=1e-3)
    assert np.abs(said[..., 2] - said[..., 0]).max() > 0.1


def test_one_class_alone_does_not_make_it_forget_what_it_knew() -> None:
    frames, truth = moving_disc()
    tuner = Tuner(frames, 2, "corruption", 1, TuneOptions(steps=20, carried=0.0))
    before = tuner.predict()
    said = np.full(truth.shape, UNSAID, np.uint8)
    said[0, :16, :16] = 0
    assert tuner.learn(said).steps == ()
    assert np.array_equal(tuner.predict(), before)
    said[0, 30:40, 20:28] = 1
    assert tuner.learn(said).steps
    assert not np.array_equal(tuner.predict(), before)


def test_what_was_learned_comes_back() -> None:
    frames, truth = moving_disc()
    options = TuneOptions(10, points=256, pool=2000, carried=0)
    first = Tuner(frames[:3], 2, "general", 1, options)
    first.learn(told_of(truth[:3], 1))
    second = Tuner(frames[:3], 2, "general", 1, options)
    second.restore(first.state())
    assert np.array_equal(first.predict(), second.predict())
    for tuner in (first, second):
        tuner.learn(told_of(truth[:3], 1, 2))
    assert np.array_equal(first.predict(), second.predict())


def test_a_state_of_other_classes_is_refused_in_a_sentence() -> None:
    frames, _ = moving_disc()
    one, other = (Tuner(frames[:1], count, "general", 1) for count in (2, 3))
    for state in (one.state(), b"nothing"):
        with pytest.raises(KnownError):
            other.restore(state)


def test_pieces_have_one_embedding_each() -> None:
    frames, truth = moving_disc()
    tuner = Tuner(frames[:2], 2, "general", 1, QUICK)
    tuner.learn(told_of(truth[:2], 0))
    pieces = regions(frames[:2], Granularity.parse("16x16"))
    points = tuner.embed(pieces)
    assert len(points) == len(pieces_of(pieces))
    assert np.isfinite(points).all()
    assert points.std(axis=0).max() > 0


def test_labels_that_do_not_fit_are_a_mistake_of_the_caller() -> None:
    frames, truth = moving_disc()
    tuner = Tuner(frames[:1], 2, "general", 1)
    with pytest.raises(ValueError, match="do not fit"):
        tuner.learn(truth)
    with pytest.raises(ValueError, match="class 7"):
        tuner.learn(np.full((1, HEIGHT, WIDTH), 7, np.uint8))
    assert tuner.learn(told_of(truth[:1])).steps == ()


def test_whoever_is_told_may_stop_it() -> None:
    frames, truth = moving_disc()
    stages: list[str] = []

    def told(stage: str, share: float) -> None:
        stages.append(stage)
        if stage == "learn" and share > 0.2:
            raise KeyboardInterrupt

    tuner = Tuner(frames, 2, "general", 1, QUICK, told=told)
    with pytest.raises(KeyboardInterrupt):
        tuner.learn(told_of(truth, 0))
    assert set(stages) == {"look", "flow", "learn"}


def test_labels_are_carried_along_and_lose_trust() -> None:
    frames, truth = moving_disc()
    labels, trust = carried(told_of(truth, 0), frames, motions(frames))
    assert (trust[0] == 1).all()
    known = trust[2] > 0
    assert known.mean() > 0.5
    assert (labels[2] == truth[2])[known].mean() > 0.9
    assert trust[1].max() > trust[3].max() > 0
    assert (labels[trust == 0] == UNSAID).all()


def test_labels_are_not_carried_to_what_was_hidden() -> None:
    frames, truth = moving_disc()
    _, trust = carried(told_of(truth, 0), frames, motions(frames))
    uncovered = (truth[0] == 1) & (truth[1] == 0)
    same = (truth[0] == 0) & (truth[1] == 0)
    assert (trust[1] > 0)[uncovered].mean() < 0.6 * (trust[1] > 0)[same].mean()


def test_hidden_things_are_guessed_but_trusted_less_than_what_was_seen() -> None:
    frames, truth = moving_disc()
    moved = motions(frames)
    known = carried(told_of(truth, 0), frames, moved)
    labels, trust = guessed(*known, moved)
    unseen = known[1] == 0
    assert unseen[1:].any()
    assert (trust[unseen] > 0).all()
    assert trust[unseen].max() < GUESS
    assert (labels[~unseen] == known[0][~unseen]).all()
    assert (labels == truth)[unseen].mean() > 0.5


def test_nothing_is_guessed_across_a_cut() -> None:
    frames, truth = moving_disc()
    moved = motions(frames)
    nothing = np.zeros_like(moved[1].seen)
    cut = [moved[0], replace(moved[1], seen=nothing, seen_before=nothing), *moved[2:]]
    labels, trust = guessed(*carried(told_of(truth, 0), frames, cut), cut)
    assert (trust[1] > 0).all()
    assert not trust[2:].any()
    assert (labels[2:] == UNSAID).all()


def test_what_people_said_is_never_overwritten_by_what_is_carried() -> None:
    frames, truth = moving_disc()
    said = told_of(truth, 0)
    said[1] = 1
    labels, trust = carried(said, frames, motions(frames))
    assert (labels[1] == 1).all()
    assert (trust[1] == 1).all()
