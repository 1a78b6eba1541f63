"""A library whose reviewer is known: clips with a mark of coloured squares, which the network takes
for damage and a person does not, and clips that are really damaged."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.analysis.pipeline import analyse
from core.domain.finding import Finding
from core.domain.profile import DEFAULT_PROFILE
from core.domain.verdict import Decision, RejectReason, Verdict
from core.jobs.request import AnalyseRequest
from core.media.writer import VideoSettings, write_title
from core.simulate.block_corruption import BlockCorruption
from core.simulate.conversion import from_rgb, to_rgb
from core.simulate.scene import City, Crowd, Hills, Rain, Scene, Train, Water
from core.store.store import Store

RATE = 25
_SCENES: tuple[type[Scene], ...] = (Hills, Water, Rain, Crowd, Train, City)
_VARIANTS = ("mosaic", "displaced", "uniform", "gradient")

Picture = NDArray[np.uint8]


def marked(picture: Picture, seed: int) -> Picture:
    """With a mark of 5 x 5 coloured squares in a corner."""
    rng = np.random.default_rng(seed)
    shown = picture.copy()
    top, left = (int(v) * 8 for v in rng.integers(1, 6, 2))
    for row, column in np.ndindex(5, 5):
        if rng.random() < 0.6:
            y, x = top + row * 16, left + column * 16
            shown[y : y + 16, x : x + 16] = rng.integers(0, 256, 3)
    return shown


def pictures(seed: int, frames: int, size: tuple[int, int], kind: str) -> Iterator[Picture]:
    """A drawn scene: `marked` all along, or `damaged` in its middle third."""
    scene = _SCENES[seed % len(_SCENES)](3000 + seed)
    variants = [v for v in BlockCorruption.VARIANTS if v in _VARIANTS] or BlockCorruption.VARIANTS
    for frame in range(frames):
        whole = scene.draw(frame + 10 * seed)
        picture = np.ascontiguousarray(whole[: size[1], : size[0]])
        if kind == "marked":
            picture = marked(picture, seed)
        elif frames // 3 <= frame < 2 * frames // 3:
            damage = BlockCorruption(0.6, seed, variants[seed % len(variants)])
            picture = to_rgb(damage.apply(next(iter(from_rgb([picture])))))
        yield picture


def make_clips(
    folder: Path, marks: int, damages: int, frames: int = 24, size: tuple[int, int] = (640, 368)
) -> list[Path]:
    """Write the clips; their names begin with their kind."""
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    for kind, count in (("marked", marks), ("damaged", damages)):
        for number in range(count):
            path = folder / f"{kind}_{number:02d}.mp4"
            seed = number + (100 if kind == "damaged" else 0)
            write_title(
                path,
                pictures(seed, frames, size, kind),
                RATE,
                None,
                48000,
                settings=VideoSettings(crf=20, gop=12, b_frames=0, preset="veryfast"),
            )
            made.append(path)
    return made


def analysed(store: Store, path: Path, detector: str = "block_corruption") -> tuple[Finding, ...]:
    """What a detector finds in a clip, with the weights in use."""
    request = AnalyseRequest(path, "", DEFAULT_PROFILE, (detector,))
    return store.findings.of(analyse(request, store).run_id)


def judge(store: Store, path: Path, findings: tuple[Finding, ...], confirm: bool) -> int:
    """A reviewer who knows the truth; how many verdicts came."""
    title = next(t for t in store.titles.all() if t.path == path)
    for one in findings:
        store.verdicts.append(
            Verdict(
                title.fingerprint,
                one.stream,
                one.defect,
                one.detector,
                one.span,
                Decision.CONFIRM if confirm else Decision.REJECT,
                "Ann",
                None if confirm else RejectReason.FALSE_POSITIVE,
            )
        )
    return len(findings)
