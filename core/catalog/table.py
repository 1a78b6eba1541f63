"""The one table of detectors: lanes, dialogs, docs and the command line derive from it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from core.catalog.rule_audio_artifact import AUDIO_ARTIFACT
from core.catalog.rule_av_drift import AV_DRIFT
from core.catalog.rule_av_length import AV_LENGTH
from core.catalog.rule_banding import BANDING
from core.catalog.rule_black import BLACK
from core.catalog.rule_block_corruption import BLOCK_CORRUPTION
from core.catalog.rule_blockiness import BLOCKINESS
from core.catalog.rule_blur import BLUR
from core.catalog.rule_caption_encoding import CAPTION_ENCODING
from core.catalog.rule_caption_missing import CAPTION_MISSING
from core.catalog.rule_caption_readability import CAPTION_READABILITY
from core.catalog.rule_caption_sync import CAPTION_SYNC
from core.catalog.rule_channel import CHANNEL
from core.catalog.rule_clicks import CLICKS
from core.catalog.rule_clipping import CLIPPING
from core.catalog.rule_color_frame import COLOR_FRAME
from core.catalog.rule_combing import COMBING
from core.catalog.rule_decode_error import DECODE_ERROR
from core.catalog.rule_dropout import DROPOUT
from core.catalog.rule_flashing import FLASHING
from core.catalog.rule_freeze import FREEZE
from core.catalog.rule_hiss import HISS
from core.catalog.rule_hot_pixel import HOT_PIXEL
from core.catalog.rule_hum import HUM
from core.catalog.rule_letterbox import LETTERBOX
from core.catalog.rule_level_jump import LEVEL_JUMP
from core.catalog.rule_levels import LEVELS
from core.catalog.rule_line_dropout import LINE_DROPOUT
from core.catalog.rule_lipsync import LIPSYNC
from core.catalog.rule_loudness import LOUDNESS
from core.catalog.rule_phase import PHASE
from core.catalog.rule_silence import SILENCE
from core.catalog.rule_stutter import STUTTER
from core.catalog.rule_tearing import TEARING
from core.catalog.spec import DetectorSpec
from core.domain.defect import DEFECTS
from core.domain.errors import BugError


def table_of(*specs: DetectorSpec) -> Mapping[str, DetectorSpec]:
    """A table by id.

    Raises:
        BugError: Two share an id, one names no defect, or one reads a track that is not there.
    """
    table: dict[str, DetectorSpec] = {}
    for spec in specs:
        if spec.id in table:
            raise BugError(f"two detectors are named {spec.id}")
        for name in spec.defects:
            if name not in DEFECTS:
                raise BugError(f"{spec.id} names the unknown defect {name}")
        table[spec.id] = spec
    for spec in specs:
        for name in spec.after:
            if name not in table:
                raise BugError(f"{spec.id} reads the unknown detector {name}")
    return MappingProxyType(table)


DETECTORS: Mapping[str, DetectorSpec] = table_of(
    # Picture
    *(BLACK, FREEZE, STUTTER, TEARING, COMBING, FLASHING),
    *(BLOCK_CORRUPTION, BLOCKINESS, BLUR, BANDING, LINE_DROPOUT, HOT_PIXEL),
    *(LEVELS, LETTERBOX, COLOR_FRAME),
    # Sound
    *(SILENCE, DROPOUT, CLIPPING, CLICKS, HUM, HISS, AUDIO_ARTIFACT),
    *(LOUDNESS, LEVEL_JUMP, PHASE, CHANNEL),
    # Stream and captions
    *(DECODE_ERROR, AV_LENGTH, AV_DRIFT, LIPSYNC),
    *(CAPTION_READABILITY, CAPTION_ENCODING, CAPTION_MISSING, CAPTION_SYNC),
)
"""In the order in which lanes, menus and lists show them."""


def spec_of(detector_id: str) -> DetectorSpec:
    """The detector with this id.

    Raises:
        KeyError: There is none.
    """
    return DETECTORS[detector_id]
