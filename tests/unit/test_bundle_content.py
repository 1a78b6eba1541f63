"""What goes into a bundle, looked at without building one."""

from __future__ import annotations

import configparser
import importlib.util
import plistlib
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from types import ModuleType
from xml.etree import ElementTree

import pytest

from core.config.licence import CARRIED
from core.media.folder import MEDIA_SUFFIXES

ROOT = Path(__file__).resolve().parents[2]
PACKAGING = ROOT / "packaging"


def load(name: str) -> ModuleType:
    """A file of packaging/, which is no package on purpose."""
    spec = importlib.util.spec_from_file_location(f"packed_{name}", PACKAGING / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    # Files of packaging/ import each other by plain names, as scripts beside each other do.
    sys.path.insert(0, str(PACKAGING))
    try:
        spec.loader.exec_module(module)
    finally:
        sys.path.remove(str(PACKAGING))
    return module


content = load("content")
bundle = load("bundle")
debian = load("debian")
collector = load("collector")


def test_every_module_of_ours_is_shipped_but_the_cluster_s_engine() -> None:
    modules = set(content.our_modules())
    for name in ("core.worker.__main__", "core.detectors.freeze", "gui.app", "core.cli.review"):
        assert name in modules
    assert "core.scan.engine.ray" not in modules
    assert "core.store.migrations.env" not in modules


def test_what_is_read_as_a_file_is_shipped_as_a_file() -> None:
    places = {f"{folder}/{path.name}" for path, folder in content.our_files()}
    assert "core/store/migrations/env.py" in places
    assert "core/store/migrations/versions/v0001_first.py" in places
    for path in (ROOT / "resources").rglob("*"):
        if path.is_file() and path.suffix not in (".py", ".pyc"):
            assert str(path.relative_to(ROOT)) in places
    assert not [place for place in places if "__pycache__" in place]


def test_every_carried_file_of_weights_is_there_and_its_package_stays_out() -> None:
    for package, name in content.CARRIED:
        found = importlib.util.find_spec(package)
        assert found is not None
        assert found.submodule_search_locations is not None
        assert (Path(found.submodule_search_locations[0]) / name).is_file()
        assert package in content.EXCLUDED
        assert not content.is_dropped(f"{package}/{name}")
    named = {name.replace("-", "_") for name in (*CARRIED, *content.required_names())}
    assert {package for package, _ in content.CARRIED} <= named


def test_packages_installed_for_weights_alone_are_the_listed_ones() -> None:
    lines = (PACKAGING / "weights.txt").read_text("utf-8").splitlines()
    assert {line.partition("==")[0] for line in lines if "==" in line} == set(CARRIED)


@pytest.mark.parametrize(
    ("place", "dropped"),
    [
        ("PySide6/Qt/plugins/platforms/libqxcb.so", False),
        ("PySide6/Qt/plugins/platforms/libqoffscreen.so", False),
        ("PySide6/Qt/plugins/platforms/libqvnc.so", True),
        ("PySide6/Qt/plugins/imageformats/libqsvg.so", False),
        ("PySide6/Qt/translations/qtbase_fr.qm", True),
        ("PySide6\\Qt\\qml\\x.qml", True),
        ("torch/lib/libtorch_cpu.so", False),
        ("torch/lib/libtorchbind_test.so", True),
        ("torch/bin/torch_shm_manager", False),
        ("torch/bin/protoc", True),
        ("scipy/stats/tests/data/x.csv", True),
        ("resources/weights/block_corruption.r1.safetensors", False),
    ],
)
def test_patterns_take_what_they_mean(place: str, dropped: bool) -> None:
    assert content.is_dropped(place) is dropped


def test_no_file_of_ours_is_dropped() -> None:
    lost = [p for p, folder in content.our_files() if content.is_dropped(f"{folder}/{p.name}")]
    assert lost == []


def test_names_left_out_are_none_of_what_the_product_asks_for() -> None:
    ours = {name.lower().replace("-", "_") for name in content.required_names()}
    carried = {package for package, _ in content.CARRIED}
    tops = {name.lower() for name in content.EXCLUDED if "." not in name}
    assert (tops & ours) <= carried


_BLOCKED = """
import importlib, sys
sys.path.insert(0, sys.argv[1])
import content

LEFT_OUT = frozenset(content.EXCLUDED)

class Without:
    # A finder of modules that does not know what a bundle has not.
    def __init__(self, finder):
        self._finder = finder

    def find_spec(self, name, path=None, target=None):
        parts = name.split(".")
        if any(".".join(parts[:n]) in LEFT_OUT for n in range(1, len(parts) + 1)):
            return None
        return self._finder.find_spec(name, path, target)

sys.meta_path[:] = [Without(finder) for finder in sys.meta_path]
for name in content.our_modules():
    if not name.endswith("__main__"):
        importlib.import_module(name)
import torch
net = torch.nn.Conv2d(3, 2, 3)
optimiser = torch.optim.AdamW(net.parameters())
net(torch.zeros(1, 3, 8, 8)).mean().backward()
optimiser.step()
from core.models.torchvision_ops import ensure_importable
ensure_importable()
from torchvision import models
models.mobilenet_v2(weights=None)
import onnxruntime.quantization.shape_inference
from core.cli.app import main
assert main(["detectors", "--json"]) == 0
"""


def test_everything_of_ours_can_be_imported_and_trains_without_what_stays_out() -> None:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", _BLOCKED, str(PACKAGING)],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr[-2000:]


def test_a_file_that_is_nobody_s_ends_the_build(tmp_path: Path) -> None:
    stray = tmp_path / "libstray.so"
    stray.touch()
    owners = collector.Owners()
    with pytest.raises(collector.UnknownFileError, match="libstray"):
        collector.third_party_text([("libstray.so", str(stray))], ROOT, owners)


def test_packages_that_nothing_of_ours_requires_stay_out() -> None:
    beyond = set(collector.Owners().beyond(content.required_names()))
    assert {"pytest", "hypothesis", "ray", "mypy"} <= beyond
    assert not beyond & {"torch", "numpy", "sympy", "mako", "PySide6", "shiboken6"}


def test_sizes_are_counted_by_part(tmp_path: Path) -> None:
    for place, size in (
        ("onglass", 10),
        ("_internal/cv2/cv2.so", 5),
        ("_internal/opencv_python_headless.libs/a.so", 7),
        ("_internal/libz.so.1", 3),
        ("_internal/torch-2.dist-info/METADATA", 2),
    ):
        (tmp_path / place).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / place).write_bytes(b"x" * size)
    (tmp_path / "_internal/link.so").symlink_to("libz.so.1")
    assert bundle.sizes(tmp_path) == {
        "onglass": 10,
        "cv2": 12,
        "system libraries": 3,
        "versions and licences": 2,
    }
    assert bundle.size_table(bundle.sizes(tmp_path), most=1).splitlines()[-1].endswith("all")


