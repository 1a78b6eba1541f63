"""FFmpeg's filter for each defect that it has one for."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from core.evaluation.peer import Peer, Reading, Setting, Value
from core.media.filter_graph import chain_of

_SHORT_EVENT_S = 0.05


def _number(key: str) -> Value:
    def value(metadata: Mapping[str, str]) -> float | None:
        text = metadata.get(key)
        return None if text is None else float(text)

    return value


def _one_of(key: str, *wanted: str) -> Value:
    """1 when the metadata say one of these, 0 when they say something else."""

    def value(metadata: Mapping[str, str]) -> float | None:
        text = metadata.get(key)
        return None if text is None else float(text in wanted)

    return value


def _largest(prefix: str, suffix: str) -> Value:
    """The largest over the channels."""

    def value(metadata: Mapping[str, str]) -> float | None:
        texts = [
            text
            for key, text in metadata.items()
            if key.startswith(prefix) and key.endswith(suffix) and ".Overall." not in key
        ]
        return max(map(float, texts)) if texts else None

    return value


def _off_target(metadata: Mapping[str, str]) -> float | None:
    """Distance of short-term loudness from -23 LUFS, where the gate lets it count."""
    text = metadata.get("lavfi.r128.S")
    if text is None or float(text) < -70.0:
        return None
    return abs(float(text) + 23.0)


def _border(metadata: Mapping[str, str]) -> float | None:
    """Share of the picture outside what cropdetect would keep."""
    try:
        kept = float(metadata["lavfi.cropdetect.w"]) * float(metadata["lavfi.cropdetect.h"])
        whole = float(metadata["width"]) * float(metadata["height"])
    except KeyError:
        return None
    return 1.0 - max(kept, 0.0) / whole


def _black(pixels: float, pictures: float) -> Reading:
    return Reading(
        f"pix_th={pixels:g}:pic_th={pictures:g}",
        chain_of(f"blackdetect=d={_SHORT_EVENT_S}:pix_th={pixels}:pic_th={pictures}"),
        ("lavfi.black_start",),
        ("lavfi.black_end",),
    )


def _freeze(noise: float) -> Reading:
    return Reading(
        f"n={noise:g}",
        chain_of(f"freezedetect=d={_SHORT_EVENT_S}:n={noise}"),
        ("lavfi.freezedetect.freeze_start",),
        ("lavfi.freezedetect.freeze_end",),
    )


def _silence(level_db: int) -> Reading:
    return Reading(
        f"noise={level_db}dB",
        chain_of(f"silencedetect=d=0.01:noise={level_db}dB"),
        ("lavfi.silence_start",),
        ("lavfi.silence_end",),
    )


def _channel_silence(level_db: int) -> Reading:
    return Reading(
        f"mono=1:noise={level_db}dB",
        chain_of(f"silencedetect=mono=1:d=0.01:noise={level_db}dB"),
        tuple(f"lavfi.silence_start.{n}" for n in (1, 2)),
        tuple(f"lavfi.silence_end.{n}" for n in (1, 2)),
    )


def _phase(angle: int) -> Reading:
    return Reading(
        f"phasing=1:angle={angle}",
        chain_of(
            "aformat=channel_layouts=stereo,"
            f"aphasemeter=video=0:phasing=1:duration={_SHORT_EVENT_S}:angle={angle}"
        ),
        ("lavfi.aphasemeter.out_phase_start",),
        ("lavfi.aphasemeter.out_phase_end",),
    )


def _interlace(threshold: float) -> Reading:
    return Reading(
        f"intl_thres={threshold:g}",
        chain_of(f"idet=intl_thres={threshold}"),
        value=_one_of("lavfi.idet.multiple.current_frame", "tff", "bff"),
    )


def _per_frame(name: str, chain: str, value: Value, below: bool = False) -> Reading:
    return Reading(name, chain_of(chain), value=value, below=below)


def _astats(name: str, suffix: str) -> Reading:
    return _per_frame(
        name, "asetnsamples=4800,astats=metadata=1:reset=1", _largest("lavfi.astats.", suffix)
    )


_BLACK = tuple(_black(p, q) for p in (0.1, 0.05, 0.15, 0.2) for q in (0.98, 0.9))
_FREEZE = tuple(_freeze(n) for n in (0.001, 0.0003, 0.003, 0.006, 0.01))
_SILENCE = tuple(_silence(n) for n in (-60, -80, -70, -50, -40))
_CHANNEL = tuple(_channel_silence(n) for n in (-60, -80, -50, -40))
_PHASE = tuple(_phase(n) for n in (170, 150, 120, 100))
_IDET = tuple(_interlace(x) for x in (1.04, 1.02, 1.1, 1.2, 1.5))
# One chain for all three, so that a file is run through it once.
_STATS = "signalstats=stat=tout+vrep+brng"
_TOUT, _VREP, _BRNG = (
    _per_frame(name, _STATS, _number(f"lavfi.signalstats.{name}"))
    for name in ("TOUT", "VREP", "BRNG")
)


def _peers() -> tuple[Peer, ...]:
    no_threshold = "The filter has no threshold of its own."
    return (
        Peer("black", "blackdetect", "video", _BLACK, Setting(_BLACK[0].name, None, 2.0)),
        Peer("freeze", "freezedetect", "video", _FREEZE, Setting(_FREEZE[0].name, None, 2.0)),
        Peer(
            "stutter",
            "mpdecimate",
            "video",
            (
                Reading(
                    "dropped frames", chain_of("mpdecimate"), value=_number("dropped"), command=True
                ),
            ),
            Setting("dropped frames", 0.5, 0.0, 0.1),
            "Frames that it would drop; for the default joined over gaps of .1 s.",
            (0.5,),
        ),
        Peer(
            "combing",
            "idet",
            "video",
            _IDET,
            Setting(_IDET[0].name, 0.5, 0.0, 0.5),
            "Frames called interlaced; for the default joined over gaps of .5 s.",
            (0.5,),
        ),
        Peer(
            "letterbox",
            "cropdetect",
            "video",
            (
                Reading(
                    "limit=24",
                    chain_of("cropdetect=limit=24:round=2:reset=1"),
                    value=_border,
                    command=True,
                ),
            ),
            Setting("limit=24", 0.02, 0.0, 0.1),
            "Measured anew each frame (reset=1), else it never sees an area shrink.",
            (0.02, 0.05, 0.1, 0.2),
        ),
        Peer(
            "blockiness",
            "blockdetect",
            "video",
            (_per_frame("block", "blockdetect", _number("lavfi.block")),),
            None,
            no_threshold,
        ),
        Peer(
            "block_corruption",
            "blockdetect",
            "video",
            (_per_frame("block", "blockdetect", _number("lavfi.block")),),
            None,
            no_threshold + " It looks for a coder's grid, not for wrong content.",
        ),
        Peer(
            "blur",
            "blurdetect",
            "video",
            (_per_frame("blur", "blurdetect", _number("lavfi.blur")),),
            None,
            no_threshold,
        ),
        Peer(
            "levels",
            "signalstats",
            "video",
            (_BRNG,),
            Setting("BRNG", 0.01, 0.0, 0.1),
            "Share of pixels outside the nominal range; default 1 %, as EBU R103 has it.",
            (0.01,),
        ),
        Peer("hot_pixel", "signalstats", "video", (_TOUT,), None, no_threshold),
        Peer("line_dropout", "signalstats", "video", (_TOUT, _VREP), None, no_threshold),
        Peer(
            "flashing",
            "photosensitivity",
            "video",
            (
                _per_frame(
                    "badness",
                    "photosensitivity=bypass=1",
                    _number("lavfi.photosensitivity.badness"),
                ),
            ),
            Setting("badness", 1.0, 0.0, 0.5),
            "A suppressor, no tester; read is the badness from which on it steps in.",
            (1.0,),
        ),
        Peer("silence", "silencedetect", "audio", _SILENCE, Setting(_SILENCE[0].name, None, 2.0)),
        Peer("dropout", "silencedetect", "audio", _SILENCE, Setting(_SILENCE[0].name, None, 2.0)),
        Peer(
            "clipping",
            "astats",
            "audio",
            (_astats("Flat_factor", ".Flat_factor"), _astats("Peak_count", ".Peak_count")),
            None,
            no_threshold + " Read every tenth of a second.",
        ),
        Peer(
            "hiss",
            "astats",
            "audio",
            (_astats("Noise_floor", ".Noise_floor"),),
            None,
            no_threshold + " Read every tenth of a second.",
        ),
        Peer(
            "loudness",
            "ebur128",
            "audio",
            (
                _per_frame("short-term off -23 LUFS", "ebur128=metadata=1:peak=true", _off_target),
                _per_frame(
                    "true peak",
                    "ebur128=metadata=1:peak=true",
                    _largest("lavfi.r128.true_peaks_ch", ""),
                ),
            ),
            None,
            "The filter measures and judges nothing.",
            (1.0, 2.0, 7.0, 0.891),
        ),
        Peer("phase", "aphasemeter", "audio", _PHASE, Setting(_PHASE[0].name, None, 2.0)),
        Peer(
            "channel",
            "silencedetect",
            "audio",
            _CHANNEL,
            Setting(_CHANNEL[0].name, None, 2.0),
            "With mono=1, which looks at each channel alone; it knows nothing of swapped ones.",
        ),
    )


PEERS: Mapping[str, Peer] = MappingProxyType({peer.detector: peer for peer in _peers()})
"""By the id of our detector."""
