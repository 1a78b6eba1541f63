"""torch in a bundle: what runs and trains networks, where PyInstaller's own hook takes all."""

from __future__ import annotations

from pathlib import Path

from PyInstaller.utils.hooks import (
    PY_DYLIB_PATTERNS,
    collect_dynamic_libs,
    collect_submodules,
    get_module_file_attribute,
)

_FOLDER = Path(get_module_file_attribute("torch")).parent
_MANAGER = _FOLDER / "bin" / "torch_shm_manager"

# torch reads its own source while it is imported, for what it compiles with TorchScript.
module_collection_mode = "pyz+py"
warn_on_missing_hiddenimports = False

# Imported from a list of their names.
hiddenimports = collect_submodules("torch._dynamo.polyfills")

binaries = collect_dynamic_libs("torch", search_patterns=[*PY_DYLIB_PATTERNS, "*.so.*"])
if _MANAGER.is_file():
    # Looked for by `import torch` itself.
    binaries += [(str(_MANAGER), "torch/bin")]

# torch looks for its libraries beside the one that asks, and links would show it another folder.
bindepend_symlink_suppression = ["**/torch/lib/*.so*"]
