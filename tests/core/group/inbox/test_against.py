"""Replays are refused, what only a person can weigh is held, and what merely repeats is noticed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import UserError
from core.group import Arrival, Examined, decide, file_examined, settled
from core.group.inbox.against import Light, differs
from core.group.inbox.judging import Judged
from core.i18n import T
from core.ledger import Change, Deadline, Decision, Group, Site, Step, kind_of
from core.ledger.records import Record
from core.store import ACCEPTED, HELD, REJECTED, Filed, GroupFile, Marking

WHEN = datetime(2025, 3, 1, 8, tzinfo=UTC)


def report(plant: str = "Krosno", year: int = 2024, total: str = "100", **more: object) -> Judged:
    """What judging a good report by itself gives."""
    marks = more.pop("markings", ())
    facts = {
        "name": f"{plant}-{year}.pdf", "received": "", "state": ACCEPTED, "audit_id": f"{plant}-{year}", "revision": 1,
        "plant": plant, "country": "PL", "year": year, "start": f"{year}-01-01", "end": f"{year}-12-31",
        "totals": {"scope1": Decimal(total), "scope2_location": Decimal(0), "scope3": Decimal(0)}, **more,
    }  # fmt: skip
    bare = Filed(sha256="", package_sha256=str(facts), **facts)  # type: ignore[arg-type]
    return Judged(replace(bare, sha256=hashlib.sha256(data_of(bare)).hexdigest()), {"lines": b"x"}, marks)  # type: ignore[arg-type]


def data_of(filed: Filed) -> bytes:
    return filed.package_sha256.encode()


def arrive(group: GroupFile, judged: Judged, when: datetime = WHEN) -> Arrival:
    filed = judged.filed
    return file_examined(group, Examined(filed.name, data_of(filed), filed.sha256, judged), when)


def keep(group: GroupFile, *records: Record) -> None:
    steps = tuple(Step(kind_of(r), r.id, group.register.get(kind_of(r), r.id), r) for r in records)
    group.append(Change("Li Na", WHEN, T("Register"), steps))


@pytest.fixture
def group(tmp_path: Path) -> Iterator[GroupFile]:
    with GroupFile.open(tmp_path / "g.group") as opened:
        yield opened


def reasons(arrival: Arrival) -> str:
    return " ".join(map(str, arrival.filed.reasons))


def test_a_plant_that_the_register_does_not_know_is_held_once_there_is_a_register(group: GroupFile) -> None:
    assert arrive(group, report("Elsewhere")).filed.state == ACCEPTED
    keep(group, Site("si1", "Krosno Plant", "PL", reported_as=("Krosno",)))
    assert arrive(group, report()).filed.state == ACCEPTED, "known by another of its names"
    held = arrive(group, report("Nowhere"))
    assert held.filed.state == HELD
    assert "no plant Nowhere in PL" in reasons(held)


@pytest.mark.parametrize(("total", "state"), [("125", ACCEPTED), ("126", HELD), ("75", ACCEPTED), ("74.9", HELD)])
@pytest.mark.parametrize("other", [2023, 2025])
def test_a_total_far_from_a_neighbouring_year(group: GroupFile, total: str, state: str, other: int) -> None:
    arrive(group, report(year=other))
    arrival = arrive(group, report(total=total))
    assert arrival.filed.state == state
    if state == HELD:
        assert f"{Decimal(total):.3f} t" in reasons(arrival)
        assert f"100.000 t CO₂e of {other}" in reasons(arrival)


def test_the_limit_is_that_of_the_group(group: GroupFile) -> None:
    keep(group, Group("Example", hold_above=Decimal(50)))
    arrive(group, report(year=2023))
    assert arrive(group, report(total="150")).filed.state == ACCEPTED


def test_a_total_far_from_the_earlier_revision(group: GroupFile) -> None:
    first = report()
    arrive(group, first)
    second = arrive(group, report(total="200", revision=2, previous=first.filed.package_sha256))
    assert second.filed.state == HELD
    assert "of revision 1" in reasons(second)
    assert group.latest("Krosno-2024") == group.received(first.filed.sha256), "the accepted one counts until decided"


def test_two_audits_of_the_same_time_would_count_twice(group: GroupFile) -> None:
    arrive(group, report())
    other = arrive(group, report(audit_id="another", start="2024-07-01", end="2025-06-30", year=2025))
    assert other.filed.state == HELD
    assert "covers the same time" in reasons(other)


@pytest.mark.parametrize("kind", ["contract", "meter"])
def test_what_may_count_once_holds_the_second_plant(group: GroupFile, kind: str) -> None:
    marks = (Marking(kind, "PL-1", "Main meter"),)
    assert arrive(group, report(markings=marks)).filed.state == ACCEPTED
    assert arrive(group, report(year=2025, markings=marks)).filed.state == ACCEPTED, "the same plant again"
    second = arrive(group, report("Lublin", markings=marks))
    assert second.filed.state == HELD
    assert f"{kind} PL-1" in reasons(second)
    assert "Krosno" in reasons(second)


@pytest.mark.parametrize(("name", "year"), [("Lublin", 2024), ("Krosno", 2025)])
def test_a_certificate_counts_once_whatever_plant_and_year_and_however_its_range_is_written(
    group: GroupFile, name: str, year: int
) -> None:
    arrive(group, report(markings=(Marking("certificate", "PL-1–PL-900", "Main meter"),)))
    apart = report("Zory", markings=(Marking("certificate", "PL-901", "Main meter"),))
    assert arrive(group, apart).filed.state == ACCEPTED
    second = arrive(group, report(name, year=year, markings=(Marking("certificate", "PL-0500", "Main meter"),)))
    assert second.filed.state == HELD
    assert "certificates PL-" in reasons(second)
    assert "Krosno" in reasons(second)


def test_a_shared_proof_is_only_noticed(group: GroupFile) -> None:
    marks = (Marking("evidence", "ab" * 32, "bill.pdf"),)
    arrive(group, report(markings=marks))
    second = arrive(group, report("Lublin", markings=marks))
    assert second.filed.state == ACCEPTED
    assert "Krosno" in reasons(second)


def test_a_rejected_report_stands_in_nobodys_way(group: GroupFile) -> None:
    marks = (Marking("meter", "7"),)
    arrive(group, replace(report(markings=marks), filed=replace(report().filed, state=REJECTED)))
    assert arrive(group, report("Lublin", markings=marks)).filed.state == ACCEPTED


@given(st.decimals(0, 10**6, places=3), st.decimals(0, 10**6, places=3), st.decimals(0, 200, places=1))
def test_the_distance_does_not_depend_on_the_unit(now: Decimal, before: Decimal, percent: Decimal) -> None:
    assert differs(now, before, percent) == differs(now * 1000, before * 1000, percent)
    assert not differs(now, now, percent)
    if before:
        assert differs(now, before, percent) == (abs(now - before) / before * 100 > percent)


# ---------------------------------------------------------------------- decisions


def held_one(group: GroupFile) -> Filed:
    keep(group, Site("si1", "Krosno", "PL"))
    return arrive(group, report("Nowhere")).filed


def test_a_held_report_is_decided_with_a_reason(group: GroupFile) -> None:
    filed = held_one(group)
    decide(group, filed.sha256, ACCEPTED, "  Bought in  May ", "Li Na", WHEN)
    assert group.accepted(2024)[0].sha256 == filed.sha256
    assert group.register.get("decision", filed.sha256) == Decision(filed.sha256, ACCEPTED, "Bought in May")
    assert str(group.journal(1)[0].change.why) == "Report “Nowhere-2024.pdf” accepted: Bought in May"
    with pytest.raises(UserError, match="Only a report that is held"):
        decide(group, filed.sha256, REJECTED, "No", "Li Na", WHEN)


def test_what_a_person_rejected_stays_rejected_when_it_comes_again(group: GroupFile) -> None:
    filed = held_one(group)
    decide(group, filed.sha256, REJECTED, "Not ours", "Li Na", WHEN)
    again = arrive(group, report("Nowhere"))
    assert (again.filed.state, again.new) == (REJECTED, False)
    assert filed.sha256 in settled(group)


@pytest.mark.parametrize("reason", ["", "  \n "])
def test_no_decision_without_a_reason(group: GroupFile, reason: str) -> None:
    filed = held_one(group)
    with pytest.raises(UserError, match="needs a reason"):
        decide(group, filed.sha256, ACCEPTED, reason, "Li Na", WHEN)
    assert group.received(filed.sha256) == filed


def test_an_older_revision_is_not_accepted_over_a_newer_one(group: GroupFile) -> None:
    keep(group, Site("si1", "Krosno", "PL"))
    first, second = report("Nowhere"), report("Nowhere", revision=2, previous="elsewhere")
    arrive(group, first)
    arrive(group, second)
    decide(group, second.filed.sha256, ACCEPTED, "Newest", "Li Na", WHEN)
    with pytest.raises(UserError, match="not newer"):
        decide(group, first.filed.sha256, ACCEPTED, "Older", "Li Na", WHEN)


def test_a_held_report_is_judged_anew_when_it_comes_again(group: GroupFile) -> None:
    filed = held_one(group)
    assert not arrive(group, report("Nowhere")).new, "nothing changed"
    assert filed.sha256 not in settled(group)
    keep(group, Site("si2", "Nowhere", "PL"), Deadline("2024", WHEN.date()))
    again = arrive(group, report("Nowhere"), WHEN.replace(month=4))
    assert (again.filed.state, again.new, again.filed.received) == (ACCEPTED, True, filed.received)


def test_the_light_is_kept_up_to_date_while_many_come_in(group: GroupFile) -> None:
    light = Light(group)
    for year in (2022, 2023, 2024):
        judged = report(year=year, total=str(100 * (year - 2021)))
        found = Examined(judged.filed.name, data_of(judged.filed), judged.filed.sha256, judged)
        one, other = file_examined(group, found, WHEN, light), Light(group).against(judged.filed, ())
        assert one.filed.state == (HELD if year == 2023 else ACCEPTED), "2022 counts, 2023 does not"
        assert light.against(judged.filed, ()) == other
