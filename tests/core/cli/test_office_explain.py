"""``office explain`` and ``office changes`` on signed reports: every level is the sum of the next, down to the bill."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from core.cli import main
from core.errors import UserError
from core.group.change.comparing import Kept, Pair, compare, compare_all
from core.group.change.explaining import explain_record
from core.group.inbox.judging import judged, order
from core.group.packed import LINES
from core.handover import prepare, produce, receive, recorded
from core.i18n import T
from core.ledger import Activity, Change, Evidence, Group, Ledger, Plant, Record, Site, Stake, Step
from core.library import load_library
from core.signing import Identity, Trust
from core.store import ACCEPTED, GroupFile
from tests.core.handover.conftest import NOW, auditor, authority, trust

__all__ = ["auditor", "authority", "trust"]
BILL = "c" * 64


def ledger(plant: str, year: int, gas: int) -> Ledger:
    days = (date(year, 1, 1), date(year, 12, 31))
    return Ledger.of([
        Plant(plant, "CN", "CN-HE"),
        Activity("a1", "Boiler", "stationary_combustion", "natural_gas", *days, Decimal(gas), "m3", evidence="G-1"),
        Activity("a2", "Boiler", "stationary_combustion", "natural_gas", *days, Decimal(77), "m3", evidence="G-2"),
        Activity("a3", "Meter", "purchased_electricity", "electricity", *days, Decimal(90000), "kWh", evidence="E-1"),
        Evidence("e1", "gas bill.pdf", "bill", BILL, 10, activities=("a1",)),
    ])  # fmt: skip


@pytest.fixture(scope="module")
def reports(auditor: Identity, trust: Trust) -> list[tuple[Any, bytes]]:
    """North in two years, its second year revised once, and South; verified and recalculated, not rendered again."""
    made = []
    for plant, year, gas in (("North", 2023, 1000), ("North", 2024, 1500), ("South", 2024, 400)):
        held = ledger(plant, year, gas)
        for revision in (1, 2) if (plant, year) == ("North", 2024) else (1,):
            if revision == 2:
                (bill,) = (one for one in held.activities if one.id == "a1")
                held = held.apply((Step("activity", "a1", bill, replace(bill, quantity=Decimal(1400))),))
            draft = prepare(held, year, load_library(), language="en", issued_by="Li Na", when=NOW,
                            journal=("0" * 64, 1))  # fmt: skip
            pdf = produce(draft, auditor)
            held = held.apply(recorded(held, draft, "Li Na", NOW).steps)
            asked = order(f"{plant} {year} {revision}.pdf", pdf, trust, NOW)
            made.append((judged(asked, receive(pdf, trust, load_library(), NOW, rebuild=False)), pdf))
    return made


@pytest.fixture
def group(reports: list[tuple[Any, bytes]], tmp_path: Path) -> Path:
    path = tmp_path / "g.group"
    with GroupFile.open(path) as opened:
        records: tuple[Record, ...] = (
            Group("G", approach="equity_share"), Site("n", "North", "CN"), Site("s", "South", "CN"),
            Stake("1", "group", "s", "", percent=Decimal(50)),
        )  # fmt: skip
        kinds = ("group", "site", "site", "stake")
        steps = tuple(Step(kind, one.id, None, one) for kind, one in zip(kinds, records, strict=True))
        opened.append(Change("Wang Wei", datetime(2025, 2, 1, tzinfo=UTC), T("Entered"), steps))
        for one, pdf in reports:
            opened.file(replace(one.filed, state=ACCEPTED, reasons=()), pdf, one.parts, one.markings)
    return path


def ask(group: Path, capsys: pytest.CaptureFixture[str], *more: str, command: str = "explain") -> Any:
    assert main(["office", command, str(group), *more, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def sums(answer: Any) -> tuple[Decimal, Decimal]:
    return tuple(  # type: ignore[return-value]
        sum((Decimal(one[key]) for one in answer["below"]), Decimal(0)) for key in ("reported_tco2e", "counted_tco2e")
    )


def test_down_from_the_group_to_the_bill(group: Path, capsys: pytest.CaptureFixture[str]) -> None:
    way: list[str] = ["--year", "2024"]
    for kind, more in (("plant", ()), ("source", ("--plant", "south")), ("record", ("--source", "Boiler"))):
        way += more
        answer = ask(group, capsys, *way)
        top = answer["path"][-1]
        assert {one["kind"] for one in answer["below"]} == {kind}
        assert sums(answer) == (Decimal(top["reported_tco2e"]), Decimal(top["counted_tco2e"]))
        for scope, value in top["scopes_tco2e"].items():
            assert sum(Decimal(one["scopes_tco2e"][scope]) for one in answer["below"]) == Decimal(value)
    assert set(answer["shares"].values()) == {"0.5"} and len(answer["shares"]) == 12
    assert Decimal(top["counted_tco2e"]) == pytest.approx(Decimal(top["reported_tco2e"]) / 2, abs=Decimal("1e-6"))

    answer = ask(group, capsys, *way, "--record", "a1")
    (record,) = answer["records"]
    assert [one["kind"] for one in answer["path"]] == ["group", "plant", "source", "record"]
    assert sum(Decimal(line["tco2e"]) for line in record["lines"]) == Decimal(answer["path"][-1]["reported_tco2e"])
    factor = record["lines"][0]["factor"]
    assert all(factor[key] for key in ("publisher", "edition", "year", "place", "licence"))
    assert record["lines"][0]["trace"][-1]["formula"] and "400 m3" in record["lines"][0]["trace"][0]["formula"]
    assert [(proof["name"], proof["sha256"]) for proof in record["proofs"]] == [("gas bill.pdf", BILL)]
    assert record["report"]["signed_by"] == ["Li Na"] and len(record["report"]["sha256"]) == 64


def test_a_record_is_found_without_its_source_and_both_ways_of_electricity(
    group: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    named = ("--year", "2024", "--plant", "n", "--record", "a3")
    for view, scope in (("location", "scope2_location"), ("market", "scope2_market")):
        answer = ask(group, capsys, *named, "--view", view)
        assert answer["path"][2]["title"] == "Meter"
        lines = {line["scope"]: line["tco2e"] for line in answer["records"][0]["lines"]}
        assert answer["path"][3]["reported_tco2e"] == lines[scope]
    assert main(["office", "explain", str(group), *named]) == 0
    said = capsys.readouterr().out
    assert "90000 kWh" in said and "Li Na" in said and "licence" in said


@pytest.mark.parametrize(
    "named",
    [
        ("--year", "1999"),
        ("--year", "2024", "--source", "Boiler"),
        ("--year", "2024", "--plant", "West"),
        ("--year", "2024", "--plant", "North", "--source", "Oven"),
        ("--year", "2024", "--plant", "North", "--source", "Boiler", "--record", "a3"),
        ("--year", "2024", "--plant", "North", "--record", "a9"),
    ],
)
def test_what_is_not_there_is_named(group: Path, capsys: pytest.CaptureFixture[str], named: tuple[str, ...]) -> None:
    assert main(["office", "explain", str(group), *named]) == 2
    assert capsys.readouterr().err


def test_an_altered_part_does_not_pass_for_the_report(group: Path, reports: list[tuple[Any, bytes]]) -> None:
    """The lines beside the report of North are put beside that of South: the original says otherwise."""
    north, south = reports[2], reports[3]
    with GroupFile.open(group) as opened:
        filed = replace(south[0].filed, state=ACCEPTED, reasons=())
        assert explain_record(opened, filed, "a1").lines
        opened.file(filed, south[1], {LINES: north[0].parts[LINES]}, ())
        with pytest.raises(UserError, match="cannot be read again"):
            explain_record(opened, filed, "a1")
        with pytest.raises(UserError, match="cannot be read again"):
            explain_record(opened, replace(filed, package_sha256="0" * 64), "a1")


def test_why_the_group_changed_between_two_years(group: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answer = ask(group, capsys, "--from", "2023", "--to", "2024", command="changes")
    causes = {cause: Decimal(value) for cause, value in answer["causes_tco2e"].items()}
    assert sum(causes.values()) == Decimal(answer["change_tco2e"])
    happened = {one["plant"]: one["happened"] for one in answer["plants"]}
    assert happened == {"North": "reported", "South": "not_reported"}
    (south,) = [one for one in answer["plants"] if one["plant"] == "South"]
    assert causes["boundary"] == Decimal(south["causes_tco2e"]["boundary"]) > 0
    assert causes["activity"] > 0
    assert main(["office", "changes", str(group), "--from", "2023", "--to", "2024"]) == 0
    assert "North" in capsys.readouterr().out


def test_why_a_report_changed_between_two_revisions(group: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answer = ask(group, capsys, "--versions", "North", "2024", command="changes")
    (one,) = answer["versions"]
    assert (one["from_revision"], one["to_revision"]) == (1, 2)
    causes = {cause: Decimal(value) for cause, value in one["causes_tco2e"].items() if Decimal(value)}
    assert set(causes) == {"error"} and causes["error"] < 0
    assert {part["source"] for part in one["sources"]} == {"Boiler"}
    assert main(["office", "changes", str(group), "--versions", "North", "2024"]) == 0
    assert "revision 1 to 2" in capsys.readouterr().out
    for wrong in (("--versions", "West", "2024"), ("--versions", "North", "x"), ("--from", "2024"),
                  ("--from", "1990", "--to", "2024")):  # fmt: skip
        assert main(["office", "changes", str(group), *wrong]) == 2


def test_comparing_tells_how_far_it_is_and_stops_when_nobody_wants_it(
    reports: list[tuple[Any, bytes]], group: Path
) -> None:
    sides = [Kept(pdf, one.filed.package_sha256, one.filed.name) for one, pdf in reports]
    read: list[str] = []

    def pair(key: str) -> Pair:
        read.append(key)
        return Pair(key, "North", (sides[0],), (sides[1],))

    told: list[float] = []
    stop = False
    answers = compare_all(
        (partial(pair, key) for key in "abc"), count=3, workers=1,
        progress=lambda part, _: told.append(part), cancelled=lambda: stop,
    )  # fmt: skip
    key, found = next(answers)
    assert key == "a" and {one.source for one in found} == {"Boiler", "Meter"}
    stop = True
    assert list(answers) == [] and read == ["a"] and told[0] == 0 and max(told) <= 1


def test_a_report_that_is_not_what_was_filed_is_not_compared(reports: list[tuple[Any, bytes]]) -> None:
    one, pdf = reports[0]
    good = Kept(pdf, one.filed.package_sha256, "good.pdf")
    for bad in (Kept(pdf, "0" * 64, "bad.pdf"), Kept(b"no report", one.filed.package_sha256, "bad.pdf")):
        with pytest.raises(UserError, match=r"bad\.pdf"):
            compare(Pair("n", "North", (good,), (bad,)))
    with pytest.raises(UserError, match="longer than 0 seconds"):
        compare(Pair("n", "North", (good,), (good,)), seconds=0.01)
