"""The group's report: gathered from the group file, signed by two people, judged by anybody, and never a plant's."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest

from core.errors import UserError
from core.group.change.comparing import Pair, SourceCauses, caused_between
from core.group.inbox.judging import judge, order
from core.group.inbox.kept import package_bytes
from core.group.out.package import gather
from core.group.out.report import approve, judge_group_report, produce
from core.group.year.consolidating import consolidate, reports_of
from core.group.year.uncertainty import group_uncertainty
from core.handover import prepare, receive
from core.handover import produce as produce_plant
from core.i18n import T
from core.ledger import Activity, Change, Decision, Group, Ledger, Plant, Site, Stake, Step
from core.library import load_library
from core.methods import exact_sum
from core.report.group import GroupPackage, read, write
from core.report.group.data import GroupData
from core.signing import PLANT_MANAGER, Identity, Trust, create_authority, create_request, issue, sign
from core.store import GroupFile
from tests.core.group.filled import filled, put
from tests.core.handover.conftest import NOW, auditor, authority, draft_of, ledger, person, signed, trust

__all__ = ["auditor", "authority", "signed", "trust"]
LATER = NOW + timedelta(days=60)


@pytest.fixture(scope="module")
def group(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GroupFile]:
    with filled(tmp_path_factory.mktemp("group") / "g.group") as opened:
        yield opened


@pytest.fixture(scope="module")
def package(group: GroupFile) -> GroupPackage:
    return gathered(group)


@pytest.fixture(scope="module")
def manager(authority: Identity) -> Identity:
    key, request = create_request("Wang Fang", "wang.fang@example.org", "Test Group", "plant-manager")
    return Identity(issue(authority, request, role="plant-manager", sites=(), when=NOW), key)


@pytest.fixture(scope="module")
def prepared(package: GroupPackage, auditor: Identity) -> bytes:
    return produce(package, auditor)


def gathered(group: GroupFile, compare: bool = False) -> GroupPackage:
    return gather(group, 2024, load_library(), language="en", issued_by="Li Na", when=LATER, compare=compare)


# ---------------------------------------------------------------------- what it says


def test_it_says_what_the_group_file_says(group: GroupFile, package: GroupPackage) -> None:
    found = consolidate(group.register, reports_of(group, 2024), 2024)
    data = GroupData(package)
    assert data.location == found.location and data.market == found.market
    for scope, value in data.totals.items():
        assert value == found.totals[scope]
    names = {one.key: one.name for one in found.members}
    ours = {data.plants[at].name: exact_sum(s[k] for k in ("scope1", "scope2_location", "scope3"))
            for at, s in data.by_plant}  # fmt: skip
    assert ours == {names[key]: value for key, value in found.by("plant").items()}
    assert {one.sha256 for one in package.contents.reports} == {one.sha256 for one in group.accepted(2024)}
    assert all(one.signed_by == ("Li Na", "Wang Fang") for one in package.contents.reports)


def test_it_names_what_lacks_repeats_and_moved(package: GroupPackage) -> None:
    held = package.contents
    assert [(one.name, one.state, one.due) for one in held.absent] == [("Dogwood", "held", "2025-01-31")]
    assert [(one.value, one.plants) for one in held.repeats] == [("GEC-000123", ("=Ash & Co 白蜡", "Birch"))]
    (eliminated,) = held.eliminated
    assert eliminated.tonnes < 0 and (eliminated.seller, eliminated.buyer) == ("=Ash & Co 白蜡", "Cedar")
    assert held.recalculation is not None and held.recalculation.needed
    assert "Cedar was bought: +" in str(held.recalculation.reasons[0])
    first, last = held.series
    assert first.recalculated["location"] > first.original["location"]
    assert last.original["location"] == GroupData(package).location
    assert {one.figure for one in held.intensities} == {"production"}
    (whole,) = (one for one in held.intensities if one.plant < 0)
    assert (whole.quantity, whole.covered) == (Decimal(6000), 3)


def test_its_uncertainty_is_that_of_what_counts(group: GroupFile, package: GroupPackage) -> None:
    from core.group.out.findings import weighed_of

    found = consolidate(group.register, reports_of(group, 2024), 2024)
    view = group_uncertainty(weighed_of(group, found))["location"]
    assert abs(view.estimate.tonnes - found.location) < Decimal("0.000001")
    (ours,) = (one for one in package.contents.uncertainty if one.scope == "location")
    assert ours.percent >= ours.independent > 0
    assert all(one.plants > 1 and one.part > 0 for one in package.contents.shared_factors)


def test_another_approach_is_that_of_the_whole_report(tmp_path: Path) -> None:
    with filled(tmp_path / "g.group") as group:
        (whole,) = (one for one in group.register.held(Stake) if one.id == "st2")
        step = Step("stake", "st2", whole, replace(whole, percent=Decimal(50)))
        group.append(Change("Chen Jie", NOW, T("Sold half"), (step,)))
        shares, control = (
            gather(
                group, 2024, load_library(), language="en", issued_by="", when=LATER, compare=False, approach=approach
            )
            for approach in ("equity_share", "operational_control")
        )
    for one in (shares, control):
        assert one.contents.series[-1].original["location"] == GroupData(one).location
    assert GroupData(shares).location < GroupData(control).location
    ash = next(one for one in shares.contents.plants if one.key == "si1")
    assert set(ash.shares.values()) == {Decimal("0.5")}


def test_a_decision_stands_beside_its_report(tmp_path: Path) -> None:
    with filled(tmp_path / "g.group", (2024,)) as group:
        held = next(one for one in group.all() if one.state == "held")
        decision = Decision(held.sha256, "accepted", "The manager left; signed on paper.")
        group.append(Change("Chen Jie", NOW, T("Decided"), (Step("decision", held.sha256, None, decision),)))
        reports = gathered(group).contents.reports
    (one,) = (one for one in reports if one.sha256 == held.sha256)
    assert [str(note) for note in one.notes][-1] == "Decided by head office: The manager left; signed on paper."


def test_keys_and_decisions_stay_at_home(package: GroupPackage) -> None:
    assert b'"authority"' not in package.data and b'"decision"' not in package.data
    assert package.register.group.base_year == 2023


def test_a_year_without_reports_has_no_report(group: GroupFile) -> None:
    with pytest.raises(UserError, match="No report of 2030"):
        gather(group, 2030, load_library(), language="en", issued_by="", when=LATER)


def in_this_process(pairs: Iterable[Callable[[], Pair]], **_: object) -> Iterator[tuple[str, tuple[SourceCauses, ...]]]:
    """What the workers do, without their processes; they are tested where they live."""
    for ready in pairs:
        pair = ready()
        sides = ([package_bytes(*one, LATER) for one in side] for side in (pair.before, pair.after))
        yield pair.key, caused_between(*sides)


def test_the_change_since_the_year_before_is_taken_apart(
    tmp_path: Path, auditor: Identity, trust: Trust, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.group.out.package.compare_all", in_this_process)
    with GroupFile.open(tmp_path / "g.group") as group:
        put(group, Group("Hills"), Site("s1", "Hillside", "CN"))
        for year, litres in ((2023, "12000"), (2024, "9000")):
            bill = Activity("a1", "Fork-lifts", "mobile_combustion", "diesel", date(year, 1, 1), date(year, 12, 31),
                            Decimal(litres), "l", evidence="D")  # fmt: skip
            held = Ledger.of((Plant("Hillside", "CN", "CN-HE"), bill))
            draft = prepare(held, year, load_library(), language="en", issued_by="Li Na", when=NOW,
                            journal=("0" * 64, 1))  # fmt: skip
            pdf = produce_plant(draft, auditor)
            found = judge(order(f"{year}.pdf", pdf, trust, LATER, rebuild=False))
            assert found.parts, found.filed.reasons
            group.file(replace(found.filed, state="accepted"), pdf, found.parts, found.markings)
        changes = gathered(group, compare=True).contents.changes
    assert changes is not None and changes.before_year == 2023
    causes = {one.key: one.tonnes for one in changes.causes if one.tonnes}
    assert exact_sum(causes.values()) == changes.after - changes.before < 0
    assert set(causes) == {"activity"}
    assert [one.name for one in changes.plants] == ["Hillside"]


# ---------------------------------------------------------------------- signing and judging


def test_head_office_signs_then_management(prepared: bytes, manager: Identity, trust: Trust) -> None:
    first = judge_group_report(prepared, trust, LATER, isolated=False)
    assert first.sound and not first.valid
    assert str(first.reason) == "The approval for the group is missing."
    both = approve(prepared, manager, trust, LATER)
    assert both.startswith(prepared)
    found = judge_group_report(both, trust, LATER)
    assert found.valid and found.rebuilt == "equal", str(found.reason)
    assert [one.signer for one in found.verification.signatures] == ["Li Na", "Wang Fang"]
    assert found.package is not None and found.package.contents.year == 2024


def test_whoever_answers_for_one_plant_does_not_approve_the_group(
    prepared: bytes, package: GroupPackage, authority: Identity, trust: Trust
) -> None:
    def somebody(*sites: str) -> Identity:
        key, request = create_request("Zhao Lei", "zhao.lei@example.org", "Test Group", "plant-manager")
        return Identity(issue(authority, request, role="plant-manager", sites=sites, when=NOW), key)

    names = [one.name for one in package.contents.plants]
    assert len(names) > 1
    first = judge_group_report(prepared, trust, LATER, isolated=False, rebuild=False)
    with pytest.raises(UserError, match="would not hold: Zhao Lei may not sign for"):
        approve(prepared, somebody(names[0]), trust, LATER, first)
    forced = sign(prepared, somebody(*names[:-1]), reason="", location="", when=LATER, field=PLANT_MANAGER, lang="en")
    found = judge_group_report(forced, trust, LATER, isolated=False, rebuild=False)
    assert not found.sound and f"may not sign for {names[-1]}" in str(found.reason)
    assert judge_group_report(approve(prepared, somebody(*names), trust, LATER, first), trust, LATER,
                              isolated=False, rebuild=False).valid  # fmt: skip


def test_it_is_no_report_of_a_plant_and_the_other_way_round(prepared: bytes, signed: bytes, trust: Trust) -> None:
    receipt = receive(prepared, trust, load_library(), LATER)
    assert not receipt.valid and str(receipt.reason) == "This is the report of a group, not of a plant."
    filed = judge(order("group.pdf", prepared, trust, LATER)).filed
    assert filed.state == "rejected" and "of a group" in str(filed.reasons[0])
    other = judge_group_report(signed, trust, LATER, isolated=False)
    assert not other.valid and str(other.reason) == "This is the report of a plant, not of a group."


def test_pages_that_do_not_follow_from_the_data_are_seen(
    package: GroupPackage, auditor: Identity, trust: Trust, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(GroupData, "location", Decimal(1))
    lied = produce(package, auditor)
    monkeypatch.undo()
    found = judge_group_report(lied, trust, LATER, isolated=False)
    assert not found.sound and "pages do not show" in str(found.reason)


def test_data_that_do_not_fit_are_seen(prepared: bytes, auditor: Identity, trust: Trust) -> None:
    from functools import partial

    from core.report.building import ONE_AT_A_TIME
    from core.report.pdf import About, Attachment, AuditCanvas

    about = About("t", "a", "s", "k", NOW, "en", b"x")
    path = BytesIO()
    with ONE_AT_A_TIME:
        canvas = partial(AuditCanvas, about=about, attachments=(Attachment("group.json", b'{"schema":1}'),))(path)
        canvas.showPage()
        canvas.save()
    pdf = sign(path.getvalue(), auditor, reason="", location="", when=LATER)
    found = judge_group_report(pdf, trust, LATER, isolated=False)
    assert found.verification.valid and not found.valid
    assert "no data of a group" in str(found.reason)


def test_a_flipped_byte_a_stranger_and_the_same_person_twice_are_refused(
    prepared: bytes, package: GroupPackage, authority: Identity, trust: Trust, auditor: Identity
) -> None:
    at = len(prepared) // 3
    broken = prepared[:at] + bytes([prepared[at] ^ 1]) + prepared[at + 1 :]
    assert not judge_group_report(broken, trust, LATER, isolated=False).sound
    stranger = person(create_authority("Other", "Other", NOW), "Li Na")
    found = judge_group_report(produce(package, stranger), trust, LATER, isolated=False)
    assert not found.sound
    with pytest.raises(UserError, match="signed as Auditor"):
        approve(prepared, auditor, trust, LATER)
    with pytest.raises(UserError):
        approve(prepared[:-10], auditor, trust, LATER)


def test_without_a_key_it_is_only_a_paper(package: GroupPackage, trust: Trust) -> None:
    found = judge_group_report(produce(package, None), trust, LATER, isolated=False)
    assert not found.valid and not found.sound
    assert read(package.data).contents == package.contents
    assert write(package.contents, package.register) == package.data
    assert PLANT_MANAGER in package.contents.issue.required_signatures


def test_a_plant_still_signs_as_before(signed: bytes, trust: Trust) -> None:
    assert receive(signed, trust, load_library(), LATER).sound
    assert draft_of(ledger()).package["schema"]
