"""Jobs: cancellation, progress and lanes of threads with owners."""
