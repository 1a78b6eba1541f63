"""What is taught, as a file: what is held out, what counts as damage, how much of what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.domain.errors import KnownError
from core.learning.block_corruption.visible import Sight
from core.learning.lesson_file import Side, read_table, shipped_lesson, side_of
from core.simulate.bitstream import ALL_CODECS, CODECS
from core.simulate.block_corruption import block_corruption
from core.simulate.decoy import DECOYS

KINDS = ("stream", "pixel", "decoy", "clean")


@dataclass(frozen=True, slots=True)
class Lesson:
    """Everything that training depends on besides the sources.

    Attributes:
        title: What people call it.
        seed: Chooses everything that chance decides.
        held_variants: Ways of damaging that are never learned from.
        held_sources: Sources that are held out besides those of the test side.
        validation_below: First byte of a learning source's digest below which it is for
            validation, 0..256.
        severity: Lowest and highest.
        visible: Codes of 8 bits by which a visibly damaged pixel differs.
        touched: Codes of 8 bits by which a pixel differs that is not clean.
        cell: Share of a cell's pixels that makes it corrupted.
        sight: What gives damage away.
        pieces: How many pieces the pool has.
        wrecks: How many pieces there are besides, of streams of which little is left.
        frames: Consecutive pictures in a piece.
        kept: Of these, how many are kept.
        window: Largest width and height of what is cut from a picture, in pixels.
        photos: Share of the pieces from files that are camera moves over photographs.
        drawn: Share of all pieces that are drawn scenes.
        kinds: Share of each of `KINDS`.
        codecs: Codecs whose streams are damaged to learn from, with the share of each.
        redraws: How often a stream's damage is drawn anew, at most, while none of it shows; never
            on the test side.
        stream_kept: Pictures that are kept of a damaged stream; on the test side `kept`.
        often: Decoys that are made more often than the others, by factor.
        chances: Of what happens to a piece besides.
        backbone: Of the network.
        examples: How many crops are learned from.
        crop: Side of a crop in pixels.
        batch: Crops at a time.
        whole_every: Every so many batches are of whole windows.
        whole_batch: Windows at a time.
        fixed: Parts of the backbone, from the picture on, that stay as they began where the start
            is a whole network that has learned this before.
        rate: Highest learning rate.
        decay: Weight decay.
    """

    title: str
    seed: int
    held_variants: frozenset[str]
    held_sources: frozenset[str]
    validation_below: int
    severity: tuple[float, float]
    visible: int
    touched: int
    cell: float
    sight: Sight
    pieces: int
    wrecks: int
    frames: int
    kept: int
    window: tuple[int, int]
    photos: float
    drawn: float
    kinds: Mapping[str, float]
    codecs: Mapping[str, float]
    redraws: int
    stream_kept: int
    often: Mapping[str, float]
    chances: Mapping[str, float]
    backbone: str
    examples: int
    crop: int
    batch: int
    whole_every: int
    whole_batch: int
    fixed: int
    rate: float
    decay: float

    def side_of(self, source: str) -> Side:
        """Where a source belongs.

        Args:
            source: Its name without folder and suffix.
        """
        if source in self.held_sources:
            return "test"
        return side_of(source, self.validation_below)

    def variants(self, kind: str, side: Side) -> tuple[str, ...]:
        """The ways of damaging that a side may see: of streams, or of pixels."""
        if kind == "stream":
            wanted = list(CODECS if side == "test" else self.codecs)
        else:
            wanted = [v for v in block_corruption.VARIANTS if v not in CODECS]
        return tuple(v for v in wanted if side == "test" or v not in self.held_variants)


def read_lesson(path: Path | None = None) -> Lesson:
    """Read a lesson; without a path the one that ships.

    Raises:
        KnownError: It cannot be read, lacks something or names what there is not.
    """
    path = path or shipped_lesson("block_corruption")
    lesson = read_table(path, _lesson)
    unknown = sorted(lesson.held_variants - set(block_corruption.VARIANTS))
    if unknown:
        raise KnownError(f"The lesson {path.name} holds out “{unknown[0]}”, which does not exist.")
    if strange := sorted(set(lesson.codecs) - set(ALL_CODECS)):
        raise KnownError(f"The lesson {path.name} names the codec “{strange[0]}”; there is none.")
    if strange := sorted(set(lesson.often) - set(DECOYS)):
        raise KnownError(f"The lesson {path.name} names the decoy “{strange[0]}”; there is none.")
    return lesson


def _lesson(table: Mapping[str, Any]) -> Lesson:
    held, truth = table["held_out"], table["truth"]
    pool, training = table["pool"], table["training"]
    kinds = {kind: float(pool["kinds"][kind]) for kind in KINDS}
    width, height = (int(side) for side in pool["window"])
    return Lesson(
        title=str(table["title"]),
        seed=int(table["seed"]),
        held_variants=frozenset(map(str, held["variants"])),
        held_sources=frozenset(map(str, held["sources"])),
        validation_below=int(table["validation"]["below"]),
        severity=(float(table["severity"]["low"]), float(table["severity"]["high"])),
        visible=int(truth["visible"]),
        touched=int(truth["touched"]),
        cell=float(truth["cell"]),
        sight=Sight(float(truth["step"]), float(truth["chance"]), float(truth["color"])),
        pieces=int(pool["pieces"]),
        wrecks=int(pool.get("wrecks", 0)),
        frames=int(pool["frames"]),
        kept=int(pool["kept"]),
        window=(width, height),
        photos=float(pool["photos"]),
        drawn=float(pool["drawn"]),
        kinds=kinds,
        codecs={k: float(v) for k, v in pool.get("codecs", dict.fromkeys(CODECS, 1)).items()},
        redraws=int(pool.get("redraws", 0)),
        stream_kept=int(pool.get("stream_kept", pool["kept"])),
        often={k: float(v) for k, v in pool.get("often", {}).items()},
        chances={k: float(v) for k, v in pool["chances"].items()},
        backbone=str(training["backbone"]),
        examples=int(training["examples"]),
        crop=int(training["crop"]),
        batch=int(training["batch"]),
        whole_every=int(training["whole_every"]),
        whole_batch=int(training["whole_batch"]),
        fixed=int(training.get("fixed", 0)),
        rate=float(training["rate"]),
        decay=float(training["decay"]),
    )
