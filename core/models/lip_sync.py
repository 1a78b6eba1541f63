"""The network of lip sync: two towers whose rows agree where lips and sound belong together.

After SyncNet (Chung and Zisserman 2016). The tower that sees is Light-ASD's visual encoder with a
head of its own, because there is far too little talking video here to learn seeing from nothing;
the tower that hears is one or two convolutions over log mel bands.
"""

from __future__ import annotations

from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional

from core.domain.errors import KnownError
from core.models.lip_body import WIDTHS, LipBody, take_light_asd
from core.models.sync_sound import BANDS, FRAMES_A_PICTURE

SEEN_WIDTH = 2 * WIDTHS[-1]
"""Numbers of a picture before the head: strongest and mean of each of the body's maps."""


class LipSyncNet(nn.Module):
    """Both towers.

    Args:
        width: Numbers in a row.
        seen_pictures: Pictures to either side that the head that sees takes in.
        heard_pictures: As many of 40 ms that the tower that hears takes in.
        hidden: Channels between the two convolutions of the tower that hears; 0 is one alone.
    """

    seen_mean: Tensor
    seen_deviation: Tensor
    heard_mean: Tensor
    heard_deviation: Tensor

    def __init__(
        self, width: int, seen_pictures: int = 0, heard_pictures: int = 2, hidden: int = 0
    ) -> None:
        super().__init__()
        self.width = width
        self.seen_pictures = seen_pictures
        self.heard_pictures = heard_pictures
        self.body = LipBody()
        self.register_buffer("seen_mean", torch.zeros(SEEN_WIDTH))
        self.register_buffer("seen_deviation", torch.ones(SEEN_WIDTH))
        self.register_buffer("heard_mean", torch.zeros(BANDS))
        self.register_buffer("heard_deviation", torch.ones(BANDS))
        self.seeing = nn.Conv1d(SEEN_WIDTH, width, 2 * seen_pictures + 1)
        size = FRAMES_A_PICTURE * (2 * heard_pictures + 1)
        self.hearing = nn.Conv1d(BANDS, hidden or width, size, FRAMES_A_PICTURE)
        self.mixing = nn.Conv1d(hidden, width, 1) if hidden else nn.Identity()
        self.hidden = hidden

    def pooled(self, crops: Tensor) -> Tensor:
        """What the body sees: shape (n, 112, 112), 0..255, gives (n, 256)."""
        maps = self.body(crops).flatten(2)
        return torch.cat([maps.amax(dim=2), maps.mean(dim=2)], dim=1)

    def head(self, pooled: Tensor) -> Tensor:
        """Rows of what was seen: shape (n, 256) gives (n, width)."""
        normal = (pooled - self.seen_mean) / self.seen_deviation
        line = _longer(normal.transpose(0, 1).unsqueeze(0), self.seen_pictures)
        rows: Tensor = self.seeing(line).squeeze(0).transpose(0, 1)
        return rows

    def see(self, crops: Tensor) -> Tensor:
        """Rows of what a face shows.

        Args:
            crops: Cuts 40 ms apart, 0..255, shape (n, 112, 112).

        Returns:
            Shape (n, width).
        """
        return self.head(self.pooled(crops))

    def hear(self, bands: Tensor) -> Tensor:
        """Rows of what a sound says.

        Args:
            bands: `sync_sound.sync_bands`, shape (4 n, 24).

        Returns:
            Shape (n, width).
        """
        normal = (bands - self.heard_mean) / self.heard_deviation
        line = _longer(normal.transpose(0, 1).unsqueeze(0), FRAMES_A_PICTURE * self.heard_pictures)
        heard = self.hearing(line)
        if self.hidden:
            heard = functional.relu(heard)
        rows: Tensor = self.mixing(heard).squeeze(0).transpose(0, 1)
        return rows

    def forward(self, crops: Tensor, bands: Tensor) -> tuple[Tensor, Tensor]:
        """Rows of both, (n, width) and (m, width)."""
        return self.see(crops), self.hear(bands)

    def begin_with_light_asd(self, path: Path) -> None:
        """Give the body Light-ASD's published weights.

        Args:
            path: Safetensors of the whole network.

        Raises:
            KnownError: It cannot be read, or holds other weights.
        """
        from safetensors import SafetensorError
        from safetensors.torch import load_file

        try:
            state = load_file(path)
        except (OSError, SafetensorError) as error:
            raise KnownError("Light-ASD's weights cannot be read.", str(error)) from error
        take_light_asd(self.body, state)


def _longer(line: Tensor, by: int) -> Tensor:
    """A line gone on with as it begins and ends."""
    return functional.pad(line, (by, by), mode="replicate") if by else line
