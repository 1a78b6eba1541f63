"""Everything Onglass knows and does, without a screen. Nothing below imports Qt."""

import os

# Before anything can load ONNX Runtime, whose official builds report sessions to their maker
# unless they are told (docs/adr/0035).
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
