"""What a plant issues, head office verifies, recalculates and rebuilds; a lie is refused."""

from __future__ import annotations

import copy
import json
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from core.checks import dismissal
from core.errors import UserError
from core.handover import Draft, forbidding, prepare, produce, receive, recorded, write_safely
from core.i18n import T
from core.ledger import Activity, Audit, Ledger, Plant
from core.library import Library, load_library
from core.methods import Finding
from core.signing import Identity, Trust, create_authority
from tests.core.handover.conftest import NOW, PLANT, bills, draft_of, ledger, person
from tests.core.samples import green

LATER = NOW + timedelta(days=1)


def test_a_good_report_is_believed_to_the_last_digit(signed: bytes, trust: Trust) -> None:
    receipt = receive(signed, trust, load_library(), LATER)
    assert receipt.valid, str(receipt.reason)
    assert receipt.equal and receipt.rebuilt == "equal"
    assert receipt.differences == () and receipt.unknown_factors == ()
    (signature,) = receipt.signatures
    assert (signature.signer, signature.issuer) == ("Li Na", "Test Head Office")
    assert signature.trusted and signature.intact and signature.covers_whole_file
    assert receipt.inventory is not None
    stated = draft_of(ledger()).package["inventory"]
    assert isinstance(stated, dict)
    assert Decimal(stated["totals_tco2e"]["scope1"]) == receipt.inventory.totals.scopes["scope1"] > 0


@pytest.mark.parametrize("language", ["zh", "both"])
def test_every_language_round_trips(language: str, auditor: Identity, trust: Trust) -> None:
    receipt = receive(produce(draft_of(ledger(), language), auditor), trust, load_library(), LATER)
    assert receipt.valid, str(receipt.reason)


def forged(change: Any) -> Draft:
    """A draft whose package says something else than its ledger."""
    draft = draft_of(ledger())
    package: dict[str, Any] = copy.deepcopy(dict(draft.package))
    change(package)
    return Draft(package, draft.audit, draft.findings)


def lower_total(package: dict[str, Any]) -> None:
    package["inventory"]["totals_tco2e"]["scope1"] = "1"


def lower_line(package: dict[str, Any]) -> None:
    package["inventory"]["lines"][0]["tco2e"] = "1"


def hide_line(package: dict[str, Any]) -> None:
    del package["inventory"]["lines"][0]


def hide_finding(package: dict[str, Any]) -> None:
    package["inventory"]["findings"] = []
    package["findings"] = []


@pytest.mark.parametrize(
    ("lie", "where"),
    [
        (lower_total, "totals_tco2e.scope1"),
        (lower_line, "lines[a00001:location].tco2e"),
        (hide_line, "lines[a00001:location]"),
        (hide_finding, "findings"),
    ],
)
def test_a_signed_lie_is_found_by_recalculation(lie: Any, where: str, auditor: Identity, trust: Trust) -> None:
    receipt = receive(produce(forged(lie), auditor), trust, load_library(), LATER)
    assert not receipt.valid and not receipt.equal
    assert any(d.where.startswith(where) for d in receipt.differences), receipt.differences
    assert "recalculation" in str(receipt.reason)


def test_a_forged_factor_is_found_by_our_own_library(auditor: Identity, trust: Trust) -> None:
    library = load_library()
    cheap = tuple(
        replace(f, amounts={"CO2": Decimal("0.01")}) if f.use == "location" and f.region == "CN-HE" else f
        for f in library.factors
    )
    draft = prepare(
        ledger(),
        2024,
        Library(library.units, library.gwp, library.items, cheap),
        language="en",
        issued_by="Li Na",
        when=NOW,
        journal=("0" * 64, 1),
    )
    receipt = receive(produce(draft, auditor), trust, library, LATER)
    assert not receipt.valid
    assert any("CN-HE" in d.where and "0.01" in d.stated for d in receipt.differences)


def test_an_unknown_factor_is_noticed_but_no_lie(auditor: Identity, trust: Trust) -> None:
    library = load_library()
    less = Library(
        library.units,
        library.gwp,
        library.items,
        tuple(f for f in library.factors if f.set.key != "cn_electricity_2023"),
    )
    receipt = receive(produce(draft_of(ledger()), auditor), trust, less, LATER)
    assert receipt.valid
    assert any("cn_electricity_2023" in d.where for d in receipt.unknown_factors)


def test_another_version_of_the_program_is_held_to_its_numbers_only(
    auditor: Identity, trust: Trust, monkeypatch: pytest.MonkeyPatch
) -> None:
    import core.handover.issue
    import core.report.document

    def reworded(package: dict[str, Any]) -> None:
        package["inventory"]["findings"] = []
        package["findings"] = []
        package["inventory"]["lines"][0]["trace"][0]["what"] = "Said in other words"

    def cheaper(package: dict[str, Any]) -> None:
        reworded(package)
        lower_line(package)

    for module in (core.handover.issue, core.report.document):
        monkeypatch.setattr(module, "RENDERER", "0")
    honest, lie = (produce(forged(change), auditor) for change in (reworded, cheaper))
    monkeypatch.undo()
    receipt = receive(honest, trust, load_library(), LATER)
    assert receipt.valid and receipt.rebuilt == "unknown-renderer", str(receipt.reason)
    assert "another program version" in str(receipt.reason)
    assert not receive(lie, trust, load_library(), LATER).valid


def test_a_stranger_is_not_believed(signed: bytes) -> None:
    other = create_authority("Other", "Other", NOW)
    receipt = receive(signed, Trust((other.certificate,)), load_library(), LATER)
    assert not receipt.valid
    assert not receipt.signatures[0].trusted


