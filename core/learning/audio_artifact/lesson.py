"""What is taught, as a file: ranges, what is held out, how much of what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.domain.errors import KnownError
from core.learning.audio_artifact.artifact import ARTIFACTS, GENERATORS
from core.learning.lesson_file import SIDES, Side, read_table, shipped_lesson, side_of
from core.simulate.sound_coding import SOUND_CODERS

CLASSES = ("none", *ARTIFACTS)

Between = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Ranges:
    """Lowest and highest of each dosage.

    Attributes:
        hum_snr_db: Level of the clean second over that of the hum.
        hiss_snr_db: The same of hiss.
        click_height_db: Peak of a click over the RMS around it.
        clicks_a_second: How many.
        clipped_share: Share of samples beyond the ceiling.
        soft_share: Share of samples beyond the knee.
        coded_bits: Bits a second to choose from.
    """

    hum_snr_db: Between
    hiss_snr_db: Between
    click_height_db: Between
    clicks_a_second: Between
    clipped_share: Between
    soft_share: Between
    coded_bits: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Stretches:
    """Stretches of sound, which rows in context are learned from.

    Attributes:
        length_s: Of each, where the recording is so long.
        count: How many, by side.
        shard: How many are made in one go.
        manners: Shares of how long an artifact is on; see `stretch.MANNERS`.
        rounds: How often each is learned from.
        batch: How many at a time.
        rate: Highest learning rate.
        decay: Weight decay.
        unsure: Deviation of what is added to answers while learning, in log-odds.
    """

    length_s: float
    count: Mapping[str, int]
    shard: int
    manners: Mapping[str, float]
    rounds: int
    batch: int
    rate: float
    decay: float
    unsure: float


@dataclass(frozen=True, slots=True)
class Lesson:
    """Everything that training depends on besides the sources.

    Attributes:
        title: What people call it.
        seed: Chooses everything that chance decides.
        held_generators: By artifact, ways of making it that are never learned from.
        held_coders: Coders that are never learned from.
        validation_below: First byte of a learning family's digest below which it is for
            validation, 0..256.
        ranges: Of what is taught.
        beyond: What is asked besides on the test side.
        hidden_db: Below this an artifact counts as hidden; see `second.shown_db`.
        quietest_dbfs: No artifact is put into a quieter second.
        seconds: How many, by side.
        shard: Seconds that are made in one go.
        most_s_a_file: So much is taken of a file at most.
        drawn: Share of seconds of sounds that code makes.
        kinds: Share of each of `CLASSES`.
        chances: Of what happens to a second besides.
        level_db: By how much the level is changed.
        coders: Usual bits a second by coder.
        more_coders: The same of those that are learned from and never examined.
        examples: How many seconds are learned from, each as often as it comes.
        batch: Seconds at a time.
        rate: Highest learning rate.
        body_share: Of it for a body that has learned already.
        decay: Weight decay.
        look_every: Steps between looks at the validation side.
        stretch: What rows in context are learned from.
    """

    title: str
    seed: int
    held_generators: Mapping[str, tuple[str, ...]]
    held_coders: frozenset[str]
    validation_below: int
    ranges: Ranges
    beyond: Ranges
    hidden_db: float
    quietest_dbfs: float
    seconds: Mapping[str, int]
    shard: int
    most_s_a_file: float
    drawn: float
    kinds: Mapping[str, float]
    chances: Mapping[str, float]
    level_db: Between
    coders: Mapping[str, tuple[int, ...]]
    more_coders: Mapping[str, tuple[int, ...]]
    examples: int
    batch: int
    rate: float
    body_share: float
    decay: float
    look_every: int
    stretch: Stretches

    def side_of(self, family: str) -> Side:
        """Where a family of recordings belongs."""
        return side_of(family, self.validation_below)

    def generators(self, artifact: str, held: bool) -> tuple[str, ...]:
        """The ways of making an artifact that were, or were not, held out."""
        out = self.held_generators[artifact]
        return tuple(name for name in GENERATORS[artifact] if (name in out) == held)

    def coders_for(self, held: bool) -> tuple[str, ...]:
        """The coders that were, or were not, held out."""
        return tuple(name for name in self.coders if (name in self.held_coders) == held)


def read_lesson(path: Path | None = None) -> Lesson:
    """Read a lesson; without a path the one that ships.

    Raises:
        KnownError: It cannot be read, lacks something or names what there is not.
    """
    path = path or shipped_lesson("audio_artifact")
    lesson = read_table(path, _lesson)
    for artifact in ARTIFACTS:
        unknown = sorted(set(lesson.held_generators[artifact]) - set(GENERATORS[artifact]))
        if unknown:
            raise KnownError(
                f"The lesson {path.name} holds out “{unknown[0]}”, which does not exist."
            )
        if not lesson.generators(artifact, held=False):
            raise KnownError(f"The lesson {path.name} holds out every kind of {artifact}.")
    coders = {*lesson.coders, *lesson.more_coders, *lesson.held_coders}
    if twice := sorted(lesson.held_coders & {*lesson.more_coders}):
        raise KnownError(f"The lesson {path.name} holds out “{twice[0]}” and learns from it.")
    if strange := sorted(coders - set(SOUND_CODERS)):
        raise KnownError(f"The lesson {path.name} names the coder “{strange[0]}”; there is none.")
    return lesson


def _lesson(table: Mapping[str, Any]) -> Lesson:
    held, pool, training = table["held_out"], table["pool"], table["training"]
    return Lesson(
        title=str(table["title"]),
        seed=int(table["seed"]),
        held_generators={name: tuple(map(str, held[name])) for name in ARTIFACTS},
        held_coders=frozenset(map(str, held["coders"])),
        validation_below=int(table["validation"]["below"]),
        ranges=_ranges(table["range"]),
        beyond=_ranges({**table["range"], **table["beyond"]}),
        hidden_db=float(table["truth"]["hidden_db"]),
        quietest_dbfs=float(table["truth"]["quietest_dbfs"]),
        seconds={side: int(pool[side]) for side in SIDES},
        shard=int(pool["shard"]),
        most_s_a_file=float(pool["most_s_a_file"]),
        drawn=float(pool["drawn"]),
        kinds={kind: float(pool["kinds"][kind]) for kind in CLASSES},
        chances={k: float(v) for k, v in pool["chances"].items()},
        level_db=_between(pool["level"]["change_db"]),
        coders={k: tuple(int(bits) for bits in v) for k, v in pool["coders"].items()},
        more_coders={
            k: tuple(int(bits) for bits in v) for k, v in pool.get("more_coders", {}).items()
        },
        examples=int(training["examples"]),
        batch=int(training["batch"]),
        rate=float(training["rate"]),
        body_share=float(training["body_share"]),
        decay=float(training["decay"]),
        look_every=int(training["look_every"]),
        stretch=_stretches(table["stretch"]),
    )


def _stretches(table: Mapping[str, Any]) -> Stretches:
    return Stretches(
        length_s=float(table["length_s"]),
        count={side: int(table[side]) for side in SIDES},
        shard=int(table["shard"]),
        manners={str(name): float(share) for name, share in table["manners"].items()},
        rounds=int(table["rounds"]),
        batch=int(table["batch"]),
        rate=float(table["rate"]),
        decay=float(table["decay"]),
        unsure=float(table["unsure"]),
    )


def _ranges(table: Mapping[str, Any]) -> Ranges:
    return Ranges(
        hum_snr_db=_between(table["hum_snr_db"]),
        hiss_snr_db=_between(table["hiss_snr_db"]),
        click_height_db=_between(table["click_height_db"]),
        clicks_a_second=_between(table["clicks_a_second"]),
        clipped_share=_between(table["clipped_share"]),
        soft_share=_between(table["soft_share"]),
        coded_bits=tuple(int(bits) for bits in table["coded_bits"]),
    )


def _between(pair: Any) -> Between:
    low, high = (float(value) for value in pair)
    if low > high:
        raise ValueError(f"{low:g} is above {high:g}")
    return low, high
