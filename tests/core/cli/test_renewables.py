"""Renewable electricity in the terminal: the words say what the JSON says, and exit codes what the answer is."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from core.cli import main
from core.cli.renewables import ORDERS
from core.i18n import T
from core.ledger import Allocation, Change, Instrument, Record, Step, SupplyOption, Target, kind_of
from core.renewables import ORDERS as EVERY_ORDER
from core.store import PlantFile
from tests.core.exchange.books import csv_of
from tests.core.exchange.instruments.exports import GEC, GEC_ROW
from tests.core.renewables.plants import PROOF, allocation, certificate, roof, self_used
from tests.core.samples import PLANT, activity, year_of_bills

WHEN = datetime(2024, 1, 10, tzinfo=UTC)
Run = Callable[..., int]
Made = Callable[..., Path]
Read = Callable[[], Any]
Said = Callable[[], str]
FILE = b"Retired for Zhangjiakou on 2024-01-15."
PROVEN = replace(PROOF, sha256=sha256(FILE).hexdigest(), size=len(FILE))
TARGET = Target("ta1", "All green", "renewable", (), 2023, 2027, Decimal(100), "own")
WIND = SupplyOption("so1", "Wind", "ppa", 2026, Decimal(8), Decimal(30), currency="CNY")
GREEN = SupplyOption("so2", "Certificates", "certificates", 2025, Decimal(100), Decimal(6), currency="CNY")


@pytest.fixture
def made(tmp_path: Path) -> Callable[..., Path]:
    def make(*records: Record) -> Path:
        path = tmp_path / "a.plant"
        PlantFile.create(path, PLANT, "Li Na", WHEN)
        steps = tuple(Step(kind_of(one), one.id, None, one) for one in (PROVEN, *records))
        with PlantFile.open(path) as plant:
            plant.append(Change("Li Na", WHEN, T("Begun"), steps), (FILE,))
        return path

    return make


@pytest.fixture
def run() -> Run:
    def call(act: str, *words: object, lang: str = "en") -> int:
        return main(["--ui-lang", lang, "renewables", act, *map(str, words)])

    return call


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str]) -> Callable[[], str]:
    return lambda: capsys.readouterr().out


@pytest.fixture
def read(said: Said) -> Read:
    return lambda: json.loads(said())


def held(path: Path, kind: type[Any]) -> list[Any]:
    with PlantFile.open(path, read_only=True) as plant:
        return list(plant.ledger.held(kind))


def covered(*months: str) -> list[Record]:
    """Allocations of ``i1`` to the bills of these months, 1,000 kWh each."""
    return [allocation(f"al{key}", "i1", key, 1000) for key in months]


ALL = [one.id for one in year_of_bills()]


# ---------------------------------------------------------------------- status


def test_status_of_a_plant_that_is_covered_in_part(made: Made, run: Run, read: Read) -> None:
    path = made(*year_of_bills(), certificate(), *covered("m01", "m02", "m03"), TARGET)
    assert run("status", path, "--json") == 1
    found = read()
    assert found["year"] == 2023
    year = found["shares"]["year"]
    assert (year["used_kwh"], year["certified_kwh"], year["certified_percent"]) == ("12000", "3000", "25")
    assert [one["certified_percent"] for one in found["shares"]["months"]] == ["100"] * 3 + ["0"] * 9
    assert not found["claim"]["holds"]
    assert {one["rule"] for one in found["claim"]["judged"] if one["level"] == "stop"} >= {"enough_covered"}
    assert all(one["remedy"] for one in found["claim"]["judged"])
    assert (found["way"]["year"], found["way"]["gap_mwh"]) == (2027, "12")


def test_the_words_say_the_same(made: Made, run: Run, said: Said) -> None:
    path = made(*year_of_bills(), certificate(), *covered("m01", "m02", "m03"), TARGET)
    assert run("status", path) == 1
    told = said()
    rows = [line.split() for line in told.splitlines() if line.startswith("2023")]
    assert rows[0] == ["2023-01", "1.0", "100.0", "0.0", "0.0", "0.0"]
    assert rows[12] == ["2023", "12.0", "25.0", "0.0", "0.0", "9.0"]
    assert "may not be claimed" in told and "9,000 kWh are not covered" in told
    assert "Missing for 100 % in 2027: 12.0 MWh" in told


def test_a_share_is_never_rounded_up(made: Made, run: Run, read: Read) -> None:
    path = made(*year_of_bills(quantity=100_000), certificate(quantity=2000, serials="GEC-A0001-GEC-A2000"),
                *(allocation(f"al{key}", "i1", key, 99_999) for key in ALL))  # fmt: skip
    assert run("status", path, "--json") == 1
    assert read()["shares"]["year"]["certified_percent"] == "99.9"


@pytest.mark.parametrize(("percent", "rule"), [("25", False), ("25.1", True), ("100", True)])
def test_a_smaller_claim(made: Made, run: Run, read: Read, percent: str, rule: bool) -> None:
    path = made(*year_of_bills(), certificate(), *covered("m01", "m02", "m03"))
    run("status", path, "--percent", percent, "--json")
    claim = read()["claim"]
    assert claim["percent"] == percent
    assert any(one["rule"] == "enough_covered" for one in claim["judged"]) is rule
    assert claim["holds"] is not any(one["level"] == "stop" for one in claim["judged"])


def test_a_claim_of_more_than_all_is_wrong_input(made: Made, run: Run) -> None:
    assert run("status", made(*year_of_bills()), "--percent", "101") == 2


def test_what_counts_in_no_share_is_said(made: Made, run: Run, said: Said) -> None:
    path = made(activity(), certificate(technology="nuclear"), allocation("al1", "i1", "a1", 500),
                self_used(quantity=200), roof(attributes_owner=""))  # fmt: skip
    run("status", path, "--year", 2023)
    told = said()
    assert "Nuclear electricity, in no share: 0.5 MWh" in told
    assert "nobody has claimed for the plant: 0.2 MWh" in told


def test_a_year_without_electricity(made: Made, run: Run, said: Said) -> None:
    assert run("status", made(activity()), "--year", 2021) == 1
    assert "2021-12" in said()


def test_exit_code_0_when_nothing_is_open(made: Made, run: Run, read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    """The review of a plant without kept bills always finds something; here it finds nothing."""
    monkeypatch.setattr("core.renewables.claim.review", lambda _inventory: ())
    path = made(*year_of_bills(), certificate(), *covered(*ALL))
    assert run("status", path, "--json") == 0
    found = read()
    assert found["claim"]["holds"] and found["shares"]["year"]["certified_percent"] == "100"


# ---------------------------------------------------------------------- check


def test_check_names_rule_source_and_what_to_do(made: Made, run: Run, read: Read) -> None:
    assert run("check", made(certificate(), certificate("i2", evidence=())), "--json") == 1
    good, bad = read()
    assert (good["id"], good["counts"]) == ("i1", True)
    assert (bad["id"], bad["counts"]) == ("i2", False)
    stop = next(one for one in bad["judged"] if one["level"] == "stop")
    assert stop["source"] and stop["remedy"] and stop["title"]


def test_check_in_words(made: Made, run: Run, said: Said) -> None:
    assert run("check", made(certificate("i2", evidence=()))) == 1
    told = said()
    assert "i2  Certificates i2" in told and "  Stop, i2: " in told


def test_check_of_sound_instruments_and_of_none(made: Made, run: Run, said: Said) -> None:
    assert run("check", made(certificate())) == 0
    assert "every rule is kept" in said()


def test_check_of_an_empty_ledger(made: Made, run: Run, said: Said) -> None:
    assert run("check", made()) == 0
    assert "Nothing is entered yet" in said()


# ---------------------------------------------------------------------- allocate


def test_orders_are_those_of_the_core() -> None:
    assert ORDERS == EVERY_ORDER


def test_a_proposal_is_made_and_may_be_taken_back(made: Made, run: Run, read: Read) -> None:
    path = made(*year_of_bills(), certificate(quantity=5, serials="GEC-A0001-GEC-A0005"))
    assert run("allocate", path, "--dry-run", "--json") == 0
    seen = read()
    assert not seen["accepted"] and seen["kwh"] == "5000" and held(path, Allocation) == []
    assert all(one["reason"] for one in seen["allocations"])
    assert run("allocate", path, "--json", "--person", "Wang") == 0
    assert read()["accepted"]
    made_ones = held(path, Allocation)
    assert sum(one.quantity for one in made_ones) == 5000
    with PlantFile.open(path, read_only=True) as plant:
        assert plant.history("allocation", made_ones[0].id)[0].change.who == "Wang"
    words = [word for one in made_ones for word in ("--take-back", one.id)]
    assert run("allocate", path, *words) == 0
    assert held(path, Allocation) == []


def test_a_proposal_in_words_names_what_stays_open(made: Made, run: Run, said: Said) -> None:
    path = made(*year_of_bills(), certificate(quantity=5, serials="GEC-A0001-GEC-A0005"),
                certificate("i2", evidence=()))  # fmt: skip
    assert run("allocate", path, "--order", "cost") == 0
    told = said()
    assert "Certificates i1" in told and "Stays open: Main meter (m06), 1,000 kWh" in told
    assert "Not proposed: Certificates i2" in told


def test_nothing_to_allocate_is_a_no(made: Made, run: Run) -> None:
    assert run("allocate", made(*year_of_bills())) == 1


def test_by_hand(made: Made, run: Run, read: Read) -> None:
    path = made(activity(), certificate())
    words = ("--instrument", "i1", "--record", "a1", "--kwh", "1,000", "--note", "agreed")
    assert run("allocate", path, *words, "--dry-run", "--json") == 0
    assert read()["dry_run"] and held(path, Allocation) == []
    assert run("allocate", path, *words) == 0
    (one,) = held(path, Allocation)
    assert (one.instrument, one.activity, one.quantity, one.note) == ("i1", "a1", Decimal(1000), "agreed")


@pytest.mark.parametrize(
    "words",
    [
        ("--instrument", "i1", "--record", "a1", "--kwh", "1000.1"),  # more than was used
        ("--instrument", "i2", "--record", "a1", "--kwh", "101"),  # more than there is
        ("--instrument", "i1", "--record", "a1", "--kwh", "0"),
        ("--instrument", "i1", "--record", "a9", "--kwh", "1"),
        ("--instrument", "i1", "--kwh", "1"),
        ("--instrument", "i1", "--order", "cost"),
        ("--take-back", "al9"),
        ("--take-back", "al1", "--order", "cost"),
    ],
    ids=" ".join,
)  # fmt: skip
def test_what_cannot_be_is_refused_and_nothing_happens(made: Made, run: Run, words: tuple[str, ...]) -> None:
    path = made(activity(), certificate(), certificate("i2", quantity="0.1", serials="GEC-B0001"))
    assert run("allocate", path, *words) == 2
    assert held(path, Allocation) == []


# ---------------------------------------------------------------------- files


def gec(path: Path, *rows: Sequence[object]) -> Path:
    path.write_bytes(csv_of(*rows, head=GEC))
    return path


def test_an_export_of_the_registry(
    made: Made, run: Run, read: Read, tmp_path: Path
) -> None:  # fmt: skip
    path, table = made(), gec(tmp_path / "gec.csv", GEC_ROW)
    assert run("import", path, table, "--dry-run", "--json") == 0
    seen = read()
    assert (seen["rows"], seen["imported"]) == (1, False) and held(path, Instrument) == []
    assert run("import", path, table, "--json") == 0
    assert read()["imported"]
    (one,) = held(path, Instrument)
    assert (one.scheme, one.quantity, one.generator) == ("GEC", Decimal(1), "北山风电场")


def test_rows_that_are_held_already_are_no_fault(made: Made, run: Run, said: Said, tmp_path: Path) -> None:
    path, table = made(certificate(), certificate("i2", serials="")), tmp_path / "out.xlsx"
    assert run("export", path, table) == 0
    assert run("import", path, table) == 0
    told = said()
    assert "2 rows are held already" in told and "Nothing was changed." in told
    assert len(held(path, Instrument)) == 2


def test_a_row_that_cannot_be_read_refuses_the_whole(made: Made, run: Run, said: Said, tmp_path: Path) -> None:
    wrong = [*GEC_ROW]
    wrong[1] = "lots"
    path = made()
    assert run("import", path, gec(tmp_path / "gec.csv", GEC_ROW, wrong)) == 1
    assert "lots" in said() and held(path, Instrument) == []


# ---------------------------------------------------------------------- ahead


def test_the_way_with_options_and_without(made: Made, run: Run, read: Read) -> None:
    path = made(*year_of_bills(), TARGET, WIND, GREEN)
    assert run("way", path, "--json") == 0
    found = read()
    assert (found["year"], found["gap_mwh"], found["open_mwh"], found["cost"]) == (2027, "12", "0", "72")
    assert run("way", path, "--target", 2024, "--json") == 1
    assert read()["open_mwh"] == "12"


def test_the_way_in_words(made: Made, run: Run, said: Said) -> None:
    assert run("way", made(*year_of_bills(), TARGET, WIND, replace(GREEN, quantity=Decimal(5)))) == 0
    told = said()
    assert "2027: 100 % of 12.0 MWh; 0.0 MWh are secured, 12.0 MWh are missing." in told
    assert "Wind" in told and "6.00 CNY" in told and "Cost of the mix: 240 CNY a year" in told


def test_hours_without_meters_are_a_no_with_what_is_missing(made: Made, run: Run, read: Read) -> None:
    assert run("hourly", made(*year_of_bills()), "--json") == 1
    found = read()
    assert found["matched"] is None and found["variants"] == [] and found["notes"]
    assert {one["state"] for one in found["readiness"]} <= {"ready", "part", "missing", "not_needed"}
    assert any(one["remedy"] for one in found["readiness"])


def test_hours_in_words_say_that_the_rules_are_a_draft(made: Made, run: Run, said: Said) -> None:
    run("hourly", made(*year_of_bills()))
    assert "draft" in said()


def test_rules_with_sources_and_a_changed_number(made: Made, run: Run, read: Read, said: Said) -> None:
    path = made()
    words = ("--parameter", "renewables.commissioning_years", "--value", "20", "--source", "Decision of 2024-01-09")
    assert run("rule", "add", path, *words) == 0
    said()
    assert run("rules", path, "--json") == 0
    found = read()
    assert all(one["source"] for one in (*found["instruments"], *found["claims"]))
    numbers = {each["key"]: each for one in found["instruments"] for each in one["parameters"]}
    changed = numbers["renewables.commissioning_years"]
    assert (changed["value"], changed["shipped"], changed["status"]) == ("20", "15", "USER")
    assert run("rules", path) == 0
    assert "Decision of 2024-01-09" in said()


# ---------------------------------------------------------------------- records


def test_instruments_and_options_are_entered_here(made: Made, run: Run) -> None:
    path = made()
    assert run("instrument", "add", path, "--name", "Wind", "--kind", "ppa_physical", "--market", "CN", "--start",
               "2023", "--end", "2023", "--quantity", "12") == 0  # fmt: skip
    assert run("option", "add", path, "--name", "Roof", "--kind", "pv", "--first-year", "2026", "--quantity",
               "100", "--price", "28", "--currency", "CNY") == 0  # fmt: skip
    assert [one.name for one in held(path, Instrument)] == ["Wind"]
    assert [one.name for one in held(path, SupplyOption)] == ["Roof"]


@pytest.mark.parametrize("act", ["status", "check", "way", "hourly", "rules", "allocate"])
def test_everything_is_said_in_chinese_too(made: Made, run: Run, said: Said, act: str) -> None:
    path = made(*year_of_bills(), certificate(quantity=5, serials="GEC-A0001-GEC-A0005"),
                certificate("i2", evidence=()), TARGET, WIND)  # fmt: skip
    english = run(act, path, *(["--dry-run"] if act == "allocate" else []))
    before = said()
    assert run(act, path, *(["--dry-run"] if act == "allocate" else []), lang="zh") == english
    assert said() != before
