"""What every kind of measure must keep, the ones of tomorrow included: nobody has to add a test here."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import core.savings
from core.errors import UserError
from core.i18n import Text
from core.ledger import Measure, Plant
from core.library import load_library
from core.methods import KG
from core.savings import COMMON, Saving, all_kinds, check_measure, parse, saving_of
from core.savings._inputs import METHODS
from tests.contracts.test_methods import documented, section
from tests.core.savings.measures import PLANT, measure, saving
from tests.documented import run_examples

KINDS = sorted(all_kinds())
MODULES = sorted(module.name for module in pkgutil.iter_modules(core.savings.__path__))
PLANTS = [PLANT, Plant("Luton", "GB"), Plant("Tychy", "PL")]
NUMBERS = (
    "_air", "_change_point", "_fchart", "_finance", "_least_squares", "_model", "_sampling", "_student", "_worth",
)  # fmt: skip
"""Shared modules that calculate."""


def texts(value: object) -> Iterator[Text]:
    """Every sentence inside a description."""
    if isinstance(value, Text):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from texts(one)


@pytest.mark.parametrize("key", KINDS)
def test_description_is_complete(key: str) -> None:
    kind = all_kinds()[key]
    assert set(kind.items) <= set(METHODS)
    assert len({one.key for one in kind.parameters}) == len(kind.parameters)
    assert kind.parameters[-len(COMMON) :] == COMMON
    for parameter in kind.parameters:
        assert str(parameter.title) and re.fullmatch(r"[a-z][a-z0-9_]*", parameter.key)
        for words in (parameter.title, *texts(parameter.choices), *texts((parameter.help,))):
            assert words.in_language("zh") and words.in_language("en")
        if parameter.default is not None:
            assert parameter.minimum is None or parameter.default >= parameter.minimum
            assert parameter.maximum is None or parameter.default <= parameter.maximum
    assert str(kind.title) and str(kind.about).endswith(".")
    assert kind.calculate.__doc__ and "Notes" in kind.calculate.__doc__
    assert bool(kind.columns) == bool(kind.example_data)


@pytest.mark.parametrize("key", KINDS)
def test_the_source_can_be_found(key: str) -> None:
    source = all_kinds()[key].source
    assert re.search(r"\d{4}", source) and re.search(r"[A-Z]{2}", source), source


@pytest.mark.parametrize("plant", PLANTS, ids=[plant.country for plant in PLANTS])
@pytest.mark.parametrize("key", KINDS)
def test_the_example_runs_everywhere(key: str, plant: Plant) -> None:
    found = saving(key, plant=plant, currency="EUR", price="0.1", capex="1000")
    check_measure(found.measure, load_library())
    (year,) = found.years
    assert year.kwh > 0 and year.tonnes != 0 and found.money > 0 and found.finance is not None
    for line in year.lines:
        assert line.factor is not None and line.factor.publisher and line.factor.place
        assert line.amounts.before == line.amounts.before.quantize(KG) and line.tonnes is not None
    assert all(step.formula and str(step.what) for step in (*found.effect.steps, *year.lines[0].steps))
    assert found.effect.steps and found.effect.assumptions
    for words in (*found.effect.assumptions, *found.effect.left_out, *found.warnings, *found.notes):
        assert str(words).endswith(".") and words.in_language("zh")


@pytest.mark.parametrize("key", KINDS)
def test_the_same_before_and_after_saves_nothing(key: str) -> None:
    changes = dict(all_kinds()[key].idle)
    assert changes, "a kind says in which case nothing is saved"
    data = changes.pop("data", None)
    found = saving(key, data, currency="EUR", price="0.1", **changes)
    assert found.kwh == 0 and found.tonnes == 0 and found.money == 0


LINEAR = [(key, parameter) for key in KINDS for parameter in all_kinds()[key].linear]


@pytest.mark.parametrize(("key", "parameter"), LINEAR)
@settings(max_examples=10)
@given(times=st.integers(2, 9))
def test_a_saving_is_proportional_where_it_says_so(key: str, parameter: str, times: int) -> None:
    value = Decimal(all_kinds()[key].example[parameter]) / 10
    one, many = (saving(key, **{parameter: f"{value * n:f}"}) for n in (1, times))
    assert abs(one.kwh * times - many.kwh) <= KG * 10 * times
    assert abs(one.tonnes * times - many.tonnes) <= KG * 100 * times


@pytest.mark.parametrize("key", KINDS)
def test_nothing_that_is_needed_may_lack(key: str) -> None:
    kind = all_kinds()[key]
    for parameter in kind.own:
        if parameter.required:
            with pytest.raises(UserError, match=re.escape(str(parameter.title))):
                saving(key, **{parameter.key: ""})


@pytest.mark.parametrize("key", KINDS)
def test_the_example_has_a_table_that_can_be_read(key: str) -> None:
    kind = all_kinds()[key]
    if kind.columns:
        assert parse(kind.example_data.encode(), kind.columns).rows


def test_a_measure_never_changes_its_inventory() -> None:
    """The room below does not know this one: nobody there can ask for a saving."""
    for room in ("inventory", "methods", "ledger", "library"):
        for path in Path(f"core/{room}").rglob("*.py"):
            text = path.read_text(encoding="utf-8")
            assert not re.search(r"^\s*(from|import) core\.savings", text, re.MULTILINE), path


# ---------------------------------------------------------------------- formulas


def formulas(name: str) -> Iterator[Callable[..., object]]:
    """Public functions that make numbers of numbers."""
    module = importlib.import_module(f"core.savings.{name}")
    for key, function in inspect.getmembers(module, inspect.isfunction):
        if function.__module__ == module.__name__ and not key.startswith("_") and key != "calculate":
            yield function


@pytest.mark.parametrize("name", [name for name in MODULES if not name.startswith("_") or name in NUMBERS])
def test_formulas_are_documented(name: str) -> None:
    """Each parameter, the unit of the result, a numbered source, and an example."""
    for function in formulas(name):
        text = inspect.getdoc(function) or ""
        if ">>>" not in text and name.startswith("_"):
            continue  # puts parts together, calculates nothing itself
        said = f"{name}.{function.__qualname__}"
        for heading in ("Parameters", "Returns", "Notes", "Examples"):
            assert section(text, heading).strip(), f"{said} lacks {heading}"
        told = documented(text)
        assert set(told) == set(inspect.signature(function).parameters), said
        assert all(re.search(r"\[.+\]", one, re.DOTALL) for one in told.values()), f"{said}: unit"
        assert re.search(r"\[.+\]", section(text, "Returns"), re.DOTALL), f"{said}: unit of result"
        assert re.search(r"\d", section(text, "Notes")), f"{said} names no clause, year or number of its source"


def test_there_are_formulas_to_look_at() -> None:
    """If the rule above found none, it would prove nothing."""
    shown = {
        one.__qualname__
        for name in MODULES
        if not name.startswith("_") or name in NUMBERS
        for one in formulas(name)
        if ">>>" in (inspect.getdoc(one) or "")
    }
    assert {
        "solar_fraction",
        "lighting_saving",
        "leak_energy",
        "savings_error",
        "t_quantile",
        "replaced_energy",
    } <= shown


@pytest.mark.parametrize("name", MODULES)
def test_examples_in_the_text_are_right(name: str) -> None:
    assert run_examples(importlib.import_module(f"core.savings.{name}")).failed == 0


# ---------------------------------------------------------------------- one more file


NEW = """
from decimal import Decimal
from core.i18n import T
from core.savings._asking import Section
from core.savings._types import Amounts, Effect, Flow, Kind

