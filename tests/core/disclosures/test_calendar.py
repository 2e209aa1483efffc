"""What expires and what is due: the last of each, sorted by day, whatever order it was entered in."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.disclosures.calendar import KINDS, Due, calendar_of
from core.ledger import (
    Answer,
    AuditFinding,
    DataRequest,
    Evidence,
    ExternalAudit,
    Group,
    Ledger,
    MineralDeclaration,
    Plant,
    Register,
    Supplier,
    Undertaking,
)
from core.ledger.records import Record
from core.minerals.share import counts

TODAY = date(2026, 2, 1)
STEEL = Supplier("su00001", "Example Steel", "CN")
GONE = Supplier("su00002", "Gone Oil", "CN", until="2026-01-31")
POLICY = Answer("2024 policy.env", "policy.env", 2024, date(2025, 1, 31), "In force", evidence=("e00001",))
FILE = Evidence("e00001", "policy.pdf", "other", "0" * 64, 10)
FINDING = AuditFinding("fi00001", 2025, "nonconformity", "No drill", "None in 2025", date(2026, 1, 5), "pe1",
                       due="2026-01-31")  # fmt: skip
CERTIFICATE = ExternalAudit("ea00001", "iso14001", "Environment", date(2023, 3, 1), valid_to="2026-02-28", findings=(
    ("Guard", "2026-01-31", ""), ("Bund", "2026-01-31", "2026-01-20"), ("Sign", "", ""),
))  # fmt: skip
LETTER = Undertaking("un00001", "su00001", "ungc", "2023", date(2023, 2, 1), valid_to="2026-02-01")
CMRT = MineralDeclaration("md00001", "CMRT", "6.5", "Example Steel", "2025-03-31", "su00001")
REQUEST = DataRequest("dq00001", "su00001", 2025, date(2026, 1, 10), "2026-02-15")


def plant(*records: Record) -> Ledger:
    return Ledger.of((Plant("Hillside", "CN"), STEEL, GONE, *records))


def days(*records: Record, today: date = TODAY) -> list[tuple[str, str, bool]]:
    return [(one.kind, one.day.isoformat(), one.overdue) for one in calendar_of(plant(*records), today)]


@pytest.mark.parametrize(
    ("record", "found"),
    [
        (POLICY, ("answer", "2028-01-31", False)),  # 36 months of its data point
        (replace(POLICY, valid_to="2026-01-31"), ("answer", "2026-01-31", True)),
        (Answer("2024 check.G4", "check.G4", 2024, date(2025, 1, 31), "0"), ("answer", "2026-01-31", True)),
        (Answer("2024 new.point", "new.point", 2024, date(2025, 1, 31), "0", valid_to="2026-03-01"),
         ("answer", "2026-03-01", False)),
        (replace(FILE, valid_to="2026-02-01"), ("evidence", "2026-02-01", False)),
        (LETTER, ("undertaking", "2026-02-01", False)),
        (CMRT, ("mineral_declaration", "2026-03-30", False)),
        (replace(CMRT, supplier=""), ("mineral_declaration", "2026-03-30", False)),
        (REQUEST, ("data_request", "2026-02-15", False)),
        (FINDING, ("finding", "2026-01-31", True)),
    ],
)  # fmt: skip
def test_each_kind_has_its_day(record: Record, found: tuple[str, str, bool]) -> None:
    assert days(record) == [found]


def test_an_audit_by_others_expires_and_its_findings_are_due() -> None:
    assert days(CERTIFICATE) == [("external_finding", "2026-01-31", True), ("external_audit", "2026-02-28", False)]


@pytest.mark.parametrize(
    "record",
    [
        Answer("2024 new.point", "new.point", 2024, date(2025, 1, 31), "0"),
        FILE,
        replace(FILE, valid_to="2026-01-31"),  # nothing that stands names it
        replace(FILE, valid_to="someday"),
        replace(LETTER, supplier="su00002"),
        replace(LETTER, valid_to=""),
        replace(CMRT, effective=""),
        replace(CMRT, supplier="su00002"),
        replace(CMRT, verdict="sent_back"),
        replace(REQUEST, answered="2026-01-20"),
        replace(REQUEST, supplier="su00002"),
        replace(REQUEST, due=""),
        replace(FINDING, status="answered"),
        replace(FINDING, due=""),
        ExternalAudit("ea00001", "cdp", "CDP", date(2025, 3, 1)),
    ],
)
def test_what_has_no_day_or_is_done_is_not_listed(record: Record) -> None:
    assert days(record) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (replace(POLICY, valid_to="2025-12-31"),
         replace(POLICY, id="2025 policy.env", year=2025, valid_to="2027-01-01")),
        (replace(CERTIFICATE, valid_to="2023-02-28", findings=()),
         replace(CERTIFICATE, id="ea00002", day=date(2025, 3, 1), valid_to="2027-01-01", findings=())),
        (LETTER, replace(LETTER, id="un00002", signed=date(2025, 1, 1), valid_to="2027-01-01")),
        (CMRT, replace(CMRT, id="md00002", effective="2026-01-02")),
    ],
)  # fmt: skip
def test_what_something_newer_stands_for_is_not_listed(old: Record, new: Record) -> None:
    (one,) = days(old, new)
    assert one[1] == "2027-01-01"


def test_a_file_that_ran_out_is_listed_where_an_answer_names_it() -> None:
    assert ("evidence", "2026-01-31", True) in days(POLICY, replace(FILE, valid_to="2026-01-31"))


def test_other_programmes_are_told_apart_by_their_names() -> None:
    one = ExternalAudit("ea00001", "other", "Zero Waste", date(2025, 3, 1), valid_to="2026-03-01")
    assert len(days(one, replace(one, id="ea00002", name="Fair Stone"))) == 2


def test_a_line_says_what_and_where() -> None:
    (one,) = calendar_of(plant(FINDING), TODAY)
    assert (str(one.words), one.page, one.id) == ("2025-01 No drill", "audit_findings", "fi00001")
    (one,) = calendar_of(plant(LETTER), TODAY)
    assert str(one.words) == "Example Steel: UN Global Compact"
    (one,) = calendar_of(plant(POLICY), TODAY)
    assert (str(one.words), one.page) == ("Environmental policy, 2024", "disclosures")
    assert {one.page for one in calendar_of(plant(CERTIFICATE), TODAY)} == {"checklist"}


def test_head_office_has_a_calendar_too() -> None:
    office = Register.of(
        (Group("Brakes AG"), STEEL, LETTER, POLICY, CERTIFICATE, CMRT, replace(FILE, valid_to="2026-02-01"))
    )
    assert {one.kind for one in calendar_of(office, TODAY)} == set(KINDS) - {"finding", "data_request"}


@given(st.integers(0, 3000), st.integers(1, 36))
def test_a_declaration_counts_to_its_day_and_no_longer(shift: int, months: int) -> None:
    effective = date(2020, 1, 1) + timedelta(days=shift)
    one = replace(CMRT, effective=effective.isoformat())
    (due,) = calendar_of(plant(one), TODAY, months)
    assert counts(one, due.day, months) or due.day < effective
    assert not counts(one, due.day + timedelta(days=1), months)


DAYS = st.dates(date(2024, 1, 1), date(2028, 1, 1))
TEXTS = st.just("") | DAYS.map(date.isoformat)


def drawn(draw: st.DrawFn, number: int) -> Record:
    """A record of any kind; of answers and files some have the same id or point."""
    key, kind = f"{number:05}", draw(st.sampled_from(("answer", "evidence", "audit", "letter", "cmrt", "request")))
    made: dict[str, Callable[[], Record]] = {
        "answer": lambda: replace(POLICY, id=f"{2020 + number} policy.env", year=2020 + number, day=draw(DAYS),
                                  valid_to=draw(TEXTS), evidence=(f"e{key}",)),
        "evidence": lambda: replace(FILE, id=f"e{draw(st.integers(0, 8)):05}", valid_to=draw(TEXTS)),
        "audit": lambda: replace(CERTIFICATE, id=f"ea{key}", day=draw(DAYS), valid_to=draw(TEXTS)),
        "letter": lambda: replace(LETTER, id=f"un{key}", signed=draw(DAYS), valid_to=draw(TEXTS)),
        "cmrt": lambda: replace(CMRT, id=f"md{key}", effective=draw(TEXTS)),
        "request": lambda: replace(REQUEST, id=f"dq{key}", due=draw(TEXTS)),
    }  # fmt: skip
    return made[kind]()


@st.composite
def ledgers(draw: st.DrawFn) -> list[Record]:
    made = [drawn(draw, number) for number in range(draw(st.integers(0, 8)))]
    return list({(type(one), one.id): one for one in made}.values())


@given(ledgers(), st.integers(0, 99))
def test_the_order_of_entering_changes_nothing(records: list[Record], seed: int) -> None:
    shuffled = list(records)
    random.Random(seed).shuffle(shuffled)
    found = calendar_of(plant(*records), TODAY)
    assert calendar_of(plant(*shuffled), TODAY) == found
    assert [one.day for one in found] == sorted(one.day for one in found)
    assert all(one.overdue == (one.day < TODAY) and one.kind in KINDS and isinstance(one, Due) for one in found)
