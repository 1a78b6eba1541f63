"""The verdict bar: what a person decides about the selected flag."""
