"""Shares, differences and names of the sections about energy."""

from __future__ import annotations

from decimal import Decimal

import pytest

from core.i18n import verbatim
from core.report.data import ReportData
from core.report.facts import against, mwh, number, owner, remarks, share, short, signed, subtitle
from core.report.flow import Block, Chapter
from tests.core.report.sample import package


@pytest.mark.parametrize(
    ("part", "whole", "text"),
    [("103", "100", "+3.0%"), ("97", "100", "−3.0%"), ("5", "0", "–"), (None, "1", "–"), ("100", "100", "0.0%"),
     ("-5", "-10", "+50.0%")],
)  # fmt: skip
def test_differences_have_their_sign(part: str | None, whole: str, text: str) -> None:
    assert against(None if part is None else Decimal(part), Decimal(whole)) == text


def test_what_is_not_known_is_a_dash() -> None:
    assert [mwh(None), share(None), number(None, 2), against(Decimal(1), None)] == ["–"] * 4


def test_numbers() -> None:
    assert mwh(Decimal("2650170")) == "2,650.2"
    assert share(Decimal("0.8786")) == "87.9%"
    assert number(Decimal("-1234.5"), 1) == "−1,234.5"
    assert (signed(Decimal("0.12"), 2), signed(Decimal("-0.6"), 1), signed(Decimal(0), 1)) == ("+0.12", "−0.6", "0.0")


def test_a_long_name_is_cut_and_stays_on_one_line() -> None:
    assert short("a\nb\tc") == "a b c"
    assert short("x" * 130).endswith("…") and len(short("x" * 130)) == 120
    title = subtitle("y" * 500, "pv", "k" * 90, "en")
    assert isinstance(title, Chapter)
    assert len(title.block.text) == 120
    assert title.key == f"pv-{'k' * 40}-en"


def test_owners_and_remarks() -> None:
    report = ReportData(package("en"))
    assert [owner(report, key, "en") for key in ("plant", "other", "", "Sunny")] == [
        "The plant", "Somebody else", "not stated", "Sunny",
    ]  # fmt: skip
    assert remarks(report, verbatim("Why"), [], "x", "en") == []
    flow = remarks(report, verbatim("Why"), [verbatim("One."), verbatim("Two.")], "x", "en")
    assert [part.text for part in flow if isinstance(part, Block)] == ["–\u2002One.", "–\u2002Two."]
