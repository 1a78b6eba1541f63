"""The whole course: clips, what the body sees of them, heads, and weights with their card."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from core.learning.lipsync.clip import clips_in
from core.learning.lipsync.examination import (
    Tolerated,
    ask,
    calibrate,
    figures,
    held_out_rows,
    made_sure,
    untuned,
)
from core.learning.lipsync.head import HEARD_PICTURES, WIDTH, Material, learn
from core.learning.lipsync.lesson import Lesson
from core.learning.lipsync.material import materials
from core.learning.lipsync.untuned import untuned_rows
from core.learning.work_folder import claim
from core.models.card import Measured, WeightsCard
from core.models.face_finder import face_finder
from core.models.lip_sync import LipSyncNet
from core.models.sync_runtime import load_net
from core.models.weights import Weights, save, write_card

Progress = Callable[[float, str], None]

WEAK = (
    "Learned from a minute of speech by 14 persons, nine of them in one studio: whoever looks, "
    "speaks or is filmed otherwise may be judged worse. Nobody is turned by more than a quarter.",
    "Less than two seconds say little; docs/lipsync-accuracy.md has figures by evidence. The "
    "probability knows that: short stretches are seldom sure.",
    "Outside the studio three of six clips are found three frames or more from 0, with a "
    "probability of .55 to .80. The sound of one of them, found 240 ms late, is late by itself "
    "(docs/adr/0037); whether clip or network is wrong in the others is not known.",
    "Faces below 40 pixels, 12 pictures a second, dubbed speech and song were hardly heard or "
    "not at all.",
    "The clips are presumed to be in sync; some of the offsets that count as wrong may be theirs.",
)


@dataclass(frozen=True, slots=True)
class Order:
    """What to do and where.

    Attributes:
        lesson: What is taught.
        data: Folders of clips.
        work: What the body sees is kept there; an interrupted course goes on from it.
        out: Where weights and card go.
        name: Of the weights, as `lipsync.r1`.
        start: Light-ASD's weights.
        start_licence: Theirs, and where they are from.
    """

    lesson: Lesson
    data: tuple[Path, ...]
    work: Path
    out: Path
    name: str
    start: Path | None = None
    start_licence: str = ""


def teach(order: Order, progress: Progress) -> Weights:
    """Learn heads from all persons, calibrate on held-out ones, and write weights and card.

    Raises:
        KnownError: Clips or weights are at fault.
    """
    net = LipSyncNet(WIDTH, heard_pictures=HEARD_PICTURES)
    if order.start is not None:
        net.begin_with_light_asd(order.start)
    net.eval().requires_grad_(False)
    material = _material(order, net, progress)
    progress(0.9, "learning")
    calibration = calibrate(ask(order.lesson, held_out_rows(order.lesson, material)))
    named = {n: m for n, m in material.items() if n not in order.lesson.others}
    learn(named, order.lesson.decay).into(net)
    options = {
        "width": str(WIDTH),
        "seen_pictures": "0",
        "heard_pictures": str(HEARD_PICTURES),
        "hidden": "0",
        "calibration": " ".join(f"{value:.6g}" for value in calibration.weights),
    }
    return save(net, _card(order, options), order.out)


def put_to_the_test(
    order: Order,
    weights: Weights,
    tolerances: Sequence[Tolerated],
    confidence: float,
    progress: Progress,
    *,
    against: Sequence[Path] = (),
    card: bool = False,
) -> dict[str, Any]:
    """Hold every person out once, and measure.

    The heads are learned anew without each person; only the body is that of the weights, which
    learned from none of these clips.

    Args:
        order: Clips and lesson.
        weights: Whose body sees.
        tolerances: Who gives verdicts.
        confidence: What is less sure is inconclusive.
        progress: Told a share and a word.
        against: Light-ASD's published file, to ask its untuned encoders the same.
        card: Write the chief figures onto the card.
    """
    lesson = order.lesson
    material = _material(order, load_net(weights), progress)
    progress(0.9, "asking")
    asked = made_sure(ask(lesson, held_out_rows(lesson, material)))
    found = figures(lesson, asked, tolerances, confidence)
    for path in against:
        rows = untuned_rows(clips_in(order.data, _names(lesson)), path, order.work)
        found["untuned"] = figures(
            lesson, made_sure(untuned(ask(lesson, rows))), tolerances, confidence
        )
    if card:
        sealed = replace(weights.card, metrics=tuple(_measured(found)))
        write_card(sealed, weights.folder)
    return found


def _material(order: Order, net: LipSyncNet, progress: Progress) -> dict[str, Material]:
    body = hashlib.sha256()
    for name, value in net.body.state_dict().items():
        # Weights are stored as fp16: what was learned from is what will be asked.
        value.copy_(value.half() if value.ndim > 1 else value)
        body.update(name.encode() + value.numpy().tobytes())
    folder = order.work / body.hexdigest()[:16]
    claim(folder, repr(order.lesson), "clips")
    files = clips_in(order.data, _names(order.lesson))
    return materials(order.lesson, files, net, face_finder(), folder, progress)


def _names(lesson: Lesson) -> list[str]:
    return [clip for clips in lesson.persons.values() for clip in clips] + list(lesson.others)


def _card(order: Order, options: Mapping[str, str]) -> WeightsCard:
    lesson = order.lesson
    clips = sum(len(clips) for clips in lesson.persons.values())
    return WeightsCard(
        name=order.name,
        architecture="LipSyncNet",
        options=dict(options),
        preprocessing="grey cuts of the lower face, 112 x 112, at 25 pictures a second "
        "(core/detectors/lipsync/crop.py), and log mel bands of one channel "
        "(core/models/sync_sound.py)",
        classes=("rows of 32 numbers that agree where lips and sound belong together",),
        recipe=(
            f"onglass learn train lipsync, lesson “{lesson.title}”, seed {lesson.seed}: the body "
            f"stays as it was; its head is a ridge regression (decay {lesson.decay:g}) from what "
            "it sees to the log mel bands of the five pictures around, of each clip and "
            f"{lesson.variants} variant{'s' * (lesson.variants > 1)} (turned, moved, mirrored, lit "
            "otherwise), kept to the 32 "
            "directions that are foretold best. The probability was calibrated on persons that "
            "were held out one after the other."
        ),
        data=(
            f"{clips} clips of {len(lesson.persons)} persons, about a minute of speech: nine of "
            "the GRID corpus (CC BY 4.0), the others from examples of public repositories, some "
            "of stated and some of unstated provenance; no picture or sound of them is in here",
            f"{len(lesson.others)} clips of faces beside music, silence or a stranger's speech, "
            "for the calibration only",
        ),
        licence="MIT",
        parent="Light-ASD, TalkSet weights" if order.start is not None else "",
        parent_licence=order.start_licence if order.start is not None else "",
        notes=WEAK,
    )


def _measured(found: Mapping[str, Any]) -> list[Measured]:
    on = f"{found['clips']} clips of {found['persons']} persons, each held out once"
    measured = [
        Measured(
            f"within a frame, {f'{int(n) / 25:g} s' if n != '0' else 'the whole clip'}",
            round(values["value"], 4),
            f"{on}; 95 % interval {values['low']:.2f} to {values['high']:.2f}",
        )
        for n, values in found["accuracy"].items()
        if values["value"] is not None
    ]
    for tolerance, values in found["verdicts"].items():
        measured += [
            Measured(f"{what} of out of sync, {tolerance}", round(values[what]["value"], 4), on)
            for what in ("precision", "recall")
            if values[what]["value"] is not None
        ]
    return measured