def test_an_unsigned_report_is_refused(trust: Trust) -> None:
    receipt = receive(produce(draft_of(ledger()), None), trust, load_library(), LATER)
    assert not receipt.valid
    assert receipt.signatures == ()


@pytest.mark.parametrize("place", [("GB", ""), ("US", "US-IN"), ("CN", "CN-XZ"), ("PL", ""), ("MX", "")])
def test_findings_of_every_country_travel(place: tuple[str, str], auditor: Identity, trust: Trust) -> None:
    """Their sentences hold sentences, names and numbers; a report with them must be readable again."""
    gas = Activity(
        "a00009",
        "Boiler",
        "stationary_combustion",
        "natural_gas",
        date(2024, 1, 1),
        date(2024, 12, 31),
        Decimal(9),
        "m3",
    )
    held = Ledger.of((Plant("Hillside", *place), *bills(), gas))
    draft = draft_of(held)
    assert draft.findings
    receipt = receive(produce(draft, auditor), trust, load_library(), LATER)
    assert receipt.valid, str(receipt.reason)


def test_who_may_not_sign_for_the_plant_is_refused(authority: Identity, trust: Trust) -> None:
    good = produce(draft_of(ledger()), person(authority, sites=("Hillside", "Other")))
    bad = produce(draft_of(ledger()), person(authority, sites=("Other",)))
    assert receive(good, trust, load_library(), LATER).valid
    receipt = receive(bad, trust, load_library(), LATER)
    assert not receipt.valid
    assert "may not sign for Hillside" in str(receipt.reason)


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n", b"hello" * 100])
def test_rubbish_is_refused_with_a_reason(data: bytes, trust: Trust) -> None:
    receipt = receive(data, trust, load_library(), LATER)
    assert not receipt.valid
    assert str(receipt.reason)


def test_errors_forbid_signing_but_not_a_draft(auditor: Identity) -> None:
    claim = Activity(
        "a00009", "Green contract", "purchased_electricity", "electricity", date(2024, 1, 1),
        date(2024, 12, 31), Decimal(5000), "kWh",
    )  # fmt: skip
    draft = draft_of(ledger(claim, *green(claim.id, 5000, start=claim.start, end=claim.end, proof=False)))
    assert [f.rule for f in forbidding(draft.findings)] == ["renewable_not_counted"]
    with pytest.raises(UserError, match="forbid signing"):
        produce(draft, auditor)
    assert produce(draft, None).startswith(b"%PDF")


def test_dismissals_travel_and_are_judged_again(auditor: Identity, trust: Trust) -> None:
    """Head office finds what the plant found, with the reason; without the judgement behind it, it is a lie."""
    (open_one,) = (f for f in draft_of(ledger()).findings if f.rule == "calibration_overdue")
    judged = dismissal(open_one, 2024, "The meter belongs to the grid company.")
    draft = draft_of(ledger(judged))
    assert [f.rule for f in draft.findings if f.dismissed] == ["calibration_overdue"]
    receipt = receive(produce(draft, auditor), trust, load_library(), LATER)
    assert receipt.valid, str(receipt.reason)
    assert receipt.package is not None and receipt.package.findings == draft.findings
    package: dict[str, Any] = copy.deepcopy(dict(draft_of(ledger()).package))
    for finding in (*package["findings"], *package["inventory"]["findings"]):
        if finding["rule"] == "calibration_overdue":
            finding["dismissed"] = judged.reason
    lie = receive(produce(Draft(package, draft.audit, draft.findings), auditor), trust, load_library(), LATER)
    assert not lie.valid and any(d.where.startswith("findings") for d in lie.differences)


def test_only_open_errors_forbid() -> None:
    error = Finding("rule", "error", "a1", T("It is wrong."), T("Correct it."))
    warning = replace(error, severity="warning")
    assert forbidding((error, warning)) == (error,)
    assert forbidding((replace(error, dismissed="because"), warning)) == ()


def test_a_year_without_data_has_no_report() -> None:
    with pytest.raises(UserError, match="2019"):
        prepare(ledger(), 2019, load_library(), language="en", issued_by="Li Na", when=NOW, journal=("0" * 64, 1))


def test_revisions_follow_each_other() -> None:
    first = draft_of(ledger())
    assert (first.audit.revision, first.audit.previous) == (1, "")
    after = ledger().apply(recorded(ledger(), first, "Li Na", NOW).steps)
    second = draft_of(after)
    assert (second.audit.revision, second.audit.previous) == (2, first.sha256)
    ids = [json.loads(json.dumps(d.package["audit"]))["id"] for d in (first, second)]
    assert ids[0] == ids[1], "both are reports of one audit"


def test_the_choices_of_the_audit_are_kept() -> None:
    audit = Audit("2024", date(2024, 1, 1), date(2024, 12, 31), gwp_set="AR5", policy="gbt-32150-2025")
    package = draft_of(ledger(audit)).package
    inventory = package["inventory"]
    assert isinstance(inventory, dict)
    assert (inventory["gwp_set"], inventory["policy"]) == ("AR5", "gbt-32150-2025")
    assert inventory["plant"] == PLANT.name


def test_writing_is_complete_or_nothing(tmp_path: Path) -> None:
    path = tmp_path / "r.pdf"
    write_safely(path, b"one")
    write_safely(path, b"two")
    assert path.read_bytes() == b"two"
    assert [p.name for p in tmp_path.iterdir()] == ["r.pdf"]
    with pytest.raises(UserError, match=r"r\.pdf"):
        write_safely(tmp_path / "missing" / "r.pdf", b"x")
