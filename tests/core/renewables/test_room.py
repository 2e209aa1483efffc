"""The room is light to enter."""

from __future__ import annotations

import subprocess
import sys

import core.renewables as room

CODE = """
import sys
import core.renewables
assert "core.renewables.claim" not in sys.modules
core.renewables.shares_of, core.renewables.propose, core.renewables.allocate
assert "numpy" not in sys.modules, "shares and proposals need no arrays"
"""


def test_everything_it_names_is_there() -> None:
    for name in room.__all__:
        assert getattr(room, name)


def test_it_loads_nothing_before_it_is_asked() -> None:
    done = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
