"""The pipeline: decode once, compute views once, measure, decide, store."""
