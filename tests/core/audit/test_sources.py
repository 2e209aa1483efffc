"""The source map: totals to the last digit, and what makes a source prone to error."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given

from core.audit.sources import SourceShare, closed_sources, sources_of, sources_to_plain
from core.inventory import Inventory, choices_of, compile_inventory
from core.inventory.closing import figures_of
from core.ledger import Audit, Closing, Correction, Evidence, Ledger, Meter, PlanItem
from core.library import load_library
from core.methods import exact_sum
from tests.core.audit.finding_samples import NOW
from tests.core.samples import CHOICES, PLANT, activity, compiled, green, ledgers, month, year_of_bills

GREEN: dict[str, Any] = {"source": "Green contract"}
GAS: dict[str, Any] = {"source": "Boiler house", "method": "stationary_combustion", "item": "natural_gas", "unit": "m3"}
METER = Meter("m1", "Main", "electricity", "import", "kWh", source="Main meter", serial="S-1")


def of(inventory: Inventory, source: str = "Main meter", **more: Any) -> SourceShare:
    return next(one for one in sources_of(inventory, **more) if one.source == source)


def with_closing(inventory: Inventory, year: str, **figures: str) -> Inventory:
    closing = Closing(year, "0" * 64, 1, 1, NOW.date(), "", figures=tuple(figures.items()))
    return replace(inventory, closings=(closing,))


@given(ledgers())
def test_sources_add_up_to_the_totals_to_the_last_digit(made: tuple[Ledger, Audit]) -> None:
    ledger, audit = made
    inventory = compile_inventory(ledger, choices_of(audit, 2023), load_library())
    found = sources_of(inventory)
    assert exact_sum(one.location for one in found) == inventory.totals.location
    assert exact_sum(one.market for one in found) == inventory.totals.market
    assert sum(one.records for one in found) == len(inventory.activities)
    weights = [one.tonnes for one in found]
    assert weights == sorted(weights, reverse=True)
    if any(weights):
        assert found[-1].cumulative == 100
        assert abs(exact_sum(one.percent for one in found) - 100) < Decimal("1e-30")


def test_both_totals_stand_side_by_side_and_the_larger_one_weighs() -> None:
    inventory = compiled([activity("a"), activity("g", **GREEN), *green("g")])
    covered = of(inventory, "Green contract")
    assert covered.market == 0 and covered.tonnes == covered.location > 0


def test_what_no_factor_covers_is_counted() -> None:
    inventory = compiled([activity("a"), activity("b", item="unobtainium")])
    assert (of(inventory).records, of(inventory).excluded) == (2, 1)


def test_estimates_and_proofs_are_shares_of_the_weight() -> None:
    kept = Evidence("e1", "bill.pdf", "bill", "0" * 64, 1, activities=("a", "b"))
    one = of(compiled([activity("a"), activity("b", quantity=3000, estimated=True, **month(2)), kept]))
    assert one.estimated_percent == 75 and one.unproven_percent == 0
    other = of(compiled([activity("a"), activity("b", quantity=3000, **month(2)), replace(kept, activities=("a",))]))
    assert other.estimated_percent == 0 and other.unproven_percent == 75


def test_a_workbook_proves_nothing_and_still_nobody_typed_its_rows() -> None:
    book = Evidence("e1", "bills.xlsx", "import", "0" * 64, 1, activities=("a",))
    one = of(compiled([activity("a"), activity("b", **month(2)), book]))
    assert one.typed == 1 and one.unproven_percent == 100


@pytest.mark.parametrize(
    ("evidence", "typed"),
    [("S-1 · 2023-01 · 0123456789ab", 0), ("S-2 · 2023-01 · 0123456789ab", 1), ("S-1 · 2023-02 · 0123456789ab", 1),
     ("S-1 · 2023-01 · no hash here", 1), ("bill 7", 1)],
)  # fmt: skip
def test_what_came_out_of_a_meter_was_not_typed(evidence: str, typed: int) -> None:
    assert of(compiled([activity("a", evidence=evidence)]), meters=[METER]).typed == typed


def test_last_year_is_what_was_closed() -> None:
    inventory = compiled([activity("a")])
    assert (of(inventory).last_year, of(inventory).change_percent) == (None, None)
    before = with_closing(inventory, "2022", **{"source:Main meter": "0.25", "scope1": "9"})
    share = of(before)
    assert share.last_year == Decimal("0.25")
    assert share.change_percent == (share.location - Decimal("0.25")) / Decimal("0.25") * 100
    assert of(with_closing(inventory, "2021", **{"source:Main meter": "1"})).last_year is None
    new = of(with_closing(inventory, "2022", **{"source:Other": "1"}))
    assert new.last_year == 0 and new.change_percent is None


def test_what_a_closing_states_is_read_as_it_was_written() -> None:
    inventory = compiled([activity("a"), activity("b", **GAS)])
    closing = Closing("2023", "0" * 64, 1, 1, NOW.date(), "", figures=figures_of(inventory.totals, inventory.lines))
    found = {one.source: one.location for one in sources_of(inventory)}
    assert closed_sources(closing) == found
    assert closed_sources(replace(closing, figures=(("source:X", "many"),))) == {}


def certificate(last: str) -> Evidence:
    return Evidence("e1", "cal.pdf", "calibration", "0" * 64, 1, activities=("a",), valid_to=last)


@pytest.mark.parametrize(
    ("records", "meters", "wanted"),
    [
        ([], [], ("unknown", "")),
        ([], [METER], ("unknown", "")),
        ([], [replace(METER, calibrated_to="2023-12-31")], ("valid", "2023-12-31")),
        ([], [replace(METER, calibrated_to="2023-12-30")], ("expired", "2023-12-30")),
        ([certificate("2024-06-30")], [], ("valid", "2024-06-30")),
        ([certificate("2023-06-30")], [], ("expired", "2023-06-30")),
        ([certificate("2024-06-30")], [replace(METER, calibrated_to="2023-06-30")], ("expired", "2023-06-30")),
        ([certificate("")], [], ("unknown", "")),
        ([], [replace(METER, source="Other", calibrated_to="2020-01-01")], ("unknown", "")),
        (
            [],
            [replace(METER, calibrated_to="2025-01-01"), replace(METER, id="m2", calibrated_to="2023-05-01")],
            ("expired", "2023-05-01"),
        ),
    ],
)
def test_the_calibration_that_ends_first_counts(
    records: list[Evidence], meters: list[Meter], wanted: tuple[str, str]
) -> None:
    share = of(compiled([activity("a"), *records]), meters=meters)
    assert (share.calibration, share.calibrated_to) == wanted


def test_what_is_not_metered_needs_no_calibration() -> None:
    assert of(compiled([activity("a", **GAS)]), "Boiler house").calibration == "not_metered"
    commuting = activity("b", source="Losses", method="transmission_losses")
    assert of(compiled([commuting]), "Losses").calibration == "not_metered"


def test_money_in_the_place_of_amounts_is_told() -> None:
    paid = activity("a", source="Services", method="spend", item="naics_336340", unit="USD", category=1)
    spent = [one for one in sources_of(compiled([paid, activity("b")])) if one.spend_based]
    assert [one.source for one in spent] == ["Services"] and spent[0].tonnes > 0


def test_plan_and_corrections() -> None:
    plan = PlanItem("pl1", "Main meter", "", "metered")
    ledger = Ledger.of([PLANT, activity("a"), activity("b", **GAS), plan])
    inventory = compile_inventory(ledger, CHOICES, load_library())
    assert of(inventory).planned and not of(inventory, "Boiler house").planned
    general = compile_inventory(Ledger.of([PLANT, activity("a"), replace(plan, source="")]), CHOICES, load_library())
    assert of(general).planned
    done = [Correction(kind, "a", "fi1", None, "Li Na", NOW, 7) for kind in ("activity", "evidence")]
    assert (
        of(inventory, corrections=done).corrections,
        of(inventory, "Boiler house", corrections=done).corrections,
    ) == (1, 0)


def test_plain_form_has_all_digits_as_text() -> None:
    (one,) = sources_to_plain(sources_of(compiled(year_of_bills())))
    assert Decimal(str(one["location_tco2e"])) == of(compiled(year_of_bills())).location
    assert (one["percent"], one["cumulative_percent"], one["records"], one["change_percent"]) == (
        "100",
        "100",
        12,
        None,
    )


def test_a_year_without_records_has_no_sources() -> None:
    assert sources_of(compiled([])) == ()
