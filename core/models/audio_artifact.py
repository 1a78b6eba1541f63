"""The network that hears audio artifacts: hum, hiss, distortion and clicks in a second of sound.

Two branches, trained together. The body knows the sounds of the world from AudioSet, so that it
can tell a distorted guitar from a distorted recording; but it hears 125 Hz to 7.5 kHz in steps of
10 ms. The fine branch sees the rest (`core/models/artifact_feature.py`): the mains' lines, the
floor up to 24 kHz, every 2 ms, and how often each height is reached.

Networks of the second revision are `wide`: they hear what `core/models/artifact_wide.py` tells,
too. What a narrow one learned goes over into a wide one, which answers as before until it learns.
And they hear in `context`: a second head, which nothing of the first depends on, corrects the
answer about a second by those around it (`core/models/artifact_context.py`).

The exclusive answer follows the published classifier of one-second segments; which layers join the
two branches is ours.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import torch
from safetensors import SafetensorError, safe_open
from torch import Tensor, nn

from core.domain.errors import BugError, KnownError
from core.models.artifact_context import Context
from core.models.artifact_feature import ARTIFACTS, CLASSES, FEATURES, PANNS_MEL
from core.models.artifact_lasting import JOINT
from core.models.artifact_wide import WIDE
from core.models.panns import Cnn10, MobileNetV1, Panns, load_panns
from core.models.yamnet import WIDTH as YAMNET_WIDTH
from core.models.yamnet import Yamnet, load_yamnet

BODIES = ("yamnet", "panns_mobilenet_v1", "panns_cnn10", "log_mel_cnn", "none")
"""What may hear the mel spectrum. PANNs' are for those who have their weights. `none` leaves the
fine branch alone, `log_mel_cnn` is small and knows nothing before its training: yardsticks both."""

BODY = "body"
"""Name of what the body says, where that is known already."""

NEW = "fine.wide."
"""How the names of the weights begin that a narrow network lacks."""

_BODY_OUT = 128
_PART_OUT = 64
_DROPOUT = 0.3
_FIRST_JOINT = "joint.0.weight"
_CONTEXT = "context."


class LogMelCnn(nn.Module):
    """Four layers of convolutions over a mel spectrum, from random weights."""

    width = 256

    def __init__(self) -> None:
        super().__init__()
        layers: list[nn.Module] = []
        inside = 1
        for outside in (16, 32, 64, 128):
            layers += [nn.Conv2d(inside, outside, 3, padding=1, bias=False)]
            layers += [nn.BatchNorm2d(outside), nn.ReLU(), nn.MaxPool2d(2)]
            inside = outside
        self.layers = nn.Sequential(*layers)

    def forward(self, mel: Tensor) -> Tensor:
        """Shape (n, 96, 64) gives (n, 256)."""
        return _spread(self.layers(mel.unsqueeze(1)).flatten(2))


class Fine(nn.Module):
    """What the body cannot hear: a small branch of convolutions for each feature.

    Attributes:
        width: Of what it gives.
        wide: What it hears of `WIDE`; None for a narrow one.

    Args:
        wide: Whether it hears that.
    """

    def __init__(self, wide: bool = False) -> None:
        super().__init__()
        harmonics, quantiles = FEATURES["lines"][0], FEATURES["floor"][0]
        instants, heights = FEATURES["instants"][0], FEATURES["heights"][0]
        # Harmonics are channels: what they share is the pitch.
        self.lines = nn.Sequential(*_layer(harmonics, 48, 5), *_layer(48, 64, 5, 2))
        self.lines_out = _joined(2 * 64)
        # Where a band lies counts: no pooling over all of them.
        self.floor = nn.Sequential(*_layer(quantiles, 32, 5, 2), *_layer(32, 32, 5, 2))
        self.floor_out = _joined(32 * FEATURES["floor"][1] // 4)
        self.instants = nn.Sequential(
            *_layer(instants, 32, 5), *_layer(32, 64, 5, 2), *_layer(64, 64, 5, 2)
        )
        self.instants_out = _joined(2 * 64)
        self.heights = nn.Sequential(*_layer(heights, 16, 5), *_layer(16, 16, 5, 2))
        self.heights_out = _joined(16 * FEATURES["heights"][1] // 2 + FEATURES["figures"][0])
        self.wide = Wide() if wide else None
        self.width = 4 * _PART_OUT + (Wide.width if wide else 0)

    @property
    def heard(self) -> tuple[str, ...]:
        """Names of the features that it needs."""
        narrow = (name for name in FEATURES if name != "mel" and name not in WIDE)
        return (*narrow, *(() if self.wide is None else WIDE))

    def forward(self, features: Mapping[str, Tensor]) -> Tensor:
        """What `heard` names gives (n, width)."""
        heights = self.heights(features["heights"]).flatten(1)
        parts = [
            self.lines_out(_spread(self.lines(features["lines"]))),
            self.floor_out(self.floor(features["floor"]).flatten(1)),
            self.instants_out(_spread(self.instants(features["instants"]))),
            self.heights_out(torch.cat([heights, features["figures"]], dim=1)),
        ]
        if self.wide is not None:
            parts.append(self.wide(features))
        return torch.cat(parts, dim=1)


class Wide(nn.Module):
    """What a narrow fine branch does not hear."""

    width = 4 * _PART_OUT

    def __init__(self) -> None:
        super().__init__()
        hush, combs, sides = (WIDE[name] for name in ("hush", "combs", "sides"))
        self.hush = nn.Sequential(*_layer(hush[0], 32, 5, 2), *_layer(32, 32, 5, 2))
        self.hush_out = _joined(32 * hush[1] // 4)
        self.combs = nn.Sequential(*_layer(combs[0], 32, 5), *_layer(32, 64, 5, 2))
        self.combs_out = _joined(2 * 64)
        self.sides = nn.Sequential(*_layer(sides[1], 24, 5), *_layer(24, 24, 5, 2))
        self.sides_out = _joined(24 * sides[2] // 2)

    def forward(self, features: Mapping[str, Tensor]) -> Tensor:
        """All of `WIDE` give (n, 256)."""
        combs = self.combs(features["combs"])
        # Both sides are heard by the same ears: what is learned of one holds for the other.
        sides = self.sides(features["sides"].flatten(0, 1)).flatten(1)
        heard = self.sides_out(sides).unflatten(0, (-1, WIDE["sides"][0]))
        parts = [
            self.hush_out(self.hush(features["hush"]).flatten(1)),
            self.combs_out(_spread(combs)),
            heard.amax(dim=1),
            heard.mean(dim=1),
        ]
        return torch.cat(parts, dim=1)


class AudioArtifactNet(nn.Module):
    """Body, fine branch and the head that joins them.

    Attributes:
        body: One of `BODIES`.
        hearing: The body itself; None without.
        fine: The fine branch; None without.
        context: Hears a second among those around it; None for a network of single seconds.
        temperature: What the exclusive logits are divided by, shape (1,).
        calibration: Scale and offset of each artifact's logit, shape (4, 2). Both leave everything
            as it is until they are set, and are used outside training only.

    Args:
        body: What hears the mel spectrum.
        fine: Whether there is a fine branch.
        wide: Whether that hears what a narrow one does not.
        context: Whether it hears in context, which takes a wide one.
    """

    def __init__(
        self, body: str = "yamnet", fine: bool = True, wide: bool = False, context: bool = False
    ) -> None:
        super().__init__()
        if body not in BODIES or (body == "none" and not fine) or (context and not (fine and wide)):
            raise BugError(f"there is no network of the body {body}, fine {fine}, wide {wide}")
        self.body = body
        self.hearing, width = _body(body)
        self.fine = Fine(wide) if fine else None
        joint = 0 if self.fine is None else self.fine.width
        if self.hearing is not None:
            self.narrow = nn.Sequential(
                nn.Dropout(_DROPOUT), nn.Linear(width, _BODY_OUT), nn.ReLU()
            )
            joint += _BODY_OUT
        self.joint = nn.Sequential(nn.Linear(joint, JOINT), nn.ReLU(), nn.Dropout(_DROPOUT))
        self.classes = nn.Linear(JOINT, len(CLASSES))
        self.artifacts = nn.Linear(JOINT, len(ARTIFACTS))
        self.context = Context() if context else None
        self.temperature: Tensor
        self.calibration: Tensor
        self.register_buffer("temperature", torch.ones(1))
        self.register_buffer("calibration", torch.tensor([[1.0, 0.0]] * len(ARTIFACTS)))

    @property
    def _mel(self) -> str:
        return PANNS_MEL if isinstance(self.hearing, Panns) else "mel"

    @property
    def heard(self) -> tuple[str, ...]:
        """Names of the features that `forward` needs."""
        mel = () if self.hearing is None else (self._mel,)
        return mel + (() if self.fine is None else self.fine.heard)

    @property
    def options(self) -> dict[str, str]:
        """What the network is built with, for the card of its weights."""
        fine = self.fine
        options = {"body": self.body, "fine": "no" if fine is None else "yes"}
        if fine is not None and fine.wide is not None:
            options["wide"] = "yes"
        return options if self.context is None else {**options, "context": "yes"}

    def start_from(self, path: Path) -> bool:
        """Give the body weights that were published for it, or go on from a whole network.

        From a narrow network a wide one takes all that it has; what is new is not listened to at
        first.

        Args:
            path: Safetensors.

        Returns:
            Whether it was a whole network.

        Raises:
            KnownError: The file cannot be read or holds other weights.
        """
        if (known := _whole(path)) is not None:
            self._go_on_from(known, path)
            return True
        if isinstance(self.hearing, Panns):
            load_panns(self.hearing, path)
        elif self.body == "yamnet":
            self.hearing = load_yamnet(path)
        else:
            raise BugError(f"nothing is published for the body {self.body}")
        return False

    def _go_on_from(self, known: dict[str, Tensor], path: Path) -> None:
        first = known[_FIRST_JOINT]
        mine = self.state_dict()
        if self.context is None:
            known = {name: value for name, value in known.items() if not name.startswith(_CONTEXT)}
        grown = torch.zeros_like(mine[_FIRST_JOINT])
        new = {name for name in mine if name not in known and not name.startswith(_CONTEXT)}
        if (
            first.shape[1] > grown.shape[1]
            or any(name not in mine for name in known)
            or not all(name.startswith(NEW) for name in new)
        ):
            raise KnownError(f"The weights {path.name} are of another network.")
        grown[:, : first.shape[1]] = first
        self.load_state_dict({**mine, **known, _FIRST_JOINT: grown})

    def forward(self, features: Mapping[str, Tensor]) -> tuple[Tensor, Tensor]:
        """Logits of both answers.

        Args:
            features: What `heard` names, float32, shape (n, *its own); others are not looked at.
                What the body says of the mel spectrum may stand in its place, as `BODY`.

        Returns:
            Logits of `CLASSES`, of which one is right, shape (n, 5), and of `ARTIFACTS`, each by
            itself, shape (n, 4).
        """
        return self.answers(self.joined(features))

    def joined(self, features: Mapping[str, Tensor]) -> Tensor:
        """What body and fine branch come to, shape (n, 256); features as `forward` takes them."""
        parts = []
        if self.hearing is not None:
            heard = features.get(BODY)
            heard = self.hearing(features[self._mel]) if heard is None else heard
            parts.append(self.narrow(heard))
        if self.fine is not None:
            parts.append(self.fine(features))
        joint: Tensor = self.joint(torch.cat(parts, dim=1))
        return joint

    def answers(self, joint: Tensor) -> tuple[Tensor, Tensor]:
        """Logits of both answers, as `forward` gives them, from what `joined` gave."""
        classes, artifacts = self.classes(joint), self.artifacts(joint)
        if self.training:
            return classes, artifacts
        scale, offset = self.calibration.unbind(1)
        return classes / self.temperature, artifacts * scale + offset


def _whole(path: Path) -> dict[str, Tensor] | None:
    """The tensors of a whole network of audio artifacts; None for any other file."""
    try:
        with safe_open(path, "pt") as file:
            if _FIRST_JOINT not in file.keys():  # noqa: SIM118
                return None
            return {name: file.get_tensor(name).float() for name in file.keys()}  # noqa: SIM118
    except (OSError, SafetensorError):
        # Who reads it as a body's says what is wrong.
        return None


def _body(body: str) -> tuple[nn.Module | None, int]:
    if body == "yamnet":
        return Yamnet(), YAMNET_WIDTH
    if body in ("panns_mobilenet_v1", "panns_cnn10"):
        panns = MobileNetV1() if body == "panns_mobilenet_v1" else Cnn10()
        return panns, panns.width
    if body == "log_mel_cnn":
        return LogMelCnn(), LogMelCnn.width
    return None, 0


def _layer(inside: int, outside: int, size: int, stride: int = 1) -> tuple[nn.Module, ...]:
    conv = nn.Conv1d(inside, outside, size, stride, size // 2, bias=False)
    return conv, nn.BatchNorm1d(outside), nn.ReLU()


def _joined(width: int) -> nn.Sequential:
    return nn.Sequential(
        nn.Linear(width, _PART_OUT, bias=False), nn.BatchNorm1d(_PART_OUT), nn.ReLU()
    )


def _spread(seen: Tensor) -> Tensor:
    """The largest and the mean of each channel, wherever: (n, c, m) gives (n, 2 c)."""
    return torch.cat([seen.amax(dim=2), seen.mean(dim=2)], dim=1)
