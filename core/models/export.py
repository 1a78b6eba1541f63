"""Writes networks as graphs for ONNX Runtime.

The graph of block corruption takes pictures as they are decoded and gives probabilities, so that
nothing around it can scale, normalise or calibrate differently from the network:

- input `pictures`: uint8, shape (n, height, width, 3), RGB; all three may be any number;
- output `map`: float32 0..1, shape (n, ceil(height / 32), ceil(width / 32));
- output `frame`: float32 0..1, shape (n,).

`export_fp32` computes as the network does. `export_int8` computes with eight bits: weights by
channel, activations by tensor with ranges taken from pictures that the caller gives.

`export_artifact` writes the network of audio artifacts in the same way, with 32 bits:

- an input for each feature that it hears (`core/models/artifact_feature.py`), float32, n first;
- output `classes`: float32 0..1, shape (n, 5), each row's sum is 1;
- output `artifacts`: float32 0..1, shape (n, 4);
- for one that hears in context also `said`, the logits of both, shape (n, 9), and `joint`, shape
  (n, 256), which `core/models/export_context.py` takes.
"""

from __future__ import annotations

import copy
import io
import os
import tempfile
import warnings
from collections.abc import Iterable, Mapping, Sequence
from contextlib import redirect_stdout
from itertools import islice
from pathlib import Path
from typing import Any, Literal

import numpy as np
import onnx
import onnxruntime
import torch
from google.protobuf.message import DecodeError  # type: ignore[import-untyped]
from numpy.typing import NDArray
from onnxruntime.quantization import (
    CalibrationDataReader,
    CalibrationMethod,
    QuantFormat,
    QuantType,
    quantize_static,
)
from onnxruntime.quantization.shape_inference import quant_pre_process
from torch import Tensor, nn
from torch.jit._trace import TracerWarning
from torch.nn import functional

from core.domain.errors import BugError, KnownError
from core.models.artifact_feature import SHAPES
from core.models.audio_artifact import AudioArtifactNet
from core.models.block_corruption import BlockCorruptionNet
from core.models.picture_size import at_least, at_least_a_cell

Method = Literal["minmax", "percentile"]
"""How ranges of activations are taken from pictures."""

PICTURES, MAP, FRAME = "pictures", "map", "frame"
"""Names of the input and the outputs of the graph of block corruption."""

HEARD = ("classes", "artifacts")
"""Names of the outputs of the graph of audio artifacts."""

FOR_CONTEXT = ("said", "joint")
"""Those besides of a network that hears in context."""

KEPT = ("/cells/", "/decision/")
"""Parts of the network that stay at 32 bits: what turns features into probabilities. They cost
next to nothing and everything hangs on them."""

FIRST_LAYER = "/features.0/"
"""To be kept besides, for a first layer at 32 bits."""

KEPT_OF: Mapping[str, tuple[str, ...]] = {
    "resnet18": KEPT,
    # Its thin early layers lose most with eight bits (docs/adr/0019).
    "mobilenet_v2": (*KEPT, *(f"/features.{block}/" for block in range(4))),
}
"""What stays at 32 bits by default, by backbone."""

_OPSET = 17
_GREY = 116
_WINDOW_PX = 224
_AT_A_TIME = 8
_WHITE = 255
_QUANTISED = ("Conv", "Relu", "Clip", "MaxPool", "Add")
_LARGEST_DIFFERENCE = 1e-4
_ERRORS_ONLY = 3


class _Seeing(nn.Module):
    """The network behind its preparation and before its probabilities."""

    def __init__(self, net: BlockCorruptionNet) -> None:
        super().__init__()
        self.net = net

    def forward(self, pictures: Tensor) -> tuple[Tensor, Tensor]:
        cells, decided = self.net(pictures.permute(0, 3, 1, 2).float())
        return torch.sigmoid(cells), torch.sigmoid(decided)


