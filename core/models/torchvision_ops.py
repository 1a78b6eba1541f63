"""Makes `import torchvision` work beside a torch that its compiled operators do not fit.

torchvision from the public index is linked against CUDA torch. Beside CPU torch its compiled
extension cannot be loaded, and the import then ends with `operator torchvision::nms does not
exist`, because torchvision describes that operator without defining it. Models, transforms and
optical flow need no compiled operator, so it is enough that the two names exist.

Call `ensure_importable` before the first `import torchvision`. docs/adr/0006 tells the story.
"""

from __future__ import annotations

import sys
from importlib.machinery import PathFinder
from importlib.util import find_spec

import torch

_SCHEMAS = (
    "nms(Tensor dets, Tensor scores, float iou_threshold) -> Tensor",
    "qnms(Tensor dets, Tensor scores, float iou_threshold) -> Tensor",
)

# The definitions last as long as this object does.
_library: torch.library.Library | None = None


def operators_present() -> bool:
    """Whether `torchvision::nms` is known to torch, be it the real one or our definition."""
    return hasattr(torch.ops.torchvision, "nms")


def ensure_importable() -> bool:
    """Define the operators that torchvision's import asks for, where the real ones cannot load.

    Does nothing when torchvision is absent, already imported or fits this torch. A defined
    operator has no kernel: calling `torchvision.ops.nms` still fails with torchvision's own
    explanation. May be called any number of times.

    Returns:
        Whether our definitions stand in for the real operators.
    """
    global _library
    if _library is not None:
        return True
    if "torchvision" in sys.modules or operators_present() or _load_real_operators():
        return False
    if find_spec("torchvision") is None:
        return False
    _library = torch.library.Library("torchvision", "DEF")
    for schema in _SCHEMAS:
        _library.define(schema)
    return True


def _load_real_operators() -> bool:
    """Load torchvision's compiled extension the way torchvision does, without importing it."""
    package = find_spec("torchvision")
    if package is None or package.submodule_search_locations is None:
        return False
    extension = PathFinder.find_spec("_C", list(package.submodule_search_locations))
    if extension is None or extension.origin is None:
        return False
    try:
        torch.ops.load_library(extension.origin)
    except OSError:
        return False
    return operators_present()
