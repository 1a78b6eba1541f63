"""Making one clip: an excerpt, damaged in one stretch, coded, with its truth."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from core.catalog.rule_loudness import integrated_lufs
from core.domain.errors import BugError, KnownError
from core.domain.media import Cue
from core.domain.time import Span
from core.evaluation.excerpt import Excerpt
from core.evaluation.matching import Stretch
from core.evaluation.trial import PICTURE_CODINGS, Trial
from core.media.loudness import LoudnessMeter
from core.media.writer import VideoSettings, write_title
from core.simulate.bitstream import CODECS
from core.simulate.conversion import packed
from core.simulate.difference import mask_of, share_of
from core.simulate.inject import INJECTORS, Domain, inject_cues, inject_sound, inject_steps
from core.simulate.kind import Picture
from core.simulate.piece import Step
from core.simulate.truth import Truth

LEAD_S = 1.4
TAIL_S = 1.0
CRF = 23
CAPTIONED_S = 36.0
_PAUSES_S = (0.4, 2.4)
_TARGET_LUFS = -23.0
_SHOWN = 0.0005
_APART_S = Fraction(1, 2)
_PEAK = 0.7
_MPEG2_BITS_A_PIXEL = 0.4
GOP_S = 2
_SOUND_BITS = 80_000
_MS = Fraction(1, 1000)
_STEP_S = 0.02
_SPEECH_SHARE = 0.12
_PAUSE_S = 0.3
_MIN_GAP_S = 0.1
_SHORTEST_CUE_S = 1.0
_LONGEST_CUE_S = 5.0
_CHARACTERS_A_SECOND = 11
_LINE = 38
_TEXT = "so here is what they said about the way home that rainy evening in town"

_ENCODERS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "h264": ("libx264", ".mp4"),
        "mpeg2": ("mpeg2video", ".mp4"),
        "aac": ("aac", ".m4a"),
        "flac": ("flac", ".flac"),
        "mp3": ("libmp3lame", ".mp3"),
    }
)


def make_clip(excerpt: Excerpt, trial: Trial, folder: Path) -> tuple[Path, list[Stretch]]:
    """Make the clip of a trial.

    Args:
        excerpt: Of the trial's source.
        trial: What to make.
        folder: Where to; the file is named `clip`.

    Returns:
        The file, and where it is damaged, in seconds; nothing for a clean twin.

    Raises:
        KnownError: The excerpt is too short, or the clip cannot be written or damaged.
    """
    encoder, suffix = _ENCODERS[trial.coding]
    domain = INJECTORS[trial.defect].domain if trial.defect else None
    if trial.coding in PICTURE_CODINGS:
        return _picture_clip(excerpt, trial, folder / f"clip{suffix}", encoder, domain)
    if excerpt.sound is None:
        raise KnownError(f"{trial.source} has no sound to damage.")
    if trial.captioned:
        return _captioned_clip(excerpt, trial, folder / "clip.mkv")
    return _sound_clip(excerpt, trial, folder / f"clip{suffix}", encoder)


def _picture_clip(
    excerpt: Excerpt, trial: Trial, path: Path, encoder: str, domain: Domain | None
) -> tuple[Path, list[Stretch]]:
    span = _place(excerpt.seconds, trial) if domain is not None else None
    pictures, rate = iter(excerpt.pictures), excerpt.rate
    truth: list[Stretch] = []
    shown: list[bool] = []
    if domain is Domain.PICTURE and span is not None:
        frames = (round(span[0] * rate), round(span[1] * rate))
        steps = inject_steps(
            pictures, trial.defect, [frames], trial.severity, trial.seed, variant=trial.variant
        )
        pictures = _watched(steps, shown) if trial.variant in CODECS else (s.picture for s in steps)
        truth = [(float(frames[0] / rate), float(frames[1] / rate))]
    write_title(
        path,
        (packed(picture) for picture in pictures),
        rate,
        excerpt.sound,
        excerpt.sample_rate,
        audio_bitrate=None if excerpt.sound is None else _SOUND_BITS * len(excerpt.sound),
        settings=_coding(encoder, rate, excerpt.pictures[0].luma.size),
    )
    if shown:
        truth = _joined(shown, rate)
    if domain is Domain.STREAM and span is not None:
        truth = _damaged_stream(path, trial, span)
    return path, truth


def _watched(steps: Iterable[Step[None]], shown: list[bool]) -> Iterator[Picture]:
    """The pictures; a damaged stream shows damage in some of them, which is noted in `shown`."""
    for step in steps:
        clean = step.clean
        shown.append(clean is not None and share_of(mask_of(clean, step.picture)) > _SHOWN)
        yield step.picture


def _joined(shown: Sequence[bool], rate: Fraction) -> list[Stretch]:
    """Stretches of frames that show damage; those that little lies between are one."""
    frames = np.flatnonzero(shown)
    apart = np.flatnonzero(np.diff(frames) > _APART_S * rate) + 1
    return [
        (float(part[0] / rate), float((part[-1] + 1) / rate))
        for part in np.split(frames, apart)
        if len(part)
    ]


def _damaged_stream(path: Path, trial: Trial, span: Stretch) -> list[Stretch]:
    entry = INJECTORS[trial.defect]
    form = {"variant": trial.variant} if entry.variants else {}
    made = entry.make(path, path, [span], trial.severity, trial.seed, **form)
    if not isinstance(made, Truth):
        raise BugError(f"the injector of {trial.defect} told no truth")
    return list(made.spans)


def _coding(encoder: str, rate: Fraction, pixels: int) -> VideoSettings:
    gop = max(round(GOP_S * rate), 1)
    if encoder == "mpeg2video":
        bits = round(_MPEG2_BITS_A_PIXEL * pixels * rate)
        return VideoSettings(encoder, source_format="yuv420p", bitrate=bits, gop=min(gop, 15))
    return VideoSettings(encoder, source_format="yuv420p", crf=CRF, gop=gop, preset="superfast")


def _sound_clip(
    excerpt: Excerpt, trial: Trial, path: Path, encoder: str
) -> tuple[Path, list[Stretch]]:
    assert excerpt.sound is not None
    sound, rate, truth = excerpt.sound, excerpt.sample_rate, list[Stretch]()
    if trial.whole:
        sound = _on_target(sound, rate)
    if trial.defect:
        span = (0.0, excerpt.seconds) if trial.whole else _place(excerpt.seconds, trial)
        samples = (round(span[0] * rate), round(span[1] * rate))
        sound = inject_sound(
            sound, trial.defect, [samples], rate, trial.severity, trial.seed, variant=trial.variant
        )
        truth = [(samples[0] / rate, samples[1] / rate)]
    bits = None if encoder == "flac" else _SOUND_BITS * len(sound)
    write_title(path, None, 25, sound, rate, audio_codec=encoder, audio_bitrate=bits)
    return path, truth


def _on_target(sound: NDArray[np.float32], rate: int) -> NDArray[np.float32]:
    """The same sound at -23 LUFS, or as near to it as its peaks allow."""
    meter = LoudnessMeter("", len(sound), rate)
    steps = [*meter.feed(sound), *meter.finish()]
    lufs = integrated_lufs(np.array([step.momentary for step in steps]))
    peak = float(np.abs(sound).max(initial=1e-6))
    gain = min(10.0 ** ((_TARGET_LUFS - lufs) / 20.0), _PEAK / peak)
    return sound * np.float32(gain)


def _captioned_clip(excerpt: Excerpt, trial: Trial, path: Path) -> tuple[Path, list[Stretch]]:
    assert excerpt.sound is not None
    sound, cues = _programme(excerpt.sound, excerpt.sample_rate)
    seconds = sound.shape[1] / excerpt.sample_rate
    if not cues:
        raise KnownError(f"Nobody speaks in {trial.source}.")
    truth: list[Stretch] = []
    if trial.defect:
        # From a caption on, so that there is something to damage.
        begins = [cue.span.start_s for cue in cues if cue.span.start_s + trial.length_s < seconds]
        chosen = np.random.default_rng([trial.seed, 7]).choice(begins or [0.0])
        span = (float(chosen), float(chosen) + trial.length_s)
        cues, truth = inject_cues(
            cues, trial.defect, [span], trial.severity, trial.seed, variant=trial.variant
        )
    write_title(
        path,
        None,
        25,
        sound,
        excerpt.sample_rate,
        audio_bitrate=_SOUND_BITS * len(sound),
        captions=cues,
    )
    return path, truth


def _programme(sound: NDArray[np.float32], rate: int) -> tuple[NDArray[np.float32], list[Cue]]:
    """Speech for captions in a row: the phrases of an excerpt in any order, with any pauses.

    Said again and again in the same order, an offset by the length of the excerpt would look right.
    """
    phrases = [(cue.span.start_s, cue.span.end_s) for cue in cues_on(sound, rate)]
    chance = np.random.default_rng([sound.shape[1], 5])
    parts, cues, at = [], list[Cue](), 0
    while phrases and at < CAPTIONED_S * rate:
        pause = round(float(chance.uniform(*_PAUSES_S)) * rate)
        first, last = phrases[int(chance.integers(len(phrases)))]
        said = sound[:, round(first * rate) : round(last * rate)]
        parts += [np.zeros((len(sound), pause), np.float32), said]
        start, at = at + pause, at + pause + said.shape[1]
        span = Span.from_seconds(start / rate, at / rate, _MS)
        cues.append(Cue(span, _text(span.duration_s, len(cues))))
    return (np.concatenate(parts, axis=1) if parts else sound), cues


def _place(seconds: float, trial: Trial) -> Stretch:
    """Where the damage goes: anywhere, with some clean content before and after."""
    lead, tail = LEAD_S, TAIL_S
    room = seconds - lead - tail - trial.length_s
    if room < 0:
        # A short clip gives up some clean content first, then some of the damage.
        lead = tail = max((seconds - trial.length_s) / 2, min(seconds / 4, LEAD_S / 2))
        room = 0.0
    start = lead + float(np.random.default_rng([trial.seed, 7]).random()) * room
    return start, min(start + trial.length_s, seconds - tail)


def cues_on(sound: NDArray[np.float32], rate: int) -> list[Cue]:
    """Captions laid on speech: where it is loud, parted at pauses, in readable lines.

    Args:
        sound: Speech, shape (channels, n).
        rate: Samples a second.
    """
    step = max(round(_STEP_S * rate), 1)
    mono = sound.mean(axis=0)
    steps = len(mono) // step
    if steps == 0:
        return []
    level = np.sqrt(np.square(mono[: steps * step].reshape(steps, step)).mean(axis=1))
    loud = level > _SPEECH_SHARE * float(np.quantile(level, 0.95))
    cues: list[Cue] = []
    for number, (start_s, end_s) in enumerate(_spoken(loud)):
        span = Span.from_seconds(start_s, end_s, _MS)
        cues.append(Cue(span, _text(end_s - start_s, number)))
    return cues


def _spoken(loud: NDArray[np.bool_]) -> Iterator[Stretch]:
    """Stretches of speech, none long, none shorter than can be read."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], loud.astype(np.int8), [0]))))
    phrases: list[list[float]] = []
    for a, b in zip(edges[::2] * _STEP_S, edges[1::2] * _STEP_S, strict=True):
        near = phrases and a - phrases[-1][1] <= _PAUSE_S
        if near and b - phrases[-1][0] <= _LONGEST_CUE_S:
            phrases[-1][1] = float(b)
        elif phrases and a - phrases[-1][1] <= 2 * _MIN_GAP_S:
            phrases.append([phrases[-1][1] + _MIN_GAP_S, float(b)])
        else:
            phrases.append([float(a), float(b)])
    for start, end in phrases:
        if end - start >= _SHORTEST_CUE_S:
            yield start, end


def _text(seconds: float, number: int) -> str:
    """Words that can be read in that time, in lines of at most 38 characters."""
    lines: list[str] = [""]
    words = _cycled(_TEXT.split(), number)
    while sum(map(len, lines)) < _CHARACTERS_A_SECOND * seconds - 6:
        word = next(words)
        if len(lines[-1]) + len(word) + 1 > _LINE:
            if len(lines) == 2:
                break
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return "\n".join(lines) or "Yes."


def _cycled(words: Sequence[str], number: int) -> Iterator[str]:
    place = 5 * number
    while True:
        yield words[place % len(words)]
        place += 1
