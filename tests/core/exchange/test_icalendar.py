"""Calendar files: each event once, in lines that any calendar reads, with an identity that a later file keeps."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.disclosures.calendar import KINDS, Due, calendar_of
from core.exchange.icalendar import LONGEST, escaped, folded, write_calendar
from core.i18n import verbatim
from core.ledger import Answer, ExternalAudit, Ledger
from tests.core.samples import PLANT

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
ONE = Due(date(2026, 12, 31), "evidence", verbatim("Letter, signed; 任命书.pdf"), "evidence", "e00001", False)


def unfolded(text: str) -> list[str]:
    """As RFC 5545 says: a line end followed by a space is none."""
    assert text.endswith("\r\n") and "\n" not in text.replace("\r\n", "")
    return text.replace("\r\n ", "").split("\r\n")[:-1]


def events(text: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = []
    for line in unfolded(text):
        name, _colon, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            found.append({})
        elif found:
            found[-1].setdefault(name, value)
    return found


def test_a_day_is_a_whole_one_and_ends_where_the_next_begins() -> None:
    (found,) = events(write_calendar("Ash", [ONE], NOW, "en"))
    assert found["DTSTART;VALUE=DATE"] == "20261231"
    assert found["DTEND;VALUE=DATE"] == "20270101"
    assert found["DTSTAMP"] == "20260302T093000Z"
    assert found["TRANSP"] == "TRANSPARENT"


def test_words_are_escaped_and_say_what_it_is_about() -> None:
    (found,) = events(write_calendar("Ash", [ONE], NOW, "en"))
    assert found["SUMMARY"] == "Proof expires: Letter\\, signed\\; 任命书.pdf (Ash)"
    assert found["CATEGORIES"] == "Proof expires"


def test_a_file_has_its_frame_and_nothing_beside_it() -> None:
    lines = unfolded(write_calendar("Ash", [ONE, replace(ONE, id="e00002")], NOW, "en"))
    assert lines[:2] == ["BEGIN:VCALENDAR", "VERSION:2.0"] and lines[-1] == "END:VCALENDAR"
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == 2
    assert unfolded(write_calendar("Ash", [], NOW, "zh"))[-1] == "END:VCALENDAR"


def test_what_moves_keeps_its_identity_and_no_two_share_one() -> None:
    moved = replace(ONE, day=date(2027, 6, 30))
    (before,), (after,) = (
        events(write_calendar("Ash", [one], NOW, lang)) for one, lang in ((ONE, "en"), (moved, "zh"))
    )
    assert before["UID"] == after["UID"]
    (elsewhere,) = events(write_calendar("Birch", [ONE], NOW, "en"))
    assert elsewhere["UID"] != before["UID"]
    twice = [replace(ONE, kind="external_finding", id="ea1", words=verbatim(words)) for words in ("First", "Second")]
    assert len({one["UID"] for one in events(write_calendar("Ash", [*twice, ONE], NOW, "en"))}) == 3


def test_everything_of_a_calendar_is_an_event() -> None:
    ledger = Ledger.of([
        PLANT,
        Answer("2025 check.G1", "check.G1", 2025, date(2026, 1, 15), "yes"),
        ExternalAudit("ea1", "cdp", "CDP 2025", date(2026, 1, 20), valid_to="2026-12-31",
                      findings=(("Labels", "2026-04-30", ""), ("Register", "2026-04-30", ""))),
    ])  # fmt: skip
    dues = calendar_of(ledger, date(2026, 3, 2))
    found = events(write_calendar(PLANT.name, reversed(dues), NOW, "en"))
    assert [one["DTSTART;VALUE=DATE"] for one in found] == [f"{one.day:%Y%m%d}" for one in dues]
    assert {one["CATEGORIES"] for one in found} == {str(KINDS[one.kind]) for one in dues}


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("Project XYZ Final Review\nConference Room - 3B\nCome Prepared.",
         "Project XYZ Final Review\\nConference Room - 3B\\nCome Prepared."),  # RFC 5545, 3.3.11
        ("a\\b", "a\\\\b"),
        ("x\r\nBEGIN:VEVENT\r\ny", "x\\nBEGIN:VEVENT\\ny"),
        ("bell\x07 and \x1b[31m", "bell and [31m"),
    ],
)  # fmt: skip
def test_text_is_written_as_the_standard_says(words: str, wanted: str) -> None:
    assert escaped(words) == wanted


@given(st.text(max_size=400))
def test_no_words_break_out_of_their_line(words: str) -> None:
    text = write_calendar(words, [replace(ONE, words=verbatim(words), id=words)], NOW, "en")
    assert text.count("BEGIN:VEVENT\r\n") == 1 and len(events(text)) == 1
    assert all(len(line.encode()) <= LONGEST for line in text.split("\r\n"))


@given(st.text(st.characters(codec="utf-8", exclude_characters="\r\n"), max_size=300))
def test_folding_loses_nothing(line: str) -> None:
    pieces = list(folded(line))
    assert "".join([pieces[0], *(one[1:] for one in pieces[1:])]) == line
    assert all(one.startswith(" ") for one in pieces[1:])
    assert all(len(one.encode()) <= LONGEST for one in pieces)