def test_the_menu_entry_opens_what_the_product_reads() -> None:
    entry = configparser.ConfigParser(interpolation=None)
    entry.optionxform = str  # type: ignore[assignment,method-assign]
    entry.read(PACKAGING / "linux" / "onglass.desktop", "utf-8")
    group = entry["Desktop Entry"]
    assert group["Exec"] == "onglass review %F"
    assert (ROOT / "resources" / "icons" / f"{group['Icon']}.svg").is_file()
    assert {"video/mp4", "application/mxf", "video/mp2t"} <= set(group["MimeType"].split(";"))


def test_types_and_description_are_xml_of_the_right_kind() -> None:
    types = ElementTree.parse(PACKAGING / "linux" / "onglass.xml").getroot()
    assert {each.get("type") for each in types} == {"video/x-gxf", "video/x-yuv4mpeg"}
    said = ElementTree.parse(PACKAGING / "linux" / "org.onglass.Onglass.metainfo.xml").getroot()
    assert said.findtext("launchable") == "onglass.desktop"
    assert said.findtext("id") == "org.onglass.Onglass"


def test_windows_is_offered_suffixes_that_the_product_reads() -> None:
    script = (PACKAGING / "windows" / "onglass.iss").read_text("utf-8")
    offered = {line.split('"')[3] for line in script.splitlines() if "SupportedTypes" in line}
    assert offered
    assert offered <= MEDIA_SUFFIXES


def test_macos_gets_no_right_that_was_not_thought_about() -> None:
    rights = plistlib.loads((PACKAGING / "macos" / "entitlements.plist").read_bytes())
    assert set(rights) == {
        "com.apple.security.cs.disable-library-validation",
        "com.apple.security.cs.allow-unsigned-executable-memory",
    }


def test_the_builder_is_named_in_an_extra_of_its_own() -> None:
    table = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert any("pyinstaller" in line for line in table["optional-dependencies"]["bundle"])
    assert not any("pyinstaller" in line for line in table["dependencies"])


@pytest.mark.skipif(shutil.which("readelf") is None, reason="readelf of binutils reads ELF files")
def test_a_package_asks_for_what_is_needed_and_not_inside() -> None:
    names, glibc = debian.wanted([Path(sys.executable).resolve()])
    assert "libc.so.6" in names
    assert glibc > (2, 4)