class _SeeingFours(nn.Module):
    """The same for a network whose first layer takes squares of four pixels as one."""

    def __init__(self, net: BlockCorruptionNet, before: int, behind: int) -> None:
        super().__init__()
        self.net = net
        self.before = before
        self.behind = behind

    def forward(self, pictures: Tensor) -> tuple[Tensor, Tensor]:
        _, height, width, _ = pictures.shape
        edge = (self.before, self.behind + width % 2, self.before, self.behind + height % 2)
        pictures = functional.pad(pictures, (0, 0, *edge), value=_GREY)
        _, height, width, _ = pictures.shape
        fours = pictures.reshape(-1, height // 2, 2, width // 2, 2, 3).permute(0, 1, 3, 2, 4, 5)
        fours = fours.reshape(-1, height // 2, width // 2, 12).permute(0, 3, 1, 2)
        cells, decided = self.net(fours.float())
        return torch.sigmoid(cells), torch.sigmoid(decided)


class _Hearing(nn.Module):
    """The network before its probabilities, with its features one by one."""

    def __init__(self, net: AudioArtifactNet) -> None:
        super().__init__()
        self.net = net

    def forward(self, *features: Tensor) -> tuple[Tensor, ...]:
        joint = self.net.joined(dict(zip(self.net.heard, features, strict=True)))
        classes, artifacts = self.net.answers(joint)
        heard = torch.softmax(classes, dim=1), torch.sigmoid(artifacts)
        if self.net.context is None:
            return heard
        return *heard, torch.cat([classes, artifacts], dim=1), joint


def export_artifact(net: AudioArtifactNet, path: Path) -> None:
    """Write the network of audio artifacts with 32 bits, and hold it against itself.

    Args:
        net: With its weights and calibration; is not changed.
        path: The file to write.

    Raises:
        BugError: The graph's answers are not the network's.
    """
    hearing = _Hearing(copy.deepcopy(net).cpu().float().eval().requires_grad_(False))
    generator = torch.Generator().manual_seed(5)
    given = {name: torch.randn(3, *SHAPES[name], generator=generator) for name in net.heard}
    outputs = HEARD if net.context is None else (*HEARD, *FOR_CONTEXT)
    # An example of one: what holds for it alone would show with three.
    write_held(hearing, given, {name: value[:1] for name, value in given.items()}, outputs, path)


def write_held(
    net: nn.Module,
    given: Mapping[str, Tensor],
    few: Mapping[str, Tensor],
    outputs: Sequence[str],
    path: Path,
    axes: Sequence[str] = ("n",),
) -> None:
    """Write a graph with 32 bits, and hold it against the network.

    Args:
        net: Takes the inputs in order.
        given: Inputs to hold it against the network with, by name.
        few: The same to trace it with, of other sizes along the free axes.
        outputs: Names of what it gives.
        path: The file to write.
        axes: Names of the first axes of all inputs and outputs, which are free.

    Raises:
        BugError: The graph's answers are not the network's.
    """
    free = {name: dict(enumerate(axes)) for name in (*given, *outputs)}
    with tempfile.TemporaryDirectory() as folder:
        draft = Path(folder) / "fp32.onnx"
        write_graph(net, few, outputs, free, draft)
        session = onnxruntime.InferenceSession(draft, providers=["CPUExecutionProvider"])
        answers = session.run(outputs, {name: value.numpy() for name, value in given.items()})
        for ours, theirs in zip(answers, net(*given.values()), strict=True):
            if np.abs(ours - theirs.numpy()).max() > _LARGEST_DIFFERENCE:
                raise BugError("the graph does not answer as the network does")
        put_whole(draft.read_bytes(), path)


def free_size(source: Path, path: Path) -> None:
    """Write a graph of others anew that takes one picture of any size.

    Args:
        source: With one input of shape (n, 3, height, width) and outputs of as many axes, whose
            numbers, as published, may be those of an example.
        path: The file to write.

    Raises:
        KnownError: The file is no such graph.
    """
    try:
        model = onnx.load(source)
        numbers = {number.name for number in model.graph.initializer}
        pictures = [value for value in model.graph.input if value.name not in numbers]
        for value in (*pictures, *model.graph.output):
            for axis, name in ((0, "n"), (2, f"{value.name}_rows"), (3, f"{value.name}_columns")):
                value.type.tensor_type.shape.dim[axis].dim_param = name
    except (OSError, IndexError, ValueError, DecodeError) as error:
        raise KnownError(f"The graph {source.name} cannot be read.", str(error)) from error
    put_whole(model.SerializeToString(), path)


def export_fp32(net: BlockCorruptionNet, path: Path) -> None:
    """Write a graph that computes with 32 bits, and hold it against the network.

    Args:
        net: With its weights and calibration; is not changed.
        path: The file to write.

    Raises:
        BugError: The graph's answers are not the network's.
    """
    scaled = _copied(net)
    # Pictures come as 0..255: mean and deviation grow instead of every pixel shrinking.
    scaled.mean.mul_(_WHITE)
    scaled.deviation.mul_(_WHITE)
    with tempfile.TemporaryDirectory() as folder:
        draft = Path(folder) / "fp32.onnx"
        _trace(_Seeing(scaled), draft)
        _hold_against(net, draft)
        put_whole(draft.read_bytes(), path)


def export_int8(
    net: BlockCorruptionNet,
    pictures: Iterable[NDArray[np.uint8]],
    path: Path,
    *,
    kept: Sequence[str] | None = None,
    reduce_range: bool = True,
    method: Method = "percentile",
) -> None:
    """Write a graph that computes with eight bits.

    The first layer takes the decoded bytes themselves: normalisation goes into its weights, with
    one grey for the three channels' means, so that at the picture's edge, where the network sees
    its mean colour outside, the graph sees one up to 13 levels from it.

    Args:
        net: With its weights and calibration; is not changed.
        pictures: RGB, shape (h, w, 3) of any size, a hundred or more like those to be seen:
            ranges of activations are taken from them.
        path: The file to write.
        kept: Parts of names of nodes that stay at 32 bits, `FIRST_LAYER` may be one; None takes
            `KEPT_OF` the backbone.
        reduce_range: Seven bits for the weights, which every processor multiplies without
            overflow. With eight, those without VNNI saturate and give other answers.
        method: How ranges are taken: `minmax`, or `percentile`, which cuts off the outermost
            hundred-thousandth and looks at the middle 224 x 224 of each picture only.

    Raises:
        KnownError: There are no pictures.
    """
    # It would tell of each leftover that it takes out.
    onnxruntime.set_default_logger_severity(_ERRORS_ONLY)
    feed = _Pictures(pictures, middle=method == "percentile")
    kept = KEPT_OF[net.backbone] if kept is None else kept
    with tempfile.TemporaryDirectory() as folder:
        traced, ready, small = (Path(folder) / f"{name}.onnx" for name in ("a", "b", "c"))
        _trace(_for_bytes(net), traced)
        # Shapes are not needed, they depend on the picture; this only takes out leftovers.
        quant_pre_process(traced, ready, skip_symbolic_shape=True, skip_onnx_shape=True)
        try:
            _quantise(ready, small, feed, kept, reduce_range, method)
        except ValueError:
            # No histogram can be made of what hardly varies, as in a network that learned nothing.
            if method == "minmax":
                raise
            feed.set_range(0, len(feed))
            _quantise(ready, small, feed, kept, reduce_range, "minmax")
        model = onnx.load(small)
    _take_bytes(model)
    onnx.checker.check_model(model)
    put_whole(model.SerializeToString(), path)


def _quantise(
    source: Path,
    target: Path,
    feed: _Pictures,
    kept: Sequence[str],
    reduce_range: bool,
    method: Method,
) -> None:
    nodes = onnx.load(source).graph.node
    # It prints what it is doing, where the caller's own report may go.
    with redirect_stdout(io.StringIO()):
        quantize_static(
            source,
            target,
            feed,
            quant_format=QuantFormat.QDQ,
            op_types_to_quantize=list(_QUANTISED),
            nodes_to_exclude=[n.name for n in nodes if any(part in n.name for part in kept)],
            per_channel=True,
            reduce_range=reduce_range,
            # Nearly all activations come from a ReLU: none is negative, and unsigned numbers
            # spend no bit on a sign. ONNX Runtime has no fast signed kernel for x86 either.
            activation_type=QuantType.QUInt8,
            weight_type=QuantType.QInt8,
            calibrate_method=_METHODS[method],
            extra_options={
                "TensorQuantOverrides": _first_range(nodes),
                "CalibStridedMinMax": feed.stride,
            },
        )


_METHODS = {"minmax": CalibrationMethod.MinMax, "percentile": CalibrationMethod.Percentile}


class _Pictures(CalibrationDataReader):  # type: ignore[misc]
    """Hands pictures on one by one, or `_AT_A_TIME` of them when the middle is enough."""

    def __init__(self, pictures: Iterable[NDArray[np.uint8]], *, middle: bool) -> None:
        taken = [_middle(picture) for picture in pictures] if middle else pictures
        self.stride = 0
        if isinstance(taken, list):
            self.stride = min(len(taken), _AT_A_TIME)
            # ONNX Runtime wants full rounds.
            taken = taken[: len(taken) - len(taken) % max(self.stride, 1)]
        self._all = taken
        self._left = iter(taken)
        self._first = next(self._left, None)
        if self._first is None:
            raise KnownError("There are no pictures to take the ranges of activations from.")

    def __len__(self) -> int:
        return len(self._all) if isinstance(self._all, list) else 0

    def set_range(self, start_index: int, end_index: int) -> None:
        self._left, self._first = islice(self._all, start_index, end_index), None

    def get_next(self) -> dict[str, NDArray[np.uint8]] | None:
        picture, self._first = self._first, None
        if picture is None:
            picture = next(self._left, None)
        return None if picture is None else {PICTURES: at_least_a_cell(picture)[None]}


def _middle(picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
    top, left = (max(0, (side - _WINDOW_PX) // 2) for side in picture.shape[:2])
    part = picture[top : top + _WINDOW_PX, left : left + _WINDOW_PX]
    return at_least(part, _WINDOW_PX).copy()


def _copied(net: BlockCorruptionNet) -> BlockCorruptionNet:
    return copy.deepcopy(net).cpu().float().eval().requires_grad_(False)


def _for_bytes(net: BlockCorruptionNet) -> _SeeingFours:
    """The network for bytes as they are decoded, with another first layer.

    The first layer, a convolution of stride 2, becomes one of stride 1 over squares of 2 x 2 pixels
    with twelve channels: the same sums, with a third of the memory and half the time of one that
    has three channels. Its weights take up the normalisation: w (x / 255 - m) / d is
    w' (x - grey) + b with w' = w / (255 d) and b = the sum of w' (grey - 255 m) over the kernel.
    """
    changed = _copied(net)
    name, first = next(
        (name, part)
        for name, part in changed.features.named_modules()
        if isinstance(part, nn.Conv2d)
    )
    weight = first.weight / (_WHITE * changed.deviation)
    shift = (weight * (_GREY - _WHITE * changed.mean)).sum(dim=(1, 2, 3))
    wide, size = weight.shape[0], first.kernel_size[0]
    reach = int(first.padding[0])
    before, behind = (reach + 1) // 2, (size - 1 - reach) // 2
    across = before + 1 + behind
    missing = 2 * before - reach
    fill = (missing, 2 * across - size - missing)
    fours = functional.pad(weight, (*fill, *fill)).reshape(wide, 3, across, 2, across, 2)
    layer = nn.Conv2d(12, wide, across)
    layer.weight = nn.Parameter(
        fours.permute(0, 3, 5, 1, 2, 4).reshape(wide, 12, across, across), requires_grad=False
    )
    earlier = first.bias if first.bias is not None else torch.zeros_like(shift)
    layer.bias = nn.Parameter(earlier + shift, requires_grad=False)
    changed.features.set_submodule(name, layer)
    changed.mean = torch.full((1, 1, 1, 1), float(_GREY))
    changed.deviation = torch.ones(1, 1, 1, 1)
    return _SeeingFours(changed, 2 * before, 2 * behind)


def _trace(seeing: nn.Module, path: Path) -> None:
    example = torch.zeros(1, 96, 128, 3, dtype=torch.uint8)
    free = {PICTURES: {0: "n", 1: "height", 2: "width"}, FRAME: {0: "n"}}
    free[MAP] = {0: "n", 1: "rows", 2: "columns"}
    write_graph(seeing, {PICTURES: example}, (MAP, FRAME), free, path)


def write_graph(
    net: nn.Module,
    examples: Mapping[str, Tensor],
    outputs: Sequence[str],
    free: Mapping[str, Mapping[int, str]],
    path: Path,
) -> None:
    """Write a network as a graph.

    Args:
        net: Put into eval mode.
        examples: Inputs by name, in the order of its arguments.
        outputs: Names of what it gives.
        free: Names of sizes that may vary, by input or output and axis.
        path: The file.
    """
    with warnings.catch_warnings():
        # The exporter that torch would rather have needs another library and gives the same.
        warnings.simplefilter("ignore", DeprecationWarning)
        warnings.simplefilter("ignore", TracerWarning)
        # ONNX Runtime folds what the exporter does not.
        warnings.filterwarnings("ignore", "Constant folding", UserWarning)
        torch.onnx.export(
            net.eval(),
            tuple(examples.values()),
            str(path),
            input_names=list(examples),
            output_names=list(outputs),
            dynamic_axes=free,
            opset_version=_OPSET,
            dynamo=False,
        )


def _hold_against(net: BlockCorruptionNet, path: Path) -> None:
    """Ask graph and network about noise of two sizes; tracing may have frozen what varies."""
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    plain = _copied(net)
    random = np.random.default_rng(0)
    for height, width in ((64, 96), (75, 33)):
        pictures = random.integers(0, 256, (2, height, width, 3), dtype=np.uint8)
        got = session.run([MAP, FRAME], {PICTURES: pictures})
        with torch.no_grad():
            tensor = torch.from_numpy(pictures).permute(0, 3, 1, 2) / _WHITE
            wanted = [torch.sigmoid(logits).numpy() for logits in plain(tensor)]
        for ours, theirs in zip(got, wanted, strict=True):
            if ours.shape != theirs.shape or np.abs(ours - theirs).max() > _LARGEST_DIFFERENCE:
                raise BugError("the graph does not answer as the network does")


def _first_range(nodes: Sequence[onnx.NodeProto]) -> dict[str, list[dict[str, Any]]]:
    """Steps of one level around the grey for what enters the first layer."""
    entering = _up_to(nodes, "Conv")[-1].output[0]
    step, zero = np.array(1.0, np.float32), np.array(_GREY, np.uint8)
    return {entering: [{"scale": step, "zero_point": zero}]}


def _take_bytes(model: onnx.ModelProto) -> None:
    """Let the first layer take the decoded bytes as what they are: numbers around the grey.

    They are widened, the grey is taken from them, and they are quantised to the same bytes again:
    all of that goes. Where the first layer is not quantised it stays.
    """
    nodes = model.graph.node
    passed = _up_to(nodes, "DequantizeLinear", "Conv")
    if passed[-1].op_type != "QuantizeLinear":
        return
    _taken_from(nodes, passed[-1].output[0]).input[0] = passed[0].input[0]
    for node in passed:
        nodes.remove(node)
    used = {name for node in nodes for name in node.input}
    for number in [n for n in model.graph.initializer if n.name not in used]:
        model.graph.initializer.remove(number)


def _up_to(nodes: Sequence[onnx.NodeProto], *ends: str) -> list[onnx.NodeProto]:
    """The nodes that a picture passes from its widening to the first of a kind, without that."""
    passed = [next(n for n in nodes if n.op_type == "Cast" and "Cast" in n.name)]
    while (following := _taken_from(nodes, passed[-1].output[0])).op_type not in ends:
        passed.append(following)
    return passed


def _taken_from(nodes: Sequence[onnx.NodeProto], value: str) -> onnx.NodeProto:
    return next(node for node in nodes if value in node.input)


def put_whole(content: bytes, path: Path) -> None:
    """Write a file at once, also when another process does so at the same time."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}.draft")
    draft.write_bytes(content)
    os.replace(draft, path)
