"""Light-ASD's published weights give what its volumes would give, and other files are refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import save_file
from torch import Tensor
from torch.nn import functional

from core.domain.errors import KnownError
from core.models.light_ear import LightEar, take_light_ear
from core.models.lip_body import LipBody, take_light_asd
from core.models.lip_sync import LipSyncNet

BODY, EAR = "model.visualEncoder.", "model.audioEncoder."


def norms(name: str, width: int) -> dict[str, Tensor]:
    return {
        f"{name}.weight": torch.rand(width) + 0.5,
        f"{name}.bias": torch.randn(width) * 0.1,
        f"{name}.running_mean": torch.randn(width) * 0.1,
        f"{name}.running_var": torch.rand(width) + 0.5,
        f"{name}.num_batches_tracked": torch.tensor(1),
    }


def published() -> dict[str, Tensor]:
    """A made-up state with the published names and shapes."""
    torch.manual_seed(0)
    state: dict[str, Tensor] = {}
    for number, (inside, outside) in enumerate(((1, 32), (32, 64), (64, 128)), 1):
        face, sound = f"{BODY}block{number}.", f"{EAR}block{number}."
        for size in (3, 5):
            kernels = {
                f"{face}s_{size}": (outside, inside, 1, size, size),
                f"{face}t_{size}": (outside, outside, size, 1, 1),
                f"{sound}m_{size}": (outside, inside, size, 1),
                f"{sound}t_{size}": (outside, outside, 1, size),
            }
            for name, shape in kernels.items():
                state[f"{name}.weight"] = (
                    torch.randn(shape) / float(torch.tensor(shape[1:]).prod()) ** 0.5
                )
                block, part = name.rsplit(".", 1)
                state |= norms(f"{block}.bn_{part}", outside)
        state[f"{face}last.weight"] = torch.randn(outside, outside, 1, 1, 1) / outside**0.5
        state[f"{sound}last.weight"] = torch.randn(outside, outside, 1, 1) / outside**0.5
        state |= norms(f"{face}bn_last", outside) | norms(f"{sound}bn_last", outside)
    return state | {"lossAV.FC.weight": torch.zeros(2, 128)}


def as_volumes(crops: Tensor, state: dict[str, Tensor]) -> Tensor:
    """The encoder as it was published: convolutions of volumes."""

    def layer(seen: Tensor, name: str, **how: Any) -> Tensor:
        block, part = name.rsplit(".", 1)
        norm = f"{BODY}{block}.bn_{part}"
        seen = functional.conv3d(seen, state[f"{BODY}{name}.weight"], **how)
        mean, spread, weight, bias = (
            state[f"{norm}.{kind}"] for kind in ("running_mean", "running_var", "weight", "bias")
        )
        return functional.relu(functional.batch_norm(seen, mean, spread, weight, bias, eps=0.001))

    seen = ((crops / 255 - 0.4161) / 0.1688)[None, None]
    for number in (1, 2, 3):
        paths = []
        for size in (3, 5):
            half, stride = size // 2, 2 if number == 1 else 1
            path = layer(
                seen,
                f"block{number}.s_{size}",
                stride=(1, stride, stride),
                padding=(0, half, half),
            )
            paths.append(layer(path, f"block{number}.t_{size}", padding=(half, 0, 0)))
        seen = layer(paths[0] + paths[1], f"block{number}.last")
        if number < 3:
            seen = functional.max_pool3d(seen, (1, 3, 3), (1, 2, 2), (0, 1, 1))
    return seen[0].transpose(0, 1)


def test_pictures_and_columns_give_what_volumes_give() -> None:
    state = published()
    body = LipBody().eval()
    take_light_asd(body, state)
    crops = torch.randint(0, 256, (7, 112, 112)).float()
    with torch.no_grad():
        ours, theirs = body(crops), as_volumes(crops, state)
    assert ours.shape == theirs.shape == (7, 128, 14, 14)
    assert (ours - theirs).abs().max() < 1e-3 * theirs.abs().max()


def test_the_encoder_of_sound_gives_a_row_a_picture() -> None:
    ear = LightEar().eval()
    take_light_ear(ear, published())
    with torch.no_grad():
        assert ear(torch.randn(40, 13)).shape == (10, 128)


def test_other_weights_are_refused(tmp_path: Path) -> None:
    state = published()
    del state[f"{BODY}block2.t_5.weight"], state[f"{EAR}block2.t_5.weight"]
    with pytest.raises(KnownError, match="Light-ASD"):
        take_light_asd(LipBody(), state)
    with pytest.raises(KnownError, match="Light-ASD"):
        take_light_ear(LightEar(), state)
    (tmp_path / "noise.safetensors").write_bytes(b"no weights")
    with pytest.raises(KnownError, match="Light-ASD"):
        LipSyncNet(4).begin_with_light_asd(tmp_path / "noise.safetensors")


def test_a_network_begins_with_the_published_file(tmp_path: Path) -> None:
    state = published()
    save_file(state, tmp_path / "light_asd.safetensors")
    net = LipSyncNet(4)
    net.begin_with_light_asd(tmp_path / "light_asd.safetensors")
    assert torch.equal(
        net.body.block1.three.space.weight, state[f"{BODY}block1.s_3.weight"].squeeze(2)
    )
