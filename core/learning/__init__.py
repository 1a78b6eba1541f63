"""Training: from clean content and verdicts to weights with a card."""
