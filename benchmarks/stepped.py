"""Run in a process of its own: ``FOLDER FILE`` opens the program on a plant and says how much time each step took until
the window was painted, and from there until its first page was; as JSON, in seconds.

It is time that the processor spent on the window's thread: a busy machine changes it little.

Every moment belongs to exactly one step, the innermost that is under way: importing a module is no part of the step
that asked for it.
"""

from __future__ import annotations

import time

AWAKE = time.process_time()

import json  # noqa: E402 - the clock was read first
import os  # noqa: E402
import sys  # noqa: E402
import threading  # noqa: E402
from collections import defaultdict  # noqa: E402
from collections.abc import Callable  # noqa: E402
from pathlib import Path  # noqa: E402
from typing import Any  # noqa: E402

QT = ("PySide6", "shiboken6", "shibokensupport")
STEPS = {
    "core.store": {"PlantFile.open": "open the file"},
    "gui.app": {
        "application": "start Qt",
        "Program._dress": "fonts, colours, language",
        "Program.show": "build the window",
        "Window.go": "build the page",
    },
    "gui.reckoning": {
        "load_library": "read the library",
        "compile_inventory": "calculate the inventory",
        "review": "review it",
    },
}
"""What is timed, by the module that calls it."""
REST = "everything else, painting included"


class Clock:
    """Which step is under way, and how long each was."""

    def __init__(self) -> None:
        self._steps = [REST]
        self._since = time.thread_time()
        self._taken: defaultdict[str, float] = defaultdict(float)

    def within(self, step: Callable[[str], str], work: Callable[..., Any]) -> Callable[..., Any]:
        """The same work, timed under what ``step`` makes of its first argument."""

        def timed(*given: Any, **named: Any) -> Any:
            if threading.current_thread() is not threading.main_thread():
                return work(*given, **named)
            self._go_on(step(str(given[0]) if given else ""))
            try:
                return work(*given, **named)
            finally:
                self._go_on(None)

        return timed

    def _go_on(self, step: str | None) -> None:
        now = time.thread_time()
        self._taken[self._steps[-1]] += now - self._since
        self._since = now
        if step is None:
            self._steps.pop()
        else:
            self._steps.append(step)

    def taken(self) -> dict[str, float]:
        """Since the start or the last time."""
        self._go_on(REST)
        self._go_on(None)
        taken, self._taken = dict(self._taken), defaultdict(float)
        return taken


def room_of(module: str) -> str:
    """Whose module it is.

    >>> room_of("core.ledger.records"), room_of("gui.pages"), room_of("PySide6.QtGui"), room_of("json.decoder")
    ('import core.ledger', 'import gui', 'import Qt', 'import Python and libraries')
    """
    first, *rest = module.split(".")
    if first == "core" and rest:
        return f"import core.{rest[0]}"
    if first in ("core", "gui", "main", "resources"):
        return f"import {'gui' if first == 'gui' else 'core'}"
    return "import Qt" if first in QT else "import Python and libraries"


def watch(clock: Clock) -> None:
    """Time every import from now on, and the steps as soon as their modules are there."""
    machinery = sys.modules["_frozen_importlib"]
    load = clock.within(room_of, machinery._find_and_load)
    waiting = dict(STEPS)

    def loaded(name: str, imported: object) -> object:
        module = load(name, imported)
        for ready in [one for one in waiting if one == name]:
            for path, step in waiting.pop(ready).items():
                _wrap(sys.modules[ready], path, step, clock)
        return module

    machinery._find_and_load = loaded  # type: ignore[attr-defined]


def _wrap(module: object, path: str, step: str, clock: Clock) -> None:
    owner = module
    *parts, last = path.split(".")
    for part in parts:
        owner = getattr(owner, part)
    work = clock.within(lambda _first: step, getattr(owner, last))
    setattr(owner, last, staticmethod(work) if isinstance(vars(owner).get(last), staticmethod) else work)


def main() -> int:
    """Never comes back when the first page is painted."""
    clock = Clock()
    watch(clock)
    folder, plant = Path(sys.argv[1]), sys.argv[2]
    parts: list[dict[str, float]] = []

    def painted() -> None:
        parts.append(clock.taken())

    def told() -> None:
        painted()
        parts[0]["start the interpreter"] = AWAKE
        print(json.dumps(parts), flush=True)
        os._exit(0)

    import gui  # noqa: F401 - puts Python's own import back, before which the program imports next to nothing
    from benchmarks.painted import Watched, program
    from main import rest_often

    rest_often()
    return program(Watched(["plant-carbon-audit"], [painted, told]), folder, plant)


if __name__ == "__main__":
    sys.exit(main())