KIND = Kind("{key}", T("Magic"), T("Magic."), ("electricity",), (Section(T("Magic"), ()),),
            lambda inputs: Effect((Flow("electricity", "kWh", T("Magic"), year=Amounts(Decimal(9))),), ()),
            "Source 2024", {{"item": "electricity"}})
"""


@pytest.fixture
def rediscovered() -> Iterator[None]:
    all_kinds.cache_clear()
    yield
    all_kinds.cache_clear()


def test_a_new_kind_is_one_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rediscovered: None) -> None:
    (tmp_path / "magic_wand.py").write_text(NEW.format(key="magic_wand"), "utf-8")
    monkeypatch.setattr(core.savings, "__path__", [*core.savings.__path__, str(tmp_path)])
    assert set(all_kinds()) == {*KINDS, "magic_wand"}
    made: Measure = replace(measure("magic_wand"), parameters=())
    found: Saving = saving_of(made, load_library(), PLANT)
    assert found.kwh == 9


def test_a_kind_lives_under_its_own_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rediscovered: None) -> None:
    (tmp_path / "misnamed_wand.py").write_text(NEW.format(key="magic_wand"), "utf-8")
    monkeypatch.setattr(core.savings, "__path__", [str(tmp_path)])
    with pytest.raises(RuntimeError, match=r"lives in misnamed_wand\.py"):
        all_kinds()


def test_an_empty_folder_does_not_start(monkeypatch: pytest.MonkeyPatch, rediscovered: None) -> None:
    monkeypatch.setattr(core.savings, "__path__", [])
    with pytest.raises(RuntimeError, match="nothing found"):
        all_kinds()
