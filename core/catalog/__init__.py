"""The one table of detectors, the profiles, and the rules that turn tracks into findings."""
