"""What every derivation must keep, those of tomorrow included."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

import core.disclosures.derived
from core.disclosures.catalogue import all_points
from core.disclosures.cells import Words, cell_words
from core.disclosures.derived import all_derived, also_asked
from core.disclosures.known import Known
from core.disclosures.value import PointValue
from core.disclosures.values import values_of
from core.exchange.demo import demo_plants
from core.handover.asked import known_of
from core.ledger.codec import read_decimal
from tests.core.disclosures.plants import FULL, HILLSIDE, LIBRARY, gathered, no_blob, pages, values
from tests.core.samples import activity

KEYS = sorted(all_derived())
SAID = frozenset({
    "org.name", "org.countries", "site.name", "site.country", "period.start", "period.end", "method.standard",
    "method.gwp", "method.s2", "boundary.exclusions", "credit.retired", "energy.pv_kw", "energy.contracts",
})  # fmt: skip
"""What an empty plant says all the same."""
PLANTS = ("full", *(one.file for one in demo_plants()))


@cache
def known(name: str) -> Known:
    if name == "full":
        return gathered(*FULL)
    ledger = next(one.ledger for one in demo_plants() if one.file == name)
    return known_of(ledger, 2025, LIBRARY, no_blob, date(2026, 6, 1))


@cache
def found(name: str) -> Mapping[str, PointValue]:
    return values_of(known(name))


def test_most_of_the_catalogue_is_never_typed() -> None:
    assert len(KEYS) >= 100 and set(KEYS) <= set(all_points())
    assert also_asked() < set(KEYS)


@pytest.mark.parametrize("key", KEYS)
def test_it_gives_a_value_where_records_say_it(key: str) -> None:
    value = found("full")[key]
    assert value.missing is None and value.derived and value.known, value
    assert value.value is not None or value.rows
    assert value.origins, "nobody could open it"


@pytest.mark.parametrize("key", KEYS)
def test_an_empty_plant_says_why_and_never_nought(key: str) -> None:
    """But for what the plant itself, the period and empty lists say."""
    value = values()[key]
    if value.missing is not None:
        assert value.value is None and not value.rows
        for lang in ("en", "zh"):
            assert len(value.missing.in_language(lang)) > 8
    else:
        assert key in SAID, value


@pytest.mark.parametrize("name", PLANTS)
@pytest.mark.parametrize("key", KEYS)
def test_its_form_is_that_of_the_catalogue(name: str, key: str) -> None:
    value, point = found(name)[key], all_points()[key]
    assert value.point == key
    if point.unit not in ("currency", "tCO2e/currency", "kgCO2e/unit", "MWh/currency"):
        assert value.unit == point.unit
    if value.missing is not None:
        return
    if point.kind == "table":
        assert value.value is None
        for row in value.rows:
            assert len(row) == len(point.columns)
            for column, cell in zip(point.columns, row, strict=True):
                assert not (column.number and cell) or isinstance(read_decimal(cell), Decimal)
    elif point.kind in ("number", "percent"):
        assert isinstance(value.value, Decimal)
    elif point.kind == "choice":
        assert value.value in dict(point.choices)
    elif point.kind == "date":
        assert date.fromisoformat(str(value.value)).year > 2000
    else:
        assert isinstance(value.value, str) and value.value
    if point.fold == "ratio":
        assert value.parts is not None and isinstance(value.value, Decimal)
        times = 100 if point.kind == "percent" else 1
        assert abs(value.parts[0] * times / value.parts[1] - value.value) < Decimal("1e-20")


@pytest.mark.parametrize("name", PLANTS)
def test_every_origin_exists_and_can_be_opened(name: str) -> None:
    shown, ledger = set(pages()), known(name).ledger
    for value in found(name).values():
        for origin in value.origins:
            assert origin.ids and origin.words.in_language("zh")
            assert not origin.page or origin.page in shown, origin
            for key in origin.ids:
                assert ledger.get("activity" if origin.kind == "line" else origin.kind, key) is not None, (value, key)
        assert set(value.evidence) <= set(ledger.records["evidence"])


@pytest.mark.parametrize("name", PLANTS)
def test_numbers_open_down_to_bills(name: str) -> None:
    """Each number of emissions and energy names activity data."""
    for key, value in found(name).items():
        if key.startswith(("ghg.s", "energy.total", "energy.el", "energy.ren_el", "water", "waste")) and value.known:
            assert any(one.kind in ("line", "activity") for one in value.origins), key


IN_WORDS = (
    ("ghg.s3_cat", "category"), ("ghg.s1_type", "type"), ("energy.fuel_type", "fuel"), ("action.list", "stage"),
    ("target.list", "scopes"), ("method.approach", "approach"), ("energy.contracts", "type"),
)  # fmt: skip


@pytest.mark.parametrize("name", PLANTS)
def test_every_key_in_a_cell_has_words(name: str) -> None:
    """A cell is a number, a key that both languages call differently, or what a person typed."""
    words = Words(LIBRARY.items)
    for key, column in IN_WORDS:
        place = [one.key for one in all_points()[key].columns].index(column)
        for row in found(name)[key].rows:
            said = cell_words(key, column, row[place], words)
            assert said.in_language("zh") != row[place] and said.in_language("en") != said.in_language("zh")


def test_only_a_proof_of_each_record_proves_a_number() -> None:
    full = found("full")
    assert full["ghg.s2_lb"].evidence == ("e-el",) and full["ghg.s2_lb"].unproven == 1, "heat has no kept bill"
    assert not full["ghg.s2_lb"].proven
    bare = values(activity(), *(one for one in FULL if one.id == "e-el"))
    assert not bare["ghg.s2_lb"].evidence and bare["ghg.s2_lb"].unproven == 1
    alone = values(*(one for one in FULL if one.id in ("el", "e-el")))
    assert alone["ghg.s2_lb"].proven and alone["ghg.s2_lb"].evidence == ("e-el",)


# ---------------------------------------------------------------------- one more file

NEW = """
from core.disclosures.derived._made import found, Basis
DERIVED = {"gov.board": lambda known: found("gov.board", known.inventory.plant.name, Basis())}
"""


@pytest.fixture
def rediscovered() -> Iterator[None]:
    for cached in (all_derived, also_asked):
        cached.cache_clear()
    yield
    for cached in (all_derived, also_asked):
        cached.cache_clear()


def test_a_new_area_is_one_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rediscovered: None) -> None:
    assert values()["gov.board"].missing is not None
    all_derived.cache_clear()
    (tmp_path / "boards.py").write_text(NEW, "utf-8")
    monkeypatch.setattr(core.disclosures.derived, "__path__", [*core.disclosures.derived.__path__, str(tmp_path)])
    assert values()["gov.board"].value == HILLSIDE.name


def test_a_data_point_follows_from_one_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rediscovered: None
) -> None:
    (tmp_path / "scopes.py").write_text(NEW.replace("gov.board", "ghg.s1"), "utf-8")
    monkeypatch.setattr(core.disclosures.derived, "__path__", [*core.disclosures.derived.__path__, str(tmp_path)])
    with pytest.raises(RuntimeError, match=r"ghg\.s1 is derived in"):
        all_derived()


def test_a_record_that_cannot_be_stops_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_known: Known) -> PointValue:
        raise ArithmeticError

    monkeypatch.setattr("core.disclosures.values.all_derived", lambda: {**all_derived(), "ghg.s1": broken})
    with_one = values(activity())
    assert "ArithmeticError" in str(with_one["ghg.s1"].missing) and with_one["ghg.s2_lb"].known
