"""The visible stamp: what is written can be read back, and is drawn inside its box."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st

from core.errors import UserError
from core.signature_strip import SIGNATURE_FIELDS
from core.signing.layout import AUDITOR, BOXES, FIELDS, HEIGHT, STRIP, WIDTH
from core.signing.stamp import BOLD, REGULAR, make_stamp, read_letters, read_lines, stamp_texts, stamp_time, subset

WHEN = datetime(2026, 3, 5, 10, 0, 0, tzinfo=timezone(timedelta(hours=8)))


def read_back(texts: tuple[str, str, str, str]) -> tuple[str, ...] | None:
    stamp = make_stamp(texts)
    letters = (read_letters(stamp.regular.to_unicode()), read_letters(stamp.bold.to_unicode()))
    return read_lines(stamp.content, letters)


@pytest.mark.parametrize("lang", ["en", "zh", "both"])
@pytest.mark.parametrize("field", FIELDS)
def test_what_is_written_can_be_read(field: str, lang: str) -> None:
    texts = stamp_texts(field, "Li Wei 李伟", "Zhangjiakou Plant", WHEN, lang)
    assert read_back(texts) == texts


@given(st.text(st.sampled_from("AVfi 李伟张家口—·éß"), min_size=1, max_size=30))
def test_any_name(name: str) -> None:
    texts = stamp_texts(AUDITOR, name, "", WHEN, "both")
    assert read_back(texts) == texts


def test_languages() -> None:
    assert stamp_texts(AUDITOR, "A", "P", WHEN, "en")[:3] == ("Audited by", "A", "Auditor · P")
    assert stamp_texts(AUDITOR, "A", "P", WHEN, "zh")[:3] == ("审核", "A", "审核员 · P")
    assert stamp_texts(AUDITOR, "A", "", WHEN, "both")[:3] == (
        "审核 Audited by",
        "A",
        "审核员 Auditor",
    )


def test_times() -> None:
    assert stamp_time(WHEN) == "2026-03-05 10:00:00 +08:00"
    assert stamp_time(WHEN.astimezone(UTC)) == "2026-03-05 02:00:00 +00:00"


def test_the_same_stamp_has_the_same_bytes() -> None:
    texts = stamp_texts(AUDITOR, "Li Wei", "P", WHEN, "en")
    assert make_stamp(texts) == make_stamp(texts)


@pytest.mark.parametrize("extra", [b"0 0 9 9 re f\n", b"q Q\n", b"BT ET\n"])
def test_anything_more_is_no_stamp(extra: bytes) -> None:
    stamp = make_stamp(stamp_texts(AUDITOR, "A", "P", WHEN, "en"))
    letters = (read_letters(stamp.regular.to_unicode()), read_letters(stamp.bold.to_unicode()))
    assert read_lines(stamp.content.replace(b"Q\n", extra + b"Q\n"), letters) is None
    assert read_lines(stamp.content + extra, letters) is None
    assert read_lines(extra + stamp.content, letters) is None
    assert read_lines(stamp.content, ({}, {})) is None


def test_the_letters_are_embedded() -> None:
    from io import BytesIO

    for font in (REGULAR, BOLD):
        cut = subset(font, "Li 李")
        glyphs = TTFont(BytesIO(cut.program))
        assert len(glyphs.getGlyphOrder()) == 5  # the empty one and the four letters
        assert len(cut.program) < 10_000
        assert cut.widths[cut.glyphs["李"]] == 1000


def test_a_text_that_fits_nowhere() -> None:
    with pytest.raises(UserError, match="too long for the stamp"):
        make_stamp(("a", "W" * 200, "b", "c"))


def test_stamps_fit_the_strip_the_report_leaves_free() -> None:
    for field in SIGNATURE_FIELDS:
        left, bottom, right, top = BOXES[field.name]
        assert (round(right - left, 2), round(top - bottom, 2)) == (WIDTH, HEIGHT)
        assert STRIP[0] <= left
        assert right <= STRIP[2]
        assert STRIP[1] <= bottom
        assert top <= STRIP[3]
