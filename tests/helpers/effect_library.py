"""A small library with an effect that the network takes for damage, and with real damage."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
from helpers.scenery import moving_shapes
from numpy.typing import NDArray

from core.analysis.pipeline import analyse_request
from core.catalog.profile_file import save_profile
from core.catalog.table import DETECTORS
from core.config.settings import Settings
from core.domain.profile import Profile
from core.jobs.request import AnalyseRequest
from core.media.writer import VideoSettings, write_title
from core.simulate.plan import Planned
from core.simulate.title import Options, simulate_title

DETECTOR = "block_corruption"
RATE, SECONDS, SIZE = 25, 6, (640, 360)
TILE = 16
EFFECTS, DAMAGED = 6, 2
ONLY = Profile("only", "Only", disabled=frozenset(DETECTORS) - {DETECTOR})


def shuffled(picture: NDArray[np.uint8], seed: int) -> NDArray[np.uint8]:
    """An effect: the picture in tiles, dealt anew."""
    high, wide = picture.shape[0] // TILE, picture.shape[1] // TILE
    tiles = picture[: high * TILE, : wide * TILE].reshape(high, TILE, wide, TILE, 3).swapaxes(1, 2)
    dealt = np.random.default_rng(seed).permutation(tiles.reshape(-1, TILE, TILE, 3))
    whole = dealt.reshape(high, wide, TILE, TILE, 3).swapaxes(1, 2)
    made = picture.copy()
    made[: high * TILE, : wide * TILE] = whole.reshape(high * TILE, wide * TILE, 3)
    return made


def pictures(seed: int, effect: bool) -> Iterator[NDArray[np.uint8]]:
    """Shapes before a moving camera; with the effect from 1 to 1.6 s and from 4 to 4.6 s."""
    for number, plane in enumerate(moving_shapes(RATE * SECONDS, seed)):
        large = cv2.resize(plane, SIZE, interpolation=cv2.INTER_CUBIC)
        picture = np.repeat(large[:, :, None], 3, axis=2)
        at = number / RATE
        treated = effect and (1 <= at < 1.6 or 4 <= at < 4.6)
        yield shuffled(picture, seed) if treated else picture


def make_library(folder: Path) -> tuple[list[Path], list[Path], str]:
    """Titles with the effect, titles with damage, and the store in which all were analysed."""
    coding = VideoSettings(crf=22, gop=50, b_frames=0, preset="veryfast")
    treated, damaged = [], []
    for number in range(EFFECTS):
        treated.append(folder / f"effect {number}.mp4")
        write_title(treated[-1], pictures(number, effect=True), RATE, settings=coding)
    for number in range(DAMAGED):
        clean, out = folder / f"clean {number}.mp4", folder / f"damaged {number}.mkv"
        write_title(clean, pictures(50 + number, effect=False), RATE, settings=coding)
        plan = [Planned(DETECTOR, ((2.0, 3.0),), severity=1.0, seed=number)]
        simulate_title(clean, out, plan, Options(mask=False))
        damaged.append(out)
    url = f"sqlite:///{folder / 'store.db'}"
    save_profile(ONLY)
    for path in (*treated, *damaged):
        analyse_request(AnalyseRequest(path, url, ONLY))
    settings = Settings.load()
    settings.set("general.analyse_on_open", False)
    settings.save()
    return treated, damaged, url
