"""The block corruption network: shapes at any size, gradients, calibration."""

from __future__ import annotations

import pytest
import torch

from core.domain.errors import BugError
from core.models.block_corruption import BACKBONES, BlockCorruptionNet


@pytest.fixture(scope="module", params=BACKBONES)
def net(request: pytest.FixtureRequest) -> BlockCorruptionNet:
    torch.manual_seed(1)
    return BlockCorruptionNet(request.param)


@pytest.mark.parametrize(
    ("height", "width", "rows", "columns"),
    [(224, 224, 7, 7), (1080, 1920, 34, 60), (32, 32, 1, 1), (333, 517, 11, 17)],
)
def test_map_has_a_cell_of_32_pixels(
    net: BlockCorruptionNet, height: int, width: int, rows: int, columns: int
) -> None:
    net.eval()
    with torch.no_grad():
        cells, decided = net(torch.rand(1, 3, height, width))
    assert cells.shape == (1, rows, columns)
    assert decided.shape == (1,)
    assert torch.isfinite(cells).all()
    assert torch.isfinite(decided).all()


def test_decision_and_map_both_teach_the_features(net: BlockCorruptionNet) -> None:
    net.train()
    for part in (0, 1):
        net.zero_grad()
        net(torch.rand(2, 3, 64, 96))[part].sum().backward()
        first = next(net.features.parameters())
        assert first.grad is not None
        assert first.grad.abs().sum() > 0


def test_calibration_scales_and_shifts_what_is_said_outside_training(
    net: BlockCorruptionNet,
) -> None:
    net.eval()
    pictures = torch.rand(1, 3, 64, 64)
    with torch.no_grad():
        cells, decided = net(pictures)
        net.calibration.copy_(torch.tensor([2.0, 1.0, 3.0, -1.0]))
        scaled, decided_scaled = net(pictures)
        net.calibration.copy_(torch.tensor([1.0, 0.0, 1.0, 0.0]))
    torch.testing.assert_close(scaled, cells * 2 + 1)
    torch.testing.assert_close(decided_scaled, decided * 3 - 1)


def test_unknown_backbone_is_refused() -> None:
    with pytest.raises(BugError):
        BlockCorruptionNet("resnet9000")
