"""What the body sees of every clip, kept in the folder that a course works in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from core.detectors.lipsync.face import FaceNetwork
from core.learning.lipsync.clip import Clip, read_clip
from core.learning.lipsync.head import Material
from core.learning.lipsync.lesson import Lesson
from core.models.lip_body import REACH_FRAMES
from core.models.lip_sync import LipSyncNet
from core.models.one_thread import one_thread
from core.models.sync_sound import SOUND_RATE, sync_bands

AT_A_TIME = 50

Progress = Callable[[float, str], None]
Floats = NDArray[np.float32]


def materials(
    lesson: Lesson,
    files: Mapping[str, Path],
    net: LipSyncNet,
    faces: FaceNetwork,
    work: Path,
    progress: Progress,
) -> dict[str, Material]:
    """What is to be learned from, or asked about; what was made before is taken from the folder.

    Args:
        lesson: How clips are varied; others have no variants.
        files: Clips by name.
        net: Whose body sees.
        faces: Who finds faces.
        work: The folder, claimed for this lesson and body.
        progress: Told a share and a word.
    """
    found = {}
    for done, (name, path) in enumerate(files.items()):
        progress(done / len(files), f"looking at {name}")
        variants = 0 if name in lesson.others else lesson.variants
        kept = work / f"{name}.{variants}.npz"
        if not kept.is_file():
            _keep(kept, read_clip(path, faces), lesson, variants, net)
        with np.load(kept) as arrays:
            found[name] = Material(list(arrays["seen"]), arrays["bands"])
    return found


def _keep(path: Path, clip: Clip, lesson: Lesson, variants: int, net: LipSyncNet) -> None:
    shown = [clip.crops(), *(clip.variant(lesson, n) for n in range(1, variants + 1))]
    seen = np.stack([pooled(net, crops) for crops in shown])
    draft = path.with_name(f".{path.stem}.draft.npz")
    np.savez(draft, seen=seen, bands=sync_bands(clip.sound, SOUND_RATE))
    draft.replace(path)


def pooled(net: LipSyncNet, crops: NDArray[np.uint8]) -> Floats:
    """What the body sees of pictures, shape (n, 112, 112) gives (n, 256)."""
    found = []
    with torch.inference_mode(), one_thread():
        for start in range(0, len(crops), AT_A_TIME):
            low = max(0, start - REACH_FRAMES)
            seen = net.pooled(torch.from_numpy(crops[low : start + AT_A_TIME + REACH_FRAMES]))
            found.append(seen[start - low : start - low + AT_A_TIME].numpy())
    return np.concatenate(found).astype(np.float32)
