"""The stages of lip sync, each usable by itself, and the detector that is made of them."""

from core.detectors.lipsync.detector import LipSyncDetector

__all__ = ["LipSyncDetector"]
