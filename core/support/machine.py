"""What this machine offers, and what is in the way."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import tempfile
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from core.config import paths
from core.media.codec import can_decode, can_encode, library_versions

_PACKAGES = (
    "onglass",
    "av",
    "numpy",
    "scipy",
    "opencv-python-headless",
    "PySide6-Essentials",
    "sounddevice",
    "SQLAlchemy",
    "alembic",
    "onnxruntime",
    "opentimelineio",
    "fpdf2",
    "torch",
    "torchvision",
)
_DECODERS = ("h264", "hevc", "av1", "libdav1d", "vp9", "prores", "dnxhd", "mpeg2video", "ffv1")
_SOUND_DECODERS = ("aac", "ac3", "eac3", "mp3", "opus", "flac", "pcm_s24le")
_ENCODERS = ("libx264", "libx265", "ffv1", "aac")

# Asked in processes of their own: torch takes seconds, a sound system or a display may hang or
# crash, and none of the three is this process's business.
QUESTIONS = {
    "gpu": """
import json, torch
names = [torch.cuda.get_device_name(i) for i in range(torch.cuda.device_count())]
print(json.dumps({"devices": names, "cuda": torch.version.cuda}))
""",
    "sound": """
import json, sounddevice
devices = [d for d in sounddevice.query_devices() if d["max_output_channels"] > 0]
systems = sorted({sounddevice.query_hostapis(d["hostapi"])["name"] for d in devices})
print(json.dumps({"outputs": [d["name"] for d in devices], "systems": systems}))
""",
    "display": """
import json, os
from PySide6.QtGui import QGuiApplication
app = QGuiApplication([])
print(json.dumps({"platform": app.platformName(), "screens": len(app.screens())}))
""",
}
_PATIENCE_S = 60


def examine() -> dict[str, dict[str, Any]]:
    """Versions, codecs, devices and folders, by group."""
    return {
        "system": {
            "platform": platform.platform(),
            "python": platform.python_version(),
            "cores": os.cpu_count(),
            "frozen": bool(getattr(sys, "frozen", False)),
        },
        "versions": {name: _version(name) for name in _PACKAGES} | library_versions(),
        "codecs": {
            "picture decoders": {name: can_decode(name) for name in _DECODERS},
            "sound decoders": {name: can_decode(name) for name in _SOUND_DECODERS},
            "encoders": {name: can_encode(name) for name in _ENCODERS},
        },
        **{name: _ask(question) for name, question in QUESTIONS.items()},
        "folders": {
            "settings": _folder(paths.config_dir()),
            "store": _folder(paths.data_dir()),
            "caches": _folder(paths.cache_dir()),
            "logs": _folder(paths.log_dir()),
        },
    }


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "missing"


def _ask(question: str) -> dict[str, Any]:
    if getattr(sys, "frozen", False):
        return {"error": "not asked in a bundled program"}
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-c", question],
            capture_output=True,
            text=True,
            timeout=_PATIENCE_S,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return {"error": f"no answer within {_PATIENCE_S} s"}
    if done.returncode:
        return {"error": _reason(done.stderr) or f"exit status {done.returncode}"}
    answer: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return answer


def _reason(words: str) -> str:
    """The line that says why: the last of a traceback, else the first."""
    lines = words.strip().splitlines() or [""]
    return lines[-1] if lines[0].startswith("Traceback") else lines[0]


def _folder(path: Path) -> dict[str, Any]:
    try:
        path.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=path):
            return {"path": str(path), "writable": True}
    except OSError as error:
        return {"path": str(path), "writable": False, "error": str(error)}
