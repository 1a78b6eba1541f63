"""The screen where verdicts make better detectors: training, gate, calibration, roll-back."""
