"""Every means to ask the network of audio artifacts gives the network's own answers."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from core.domain.errors import BugError, KnownError
from core.models import artifact_runtime
from core.models import weights as room
from core.models.artifact_feature import CLASSES, features_of
from core.models.artifact_lasting import REACH
from core.models.artifact_runtime import (
    AT_A_TIME,
    KEPT,
    open_artifact_runtime,
    shared_artifact_runtime,
)
from core.models.audio_artifact import AudioArtifactNet
from core.models.card import WeightsCard
from core.models.shared_runtime import missing_weights, weights_hash
from core.models.weights import Weights, save

ROOT = Path(__file__).resolve().parents[2]
RATE = 16_000


@pytest.fixture(autouse=True)
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONGLASS_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(room, "shipped_folder", lambda: tmp_path / "shipped")


def made(folder: Path, body: str = "log_mel_cnn", seed: int = 3, **changed: Any) -> Weights:
    torch.manual_seed(seed)
    net = AudioArtifactNet(body)
    with torch.no_grad():
        net.classes.weight *= 20
        net.artifacts.weight *= 20
        net.temperature.fill_(1.3)
        net.calibration.copy_(torch.tensor([[1.0, 0.3], [0.8, 0.0], [1.2, -0.2], [1.0, 0.1]]))
    card = WeightsCard(
        name="audio_artifact.r9",
        architecture="AudioArtifactNet",
        options=net.options,
        preprocessing="seconds",
        classes=CLASSES,
        recipe="None.",
        data=("none",),
        licence="Apache-2.0",
    )
    return save(net, replace(card, **changed), folder)


def made_in_context(folder: Path) -> Weights:
    torch.manual_seed(4)
    net = AudioArtifactNet("log_mel_cnn", True, True, True)
    assert net.context is not None
    with torch.no_grad():
        net.context.correction.weight.normal_(0, 0.3)
        net.context.temperature.fill_(1.2)
        net.context.calibration[2] = torch.tensor([0.7, -0.4])
    card = made(folder).card
    return save(net, replace(card, options=net.options), folder)


def seconds(n: int, seed: int = 0) -> NDArray[np.float32]:
    random = np.random.default_rng(seed)
    colours = random.standard_normal((n, RATE)).cumsum(axis=1) * random.uniform(0, 0.01, (n, 1))
    return (colours + 0.1 * random.standard_normal((n, RATE))).astype(np.float32)


@pytest.mark.parametrize("body", ["log_mel_cnn", "none", "panns_mobilenet_v1", "yamnet"])
def test_the_graph_answers_as_the_network(tmp_path: Path, body: str) -> None:
    weights = made(tmp_path / "made", body)
    given = seconds(5)
    graph = open_artifact_runtime(weights)
    heard = graph.hear(given, RATE)
    net = artifact_runtime.load_net(weights)
    given_features = features_of(given, RATE, net.heard).items()
    with torch.inference_mode():
        features = {name: torch.from_numpy(values).float() for name, values in given_features}
        classes, artifacts = net(features)
    assert (graph.choice, graph.weights) == ("onnx_fp32", weights)
    assert np.abs(heard.classes - torch.softmax(classes, 1).numpy()).max() < 1e-4
    assert np.abs(heard.artifacts - torch.sigmoid(artifacts).numpy()).max() < 1e-4
    assert np.ptp(heard.classes[:, 0]) > 1e-3


def test_torch_answers_as_the_graph_however_many_are_asked(tmp_path: Path) -> None:
    weights = made(tmp_path / "made")
    given = seconds(AT_A_TIME + 3)
    graph = open_artifact_runtime(weights, "onnx_fp32").hear(given, RATE)
    plain = open_artifact_runtime(weights, "torch").hear(given, RATE)
    assert graph.classes.shape == (AT_A_TIME + 3, 5)
    assert graph.artifacts.shape == (AT_A_TIME + 3, 4)
    assert np.allclose(graph.classes.sum(axis=1), 1, atol=1e-5)
    assert np.abs(graph.classes - plain.classes).max() < 1e-4
    assert np.abs(graph.artifacts - plain.artifacts).max() < 1e-4
    alone = open_artifact_runtime(weights).hear(given[-1:], RATE)
    assert np.abs(alone.classes - graph.classes[-1]).max() < 2e-3


def test_nothing_to_hear_gives_no_answers(tmp_path: Path) -> None:
    heard = open_artifact_runtime(made(tmp_path / "made")).hear(seconds(0), RATE)
    assert (heard.classes.shape, heard.artifacts.shape) == ((0, 5), (0, 4))


def test_the_shared_one_is_loaded_once_and_anew_for_other_weights() -> None:
    made(room.own_folder(), "none")
    first = shared_artifact_runtime()
    assert shared_artifact_runtime() is first
    assert weights_hash("audio_artifact") == first.weights.tensors_sha256
    assert missing_weights("audio_artifact") == ""
    made(room.own_folder(), "none", seed=4)
    assert shared_artifact_runtime() is not first


def test_without_weights_a_sentence_says_so() -> None:
    assert "audio_artifact" in missing_weights("audio_artifact")
    assert weights_hash("audio_artifact") == ""
    with pytest.raises(KnownError, match="audio_artifact"):
        shared_artifact_runtime()


def test_what_is_not_for_audio_artifacts_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KnownError, match="not for audio artifacts"):
        open_artifact_runtime(made(tmp_path / "a", architecture="BlockCorruptionNet"))
    with pytest.raises(KnownError, match="not known here"):
        open_artifact_runtime(made(tmp_path / "b", options={"body": "vggish"}))
    with pytest.raises(BugError):
        open_artifact_runtime(made(tmp_path / "c"), "openvino")  # type: ignore[arg-type]


def test_the_graph_is_asked_without_torch_once_it_is_made(tmp_path: Path) -> None:
    made(room.own_folder(), "none")
    shared_artifact_runtime()
    asked = (
        "import sys, numpy as np\n"
        "from core.models.artifact_runtime import open_artifact_runtime\n"
        "open_artifact_runtime().hear(np.zeros((1, 8000), np.float32), 8000)\n"
        "assert 'torch' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", asked], check=True, cwd=ROOT)


def test_the_graph_in_context_answers_as_the_network(tmp_path: Path) -> None:
    weights = made_in_context(tmp_path)
    given = seconds(40)
    graph, net = (open_artifact_runtime(weights, choice) for choice in ("auto", "torch"))
    one, other = (runtime.hear(given, RATE) for runtime in (graph, net))
    assert {name: values.shape for name, values in one.kept.items()} == {
        name: (40, *shape) for name, shape in KEPT.items()
    }
    heard = np.ones(40, np.bool_)
    heard[[3, 20]] = False
    ours = graph.in_context(one.kept, heard, 5, 30)
    theirs = net.in_context(other.kept, heard, 5, 30)
    np.testing.assert_allclose(ours.classes, theirs.classes, atol=1e-3)
    np.testing.assert_allclose(ours.artifacts, theirs.artifacts, atol=1e-3)
    assert ours.classes.shape == (25, 5)
    assert ours.classes[15].tolist() == [1, 0, 0, 0, 0]
    assert ours.artifacts[15].tolist() == [0, 0, 0, 0]
    assert np.abs(ours.classes - one.classes[5:30]).max() > 0.01


def test_rows_are_answered_alike_with_more_around_than_counts(tmp_path: Path) -> None:
    runtime = open_artifact_runtime(made_in_context(tmp_path))
    kept, heard = runtime.hear(seconds(40), RATE).kept, np.ones(40, np.bool_)
    whole = runtime.in_context(kept, heard, 0, 40)
    near = {name: values[12 - REACH : 16 + REACH] for name, values in kept.items()}
    few = runtime.in_context(near, heard[: 4 + 2 * REACH], REACH, REACH + 4)
    np.testing.assert_allclose(few.classes, whole.classes[12:16], atol=1e-5)
    np.testing.assert_allclose(few.artifacts, whole.artifacts[12:16], atol=1e-5)
    silent = runtime.in_context(kept, np.zeros(40, np.bool_), 0, 3)
    assert silent.artifacts.max() == 0


def test_a_network_of_single_seconds_keeps_nothing(tmp_path: Path) -> None:
    assert open_artifact_runtime(made(tmp_path)).hear(seconds(2), RATE).kept == {}
