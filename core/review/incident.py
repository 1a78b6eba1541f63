"""Incidents: flags that tell of one thing, to be looked at and decided once.

Two findings belong together when they

- are of the same defect and stream, and overlap or follow within `REPEAT_S`: it repeats;
- are of defects of one `KIN`, and overlap or follow within `KIN_S`: one cause shows twice;
- cover almost the same stretch (IoU of at least `SAME_IOU`), whatever they are.

Mere overlap is not enough for the last: hum lasts a whole reel and would swallow everything.
An incident is what is joined so, directly or by way of others. A chain of repeats is cut where
it passes `LONGEST_S`, so that one key press never answers for more than about a minute that
nobody watched.

Only findings decide the cut. Marks of people and verdicts without a finding come and go with
decisions; they join an incident that they belong to, and never join two.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from core.domain.check import is_check
from core.review.flag import Flag
from core.review.order import place, proposed_rank

REPEAT_S = 2.0
KIN_S = 0.5
SAME_IOU = 0.5
LONGEST_S = 60.0
_SLACK_S = 1e-6


@dataclass(frozen=True, slots=True)
class Kin:
    """Defects that tell of one thing.

    Attributes:
        id: Stable name.
        defects: Defect ids.
        why: Why they come together.
    """

    id: str
    defects: frozenset[str]
    why: str


KINS: tuple[Kin, ...] = (
    Kin(
        "lost_data",
        frozenset({"decode_error", "block_corruption", "freeze", "stutter", "tearing"}),
        "Lost data breaks blocks, and players hide it by holding or dropping pictures.",
    ),
    Kin(
        "no_programme",
        frozenset({"black", "color_frame", "silence"}),
        "Where the programme is missing, picture and sound are missing together.",
    ),
    Kin(
        "soft_coding",
        frozenset({"blockiness", "blur", "banding"}),
        "Too few bits show as a grid, as softness and as steps in one scene.",
    ),
    Kin(
        "interlace",
        frozenset({"combing", "line_dropout"}),
        "Both are lines that do not belong to their picture.",
    ),
    Kin(
        "cut_sound",
        frozenset({"dropout", "clicks", "channel", "level_jump"}),
        "A cut in the sound clicks at its edges and changes the level of a channel.",
    ),
    Kin(
        "driven_sound",
        frozenset({"clipping", "distortion", "loudness"}),
        "Sound that is driven too hard is loud, flat at its tops and harsh.",
    ),
    Kin("noise", frozenset({"hum", "hiss"}), "Both are the noise floor of one recording."),
    Kin(
        "sync",
        frozenset({"av_sync", "av_drift", "av_length"}),
        "Sound that runs at another pace drifts, and ends elsewhere.",
    ),
    Kin(
        "captions",
        frozenset({"caption_sync", "caption_readability", "caption_position"}),
        "One cue that is wrongly timed or set breaks several rules.",
    ),
    Kin(
        "caption_text",
        frozenset({"caption_encoding", "caption_language"}),
        "Text that is read in the wrong encoding looks like another language.",
    ),
)
"""No defect is in two of them; what is in none is joined only by repeating or by one stretch."""

_KIN_OF = {defect: kin.id for kin in KINS for defect in kin.defects}


@dataclass(frozen=True, slots=True)
class Incident:
    """Flags that are decided together.

    Attributes:
        key: Key of its first flag; stays the same while decisions come and go.
        flags: By time; at least one.
    """

    key: str
    flags: tuple[Flag, ...]

    @property
    def undecided(self) -> tuple[Flag, ...]:
        """Those that the session's reviewer has not decided."""
        return tuple(flag for flag in self.flags if not flag.decided)

    @property
    def worst(self) -> Flag:
        """The most severe, then the strongest, then the first; one undecided comes before all.

        Who decides an incident looks at this one.
        """
        some = self.undecided or self.flags
        return min(some, key=lambda flag: (-proposed_rank(flag), -flag.score, place(flag)))

    @property
    def start_s(self) -> float:
        """Where its first flag starts."""
        return self.flags[0].span.start_s

    @property
    def end_s(self) -> float:
        """Where the last one ends."""
        return max(flag.span.end_s for flag in self.flags)


def belong_together(one: Flag, other: Flag) -> bool:
    """Whether two flags are linked directly."""
    if is_check(one.detector) or is_check(other.detector):
        return False
    gap_s = max(one.span.start_s, other.span.start_s) - min(one.span.end_s, other.span.end_s)
    if one.defect == other.defect and one.stream == other.stream:
        return gap_s <= REPEAT_S + _SLACK_S
    kin = _KIN_OF.get(one.defect)
    if kin is not None and kin == _KIN_OF.get(other.defect) and gap_s <= KIN_S + _SLACK_S:
        return True
    return gap_s < 0 and one.span.iou(other.span) >= SAME_IOU


def group(flags: Iterable[Flag]) -> tuple[Incident, ...]:
    """Group flags into incidents.

    Args:
        flags: Of one title, in any order.

    Returns:
        By time. Every flag is in exactly one of them, and neither the order of the flags nor any
        verdict changes which findings come together.
    """
    ordered = sorted(flags, key=place)
    claims = [flag for flag in ordered if flag.finding is not None]
    loose = [flag for flag in ordered if flag.finding is None]
    groups = [piece for chain in _chains(claims) for piece in _pieces(chain)]
    for flag, home in [(flag, _home(flag, groups)) for flag in loose]:
        if home is None:
            groups.append([flag])
        else:
            home.append(flag)
    for some in groups:
        some.sort(key=place)
    groups.sort(key=lambda some: place(some[0]))
    return tuple(Incident(_first_claim(some).key, tuple(some)) for some in groups)


def _chains(claims: Sequence[Flag]) -> list[list[Flag]]:
    """What is linked directly or by way of others, each by time."""
    parent = list(range(len(claims)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    open_ones: list[tuple[float, int]] = []
    for i, flag in enumerate(claims):
        start_s = flag.span.start_s
        open_ones = [(end, j) for end, j in open_ones if end + REPEAT_S + _SLACK_S >= start_s]
        for _, j in open_ones:
            if root(i) != root(j) and belong_together(claims[j], flag):
                parent[root(i)] = root(j)
        open_ones.append((flag.span.end_s, i))
    chains: dict[int, list[Flag]] = {}
    for i, flag in enumerate(claims):
        chains.setdefault(root(i), []).append(flag)
    return list(chains.values())


def _pieces(chain: Sequence[Flag]) -> list[list[Flag]]:
    """Cut a chain where it passes the limit and nothing overlaps the cut."""
    pieces: list[list[Flag]] = []
    start_s = end_s = 0.0
    for flag in chain:
        begins = flag.span.start_s
        if not pieces or (begins - start_s > LONGEST_S and begins >= end_s):
            pieces.append([])
            start_s, end_s = begins, begins
        pieces[-1].append(flag)
        end_s = max(end_s, flag.span.end_s)
    return pieces


def _home(flag: Flag, groups: Sequence[list[Flag]]) -> list[Flag] | None:
    """The first incident by time that a flag without a finding belongs to."""
    fitting = [
        some
        for some in groups
        if some[0].finding is not None and any(belong_together(flag, one) for one in some)
    ]
    return min(fitting, key=lambda some: place(some[0]), default=None)


def _first_claim(some: Sequence[Flag]) -> Flag:
    return next((flag for flag in some if flag.finding is not None), some[0])
