"""Promotion and roll-back: one step each, and only to weights that are whole."""

from __future__ import annotations

import os

from core.domain.errors import KnownError
from core.domain.lineage import Promotion
from core.models.weights import Weights, find, in_use, problems
from core.store.lineage import LineageBook


def promote(
    book: LineageBook, training_id: str, by: str, *, against_gate: bool = False
) -> Promotion:
    """Use a training's candidate from now on. Findings that are there keep their stamp.

    Args:
        book: Where trainings and promotions are kept.
        training_id: Of the training.
        by: Who says so.
        against_gate: Also when the gate does not let it pass.

    Raises:
        KnownError: There is no candidate, its files are not what was examined, it is in use
            already, or the gate does not let it pass.
    """
    training = book.training(training_id)
    if not training.candidate or training.gate is None:
        raise KnownError(f"The training {training.id} has no examined candidate yet.")
    if not (training.gate.passes or against_gate):
        raise KnownError(
            f"The gate does not let {training.candidate} pass.", "\n".join(training.gate.sentences)
        )
    now = in_use(training.detector).weights
    if now.card.name == training.candidate:
        raise KnownError(f"{training.candidate} is in use already.")
    weights = find(training.candidate)
    if weights.tensors_sha256 != training.candidate_sha256:
        raise KnownError(f"{training.candidate} is not what was examined.", str(weights.folder))
    _make_sure_of(weights)
    return book.promote(
        training.detector,
        now.card.name,
        training.candidate,
        training.candidate_sha256,
        by,
        training.id,
    )


def roll_back(book: LineageBook, detector: str, by: str) -> Promotion:
    """Take the last promotion of a detector back.

    Args:
        book: Where promotions are kept.
        detector: Whose weights.
        by: Who says so.

    Raises:
        KnownError: There is nothing to take back, or the weights of before are gone.
    """
    target = book.previous(detector)
    if not target:
        raise KnownError(f"No weights of {detector} were promoted, so there is nothing to undo.")
    weights = find(target)
    _make_sure_of(weights)
    before = book.promotions(detector)[-1].after
    return book.promote(detector, before, target, weights.tensors_sha256, by, rolled_back=True)


def _make_sure_of(weights: Weights) -> None:
    """Files as their card says, and on the disk before anything points at them."""
    if wrong := problems(weights):
        raise KnownError(wrong[0], "\n".join(wrong[1:]))
    if not weights.own:
        return
    for name in (*weights.card.files, f"{weights.card.name}.json"):
        try:
            number = os.open(weights.folder / name, os.O_RDWR)
        except OSError as error:
            raise KnownError(f"The file of weights {name} cannot be kept.", str(error)) from error
        try:
            os.fsync(number)
        finally:
            os.close(number)
