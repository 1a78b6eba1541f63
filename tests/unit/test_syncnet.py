"""A user's own SyncNet checkpoint is taken as published, and nothing else is."""

from __future__ import annotations

import pickle
from pathlib import Path

import numpy as np
import pytest
import torch
from typer.testing import CliRunner

from core.cli.app import app
from core.domain.errors import KnownError
from core.models.mfcc import mfcc
from core.models.syncnet import WIDTH, SyncNet, SyncNetRows, load_syncnet, take_checkpoint

# Of the published `syncnet_v2.model`: kernels by name; each is followed by a batch norm except
# the last of the two decisions.
KERNELS = {
    "netcnnaud.0": (64, 1, 3, 3),
    "netcnnaud.4": (192, 64, 3, 3),
    "netcnnaud.8": (384, 192, 3, 3),
    "netcnnaud.11": (256, 384, 3, 3),
    "netcnnaud.14": (256, 256, 3, 3),
    "netcnnaud.18": (512, 256, 5, 4),
    "netfcaud.0": (512, 512),
    "netfcaud.3": (1024, 512),
    "netfclip.0": (512, 512),
    "netfclip.3": (1024, 512),
    "netcnnlip.0": (96, 3, 5, 7, 7),
    "netcnnlip.4": (256, 96, 1, 5, 5),
    "netcnnlip.8": (256, 256, 1, 3, 3),
    "netcnnlip.11": (256, 256, 1, 3, 3),
    "netcnnlip.14": (256, 256, 1, 3, 3),
    "netcnnlip.18": (512, 256, 1, 6, 6),
}


def published() -> dict[str, torch.Tensor]:
    """A made-up state of the published layout."""
    generator = torch.Generator().manual_seed(1)
    state: dict[str, torch.Tensor] = {}
    for name, shape in KERNELS.items():
        width, fed = shape[0], int(np.prod(shape[1:]))
        state[f"{name}.weight"] = torch.randn(shape, generator=generator) / fed**0.5
        state[f"{name}.bias"] = torch.zeros(width)
        if name.endswith(("fcaud.3", "fclip.3")):
            continue
        part, number = name.split(".")
        norm = f"{part}.{int(number) + 1}"
        for kind, value in (("weight", 1.0), ("bias", 0.0), ("running_mean", 0.0)):
            state[f"{norm}.{kind}"] = torch.full((width,), value)
        state[f"{norm}.running_var"] = torch.ones(width)
        state[f"{norm}.num_batches_tracked"] = torch.tensor(1)
    return state


@pytest.fixture(scope="module")
def checkpoint(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("user") / "syncnet_v2.model"
    torch.save(published(), path)
    return path


def test_the_layout_is_the_published_one() -> None:
    ours = {name: tuple(value.shape) for name, value in SyncNet().state_dict().items()}
    assert ours == {name: tuple(value.shape) for name, value in published().items()}


def test_a_checkpoint_becomes_weights_with_a_card(checkpoint: Path, tmp_path: Path) -> None:
    weights = take_checkpoint(checkpoint, tmp_path)
    assert weights.card.architecture == "SyncNet"
    assert (tmp_path / "syncnet.r2.safetensors").is_file()
    rows = SyncNetRows(load_syncnet(weights))
    random = np.random.default_rng(0)
    seen = rows.see(random.integers(0, 256, (6, 224, 224, 3), dtype=np.uint8))
    heard = rows.hear((0.1 * random.normal(size=16_000)).astype(np.float32), 16_000)
    assert seen.shape == (2, WIDTH)
    assert heard.shape == (20, WIDTH)
    assert np.linalg.norm(seen, axis=1) == pytest.approx(1, abs=1e-3)
    assert np.ptp(heard[:, 0]) > 0


def test_the_command_line_converts_it_for_all_to_use(checkpoint: Path, tmp_path: Path) -> None:
    asked = ["models", "convert", str(checkpoint), "--out", str(tmp_path)]
    said = CliRunner().invoke(app, asked)
    assert said.exit_code == 0, said.output
    assert "syncnet.r2 is in" in said.output
    assert (tmp_path / "syncnet.r2.json").is_file()


def test_too_little_gives_no_rows() -> None:
    rows = SyncNetRows(SyncNet())
    assert rows.see(np.zeros((4, 224, 224, 3), np.uint8)).shape == (0, WIDTH)
    assert rows.hear(np.zeros(1000, np.float32), 16_000).shape == (0, WIDTH)


class Runs:
    def __reduce__(self) -> tuple[object, tuple[str]]:
        return (print, ("this must not run",))


@pytest.mark.parametrize("kind", ["code", "noise", "other", "empty"])
def test_other_files_are_refused(
    kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "syncnet_v2.model"
    if kind == "code":
        torch.save({"netcnnaud.0.weight": Runs()}, path)
    elif kind == "noise":
        path.write_bytes(b"no checkpoint at all" * 50)
    elif kind == "other":
        torch.save({"weight": torch.zeros(3)}, path)
    else:
        path.write_bytes(pickle.dumps(None)[:0])
    with pytest.raises(KnownError, match="no checkpoint of SyncNet"):
        take_checkpoint(path, tmp_path / "out")
    assert "must not run" not in capsys.readouterr().out


def test_coefficients_come_every_10_ms_with_the_energy_first() -> None:
    tone = (0.5 * np.sin(2 * np.pi * 440 * np.arange(16_000) / 16_000)).astype(np.float32)
    loud, quiet = mfcc(tone, 16_000), mfcc((tone / 10).astype(np.float32), 16_000)
    assert loud.shape == (99, 13)
    assert loud[:, 0] - quiet[:, 0] == pytest.approx(2 * np.log(10), abs=0.05)
    assert np.abs(loud[5:90, 1:] - quiet[5:90, 1:]).max() < 0.1
    assert len(mfcc(np.zeros(0, np.float32), 16_000)) == 0
