"""Graphs of the network answer as the network does, whatever the size of the picture."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from core.domain.errors import BugError, KnownError
from core.models import block_corruption, corruption_runtime
from core.models import weights as room
from core.models.block_corruption import BlockCorruptionNet
from core.models.card import WeightsCard
from core.models.corruption_runtime import INT8, Choice, load_net, open_runtime, open_session
from core.models.export import FIRST_LAYER, KEPT, KEPT_OF, Method, export_fp32, export_int8
from core.models.weights import Weights, save, write_card

ROOT = Path(__file__).resolve().parents[2]
SIZES = ((1, 1), (31, 33), (32, 32), (64, 97), (333, 517))
INT8_WITHIN = 0.1
"""Largest difference in probability, of a small untrained network over pictures of its kind."""
INT8_WITHIN_ON_AVERAGE = 0.03


class Twig(nn.Module):
    """A residual part, as small as it can be."""

    def __init__(self) -> None:
        super().__init__()
        self.conv = nn.Conv2d(16, 16, 3, padding=1, bias=False)
        self.norm = nn.BatchNorm2d(16)

    def forward(self, seen: Tensor) -> Tensor:
        return torch.relu(seen + self.norm(self.conv(seen)))


def small_features(backbone: str) -> tuple[nn.Module, int]:
    """A fiftieth of the real features; the first layers are of the real ones' two kinds."""
    size = 7 if backbone == "resnet18" else 3
    rectified = nn.ReLU if backbone == "resnet18" else nn.ReLU6
    layers: list[nn.Module] = [nn.Conv2d(3, 16, size, 2, size // 2, bias=False)]
    layers += [nn.BatchNorm2d(16), rectified(), nn.MaxPool2d(3, 2, 1), Twig()]
    for _ in range(3):
        layers += [nn.Conv2d(16, 16, 3, 2, 1, bias=False), nn.BatchNorm2d(16), rectified()]
    return nn.Sequential(*layers), 16


def picture(seed: int, height: int, width: int) -> NDArray[np.uint8]:
    random = np.random.default_rng(seed)
    coarse = random.integers(0, 256, (height // 16 + 2, width // 16 + 2, 3), dtype=np.uint8)
    return cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC).astype(np.uint8)


def small_net(backbone: str) -> BlockCorruptionNet:
    torch.manual_seed(3)
    net = BlockCorruptionNet(backbone)
    for part in net.modules():
        if isinstance(part, nn.BatchNorm2d):
            part.momentum = None
    with torch.no_grad():
        # Lets the layers find out how large what they see is, as training would.
        shown = torch.from_numpy(np.stack([picture(i, 160, 224) for i in range(4)]))
        net.train()(shown.permute(0, 3, 1, 2) / 255)
        net.cells.weight *= 4
    net.calibration.copy_(torch.tensor([0.8, -0.3, 1.5, 0.2]))
    return net.eval().requires_grad_(False)


@pytest.fixture(autouse=True, scope="module")
def small() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(block_corruption, "_features", small_features)
        yield


@pytest.fixture(autouse=True)
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONGLASS_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(room, "shipped_folder", lambda: tmp_path / "shipped")


@pytest.fixture(scope="module", params=["resnet18", "mobilenet_v2"])
def weights(
    request: pytest.FixtureRequest, small: None, tmp_path_factory: pytest.TempPathFactory
) -> Weights:
    """Weights with a graph of eight bits, made as real ones are."""
    folder = tmp_path_factory.mktemp("weights")
    card = WeightsCard(
        name="block_corruption.r1",
        architecture="BlockCorruptionNet",
        options={"backbone": request.param},
        preprocessing="RGB",
        classes=("corrupted",),
        recipe="None.",
        data=("none",),
        licence="Apache-2.0",
    )
    saved = save(small_net(request.param), card, folder)
    pictures = (picture(i, 120 + i, 260 - i) for i in range(12))
    # The small network has no blocks that would be worth keeping.
    export_int8(load_net(saved), pictures, folder / (card.name + INT8), kept=KEPT)
    return write_card(card, folder)


def answers(net: BlockCorruptionNet, rgb: NDArray[np.uint8]) -> tuple[NDArray[np.float32], float]:
    with torch.no_grad():
        cells, decided = net(torch.from_numpy(rgb)[None].permute(0, 3, 1, 2) / 255)
    return torch.sigmoid(cells)[0].numpy(), float(torch.sigmoid(decided)[0])


@pytest.mark.parametrize(("choice", "within"), [("onnx_fp32", 1e-4), ("onnx_int8", INT8_WITHIN)])
def test_a_graph_answers_as_the_network(weights: Weights, choice: Choice, within: float) -> None:
    runtime = open_runtime(choice, weights)
    net = load_net(weights)
    for height, width in ((32, 32), (64, 97), (333, 517)):
        rgb = picture(99, height, width)
        seen = runtime.see(rgb)
        wanted, probability = answers(net, rgb)
        assert np.abs(seen.map - wanted).max() <= within
        assert abs(seen.probability - probability) <= within
        assert np.abs(seen.map - wanted).mean() <= min(within, INT8_WITHIN_ON_AVERAGE)
    assert np.ptp(wanted) > 4 * INT8_WITHIN


@pytest.mark.parametrize("choice", ["onnx_int8", "onnx_fp32", "torch"])
def test_any_size_gives_a_cell_for_each_32_pixels(weights: Weights, choice: Choice) -> None:
    runtime = open_runtime(choice, weights)
    assert (runtime.choice, runtime.weights) == (choice, weights)
    for height, width in SIZES:
        seen = runtime.see(picture(5, height, width))
        assert seen.map.shape == (-(-height // 32), -(-width // 32))
        assert seen.map.dtype == np.float32
        assert 0 <= seen.map.min() <= seen.map.max() <= 1
        assert 0 <= seen.probability <= 1


def test_a_smaller_picture_goes_on_with_its_edge(weights: Weights) -> None:
    runtime = open_runtime("onnx_fp32", weights)
    rgb = picture(5, 20, 40)
    assert np.array_equal(
        runtime.see(rgb).map, runtime.see(np.pad(rgb, ((0, 12), (0, 0), (0, 0)), "edge")).map
    )


@pytest.mark.parametrize("choice", ["onnx_int8", "onnx_fp32"])
def test_pictures_of_a_batch_do_not_hear_of_each_other(weights: Weights, choice: Choice) -> None:
    runtime = open_runtime(choice, weights)
    both = np.stack([picture(1, 96, 130), picture(2, 96, 130)])
    maps, decided = runtime._ask(both)
    for i in range(2):
        alone = runtime.see(both[i])
        assert np.allclose(maps[i], alone.map, atol=1e-5)
        assert abs(decided[i] - alone.probability) < 1e-5


def test_a_large_picture_gives_the_same_and_its_memory_back(
    weights: Weights, monkeypatch: pytest.MonkeyPatch
) -> None:
    rgb = picture(1, 200, 300)
    runtime = open_runtime("onnx_int8", weights)
    wanted = runtime.see(rgb)
    opened = []

    def opening(*given: Any, **named: Any) -> Any:
        opened.append(named["keep_memory"])
        return open_session(*given, **named)

    monkeypatch.setattr(corruption_runtime, "open_session", opening)
    monkeypatch.setattr(corruption_runtime, "LARGE_PX", 200 * 300 - 1)
    for _ in range(2):
        assert np.array_equal(runtime.see(rgb).map, wanted.map)
    runtime.see(rgb[:100])
    assert opened == [False]


def test_a_picture_may_be_a_part_of_another(weights: Weights) -> None:
    whole = picture(7, 200, 200)
    runtime = open_runtime("onnx_int8", weights)
    part = whole[20:180:2, ::-1]
    assert np.array_equal(runtime.see(part).map, runtime.see(part.copy()).map)


def test_no_picture_is_a_mistake(weights: Weights) -> None:
    runtime = open_runtime("onnx_int8", weights)
    floats: Any = np.zeros((9, 9, 3))
    for wrong in (np.zeros((9, 9, 4), np.uint8), floats, np.zeros((0, 9, 3), np.uint8)):
        with pytest.raises(BugError):
            runtime.see(wrong)


def test_the_first_layer_over_bytes_computes_the_same_inside_the_picture(
    weights: Weights, tmp_path: Path
) -> None:
    """Everything at 32 bits: what remains is what bytes differ in, and that only at the edge."""
    net = load_net(weights)
    export_int8(net, [picture(0, 64, 64)], tmp_path / "a.onnx", kept=("/", "Conv"))
    session = open_session((tmp_path / "a.onnx").read_bytes())
    rgb = picture(4, 320, 353)
    cells = session.run(["map"], {"pictures": rgb[None]})[0][0]
    difference = np.abs(cells - answers(net, rgb)[0])
    assert difference[3:-3, 3:-3].max() < 1e-4
    assert difference.max() < 0.05


def test_what_is_kept_is_not_quantised(weights: Weights, tmp_path: Path) -> None:
    graphs = []
    for kept in (KEPT, (*KEPT, FIRST_LAYER)):
        export_int8(load_net(weights), [picture(0, 64, 64)], tmp_path / "a.onnx", kept=kept)
        graphs.append((tmp_path / "a.onnx").read_bytes())
    assert len(graphs[1]) > len(graphs[0])


@pytest.mark.parametrize("method", ["minmax", "percentile"])
def test_ranges_are_taken_from_pictures_of_any_size(
    weights: Weights, tmp_path: Path, method: Method
) -> None:
    sizes = [(9, 300), (300, 9), (64, 97), (333, 517)]
    pictures = [picture(i, *size) for i, size in enumerate(sizes)]
    export_int8(load_net(weights), pictures, tmp_path / "a.onnx", kept=KEPT, method=method)
    session = open_session((tmp_path / "a.onnx").read_bytes())
    cells = session.run(["map"], {"pictures": pictures[3][None]})[0][0]
    difference = np.abs(cells - answers(load_net(weights), pictures[3])[0])
    assert difference.mean() < INT8_WITHIN_ON_AVERAGE


def test_a_network_that_sees_nothing_can_be_exported(tmp_path: Path) -> None:
    """Activations that hardly vary give no histogram."""
    net = BlockCorruptionNet("mobilenet_v2")
    *_, (_, last) = (part for part in net.features.named_children() if len(list(part[1].buffers())))
    last.state_dict()["bias"].fill_(0.5)
    last.state_dict()["weight"].fill_(1e-6)
    export_int8(net, [picture(0, 64, 64)], tmp_path / "a.onnx", kept=KEPT)
    assert (tmp_path / "a.onnx").is_file()


def test_every_backbone_says_what_it_keeps() -> None:
    assert set(KEPT_OF) == set(block_corruption.BACKBONES)


def test_ranges_need_pictures(weights: Weights, tmp_path: Path) -> None:
    with pytest.raises(KnownError, match="no pictures"):
        export_int8(load_net(weights), [], tmp_path / "a.onnx")


def test_exporting_leaves_the_network_as_it_was(weights: Weights, tmp_path: Path) -> None:
    net = load_net(weights).train()
    before = {name: value.clone() for name, value in net.state_dict().items()}
    export_fp32(net, tmp_path / "a.onnx")
    export_int8(net, [picture(0, 64, 64)], tmp_path / "b.onnx")
    assert net.training
    assert all(torch.equal(before[name], value) for name, value in net.state_dict().items())
    assert torch.equal(net.mean.flatten(), torch.tensor(block_corruption.MEAN))


def test_eight_bits_are_taken_only_when_proven(weights: Weights) -> None:
    proven = replace(weights, card=replace(weights.card, proven=("onnx_int8",)))
    without = replace(proven, card=replace(proven.card, files={}))
    assert corruption_runtime._best(weights) != "onnx_int8"
    assert corruption_runtime._best(without) != "onnx_int8"
    if not torch.cuda.is_available():
        assert open_runtime("auto", proven).choice == "onnx_int8"
        assert open_runtime("auto", weights).choice == "onnx_fp32"


def test_an_altered_graph_is_refused(weights: Weights, tmp_path: Path) -> None:
    name = weights.card.name + INT8
    content = bytearray((weights.folder / name).read_bytes())
    content[len(content) // 2] ^= 1
    (tmp_path / name).write_bytes(content)
    with pytest.raises(KnownError, match="not the one"):
        open_runtime("onnx_int8", replace(weights, folder=tmp_path))


def test_without_weights_there_is_one_sentence() -> None:
    with pytest.raises(KnownError, match="There are no weights for block_corruption") as caught:
        open_runtime()
    assert caught.value.sentence.count(".") == 1


def test_weights_of_something_else_are_refused(weights: Weights) -> None:
    other = replace(weights, card=replace(weights.card, architecture="LipSyncNet"))
    with pytest.raises(KnownError, match="not for block corruption"):
        open_runtime("auto", other)
    strange = replace(weights, card=replace(weights.card, options={"backbone": "vgg"}))
    with pytest.raises(KnownError, match="not known here"):
        open_runtime("torch", strange)


@pytest.mark.skipif(torch.cuda.is_available(), reason="there is a graphics card")
def test_a_graphics_card_that_is_not_there_is_told(weights: Weights) -> None:
    with pytest.raises(KnownError, match="no graphics card"):
        open_runtime("torch_cuda", weights)


def test_a_graph_runs_without_torch() -> None:
    code = "import sys, core.models.corruption_runtime; print('torch' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.stdout.strip() == "False", done.stderr
