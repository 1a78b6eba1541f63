"""YAMNet's body: what a patch of .96 s sounds like, in 1,024 numbers.

MobileNetV1 on log mel spectra, trained on AudioSet (TensorFlow model garden, Apache-2.0). The
layers are the published ones; what knows AudioSet's 521 classes is left out.
"""

from __future__ import annotations

from pathlib import Path

from torch import Tensor, nn
from torch.nn import functional

from core.models.published import take_published

WIDTH = 1024
"""Numbers that the body gives."""

_BLOCKS = (
    *((64, 1), (128, 2), (128, 1), (256, 2), (256, 1), (512, 2)),
    *((512, 1),) * 5,
    *((1024, 2), (1024, 1)),
)
_FIRST_WIDTH = 32
_EPSILON = 1e-4


class Layer(nn.Module):
    """A convolution as TensorFlow pads it, batch norm, ReLU."""

    def __init__(self, inside: int, outside: int, size: int, stride: int, groups: int = 1) -> None:
        super().__init__()
        before, behind = same_padding(size, stride)
        self.uneven = (before, behind, before, behind) if before != behind else ()
        even = 0 if self.uneven else before
        self.c = nn.Conv2d(inside, outside, size, stride, even, groups=groups, bias=False)
        self.b = nn.BatchNorm2d(outside, eps=_EPSILON)

    def forward(self, seen: Tensor) -> Tensor:
        """Shape (n, inside, rows, columns) gives (n, outside, rows / stride, columns / stride)."""
        if self.uneven:
            seen = functional.pad(seen, self.uneven)
        return functional.relu(self.b(self.c(seen)))


class Yamnet(nn.Module):
    """The body. Its state's names are `body.{i}.c` and `.b`, as in its file of weights."""

    def __init__(self) -> None:
        super().__init__()
        layers, width = [Layer(1, _FIRST_WIDTH, 3, 2)], _FIRST_WIDTH
        for outside, stride in _BLOCKS:
            layers.append(Layer(width, width, 3, stride, groups=width))
            layers.append(Layer(width, outside, 1, 1))
            width = outside
        self.body = nn.Sequential(*layers)

    def forward(self, mel: Tensor) -> Tensor:
        """What the patches sound like.

        Args:
            mel: `mel_front.yamnet_mel`, shape (n, 96, 64).

        Returns:
            Shape (n, 1024).
        """
        seen: Tensor = self.body(mel.unsqueeze(1))
        return seen.mean(dim=(2, 3))


def same_padding(size: int, stride: int) -> tuple[int, int]:
    """How TensorFlow's "same" padding shares itself out: what is odd comes behind.

    Args:
        size: Of the kernel.
        stride: Of the kernel; divides the length of what is convolved, as it does all through
            YAMNet.

    Returns:
        Zeros before and behind.
    """
    needed = max(size - stride, 0)
    return needed // 2, needed - needed // 2


def load_yamnet(path: Path) -> Yamnet:
    """The body with its published weights, in training mode, as a start for training.

    Args:
        path: Safetensors with the names of `Yamnet`'s state; a classifier beside it is left out.

    Raises:
        KnownError: The file cannot be read or holds other weights.
    """
    net = Yamnet()
    take_published(net, path, "YAMNet", ("fc.",))
    return net
