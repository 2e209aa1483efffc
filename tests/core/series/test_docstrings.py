"""The examples in the docstrings run."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

import core.series
from tests.documented import run_examples

MODULES = sorted(module.name for module in pkgutil.iter_modules(core.series.__path__))


@pytest.mark.parametrize("name", MODULES)
def test_examples_run(name: str) -> None:
    module = importlib.import_module(f"core.series.{name}")
    assert run_examples(module).failed == 0


def test_there_are_examples() -> None:
    found = [importlib.import_module(f"core.series.{name}") for name in MODULES]
    assert sum(bool(one.examples) for module in found for one in doctest.DocTestFinder().find(module)) > 10
