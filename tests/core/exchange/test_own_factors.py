"""Own factors: what is refused, what is only pointed out, and that a proof stays as long as a factor rests on it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from core.errors import UserError
from core.exchange.own_factors import OwnFactorChange, issues_of, removing, saving, uses_of
from core.exchange.proofs import attaching, detaching, proof_of, releasing
from core.inventory import choices_of, compile_inventory
from core.ledger import Activity, Ledger, OwnFactor, Plant, Step
from core.library import load_library
from core.store import PlantFile

WHEN = datetime(2026, 3, 5, 10, tzinfo=UTC)
LIBRARY = load_library()
LEDGER = Ledger.of([Plant("Works", "CN", "CN-HE")])
PROOF = proof_of("laboratory report.pdf", b"%PDF-1.7 a report", "certificate")
HEAT = OwnFactor(
    id="",
    name="Heat of the power station",
    origin="supplier",
    publisher="Zhangjiakou Heat",
    document="2025-017",
    place="p. 2",
    item="heat",
    use="heat",
    unit="kg/GJ",
    amounts=(("CO2", "86.4"),),
    valid_from=date(2025, 1, 1),
    valid_to=date(2025, 12, 31),
    evidence="",
)


def saved(draft: OwnFactor = HEAT, ledger: Ledger = LEDGER) -> OwnFactorChange:
    return saving(draft, ledger, LIBRARY, "Li Na", WHEN, PROOF)


def test_factor_and_its_proof_are_one_change_and_it_wins() -> None:
    done = saved()
    assert not done.warnings
    assert (done.factor.id, done.factor.evidence, done.data) == ("f00001", "e00001", (PROOF.data,))
    ledger = LEDGER.apply(done.change.steps)
    bill = Activity("a1", "Heat", "purchased_heat", "heat", date(2025, 1, 1), date(2025, 12, 31), Decimal(1000), "GJ")
    inventory = compile_inventory(ledger.apply([Step("activity", "a1", None, bill)]), choices_of(None, 2025), LIBRARY)
    assert {line.tco2e for line in inventory.lines} == {Decimal("86.4")}


def test_change_survives_the_file_and_undo(tmp_path: Path) -> None:
    path = tmp_path / "works.plant"
    PlantFile.create(path, Plant("Works", "CN"), "Li Na", WHEN)
    with PlantFile.open(path) as plant:
        done = saving(HEAT, plant.ledger, LIBRARY, "Li Na", WHEN, PROOF)
        plant.append(done.change, done.data)
    with PlantFile.open(path) as plant:
        assert plant.health.sound
        assert plant.ledger.own_factors == (done.factor,)
        assert plant.blob(PROOF.sha256) == PROOF.data
        plant.undo("Li Na", WHEN)
        assert not plant.ledger.own_factors and not plant.ledger.evidence


def test_altering_keeps_id_and_proof() -> None:
    first = saved()
    ledger = LEDGER.apply(first.change.steps)
    draft = replace(first.factor, amounts=(("CO2", "90"),))
    second = saving(draft, ledger, LIBRARY, "Li Na", WHEN)
    assert second.factor == draft and not second.data
    assert [(step.id, step.before) for step in second.change.steps] == [("f00001", first.factor)]
    with pytest.raises(UserError, match="no factor f00009"):
        saving(replace(draft, id="f00009"), ledger, LIBRARY, "Li Na", WHEN)


def test_same_document_for_two_factors_is_kept_once() -> None:
    ledger = LEDGER.apply(saved().change.steps)
    other = saving(replace(HEAT, item="steam"), ledger, LIBRARY, "Li Na", WHEN, PROOF)
    assert (other.factor.id, other.factor.evidence, other.data) == ("f00002", "e00001", ())


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("name", {"name": " "}),
        ("publisher", {"publisher": ""}),
        ("document", {"document": ""}),
        ("note", {"note": "two\nlines"}),
        ("name", {"name": "x" * 301}),
        ("origin", {"origin": "rumour"}),
        ("item", {"item": "flying carpet"}),
        ("use", {"use": ""}),
        ("use", {"use": "What For?"}),
        ("unit", {"unit": "kg/furlong"}),
        ("unit", {"unit": "kg"}),
        ("unit", {"unit": "GJ/t"}),  # of a gas
        ("unit", {"unit": ""}),
        ("amounts", {"amounts": ()}),
        ("amounts", {"amounts": (("CO2", "1"), ("value", "1"))}),
        ("amounts", {"amounts": (("XY", "1"),)}),
        ("amounts", {"amounts": (("CO2", "1e308"),)}),
        ("amounts", {"amounts": (("CO2", "0,5"),)}),
        ("amounts", {"amounts": (("CO2", "-1"),)}),
        ("amounts", {"amounts": (("CO2", "0"),)}),
        ("uncertainty", {"uncertainty": Decimal(-1)}),
        ("valid_to", {"valid_to": date(2024, 12, 31)}),
        ("valid_to", {"valid_to": date(2065, 12, 31)}),
    ],
)
def test_what_is_wrong_is_named_with_its_field(field: str, changes: dict[str, object]) -> None:
    draft = replace(HEAT, **changes)  # type: ignore[arg-type]
    errors = [issue for issue in issues_of(draft, LEDGER, LIBRARY, documented=True) if issue.severity == "error"]
    assert field in {issue.field for issue in errors}
    with pytest.raises(UserError):
        saved(draft)


def test_no_factor_without_a_kept_document() -> None:
    assert [issue.field for issue in issues_of(HEAT, LEDGER, LIBRARY)] == ["evidence"]
    assert [issue.field for issue in issues_of(replace(HEAT, evidence="e99"), LEDGER, LIBRARY)] == ["evidence"]


@pytest.mark.parametrize(
    ("changes", "warned"),
    [
        ({}, False),
        ({"unit": "t/GJ", "amounts": (("CO2", "0.0864"),)}, False),
        ({"amounts": (("CO2", "864"),)}, True),
        ({"unit": "t/GJ"}, True),
        ({"amounts": (("CO2e", "12"),)}, True),
        ({"item": "diesel", "use": "ncv", "unit": "GJ/t", "amounts": (("value", "42.7"),)}, False),
        ({"item": "diesel", "use": "ncv", "unit": "MJ/t", "amounts": (("value", "42.7"),)}, True),
        ({"item": "electricity", "use": "supplier", "unit": "kg/kWh", "amounts": (("CO2", "0.4"),)}, False),
        ({"item": "electricity", "use": "supplier", "unit": "kg/MWh", "amounts": (("CO2", "0.4"),)}, True),
        ({"use": "supplier"}, False),
        ({"use": "supplier", "unit": "kg/MJ"}, True),
        ({"item": "diesel", "use": "sorcery", "unit": "kg/t"}, True),
    ],
)
def test_factor_far_from_the_published_one_is_pointed_out(changes: dict[str, object], warned: bool) -> None:
    issues = issues_of(replace(HEAT, **changes), LEDGER, LIBRARY, documented=True)  # type: ignore[arg-type]
    assert [issue.severity for issue in issues] == ["warning"] * warned


def test_warning_says_how_far_and_from_what() -> None:
    (issue,) = issues_of(replace(HEAT, amounts=(("CO2", "1100"),)), LEDGER, LIBRARY, documented=True)
    assert "10 times" in str(issue.message)
    assert saved(replace(HEAT, amounts=(("CO2", "1100"),))).warnings == (issue,)


def test_removing_takes_a_proof_that_proves_nothing_else() -> None:
    ledger = LEDGER.apply(saved().change.steps)
    gone = ledger.apply(removing(ledger, "f00001", "Li Na", WHEN).steps)
    assert not gone.own_factors and not gone.evidence
    both = ledger.apply(saving(replace(HEAT, item="steam"), ledger, LIBRARY, "Li Na", WHEN, PROOF).change.steps)
    left = both.apply(removing(both, "f00001", "Li Na", WHEN).steps)
    assert [one.id for one in left.evidence] == ["e00001"]
    with pytest.raises(UserError, match="no factor"):
        removing(LEDGER, "f00001", "Li Na", WHEN)


def named(ledger: Ledger) -> Ledger:
    span = date(2025, 1, 1), date(2025, 1, 31)
    bill = Activity("a00001", "Heat", "purchased_heat", "heat", *span, Decimal(1), "GJ",
                    parameters=(("factor", "f00001"),))  # fmt: skip
    return ledger.apply([Step("activity", bill.id, None, bill)])


def test_factor_that_a_record_names_stays_and_its_id_is_not_given_again() -> None:
    ledger = named(LEDGER.apply(saved().change.steps))
    with pytest.raises(UserError, match="a00001"):
        removing(ledger, "f00001", "Li Na", WHEN)
    assert saved(ledger=named(LEDGER)).factor.id == "f00002"


def test_proof_of_a_factor_stays_when_its_last_record_goes() -> None:
    ledger = named(LEDGER.apply(saved().change.steps))
    ledger = ledger.apply(attaching(ledger, [PROOF], ["a00001"]).steps)
    for steps in (releasing(ledger, ["a00001"]), detaching(ledger, "e00001", "a00001")[1]):
        (kept,) = ledger.apply(steps).evidence
        assert kept.id == "e00001" and not kept.activities


def test_uses_to_choose_from_are_those_that_somebody_publishes() -> None:
    assert {"combustion", "ncv", "supplier", "spend"} <= set(uses_of("diesel", LIBRARY))
    assert "location" not in uses_of("diesel", LIBRARY)
