"""Detectors that read captions: readability and encoding."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import pytest
from helpers.measure import captions, cue_samples, measured

from core.catalog.decide import decide
from core.domain.defect import Severity
from core.domain.finding import Finding
from core.domain.media import Cue
from core.domain.profile import DEFAULT_PROFILE, Profile
from core.domain.time import Span
from core.domain.track import Track
from core.simulate.inject import INJECTORS, inject_cues

MS = Fraction(1, 1000)
LINES = (
    "Good morning, everybody.",
    "We meet again tomorrow,\nat the same place.",
    "Is that all?",
    "I think so, yes.",
    "Then let us go home\nbefore it rains.",
)


def cue(start_s: float, seconds: float, text: str, region: str = "") -> Cue:
    return Cue(Span.from_seconds(start_s, start_s + seconds, MS), text, region)


def talk(texts: Sequence[str] = LINES, every_s: float = 4.0, seconds: float = 3.0) -> list[Cue]:
    return [cue(i * every_s, seconds, text) for i, text in enumerate(texts)]


def track(detector: str, cues: Sequence[Cue]) -> Track:
    end_s = max(c.span.end_s for c in cues) + 1
    return measured(detector, cue_samples(cues), end_s, captions())


def found(
    detector: str, cues: Sequence[Cue], profile: Profile = DEFAULT_PROFILE
) -> tuple[Finding, ...]:
    return decide([track(detector, cues)], profile)


def readable(*cues: Cue) -> tuple[Finding, ...]:
    return found("caption_readability", cues)


def encoded(text: str) -> tuple[Finding, ...]:
    return found("caption_encoding", [cue(1, 3, text)])


@pytest.mark.parametrize("detector", ["caption_readability", "caption_encoding"])
def test_well_made_captions_are_not_told(detector: str) -> None:
    assert found(detector, talk()) == ()


@pytest.mark.parametrize(
    ("detector", "variant"),
    [
        (name, variant)
        for name in ("caption_readability", "caption_encoding")
        for variant in INJECTORS[name].variants
    ],
)
@pytest.mark.parametrize("severity", [0.0, 0.5, 1.0])
def test_every_variant_is_found_where_it_is(detector: str, variant: str, severity: float) -> None:
    damaged, spans = inject_cues(talk(), detector, [(7.0, 13.0)], severity, 3, variant=variant)
    claims = found(detector, damaged)
    assert claims
    for claim in claims:
        assert any(start - 0.01 <= claim.span.start_s < end for start, end in spans)
    for start, end in spans:
        assert any(claim.span.start_s < end and claim.span.end_s > start for claim in claims)


def test_worse_damage_scores_higher() -> None:
    scores = []
    for severity in (0.1, 0.5, 1.0):
        damaged, _ = inject_cues(talk(), "caption_readability", [(3.0, 5.0)], severity)
        (claim,) = found("caption_readability", damaged)
        scores.append(claim.score)
    assert scores == sorted(scores)
    assert scores[0] < scores[-1]


def test_one_finding_a_caption_names_every_limit() -> None:
    long = "This line is so long that it would not fit into anybody's picture"
    first, second = readable(
        cue(0, 1.0, f"{long}\nand another\nand one more"), cue(4, 3, "Fine."), cue(8, 0.2, "Hm.")
    )
    assert "characters a second" in first.evidence.note
    assert "line of 65 characters (limit 42)" in first.evidence.note
    assert "3 lines (limit 2)" in first.evidence.note
    assert "shows for 0.2 s (least 0.833 s)" in second.evidence.note
    assert (second.span.start_s, second.span.end_s) == (8.0, 8.2)


def test_a_little_too_fast_is_only_fyi() -> None:
    (mild,) = readable(cue(0, 2, "x" * 37))
    (strong,) = readable(cue(0, 1, "x" * 25))
    assert (mild.severity, strong.severity) == (Severity.FYI, Severity.ISSUE)


def test_wide_scripts_have_limits_of_their_own() -> None:
    assert readable(cue(0, 3, "今天天气很好，我们出去走走。")) == ()
    (chinese,) = readable(cue(0, 1, "今天天气很好我们出去走走"))
    assert "(limit 9)" in chinese.evidence.note
    (japanese,) = readable(cue(0, 2, "あしたまたあいましょうよ。はい、かならず"))
    assert "(limit 7)" in japanese.evidence.note
    assert "line of 20 characters (limit 16)" in japanese.evidence.note
    (korean,) = readable(cue(0, 1, "오늘은 날씨가 참 좋습니다"))
    assert "(limit 12)" in korean.evidence.note


def test_marks_on_letters_take_no_room() -> None:
    assert readable(cue(0, 2, "e\u0301" * 30)) == ()


def test_captions_in_different_places_do_not_overlap() -> None:
    top, bottom = cue(0, 3, "Up here.", "top"), cue(1, 3, "Down there.", "bottom")
    assert readable(top, bottom, cue(5, 2, "Yes.")) == ()
    (claim,) = readable(cue(0, 3, "Up here."), cue(1, 3, "Down there."), cue(5, 2, "Yes."))
    assert claim.evidence.note == "The caption overlaps the next one by 2 s."
    assert (claim.span.start_s, claim.span.end_s) == (0.0, 3.0)


def test_lines_that_start_together_are_one_caption() -> None:
    (claim,) = readable(*(cue(0, 4, text) for text in ("One,", "two,", "three.")))
    assert "3 lines" in claim.evidence.note


def test_captions_that_roll_up_are_read_by_what_is_new() -> None:
    lines = [f"This is the line number {i}" for i in range(8)]
    rolling = [cue(2 * i, 2, "\n".join(lines[max(i - 2, 0) : i + 1])) for i in range(8)]
    assert readable(*rolling) == ()
    growing = [cue(0, 6, "One"), cue(2, 4, "two"), cue(4, 2, "three")]
    assert readable(*growing) == ()


def test_short_gaps_are_told_unless_they_are_the_style() -> None:
    (claim,) = readable(cue(0, 2, "One."), cue(2.02, 2, "Two."), cue(6, 2, "Three."))
    assert claim.severity is Severity.FYI
    assert "gap of 0.02 s" in claim.evidence.note
    assert readable(*talk(LINES * 3, every_s=3.0)) == ()


def test_caption_without_an_end_stays_until_the_next() -> None:
    open_ended = [Cue(Span(i * 3000, i * 3000 + 1, MS), "Without an end.") for i in range(4)]
    assert readable(*open_ended) == ()


def test_limits_follow_the_profile() -> None:
    strict = Profile("p", "P", {"caption_readability": {"max_line": 20.0}})
    assert len(found("caption_readability", talk(), strict)) == 2


@pytest.mark.parametrize(
    "text",
    [
        "JOSÉ… « Très bien » — ÀÉÎ",
        "«\u00a0Parlé\u00a0»… “État” —Évidemment",
        "¿¡Qué!? AMANHÃ… IRMÃ”",
        "ЛІНІЯ СІРІ КИЇВ. Рік. Сіль",
        "Ääääh… Übermäßig größer, Straße",
        "Þetta er í lagi, æðislegt",
        "Đây là tiếng Việt ấy",
        "مرحبا، كيف حالك؟ Γειά σου",
        "20°C ± 5 µm, £5 – €10, AT&T, R&D; I <3 you {smiles}",
        "♪ La la la ♪\nC:\\home",
        "你好，世界。こんにちは 안녕하세요",
    ],
)
def test_real_text_is_no_wrong_text(text: str) -> None:
    assert encoded(text) == ()


@pytest.mark.parametrize(
    ("text", "written", "read"),
    [
        ("It’s fine…", "utf-8", "cp1252"),
        ("Déjà vu", "utf-8", "cp1252"),
        ("Señor", "utf-8", "latin-1"),
        ("Voilà", "utf-8", "cp1252"),
        ("♪ la la", "utf-8", "cp1252"),
        ("Привет, мир", "utf-8", "cp1252"),
        ("Привет, мир", "utf-8", "cp1251"),
        ("Γειά σου", "utf-8", "cp1252"),
        ("你好世界", "utf-8", "cp1252"),
        ("“Über”", "utf-8", "mac-roman"),
        ("Größe", "utf-8", "cp437"),
        ("Привет, мир", "cp1251", "latin-1"),
        ("Γειά σου Κόσμε", "cp1253", "latin-1"),
        ("你好世界", "gbk", "latin-1"),
        ("It’s fine", "cp1252", "latin-1"),
    ],
)
def test_text_read_in_the_wrong_code_page_is_told(text: str, written: str, read: str) -> None:
    coded = text.encode(written)
    wrong = "".join(bytes([code]).decode(read, "ignore") or chr(code) for code in coded)
    (claim,) = encoded(wrong)
    assert claim.severity is Severity.ISSUE


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Tom &amp; Jerry", "1 tag, entity or escape"),
        ("{\\an8}Up there <i>now</i>", "3 tags, entities or escapes"),
        ("One\\NTwo\\Nthree", "2 tags, entities or escapes"),
        ("What\ufffds that\ufffd", "2 lost characters (U+FFFD)"),
        ("A \x92quote\x93", "2 control characters"),
    ],
)
def test_other_wrong_characters_are_counted_by_kind(text: str, words: str) -> None:
    (claim,) = encoded(text)
    assert words in claim.evidence.note


def test_signs_of_a_font_are_fyi() -> None:
    (claim,) = encoded("\ue001 music")
    assert claim.severity is Severity.FYI


def test_wrong_captions_close_together_are_one_finding() -> None:
    texts = ["Fine.", "dÃ©jÃ  vu", "Fine.", "cafÃ©", "Fine.", "Fine.", "Fine.", "Ã©tÃ©"]
    first, second = found("caption_encoding", talk(texts, every_s=5.0))
    assert "2 captions show" in first.evidence.note
    assert (first.span.start_s, first.span.end_s) == (5.0, 18.0)
    assert second.span.start_s == 35.0
