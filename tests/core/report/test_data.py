"""How places, publishers, moments and numbers are written for readers."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from decimal import Decimal

import pytest

from core.i18n import T
from core.methods import TraceStep
from core.report.data import ReportData, kilograms, moment, place_name, publisher_name
from tests.core.report.sample import package


@pytest.mark.parametrize(
    ("country", "region", "lang", "said"),
    [
        ("PL", "PL-18", "en", "Subcarpathia (PL-18)"),
        ("PL", "PL-18", "zh", "喀尔巴阡山省（PL-18）"),
        ("CN", "CN-BJ", "both", "北京市 Beijing (CN-BJ)"),
        ("PL", "", "en", "Poland (PL)"),
        ("FR", "FR-IDF", "en", "France (FR-IDF)"),
        ("??", "", "en", "??"),
    ],
)
def test_places_have_their_name_and_their_code(country: str, region: str, lang: str, said: str) -> None:
    assert place_name(country, region, lang) == said


@pytest.mark.parametrize(
    ("stated", "english", "chinese"),
    [
        ("生态环境部、国家统计局 (MEE, NBS)", "MEE, NBS", "生态环境部、国家统计局"),
        ("国家发展和改革委员会 (NDRC); IUPAC", "NDRC; IUPAC", "国家发展和改革委员会；IUPAC"),
        ("European Environment Agency (EEA)", "European Environment Agency (EEA)", "European Environment Agency (EEA)"),
    ],
)
def test_publishers_are_named_in_one_language(stated: str, english: str, chinese: str) -> None:
    name = publisher_name(stated)
    assert (name.in_language("en"), name.in_language("zh")) == (english, chinese)


def test_moments_are_utc() -> None:
    there = datetime(2026, 11, 23, 12, 39, 5, tzinfo=timezone(timedelta(hours=8)))
    assert moment(there) == "2026-11-23 04:39 UTC"


@pytest.mark.parametrize(
    ("mass", "said"),
    [("24456843.932", "24,456,844"), ("100", "100"), ("56.347", "56.3"), ("0.0124", "0.012"), ("0", "0")],
)
def test_masses_are_readable(mass: str, said: str) -> None:
    assert kilograms(Decimal(mass)) == said


def test_a_worked_example_names_units_and_keeps_numbers_short() -> None:
    numbers = ((Decimal("8.915"), "e4m3"), (Decimal("389.31"), "GJ/e4m3"), (Decimal(1) / 3, "kg CO2/kg"))
    step = TraceStep(T("Energy"), "{0} × {1} × {2}", numbers, Decimal(1), "GJ")
    shown = ReportData(package("en")).formula(step).replace("\u00a0", " ")
    assert shown == "8.915 × 10⁴ m³ × 389.31 GJ/10⁴ m³ × 0.333333333 kg CO2/kg"
