"""SyncNet as published, for those who have its file of weights.

Chung and Zisserman, "Out of time: automated lip sync in the wild", 2016: five colour pictures of a
face against .2 s of its sound, 1,024 numbers each, near where they belong together. Names and
shapes of the state are those of the public checkpoint `syncnet_v2.model`. The file itself is not
shipped and was not at hand: the layout is tested with made-up numbers, the accuracy was not
measured.

What it is given here is what its own demonstration gives it: faces cut with their surroundings
(`crop.with_surroundings`), blue before red, 0 to 255; and 13 coefficients every 10 ms
(`core/models/mfcc.py`).
"""

from __future__ import annotations

from pathlib import Path
from pickle import UnpicklingError
from zipfile import BadZipFile

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from core.domain.errors import BugError, KnownError
from core.models.card import WeightsCard
from core.models.mfcc import COEFFICIENTS, mfcc
from core.models.one_thread import one_thread
from core.models.weights import Weights, load_into, save

WIDTH = 1024
"""Numbers in a row."""

PICTURES = 5
"""Pictures that a row is made of."""

FACE_PX = 224
"""Width and height of what is shown of a face."""

ARCHITECTURE = "SyncNet"

_SOUND_FRAMES = 20
_AT_A_TIME = 10

Floats = NDArray[np.float32]


class SyncNet(nn.Module):
    """Both towers; names of the state are the published ones."""

    def __init__(self) -> None:
        super().__init__()
        self.netcnnaud = nn.Sequential(
            *_sounds(1, 64, 3, padding=1),
            nn.MaxPool2d(1, 1),
            *_sounds(64, 192, 3, padding=1),
            nn.MaxPool2d(3, (1, 2)),
            *_sounds(192, 384, 3, padding=1),
            *_sounds(384, 256, 3, padding=1),
            *_sounds(256, 256, 3, padding=1),
            nn.MaxPool2d(3, 2),
            *_sounds(256, 512, (5, 4), padding=0),
        )
        self.netfcaud = _decided()
        self.netfclip = _decided()
        self.netcnnlip = nn.Sequential(
            *_faces(3, 96, (5, 7, 7), (1, 2, 2), 0),
            nn.MaxPool3d((1, 3, 3), (1, 2, 2)),
            *_faces(96, 256, (1, 5, 5), (1, 2, 2), (0, 1, 1)),
            nn.MaxPool3d((1, 3, 3), (1, 2, 2), (0, 1, 1)),
            *_faces(256, 256, (1, 3, 3), 1, (0, 1, 1)),
            *_faces(256, 256, (1, 3, 3), 1, (0, 1, 1)),
            *_faces(256, 256, (1, 3, 3), 1, (0, 1, 1)),
            nn.MaxPool3d((1, 3, 3), (1, 2, 2)),
            *_faces(256, 512, (1, 6, 6), 1, 0),
        )

    def hear(self, coefficients: Tensor) -> Tensor:
        """Rows of sound: shape (n, 1, 13, 20) gives (n, 1024)."""
        rows: Tensor = self.netfcaud(self.netcnnaud(coefficients).flatten(1))
        return rows

    def see(self, faces: Tensor) -> Tensor:
        """Rows of faces: shape (n, 3, 5, 224, 224), blue first, 0..255, gives (n, 1024)."""
        rows: Tensor = self.netfclip(self.netcnnlip(faces).flatten(1))
        return rows

    def forward(self, faces: Tensor, coefficients: Tensor) -> tuple[Tensor, Tensor]:
        """Rows of both."""
        return self.see(faces), self.hear(coefficients)


