"""What every emission method must keep, the ones of tomorrow included: nobody has to add a test here."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
import typing
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import core.methods
from core.inventory import Inventory, Period
from core.ledger import Activity, Plant
from core.library import GASES, SHIPPED, Factor, load_library
from core.methods import KG, SCOPES, Method, all_methods
from tests.core.samples import activity, compiled
from tests.documented import run_examples

METHODS = sorted(all_methods())
PLANTS = [Plant("Zhangjiakou", "CN", "CN-HE"), Plant("Luton", "GB"), Plant("Tychy", "PL")]
QUANTITIES = st.decimals(min_value=1, max_value=10**7, places=3)


def record(method: Method, quantity: Decimal = Decimal("1234.5")) -> Activity:
    example = dict(method.example)
    item, unit = example.pop("item"), example.pop("unit")
    parameters = tuple(sorted(example.items()))
    return activity(method=method.key, item=item, unit=unit, quantity=quantity, parameters=parameters)


def inventories(key: str, quantity: Decimal = Decimal("1234.5")) -> Iterator[Inventory]:
    """In each plant where the library covers the example."""
    found = [compiled([record(all_methods()[key], quantity)], plant=plant) for plant in PLANTS]
    covered = [inventory for inventory in found if inventory.lines]
    assert covered, f"no plant of the tests covers the example of {key}"
    yield from covered


@pytest.mark.parametrize("key", METHODS)
def test_description_is_complete(key: str) -> None:
    method = all_methods()[key]
    assert method.source and method.kinds and method.dimensions
    assert set(method.scopes) <= set(SCOPES)
    assert str(method.title) and method.title.in_language("zh")
    library = load_library()
    item = library.items[method.example["item"]]
    assert item.kind in method.kinds
    assert library.units.dimension(method.example["unit"]) in method.dimensions
    assert method.calculate.__doc__


MODULES = sorted(module.name for module in pkgutil.iter_modules(core.methods.__path__))
SECTIONS = ("Parameters", "Returns", "Notes", "Examples")


def leaves(hint: object) -> set[object]:
    """``{str, Decimal}`` for ``Sequence[tuple[str, Decimal]]``."""
    inner = [one for one in typing.get_args(hint) if one is not Ellipsis]
    return set().union(*(leaves(one) for one in inner)) if inner else {hint}


def formulas(name: str) -> Iterator[Callable[..., object]]:
    """Public functions of a method, and of a shared module those that make a number of numbers."""
    module = importlib.import_module(f"core.methods.{name}")
    for key, function in inspect.getmembers(module, inspect.isfunction):
        if function.__module__ != module.__name__ or key.startswith("_") or key in ("calculate", "prepare"):
            continue
        hints = typing.get_type_hints(function)
        result = hints.pop("return")
        given = set().union(*(leaves(hint) for hint in hints.values()))
        if not name.startswith("_") or (result is Decimal and given <= {Decimal, date, str, int}):
            yield function


def section(text: str, heading: str) -> str:
    """What stands under a heading of a numpy docstring; empty: it is not there."""
    found = re.search(rf"^{heading}\n-+\n(.*?)(?=^\w[\w ]*\n-+\n|\Z)", text, re.MULTILINE | re.DOTALL)
    return found[1] if found else ""


def documented(text: str) -> dict[str, str]:
    """Description of each parameter; ``opening, closing`` share theirs."""
    entries = re.findall(r"^(\w[^\n]*)\n((?:[ ]+[^\n]*\n?|\n)*)", section(text, "Parameters"), re.MULTILINE)
    return {name.strip(): told for names, told in entries for name in names.split(",")}


@pytest.mark.parametrize("name", MODULES)
def test_formulas_are_documented_and_their_examples_run(name: str) -> None:
    """Each parameter with its unit, the unit of the result, a numbered source, and an example that is right."""
    for function in formulas(name):
        text, said = inspect.getdoc(function) or "", function.__qualname__
        for heading in SECTIONS:
            assert section(text, heading).strip(), f"{name}.{said} lacks {heading}"
        told = documented(text)
        assert set(told) == set(inspect.signature(function).parameters), f"{name}.{said}: {list(told)}"
        of_records = {Factor} & set(typing.get_type_hints(function).values())
        assert of_records or all(re.search(r"\[.+\]", one, re.DOTALL) for one in told.values()), f"{name}.{said}: unit"
        assert of_records or re.search(r"\[.+\]", section(text, "Returns"), re.DOTALL), f"{name}.{said}: unit of result"
        assert re.search(r"\d", section(text, "Notes")), f"{name}.{said} names no clause, year or number of its source"
        assert ">>>" in section(text, "Examples"), f"{name}.{said}"
    assert run_examples(importlib.import_module(f"core.methods.{name}")).failed == 0


def test_shared_modules_have_formulas_too() -> None:
    """If the rule above found none there, it would prove nothing."""
    shared = {f"{name}.{one.__qualname__}" for name in MODULES if name.startswith("_") for one in formulas(name)}
    assert {"_combustion.carbon_dioxide", "_escaping.mass_balance", "_steam.interpolate", "_stock.net_use"} <= shared


@pytest.mark.parametrize("key", METHODS)
def test_the_source_of_a_method_can_be_found(key: str) -> None:
    """An edition, year or clause, and a publisher that is more than a word."""
    source = all_methods()[key].source
    assert re.search(r"\d", source) and re.search(r"[A-Z]{2}", source), source


@pytest.mark.parametrize("key", METHODS)
def test_lines_are_complete(key: str) -> None:
    method = all_methods()[key]
    for inventory in inventories(key):
        assert {line.scope for line in inventory.lines} <= set(method.scopes)
        for line in inventory.lines:
            assert tuple(line.kg) == GASES
            assert line.trace[-1].result == line.tco2e
            assert all(step.formula for step in line.trace)
            assert all(a.kg == a.kg.quantize(KG) and a.tco2e == a.tco2e.quantize(KG) for a in line.amounts)
            factor = line.factor
            assert factor.key and factor.publisher and factor.edition and factor.place and factor.unit and factor.parts
            assert factor.status in SHIPPED
            assert factor.value == line.factor.value.normalize() or factor.value


@pytest.mark.parametrize("key", METHODS)
@settings(max_examples=15)
@given(quantity=QUANTITIES, times=st.integers(2, 9))
def test_twice_as_much_emits_twice_as_much(key: str, quantity: Decimal, times: int) -> None:
    for one, many in zip(inventories(key, quantity), inventories(key, quantity * times), strict=True):
        for a, b in zip(one.lines, many.lines, strict=True):
            assert abs(a.tco2e * times - b.tco2e) <= KG * 2 * times * max(1, len(a.amounts)) * 100


@pytest.mark.parametrize("key", METHODS)
@settings(max_examples=15)
@given(quantity=QUANTITIES, first=st.integers(0, 30), cut=st.integers(0, 29))
def test_a_bill_cut_in_two_periods_is_the_bill(key: str, quantity: Decimal, first: int, cut: int) -> None:
    bill = record(all_methods()[key], quantity)
    cut = min(cut, 29)
    left = Period(bill.start, bill.start.replace(day=1 + cut))
    right = Period(bill.start.replace(day=2 + cut), bill.end)
    for plant in PLANTS:
        whole, *parts = (compiled([bill], plant=plant, period=p) for p in (Period(bill.start, bill.end), left, right))
        for line in whole.lines:
            halves = [other for part in parts for other in part.lines if other.id == line.id]
            assert len(halves) == 2
            assert abs(sum(half.tco2e for half in halves) - line.tco2e) <= KG * 200 * max(1, len(line.amounts))


@pytest.mark.parametrize("key", METHODS)
def test_nothing_emits_nothing(key: str) -> None:
    for inventory in inventories(key, Decimal(0)):
        assert all(line.tco2e == 0 for line in inventory.lines)


@pytest.mark.parametrize("key", METHODS)
def test_a_wrong_unit_or_item_is_excluded_with_a_remedy(key: str) -> None:
    bill = record(all_methods()[key])
    unknown = replace(bill, id="u", unit="bushel"), replace(bill, id="i", item="unobtainium")
    wrong = replace(bill, id="d", unit="m3" if "volume" not in all_methods()[key].dimensions else "%")
    inventory = compiled([*unknown, wrong])
    assert not inventory.lines
    assert {e.portion.activity.id for e in inventory.excluded} == {"u", "i", "d"}
    assert all(str(e.finding.remedy) and e.finding.message.in_language("zh") for e in inventory.excluded)


NEW = """
from core.i18n import T
from core.methods._types import Method

