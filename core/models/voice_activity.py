"""Voice activity: how probable it is that somebody speaks, every 32 ms.

The network is Silero VAD's (Silero Team, MIT licence); its weights come with the package
`silero-vad`. Only the weights are taken from there: importing that package sets torch to one
thread for the whole process, and its own code runs frame by frame.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from core.domain.errors import KnownError

VOICE_RATE = 16_000
"""Samples a second that the network hears."""

FRAME_SAMPLES = 512
"""Samples a frame: 32 ms."""

CONTEXT_SAMPLES = 64
"""Samples before a frame that the network sees with it."""

_FILE = Path("data", "silero_vad_16k.safetensors")
_BINS = 129
_WIDTH = 128


class FrameEncoder(nn.Module):
    """Spectrum and convolutions: sees each frame by itself, so that many go as one batch."""

    def __init__(self) -> None:
        super().__init__()
        self.stft_conv = nn.Conv1d(1, 2 * _BINS, 256, stride=128, bias=False)
        self.conv1 = nn.Conv1d(_BINS, 128, 3, padding=1)
        self.conv2 = nn.Conv1d(128, 64, 3, stride=2, padding=1)
        self.conv3 = nn.Conv1d(64, 64, 3, stride=2, padding=1)
        self.conv4 = nn.Conv1d(64, _WIDTH, 3, padding=1)

    def forward(self, frames: Tensor) -> Tensor:
        """What is in each frame.

        Args:
            frames: Shape (n, 64 + 512): each frame behind the 64 samples before it; full scale
                is ±1.

        Returns:
            Shape (n, 128).
        """
        padded = functional.pad(frames, (0, 64), mode="reflect").unsqueeze(1)
        waves = self.stft_conv(padded)
        spectrum = (waves[:, :_BINS].square() + waves[:, _BINS:].square()).sqrt()
        seen = functional.relu(self.conv1(spectrum))
        seen = functional.relu(self.conv2(seen))
        seen = functional.relu(self.conv3(seen))
        return functional.relu(self.conv4(seen)).squeeze(-1)


class FrameDecoder(nn.Module):
    """The recurrent layer: walks through the frames in order."""

    def __init__(self) -> None:
        super().__init__()
        self.lstm_cell = nn.LSTM(_WIDTH, _WIDTH)
        self.final_conv = nn.Conv1d(_WIDTH, 1, 1)

    def forward(self, seen: Tensor) -> Tensor:
        """Probability of speech.

        Args:
            seen: What the encoder made of frames, shape (steps, batch, 128), in order of time.

        Returns:
            Shape (steps, batch), 0..1.
        """
        remembered, _ = self.lstm_cell(seen)
        steps, batch, width = remembered.shape
        flat = functional.relu(remembered).reshape(steps * batch, width, 1)
        return torch.sigmoid(self.final_conv(flat)).reshape(steps, batch)


class VoiceActivity(nn.Module):
    """Silero VAD 6 at 16 kHz.

    Attributes:
        encoder: Sees frames one by one.
        decoder: Remembers.
    """

    def __init__(self) -> None:
        super().__init__()
        self.encoder = FrameEncoder()
        self.decoder = FrameDecoder()

    def forward(self, frames: Tensor) -> Tensor:
        """Probability of speech in consecutive frames from the beginning on.

        Args:
            frames: Shape (n, 64 + 512), see `FrameEncoder`.

        Returns:
            Shape (n,), 0..1.
        """
        spoken: Tensor = self.decoder(self.encoder(frames).unsqueeze(1))
        return spoken.squeeze(1)


@lru_cache(maxsize=1)
def voice_activity() -> VoiceActivity:
    """The network with its weights, ready for inference; the same object every time.

    Raises:
        KnownError: The package with the weights is missing or holds others.
    """
    path = _weights()
    net = VoiceActivity()
    try:
        weights = load_file(path)
        net.load_state_dict({_renamed(name): tensor for name, tensor in weights.items()})
    except (OSError, RuntimeError, ValueError) as error:
        raise KnownError("The voice activity weights cannot be read.", str(error)) from error
    return net.eval().requires_grad_(False)


def _weights() -> Path:
    found = find_spec("silero_vad")
    places = (found.submodule_search_locations or ()) if found is not None else ()
    for place in places:
        path = Path(place) / _FILE
        if path.is_file():
            return path
    raise KnownError("Voice activity needs the package silero-vad, which is not installed.")


def _renamed(name: str) -> str:
    """Their single cell is torch's layer 0: the same gates in the same order."""
    if name.startswith("lstm_cell."):
        return f"decoder.{name}_l0"
    return f"decoder.{name}" if name.startswith("final_conv.") else f"encoder.{name}"
