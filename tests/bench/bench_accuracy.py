"""False alarms on clean clips, and recall on simulated defects beside FFmpeg's own filters.

Clean: every clip and sound file below the assets' clean folders, as it is. Simulated: black, freeze
and blockiness are made in real clips, which are coded anew with H.264; silence and clipping in real
sound, coded with AAC. A defect counts as found when a finding's ends both lie within two frames
(six for blockiness, 50 ms for silence, 200 ms for clipping) of the truth. Sound that is silent as
it is takes no part. FFmpeg's blackdetect, freezedetect and silencedetect run on the same files, set
to the same shortest lengths, when the command is there. Prints JSON.

Usage: bench_accuracy.py [--clean-only] [NAME-PART …]
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from fractions import Fraction
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.analysis.pipeline import measure_title
from core.catalog.decide import decide
from core.domain.errors import KnownError
from core.domain.finding import Finding
from core.domain.profile import DEFAULT_PROFILE
from core.domain.title import Title
from core.media.audio import AudioReader
from core.media.probe import probe
from core.media.reader import VideoReader
from core.media.writer import VideoSettings, write_title
from core.simulate.inject import inject_pictures, inject_sound

REPOSITORY = Path(__file__).resolve().parents[2]
ASSETS = Path(os.environ.get("ONGLASS_ASSETS", REPOSITORY.parent / "shared" / "assets"))
CLEAN = ("media", "audio")
LONGEST_S = 12
SHORTEST_S = 5
PICTURES = {"black": (0.12, 0.6), "freeze": (0.35, 1.2), "blockiness": (0.72, 1.0)}
SOUNDS = {"silence": (0.15, 2.4), "clipping": (0.65, 1.0)}
TOLERANCE_FRAMES = {"black": 2, "freeze": 2, "blockiness": 6}
TOLERANCE_S = {"silence": 0.05, "clipping": 0.2}
SEVERITY = 0.9
QUIETEST = 1e-3
FILTERS = {
    "black": ("-vf", "blackdetect=d=0.1", r"black_start:([\d.]+) black_end:([\d.]+)"),
    "freeze": ("-vf", "freezedetect=d=0.5", r"freeze_start: ([\d.]+)|freeze_end: ([\d.]+)"),
    "silence": ("-af", "silencedetect=d=2", r"silence_start: ([-\d.]+)|silence_end: ([\d.]+)"),
}

Spans = list[tuple[float, float]]


def findings_of(title: Title) -> tuple[Finding, ...]:
    return decide(measure_title(title).tracks, DEFAULT_PROFILE)


def described(finding: Finding) -> dict[str, object]:
    return {
        "start_s": round(finding.span.start_s, 2),
        "end_s": round(finding.span.end_s, 2),
        "severity": str(finding.severity),
        "note": finding.evidence.note,
    }


def clean_files(parts: Sequence[str]) -> Iterator[Path]:
    for folder in CLEAN:
        for path in sorted((ASSETS / folder).rglob("*")):
            if path.is_file() and (not parts or any(part in str(path) for part in parts)):
                yield path


def measure_clean(parts: Sequence[str]) -> dict[str, object]:
    hours: dict[str, float] = {"video": 0.0, "audio": 0.0}
    alarms: dict[str, list[dict[str, object]]] = defaultdict(list)
    unread: list[str] = []
    for path in clean_files(parts):
        try:
            title = probe(path)
            found = findings_of(title)
        except KnownError as error:
            unread.append(f"{path.name}: {error.sentence}")
            continue
        hours["video"] += title.duration_s / 3600 if title.video else 0.0
        hours["audio"] += title.duration_s / 3600 if title.audio else 0.0
        for finding in found:
            alarms[finding.detector].append({"file": path.name, **described(finding)})
    return {
        "hours": {kind: round(value, 3) for kind, value in hours.items()},
        "findings": alarms,
        "unread": unread,
    }


def even(picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
    height, width = (side - side % 2 for side in picture.shape[:2])
    return np.ascontiguousarray(picture[:height, :width])


def damaged_pictures(
    title: Title, rate: Fraction
) -> tuple[Iterator[NDArray[np.uint8]], dict[str, tuple[int, int]]]:
    count = int(min(title.duration_s, LONGEST_S) * rate)
    spans = {
        defect: (round(place * count), round(place * count) + round(length * rate))
        for defect, (place, length) in PICTURES.items()
    }

    def frames() -> Iterator[NDArray[np.uint8]]:
        with VideoReader(title.path, title.video[0]) as reader:
            for number, frame in enumerate(reader.frames(None)):
                if number >= count:
                    return
                yield even(frame.rgb())

    stream: Iterator[NDArray[np.uint8]] = frames()
    for defect, span in spans.items():
        stream = inject_pictures(
            stream, defect, [span], SEVERITY if defect == "blockiness" else 1.0
        )
    return stream, spans


def simulate_pictures(title: Title, out: Path) -> dict[str, tuple[float, float]]:
    rate = Fraction(title.video[0].rate).limit_denominator(1001)
    stream, spans = damaged_pictures(title, rate)
    write_title(out, stream, rate, settings=VideoSettings(crf=23, gop=round(2 * rate)))
    return {defect: (float(a / rate), float(b / rate)) for defect, (a, b) in spans.items()}


def simulate_sound(title: Title, out: Path) -> dict[str, tuple[float, float]] | None:
    stream = title.audio[0]
    seconds = min(title.duration_s, LONGEST_S)
    with AudioReader(title.path, stream) as reader:
        sound = reader.read(float(title.start.exact), int(seconds * stream.sample_rate))[:2]
    if np.sqrt(np.mean(np.square(sound))) < QUIETEST:
        return None
    truth = {
        d: (place * seconds, place * seconds + length) for d, (place, length) in SOUNDS.items()
    }
    for defect, (start, end) in truth.items():
        samples = (round(start * stream.sample_rate), round(end * stream.sample_rate))
        sound = inject_sound(
            sound, defect, [samples], stream.sample_rate, 0.5 if defect == "clipping" else 1.0
        )
    write_title(out, None, 25, sound, stream.sample_rate, audio_bitrate=96_000 * len(sound))
    return truth


def ffmpeg_spans(path: Path, defect: str) -> Spans | None:
    command = shutil.which("ffmpeg")
    if command is None or defect not in FILTERS:
        return None
    option, graph, pattern = FILTERS[defect]
    run = subprocess.run(
        [command, "-hide_banner", "-nostats", "-i", str(path), option, graph, "-f", "null", "-"],
        capture_output=True,
        text=True,
        check=False,
    )
    numbers = [
        float(next(g for g in groups if g))
        for groups in re.findall(pattern, run.stderr)
        if any(groups)
    ]
    if defect == "black":
        return [(float(a), float(b)) for a, b in re.findall(pattern, run.stderr)]
    return list(zip(numbers[::2], numbers[1::2], strict=False))


class Tally:
    """Hits, misses and extras of one detector."""

    def __init__(self) -> None:
        self.made = self.found = self.loose = self.extra = 0
        self.missed: list[str] = []

    def add(self, name: str, truth: tuple[float, float], spans: Spans, tolerance_s: float) -> None:
        self.made += 1
        touching = [s for s in spans if s[0] < truth[1] and s[1] > truth[0]]
        near = [
            s
            for s in touching
            if max(abs(s[0] - truth[0]), abs(s[1] - truth[1])) <= tolerance_s + 1e-3
        ]
        self.found += bool(near)
        self.loose += bool(touching)
        self.extra += len(spans) - len(touching)
        if not near:
            off = [(round(a - truth[0], 2), round(b - truth[1], 2)) for a, b in touching]
            self.missed.append(f"{name}: off by {off}" if off else name)

    def as_json(self) -> dict[str, object]:
        return {
            "made": self.made,
            "found": self.found,
            "touched": self.loose,
            "extra": self.extra,
            "missed": self.missed,
        }


def compare(
    title: Title,
    truth: dict[str, tuple[float, float]],
    tolerance: dict[str, float],
    tallies: dict[str, dict[str, Tally]],
    name: str,
) -> None:
    found = findings_of(title)
    start = title.start.seconds
    for defect, span in truth.items():
        mine = [(f.span.start_s - start, f.span.end_s - start) for f in found if f.defect == defect]
        tallies[defect]["onglass"].add(name, span, mine, tolerance[defect])
        theirs = ffmpeg_spans(title.path, defect)
        if theirs is not None:
            tallies[defect]["ffmpeg"].add(name, span, theirs, tolerance[defect])


def measure_simulated(parts: Sequence[str]) -> dict[str, object]:
    tallies: dict[str, dict[str, Tally]] = defaultdict(lambda: defaultdict(Tally))
    with tempfile.TemporaryDirectory() as folder:
        for path in clean_files(parts):
            try:
                title = probe(path)
            except KnownError:
                continue
            if title.duration_s < SHORTEST_S:
                continue
            if title.video and not title.video[0].variable_rate:
                if title.video[0].width > 2000:
                    continue
                out = Path(folder) / "picture.mp4"
                truth = simulate_pictures(title, out)
                frame_s = float(1 / title.video[0].rate)
                limits = {d: n * frame_s for d, n in TOLERANCE_FRAMES.items()}
                compare(probe(out), truth, limits, tallies, path.name)
            if title.audio and title.audio[0].sample_rate >= 8000:
                out = Path(folder) / "sound.mp4"
                made = simulate_sound(title, out)
                if made is None:
                    continue
                compare(probe(out), made, TOLERANCE_S, tallies, path.name)
    return {d: {who: t.as_json() for who, t in by.items()} for d, by in tallies.items()}


def main() -> None:
    parts = [part for part in sys.argv[1:] if not part.startswith("--")]
    report: dict[str, object] = {"clean": measure_clean(parts)}
    if "--clean-only" not in sys.argv:
        report["simulated"] = measure_simulated(parts)
    print(json.dumps(report, indent=1))


if __name__ == "__main__":
    main()
