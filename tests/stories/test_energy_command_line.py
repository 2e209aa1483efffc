"""A plant in Poland from its load profile to the signed report, on the command line alone, in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import pypdfium2
import pytest

from core.handover import receive
from core.library import load_library
from core.signing import load_trust
from tests.stories.terminal import Terminal

WARSAW = ZoneInfo("Europe/Warsaw")
YEAR, QUARTER = 2024, 900
BOUGHT, MADE, FED = range(3)
HEAD = "Data;Godzina;Pobór (kWh);Produkcja PV (kWh);Oddanie (kWh)"
CLIMATE = (25, 45, 85, 125, 160, 170, 170, 145, 100, 60, 28, 20), (-2, 0, 4, 9, 14, 18, 20, 19, 14, 9, 4, 0)
"""Horizontal irradiation [kWh/m2] and temperature [°C] of the months; invented."""


@cache
def quarters() -> tuple[tuple[datetime, int, int, int], ...]:
    """Beginning, purchase, generation and feed-in of each quarter of the year. [Wh]"""
    found = []
    at, end = (datetime(year, 1, 1, tzinfo=WARSAW).timestamp() for year in (YEAR, YEAR + 1))
    while at < end:
        begin = datetime.fromtimestamp(at, WARSAW)
        number = int(at) // QUARTER
        hour = (begin.astimezone(UTC).hour + begin.minute / 60 + 1.4) % 24
        season = 1 - abs(begin.timetuple().tm_yday - 172) / 220
        made = max(0, round(90_000 * season * (1 - ((hour - 12) / 6.5) ** 2) * (0.4 + number * 7919 % 60 / 100)))
        used = (60_000 if begin.weekday() < 5 and 6 <= begin.hour < 22 else 14_000) + number * 31 % 977
        found.append((begin, max(used - made, 0), made, max(made - used, 0)))
        at += QUARTER
    return tuple(found)


def rows() -> Iterator[str]:
    """As a grid operator sends them: day and time of the end, 24:00 at midnight, decimal comma; clocks are changed."""
    yield HEAD
    for begin, *amounts in quarters():
        end = datetime.fromtimestamp(begin.timestamp() + QUARTER, WARSAW)
        midnight = (end.hour, end.minute) == (0, 0)
        day, clock = (end.date() - timedelta(days=1), "24:00") if midnight else (end.date(), f"{end:%H:%M}")
        yield ";".join([f"{day:%d.%m.%Y}", clock, *(f"{wh // 1000},{wh % 1000:03d}" for wh in amounts)])


def total(column: int, month: int = 0) -> Decimal:
    """Of a column, in the year or in a month. [kWh]"""
    amounts = [(one[1:][column], one[0].month) for one in quarters()]
    return Decimal(sum(wh for wh, its_month in amounts if month in (0, its_month))) / 1000


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_from_a_load_profile_to_a_signed_report(lang: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    type_in = Terminal(lang)
    type_in("new", "krosno.plant", "--name", "Krosno", "--country", "PL", "--region", "PL-18", "--timezone",
            "Europe/Warsaw")  # fmt: skip
    _meters(type_in)
    _activity_data(type_in)
    before = type_in.data("inventory", "krosno.plant", "--year", YEAR)
    _roof(type_in)
    _claim(type_in)
    _lamps(type_in)
    after = type_in.data("inventory", "krosno.plant", "--year", YEAR)
    assert after["totals_tco2e"] == before["totals_tco2e"], "nothing of it is subtracted from the inventory"
    assert Decimal(after["avoided_tco2e"]) > 0
    (factor,) = {line["factor"]["value"] for line in after["lines"] if line["scope"] == "scope2_location"}
    bought = Decimal(after["totals_tco2e"]["scope2_location"])
    assert bought == pytest.approx(total(BOUGHT) * Decimal(factor) / 1000, rel=Decimal("1e-9"))
    _report(type_in, lang)


def _meters(type_in: Terminal) -> None:
    """Three meters, and a year of quarters of an hour out of one file."""
    electricity = ("--medium", "electricity", "--unit", "kWh")
    for name, direction, source, item in (
        ("Main", "import", "Main meter", "electricity"),
        ("Roof", "generation", "Roof", "solar_generated"),
        ("Feed-in", "export", "Roof", "solar_fed_in"),
    ):
        words = ("--name", name, "--direction", direction, *electricity, "--source", source, "--item", item)
        type_in("meter", "add", "krosno.plant", *words, "--calibrated-to", "2028-12-31")
    Path("profil.csv").write_text("\r\n".join(rows()) + "\r\n", encoding="cp1250")
    columns = ("--column", "Pobór (kWh)=Main", "--column", "Produkcja PV (kWh)=Roof", "--column",
               "Oddanie (kWh)=Feed-in")  # fmt: skip
    importing = ("meter", "import", "krosno.plant", "profil.csv", *columns)
    asked = type_in.data(*importing, code=2)["questions"]
    assert [question["field"] for question in asked] == ["clock"], "whose clock it is, the file does not say"
    done = type_in.data(*importing, "--set", "clock=local")
    assert (done["new"], done["refused"], done["imported"]) == (3 * 366 * 96, 0, True)
    assert all(column["missing"] == 0 for column in done["columns"])
    listed = type_in.data("meter", "list", "krosno.plant", "--year", YEAR)["meters"]
    assert [Decimal(one["total"]) for one in listed] == [total(BOUGHT), total(MADE), total(FED)]
    assert all(one["present"] == one["expected"] == 366 * 96 for one in listed)
    assert [one["warnings"] for one in listed] == [0, 0, 0]


def _activity_data(type_in: Terminal) -> None:
    for name, method, column in (("Main", "purchased_electricity", BOUGHT), ("Roof", "solar_generation", MADE),
                                 ("Feed-in", "solar_generation", FED)):  # fmt: skip
        words = ("meter", "activities", "krosno.plant", "--meter", name, "--year", YEAR, "--method", method)
        months = type_in.data(*words)["months"]
        assert len(months) == 12
        for changed in (3, 10):  # a day of 23 hours and one of 25
            assert Decimal(months[changed - 1]["quantity"]) == total(column, changed)


def _roof(type_in: Terminal) -> None:
    rows = [f"{month},{ghi},{warm}" for month, ghi, warm in zip(range(1, 13), *CLIMATE, strict=True)]
    head = "# latitude: 49.7\n# longitude: 21.8\n# source: invented\nmonth,ghi,temperature\n"
    Path("klimat.csv").write_text(head + "\n".join(rows) + "\n", encoding="utf-8")
    place = ("--commissioned", "2021-06-01", "--latitude", "49.7", "--longitude", "21.8")
    meters = ("--generation", "Roof", "--feed-in", "Feed-in", "--purchased", "Main")
    costs = ("--set", "capex=1200000", "--set", "price=0.8", "--set", "feed_in=0.3", "--set", "self_use=80")
    type_in("solar", "add", "krosno.plant", "--name", "Roof", *place, *meters, *costs, "--weather", "klimat.csv")
    south = ("--name", "South", "--dc-power", 400, "--tilt", 12, "--azimuth", 180, "--area", 2000)
    type_in("solar", "array", "krosno.plant", "--system", "p00001", *south)
    (expected,) = type_in.data("solar", "yield", "krosno.plant", "--year", YEAR)
    assert 800 < Decimal(expected["specific_kwh_kw"]) < 1100
    (found,) = type_in.data("solar", "performance", "krosno.plant", "--year", YEAR)
    assert Decimal(found["energy_kwh"]) == total(MADE)
    assert Decimal(found["use"]["fed_in_kwh"]) == pytest.approx(total(FED), abs=1)
    assert Decimal(found["use"]["self_used_kwh"]) == pytest.approx(total(MADE) - total(FED), abs=1)
    type_in("solar", "performance", "krosno.plant", "--year", YEAR)
    (worth,) = type_in.data("solar", "forecast", "krosno.plant", "--year", YEAR)
    assert worth["forecast"]["money"]["irr_roots"] == 1


def _claim(type_in: Terminal) -> None:
    """More than the roof can give, with a constant of its own."""
    words = ("--name", "Krosno", "--power", 400, "--yearly", 900_000, "--yearly-tonnes", 540, "--system", "p00001")
    said = type_in("solar", "claim", "krosno.plant", *words, "--published", "2024-12-31", "--keep", code=1)
    assert "0.600" in said


def _lamps(type_in: Terminal) -> None:
    parameters = {"luminaires_before": 200, "watts_before": 90, "luminaires_after": 200, "watts_after": 30,
                  "hours_per_day": 12, "days": 250}  # fmt: skip
    pairs = [word for key, value in parameters.items() for word in ("--set", f"{key}={value}")]
    words = ("--kind", "lighting", "--name", "LED", "--start", "2024-01-01", "--end", "2033-12-31", *pairs)
    type_in("savings", "add", "krosno.plant", *words)
    (year,) = type_in.data("savings", "krosno.plant", "--year", YEAR)["years"]
    assert Decimal(year["kwh"]) == 200 * 60 * 12 * 250 // 1000


def _report(type_in: Terminal, lang: str) -> None:
    """Signed, verified, calculated again; the energy stands in it, for people and for head office."""
    Path("pass.txt").write_text("four words are better\n", encoding="utf-8")
    word = ("--passphrase-file", "pass.txt")
    type_in("certificate", "authority", "--name", "Office", "--organisation", "Group", *word, "--out", "ca.p12",
            "--certificate", "ca.pem")  # fmt: skip
    type_in("certificate", "request", "--name", "Li Na", "--email", "li@example.org", "--organisation", "Group",
            "--key", "key.pem", "--out", "request.csr", *word)  # fmt: skip
    type_in("certificate", "issue", "request.csr", "--authority", "ca.p12", *word, "--out", "cert.pem", "--key",
            "key.pem", "--key-passphrase-file", "pass.txt", "--p12", "li.p12")  # fmt: skip
    type_in("report", "krosno.plant", "--year", YEAR, "--out", "report.pdf", "--lang", lang, "--sign", "li.p12", *word)
    data = Path("report.pdf").read_bytes()
    receipt = receive(data, load_trust(Path("ca.pem")), load_library(), datetime.now(UTC))
    assert (receipt.valid, receipt.equal, receipt.rebuilt) == (True, True, "equal")
    assert receipt.package is not None and receipt.package.energy is not None
    stated = receipt.package.energy
    assert [meter.name for meter in stated.meters] == ["Main", "Roof", "Feed-in"]
    march = next(month for month in stated.meters[0].months if month.month == date(YEAR, 3, 1))
    assert (march.total, march.expected, march.present) == (total(BOUGHT, 3), 2972, 2972)
    assert [system.name for system in stated.systems] == ["Roof"] and len(stated.claims) == len(stated.measures) == 1
    assert stated.savings is not None
    document = pypdfium2.PdfDocument(data)
    text = "\n".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    for words in ("Krosno", "LED", "Feed-in", f"{total(MADE) / 1000:,.1f}"):
        assert words in text
