"""What the room offers is there, whether it is loaded at once or later."""

from __future__ import annotations

import subprocess
import sys

import core.actions


def test_every_name_is_what_it_says() -> None:
    for name in core.actions.__all__:
        found = getattr(core.actions, name)
        assert getattr(core.actions, name) is found  # a second time too: no module takes its place
        assert type(found).__name__ != "module"


def test_looking_at_effects_loads_neither_curve_nor_savings() -> None:
    asked = "import sys, core.actions; print('core.savings' in sys.modules, 'core.actions.curve' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True).stdout
    assert told.split() == ["False", "False"]
