"""The head that hears a second of sound among those around it.

It takes what the network says of each row, half a second apart, and what lasts around the row that
is asked about (`core/models/artifact_lasting.py`), and corrects the answer: hum that stays while
notes go, hiss that stands in the pauses, a ceiling that the seconds around keep to, too. Rows that
nobody listened to, because of silence or because the sound ends, are left out. What it says of a
row depends on `REACH` rows on either side and on nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping

import torch
from torch import Tensor, nn

from core.models.artifact_feature import ARTIFACTS, CLASSES
from core.models.artifact_lasting import JOINT, LASTING

SAID = len(CLASSES) + len(ARTIFACTS)
"""Width of the network's own answers."""

_KEPT, _ROW, _PART, _HIDDEN = 24, 48, 24, 64
_FAR = (1, 2, 4)
_LASTING = ("lines", "hush", "floor")
_LARGEST_ODDS = 12.0
_DROPOUT = 0.2


class Context(nn.Module):
    """From answers and what lasts to answers in context.

    Attributes:
        temperature: What the exclusive logits are divided by, shape (1,).
        calibration: Scale and offset of each artifact's logit, shape (4, 2). Both are used outside
            training only.
    """

    def __init__(self) -> None:
        super().__init__()
        self.kept = nn.Linear(JOINT, _KEPT)
        self.row = nn.Linear(_KEPT + SAID, _ROW)
        self.rows = nn.ModuleList(
            nn.Conv1d(_ROW, _ROW, 3, padding=far, dilation=far) for far in _FAR
        )
        lines, hush, floor = (LASTING[name] for name in LASTING)
        self.lines = nn.Sequential(*_layer(lines[0], 16, 1), *_layer(16, 24, 5, 2))
        self.lines_out = nn.Sequential(nn.Linear(48, _PART), nn.ReLU())
        self.hush = nn.Sequential(*_layer(hush[0], 12, 5, 2), *_layer(12, 12, 5, 2))
        self.hush_out = nn.Sequential(nn.Linear(12 * hush[1] // 4, _PART), nn.ReLU())
        self.floor = nn.Sequential(*_layer(floor[0], 12, 5, 2), *_layer(12, 16, 5, 2))
        self.floor_out = nn.Sequential(nn.Linear(16 * floor[1] // 4, _PART), nn.ReLU())
        self.hidden = nn.Sequential(
            nn.Linear(2 * _ROW + 3 * _PART, _HIDDEN), nn.ReLU(), nn.Dropout(_DROPOUT)
        )
        self.correction = nn.Linear(_HIDDEN, SAID)
        # Until it learns it says what the network says.
        nn.init.zeros_(self.correction.weight)
        nn.init.zeros_(self.correction.bias)
        self.temperature: Tensor
        self.calibration: Tensor
        self.register_buffer("temperature", torch.ones(1))
        self.register_buffer("calibration", torch.tensor([[1.0, 0.0]] * len(ARTIFACTS)))

    def forward(
        self, said: Tensor, joint: Tensor, lasts: Mapping[str, Tensor], heard: Tensor
    ) -> tuple[Tensor, Tensor]:
        """Logits in context, of all rows.

        Args:
            said: Logits of classes and artifacts of each row, shape (s, n, 9), of s stretches.
            joint: What body and fine branch come to, shape (s, n, 256).
            lasts: What `LASTING` names, shape (s, n, *its own).
            heard: 1 for rows that were heard, else 0; shape (s, n).

        Returns:
            Logits of classes, shape (s, n, 5), and of artifacts, shape (s, n, 4). Those of rows
            that were not heard mean nothing.
        """
        here = heard.unsqueeze(2)
        said = said.clamp(-_LARGEST_ODDS, _LARGEST_ODDS)
        row = torch.relu(self.row(torch.cat([torch.relu(self.kept(joint)), said], dim=2))) * here
        seen, mask = row.transpose(1, 2), heard.unsqueeze(1)
        for layer in self.rows:
            seen = (seen + torch.relu(layer(seen))) * mask
        lasting = (self._lasting(name, lasts[f"lasting_{name}"]) for name in _LASTING)
        parts = [row, seen.transpose(1, 2), *lasting]
        found = said + self.correction(self.hidden(torch.cat(parts, dim=2)))
        classes, artifacts = found[..., : len(CLASSES)], found[..., len(CLASSES) :]
        if self.training:
            return classes, artifacts
        scale, offset = self.calibration.unbind(1)
        return classes / self.temperature, artifacts * scale + offset

    def _lasting(self, name: str, values: Tensor) -> Tensor:
        heard = getattr(self, name)(values.flatten(0, 1))
        # Where the pitch of the mains lies does not count; where in the spectrum does.
        flat = torch.cat([heard.amax(2), heard.mean(2)], 1) if name == "lines" else heard.flatten(1)
        out: Tensor = getattr(self, f"{name}_out")(flat)
        return out.reshape(values.shape[0], values.shape[1], -1)


def _layer(inside: int, outside: int, size: int, stride: int = 1) -> tuple[nn.Module, ...]:
    conv = nn.Conv1d(inside, outside, size, stride, size // 2, bias=False)
    return conv, nn.BatchNorm1d(outside), nn.ReLU()