class SyncNetRows:
    """SyncNet's answers as rows that `offset.scan` takes.

    Row i is of the five pictures, or the .2 s, from i / 25 s on; both are brought to length 1, so
    that the cosine ranks shifts as the published distance does.

    Args:
        net: With its weights.
    """

    def __init__(self, net: SyncNet) -> None:
        self._net = net.eval()

    def see(self, faces: NDArray[np.uint8]) -> Floats:
        """What a face shows.

        Args:
            faces: RGB, 40 ms apart, shape (n, 224, 224, 3).

        Returns:
            Shape (n - 4, 1024); nothing for fewer than five pictures.
        """
        if faces.dtype != np.uint8 or faces.shape[1:] != (FACE_PX, FACE_PX, 3):
            raise BugError(f"these are no faces: {faces.dtype} of shape {faces.shape}")
        line = torch.from_numpy(np.ascontiguousarray(faces[..., ::-1])).permute(3, 0, 1, 2)
        count = max(len(faces) - PICTURES + 1, 0)
        found = [np.empty((0, WIDTH), np.float32)]
        with torch.inference_mode(), one_thread():
            for start in range(0, count, _AT_A_TIME):
                few = range(start, min(start + _AT_A_TIME, count))
                windows = torch.stack([line[:, i : i + PICTURES] for i in few]).float()
                found.append(_unit(self._net.see(windows)))
        return np.concatenate(found)

    def hear(self, samples: Floats, rate: int) -> Floats:
        """What a sound says.

        Args:
            samples: One channel, full scale ±1, shape (n,).
            rate: Samples a second.

        Returns:
            Shape (about 25 s - 4, 1024).
        """
        line = torch.from_numpy(mfcc(samples, rate).T.copy())
        count = max((line.shape[1] - _SOUND_FRAMES) // 4 + 1, 0)
        if not count:
            return np.empty((0, WIDTH), np.float32)
        with torch.inference_mode(), one_thread():
            starts = [line[:, 4 * i : 4 * i + _SOUND_FRAMES] for i in range(count)]
            return _unit(self._net.hear(torch.stack(starts)[:, None]))


def take_checkpoint(path: Path, folder: Path) -> Weights:
    """Make weights with a card of the public checkpoint, for `onglass models add`.

    Only numbers are read of the file; one that would run code is refused.

    Args:
        path: `syncnet_v2.model`, or the same state as safetensors.
        folder: Where `syncnet.r2.safetensors` and its card are written.

    Raises:
        KnownError: The file cannot be read, or is no checkpoint of this layout.
    """
    net = SyncNet()
    try:
        if path.suffix == ".safetensors":
            from safetensors.torch import load_file

            state = load_file(path)
        else:
            state = torch.load(path, map_location="cpu", weights_only=True)
        net.load_state_dict(state)
    except (
        OSError,
        RuntimeError,
        ValueError,
        TypeError,
        AttributeError,
        EOFError,
        BadZipFile,
        UnpicklingError,
    ) as error:
        raise KnownError(f"{path.name} is no checkpoint of SyncNet.", str(error)) from error
    card = WeightsCard(
        name="syncnet.r2",
        architecture=ARCHITECTURE,
        preprocessing=f"five faces of {FACE_PX} x {FACE_PX} pixels, blue first, and "
        f"{COEFFICIENTS} x {_SOUND_FRAMES} mel-frequency cepstral coefficients",
        classes=("rows of 1,024 numbers that are near where lips and sound belong together",),
        recipe="As published: Chung and Zisserman 2016. Converted from the public checkpoint.",
        data=("see the publication",),
        licence="as the file's owner states it",
    )
    return save(net, card, folder)


def load_syncnet(weights: Weights) -> SyncNet:
    """The network with a user's converted weights, in eval mode.

    Raises:
        KnownError: They are missing, altered or for another network.
    """
    net = SyncNet()
    load_into(net, weights)
    return net.eval().requires_grad_(False)


def _unit(rows: Tensor) -> Floats:
    found: Floats = nn.functional.normalize(rows, dim=1).numpy()
    return found


def _sounds(
    inside: int, outside: int, size: int | tuple[int, int], padding: int
) -> tuple[nn.Module, ...]:
    layer = nn.Conv2d(inside, outside, size, padding=padding)
    return layer, nn.BatchNorm2d(outside), nn.ReLU()


def _faces(
    inside: int,
    outside: int,
    size: tuple[int, int, int],
    stride: int | tuple[int, int, int],
    padding: int | tuple[int, int, int],
) -> tuple[nn.Module, ...]:
    layer = nn.Conv3d(inside, outside, size, stride, padding)
    return layer, nn.BatchNorm3d(outside), nn.ReLU()


def _decided() -> nn.Sequential:
    return nn.Sequential(nn.Linear(512, 512), nn.BatchNorm1d(512), nn.ReLU(), nn.Linear(512, WIDTH))
