"""Numbers of a product that nobody knows stay unknown, in words, in tables and in files."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from core.entering.plant import FORMS
from core.entering.plant.products import goods, vehicles
from core.entering.tables import read_table, taking_up, write_table
from core.entering.words import made, shown
from core.ledger import Component, Leg, Product
from tests.core.entering.filled import FILLED


def test_what_is_not_said_is_not_known() -> None:
    one = made(FILLED, FORMS["product"], {"name": "Ring", "mass": "", "carbon": "0"})
    assert isinstance(one, Product)
    assert (one.mass, one.carbon, one.biogenic) == (None, Decimal(0), None)
    form = FORMS["product"]
    assert [shown(FILLED, form.field(key), getattr(one, key), "en") for key in ("mass", "carbon")] == ["", "0"]


def test_a_known_number_can_become_unknown_again() -> None:
    one = made(FILLED, FORMS["product"], {"mass": ""}, "pd00001")
    assert isinstance(one, Product) and one.mass is None and one.carbon == Decimal("0.4")


@pytest.mark.parametrize("kind", ["product", "output", "component", "leg", "allocation_key"])
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_table_leads_back_to_the_same_records(tmp_path: Path, kind: str, ending: str) -> None:
    path = tmp_path / f"{kind}.{ending}"
    write_table(path, FILLED, FORMS[kind])
    found = read_table(path, FILLED, FORMS, kind)
    assert not found.refused
    assert taking_up(found, FILLED, FORMS).steps == ()


def test_a_row_without_a_mass_has_none(tmp_path: Path) -> None:
    path = tmp_path / "new.csv"
    path.write_text("name,declared unit,mass of a unit\nRing,piece,\nCap,dozen,0.2\n", "utf-8")
    found = read_table(path, FILLED, FORMS, "product")
    (refused,) = found.refused
    assert refused.row == 3 and "not in the list" in str(refused.message)
    path.write_text("name,declared unit,mass of a unit\nRing,piece,\nCap,件,0.2\n", "utf-8")  # in either language
    ring, cap = (step.after for step in taking_up(read_table(path, FILLED, FORMS, "product"), FILLED, FORMS).steps)
    assert isinstance(ring, Product) and isinstance(cap, Product)
    assert (ring.mass, cap.mass) == (None, Decimal("0.2"))


def test_items_are_said_by_their_names() -> None:
    tube = made(FILLED, FORMS["component"], {"product": "Strut", "name": "Cap", "quantity": "1", "unit": "kg",
                                             "item": "铝"})  # fmt: skip
    assert isinstance(tube, Component) and (tube.item, tube.footprint) == ("aluminium", None)
    way = made(FILLED, FORMS["leg"], {"product": "Strut", "name": "Sea", "stage": "outbound", "item": "truck",
                                      "distance": "1,200"})  # fmt: skip
    assert isinstance(way, Leg) and (way.distance, way.mass) == (Decimal(1200), None)
    assert "steel" in goods() and "truck" in vehicles() and not set(goods()) & set(vehicles())
