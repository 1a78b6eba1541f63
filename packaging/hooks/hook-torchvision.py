"""torchvision in a bundle: two backbones, without the compiled operators (docs/adr/0006)."""

from __future__ import annotations

module_collection_mode = "pyz+py"
# Its own `__init__` imports `datasets` and `io`, so they stay.
excludedimports = ["torchvision._C", "torchvision.image"]
