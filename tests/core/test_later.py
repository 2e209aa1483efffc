"""Names that are loaded when somebody asks for them."""

from __future__ import annotations

import subprocess
import sys
from types import ModuleType

import pytest

import core.inventory
import core.library
import core.store
from core.inventory.package import read
from core.later import later

LIGHT = """
import sys
import core.checks, core.inventory, core.inventory.closing
heavy = ("core.inventory.package", "core.inventory.views", "core.inventory.uncertainty", "numpy")
print(*(name for name in heavy if name in sys.modules))
"""


def test_a_name_comes_from_its_home() -> None:
    assert core.inventory.read is read
    assert later("core.inventory", {"package": ("read",)})("read") is read


@pytest.mark.parametrize("room", [core.inventory, core.library, core.store], ids=lambda room: room.__name__)
def test_every_name_that_is_offered_can_be_had(room: ModuleType) -> None:
    assert [name for name in room.__all__ if not hasattr(room, name)] == []


def test_another_name_is_refused() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        later("core.inventory", {"package": ("read",)})("nothing")
    assert not hasattr(core.inventory, "nothing")


def test_a_year_is_calculated_and_reviewed_without_packages_views_and_uncertainty() -> None:
    done = subprocess.run([sys.executable, "-c", LIGHT], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
