"""Both encoders of the active speaker network as they are, to compare with."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import torch
from safetensors import SafetensorError
from safetensors.torch import load_file

from core.domain.errors import KnownError
from core.learning.lipsync.clip import read_clip
from core.learning.lipsync.curve import Floats
from core.learning.lipsync.material import pooled
from core.models.face_finder import face_finder
from core.models.light_ear import LightEar, take_light_ear
from core.models.lip_body import WIDTHS, take_light_asd
from core.models.lip_sync import LipSyncNet
from core.models.mfcc import mfcc
from core.models.sync_sound import SOUND_RATE


def untuned_rows(
    files: Mapping[str, Path], weights: Path, work: Path
) -> dict[str, tuple[Floats, Floats]]:
    """Rows of both encoders, 128 numbers each, that the published network adds up.

    Args:
        files: Clips by name.
        weights: The published file.
        work: Rows are kept there.

    Raises:
        KnownError: The weights cannot be read.
    """
    try:
        state = load_file(weights)
    except (OSError, SafetensorError) as error:
        raise KnownError("Light-ASD's weights cannot be read.", str(error)) from error
    net, ear = LipSyncNet(1).eval(), LightEar().eval()
    take_light_asd(net.body, state)
    take_light_ear(ear, state)
    found = {}
    for name, path in files.items():
        kept = work / f"untuned.{name}.npz"
        if not kept.is_file():
            clip = read_clip(path, face_finder())
            heard = mfcc(clip.sound, SOUND_RATE)[: 4 * len(clip.pictures)]
            heard = np.pad(heard, ((0, 4 * len(clip.pictures) - len(heard)), (0, 0)), "edge")
            with torch.inference_mode():
                sound = ear(torch.from_numpy(heard)).numpy()
            # The strongest of each map is what the published network takes.
            np.savez(kept, seen=pooled(net, clip.crops())[:, : WIDTHS[-1]], heard=sound)
        with np.load(kept) as arrays:
            found[name] = (arrays["seen"], arrays["heard"])
    return found