METHOD = Method("{key}", T("Perpetual motion"), ("electricity",), ("energy",), ("scope1",), "source", lambda p, c: ())
"""


@pytest.fixture
def rediscovered() -> Iterator[None]:
    all_methods.cache_clear()
    yield
    all_methods.cache_clear()


def test_a_new_method_is_one_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rediscovered: None) -> None:
    (tmp_path / "perpetual_motion.py").write_text(NEW.format(key="perpetual_motion"), "utf-8")
    monkeypatch.setattr(core.methods, "__path__", [*core.methods.__path__, str(tmp_path)])
    assert set(all_methods()) == {*METHODS, "perpetual_motion"}
    inventory = compiled([activity(method="perpetual_motion")])
    assert not inventory.excluded


def test_a_method_lives_under_its_own_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rediscovered: None) -> None:
    (tmp_path / "misnamed_air.py").write_text(NEW.format(key="perpetual_motion"), "utf-8")
    monkeypatch.setattr(core.methods, "__path__", [str(tmp_path)])
    with pytest.raises(RuntimeError, match=r"lives in misnamed_air\.py"):
        all_methods()


def test_an_empty_folder_does_not_start(monkeypatch: pytest.MonkeyPatch, rediscovered: None) -> None:
    monkeypatch.setattr(core.methods, "__path__", [])
    with pytest.raises(RuntimeError, match="nothing found"):
        all_methods()
