"""Lines of gases, waste water and bought energy compile again from what travels inside a report."""

from __future__ import annotations

from datetime import date

from core.checks import review
from core.inventory import build, choices_of, compile_inventory, differences, read, unknown_factors
from core.ledger import Activity, Audit, Evidence, Ledger, Record, canonical
from core.library import load_library
from tests.core.methods.gases import own, record
from tests.core.samples import ISSUE, PLANT, green

LIBRARY = load_library()
AUDIT = Audit("2023", date(2023, 1, 1), date(2023, 12, 31), "AR6", preparer="Li Na", revision=1)
RECORDS: list[Record] = [
    record("refrigerants", "R-407C", 10, opening=5, closing=2, charge_change=1, key="r1"),
    record("refrigerant_screening", "R-404A", 100, equipment="chillers", installed=20, key="r2"),
    record("refrigerant_screening", "HFC-134a", 100, rate=4, installed=20, equipment="ac_bus", key="r4"),
    record("refrigerant_disposal", "HFC-134a", 100, recovered=80, key="r5"),
    record("switchgear_gas", "SF6", 200, basis="charge", key="r6"),
    record("fire_extinguishers", "fm_200", 80, basis="fixed_extinguisher", key="r7"),
    record("process_gases", "process_c2f6", 9, utilisation=40, cf4_byproduct="0.2", key="r8"),
    record("waste_water", "waste_water_cod", 9000, treatment="shallow_lagoon", key="w1"),
    record("waste_water", "sewage_bod", 900, mcf="0.5", b0="0.6", key="w2"),
    record("purchased_electricity", "electricity", 1000, "MWh", key="e1"),
    *green("e1", 400_000),
    *green("e1", 100_000, "i2", proof=False),
    record("purchased_electricity", "electricity", 10, "MWh", factor="f1", key="e2"),
    record("purchased_heat", "steam", 100, "t", pressure="0.75", key="h1"),
    record("purchased_heat", "hot_water", 100, "t", temperature=80, key="h2"),
    record("purchased_cooling", "chilled_water", 100, "GJ", cop=4, key="c1"),
    record("compressed_air", "compressed_air", 1000, "m3", specific_energy="0.12", key="c2"),
    record("vehicle_charging", "ev_charging", 1000, "km", consumption=17, charging_loss=8, key="v1"),
    record("exported_energy", "electricity_sold", 10, "kWh", key="x1"),
    record("solar_heat", "solar_hot_water", 10, "kWh", key="s1"),
    own("electricity", "supplier", "kg/kWh", "0.3", general=False, evidence="p1"),
    Evidence("p1", "letter.pdf", "contract", "ab" * 32, 4000),
]


def test_every_line_compiles_again_from_the_factors_that_travel() -> None:
    ledger = Ledger.of([PLANT, AUDIT, *RECORDS])
    inventory = compile_inventory(ledger, choices_of(AUDIT, 2023), LIBRARY)
    assert not inventory.excluded
    assert len({line.activity.id for line in inventory.lines}) == len(
        [one for one in RECORDS if isinstance(one, Activity)]
    )
    received = read(canonical(build(ledger, AUDIT, review(inventory), LIBRARY, ISSUE)))
    again = received.inventory()
    assert again.lines == inventory.lines
    assert differences(received, again, review(again)) == ()
    assert unknown_factors(received, LIBRARY) == ()
