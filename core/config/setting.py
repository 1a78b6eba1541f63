"""What a setting is, as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

Value = bool | int | float | str


class Kind(StrEnum):
    """What kind of value a setting has."""

    BOOL = "bool"
    INT = "int"
    FLOAT = "float"
    CHOICE = "choice"
    TEXT = "text"
    PATH = "path"
    DEVICE = "device"


@dataclass(frozen=True, slots=True)
class Setting:
    """One thing that a person may set.

    Attributes:
        key: `group.name`; the section and key in the file.
        title: What people call it.
        help: One sentence: what it does.
        kind: What kind of value.
        default: Value when nothing is set.
        choices: For a choice: stored value and what people call it.
        low: Smallest number.
        high: Largest number.
        unit: Unit of a number.
    """

    key: str
    title: str
    help: str
    kind: Kind
    default: Value
    choices: Mapping[str, str] = field(default_factory=dict)
    low: float = 0.0
    high: float = 0.0
    unit: str = ""

    @property
    def group(self) -> str:
        """The part of the key before the dot."""
        return self.key.partition(".")[0]

    @property
    def name(self) -> str:
        """The part of the key after the dot."""
        return self.key.partition(".")[2]

    def checked(self, value: object) -> Value:
        """The value as this setting's type.

        Raises:
            ValueError: It is of the wrong type, not among the choices or out of range.
        """
        match self.kind:
            case Kind.BOOL:
                if isinstance(value, bool):
                    return value
            case Kind.INT | Kind.FLOAT:
                if isinstance(value, int | float) and not isinstance(value, bool):
                    if not self.low <= value <= self.high:
                        raise ValueError(self.refusal())
                    return int(value) if self.kind is Kind.INT else float(value)
            case Kind.CHOICE:
                if isinstance(value, str) and value in self.choices:
                    return value
            case Kind.TEXT | Kind.PATH | Kind.DEVICE:
                if isinstance(value, str):
                    return value
        raise ValueError(self.refusal())

    def refusal(self) -> str:
        """What people are told of a value that this setting cannot have; its default holds then."""
        match self.kind:
            case Kind.BOOL:
                return (
                    f"{self.title} in the settings is neither true nor false; its default is used."
                )
            case Kind.INT | Kind.FLOAT:
                return (
                    f"{self.title} in the settings is no number from {self.low:g} to "
                    f"{self.high:g}; its default is used."
                )
            case Kind.CHOICE:
                known = ", ".join(f"“{choice}”" for choice in self.choices)
                return f"{self.title} in the settings is none of {known}; its default is used."
            case Kind.TEXT | Kind.PATH | Kind.DEVICE:
                return f"{self.title} in the settings is no text; its default is used."
