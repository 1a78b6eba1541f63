"""Finding the measuring half of a detector without importing all the others."""

from __future__ import annotations

import inspect
from importlib import import_module

from core.catalog.table import DETECTORS
from core.detectors.base import Detector
from core.domain.errors import BugError, KnownError


def detector_class(detector_id: str) -> type[Detector]:
    """The class that measures, from `core.detectors.<id>`.

    Imported only now, because the dear ones bring libraries that the cheap ones do without.

    Raises:
        KnownError: The catalog has no such detector.
        BugError: Its module holds no class of that id.
    """
    if detector_id not in DETECTORS:
        raise KnownError(
            f"There is no detector named {detector_id}; there are {', '.join(DETECTORS)}."
        )
    module = import_module(f"core.detectors.{detector_id}")
    for _, found in inspect.getmembers(module, inspect.isclass):
        if issubclass(found, Detector) and getattr(found, "id", None) == detector_id:
            return found
    raise BugError(f"core.detectors.{detector_id} holds no detector of that id")
