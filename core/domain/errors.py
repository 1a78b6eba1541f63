"""The two kinds of error: those a person can act on, and our own mistakes."""

from __future__ import annotations


class KnownError(Exception):
    """Something went wrong that a person can understand and act on.

    The command line prints the sentence on stderr and exits with 1; the desk shows it in the
    error surface, with the details one click away.

    Args:
        sentence: One plain sentence, ending with a full stop, that says what and what to do.
        details: Longer technical text that helps support; may be empty.
    """

    def __init__(self, sentence: str, details: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.details = details

    def __reduce__(self) -> tuple[type[KnownError], tuple[str, str]]:
        return (type(self), (self.sentence, self.details))


class CancelledError(Exception):
    """The work was cancelled on request; nothing is wrong."""


class BugError(Exception):
    """A state that correct code never reaches; the traceback matters, not the sentence.

    Args:
        sentence: What happened.
        details: The traceback, when it comes from another process; may be empty.
    """

    def __init__(self, sentence: str, details: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.details = details

    def __reduce__(self) -> tuple[type[BugError], tuple[str, str]]:
        return (type(self), (self.sentence, self.details))
