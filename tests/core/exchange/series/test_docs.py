"""The examples in the documentation of the modules run."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

import pytest

import core.exchange.series as package
from tests.documented import run_examples

MODULES = [module.name for module in iter_modules(package.__path__)]


@pytest.mark.parametrize("name", MODULES)
def test_examples_run(name: str) -> None:
    assert run_examples(import_module(f"core.exchange.series.{name}")).failed == 0
