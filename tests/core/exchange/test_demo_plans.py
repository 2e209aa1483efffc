"""The demo's plans name what is there, and say that they are invented."""

from __future__ import annotations

import pytest

from core.entering.keeping import check
from core.entering.plant import FORMS, PRODUCTS
from core.exchange.demo import demo_files, demo_plants
from core.exchange.demo_plans import plans_of
from core.inventory import choices_of, compile_inventory
from core.ledger import Evidence, Ledger, Product
from core.ledger.references import REFERENCES, named
from core.library import load_library
from core.methods import exact_sum
from core.products import footprints_of


@pytest.mark.parametrize("file", ["zhangjiakou", "krosno"])
def test_everything_that_is_named_is_there(file: str) -> None:
    found = plans_of(file, "Li Na")
    assert found is not None
    change, blobs = found
    plant = next(one for one in demo_plants() if one.file == file)
    ledger = Ledger.of((plant.plant,)).apply(change.steps)
    for step in change.steps:
        assert step.after is not None and step.before is None
        for kind in ("evidence", "action", "target"):
            assert all(ledger.get(kind, key) is not None for key in named(step.after, kind))
    assert len(blobs) == len(ledger.held(Evidence)) and all(b"DEMO" in data for data in blobs)
    assert all(ledger.records[kind] for kind in ("target", "action", "scenario"))
    assert "resolution" in REFERENCES


def test_one_plant_plans_nothing_and_the_pages_say_what_belongs_there() -> None:
    assert [file for file in demo_files() if plans_of(file, "x") is None] == ["fangshan"]


def test_the_products_of_the_demo_have_footprints_and_say_that_they_are_invented() -> None:
    plant = next(one for one in demo_plants() if one.file == "zhangjiakou")
    ledger, library = plant.ledger, load_library()
    products = ledger.held(Product)
    assert len(products) == 3
    assert all("DEMO" in one.name and "invented" in one.description for one in products)
    for form in PRODUCTS:
        for record in ledger.records[form.kind].values():
            check(ledger, FORMS, record)
    for year in (2024, 2025):
        inventory = compile_inventory(ledger, choices_of(ledger.audit(year), year), library)
        found = footprints_of(ledger, inventory, library)
        assert found.problems == () and len(found.footprints) == len(products)
        totals = inventory.totals
        own = (totals.scopes["scope1"], totals.scopes["scope2_market"], totals.categories[3], totals.categories[5])
        assert found.shared + found.apart == exact_sum(own)
        assert {one.key for one in found.sources} == {"mass", "own", "none"}
