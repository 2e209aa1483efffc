"""Hours of work in the real window: what people do again and again, and what is alive after each hour.

An hour is told by what is done in it, not by a clock: bills corrected and taken back, a file imported, every page
looked at, language and colours switched, records explained, the file closed and opened again.
"""

from __future__ import annotations

import gc
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import SIGNAL, QEvent, QObject
from PySide6.QtWidgets import QApplication, QDialog

from core.i18n import T
from gui.activity.import_dialog import ImportDialog
from gui.activity.page import ActivityPage
from gui.app import Program
from gui.garbage import sweep
from gui.jobs import Job
from gui.session import Session
from gui.window import Window

OURS = ("gui.", "core.", "PySide6.")
CONNECTED = ("function", "method", "cell")
"""What a connection or a callback that nobody takes back leaves behind."""
GROWS = ("core.ledger.", "core.i18n.", "core.store.health.Mark")
"""The journal, its words and marks become longer with each change; that is what it is for."""
QUIET_ROUNDS, ROUND_S, PATIENCE_S = 8, 0.005, 120.0
BILLS = """source,method,item,start,end,quantity,unit,estimated,evidence,note
Canteen,stationary_combustion,natural_gas,2024-{month:02}-01,2024-{month:02}-28,{amount},m3,,,
Truck,mobile_combustion,diesel,2024-{month:02}-01,2024-{month:02}-28,{amount},L,,,
"""


@dataclass(frozen=True, slots=True)
class Alive:
    """What there is between two pieces of work."""

    kinds: Counter[str]
    """Objects of Python by their type."""
    widgets: int
    receivers: int
    """Of the signals of what outlives a window: the open plant and the application."""
    memory: int
    """Resident. [B]; 0 where the system does not tell."""


class Shift:
    """One person at one program."""

    def __init__(self, program: Program, plant: Path) -> None:
        self.program, self.plant = program, plant
        self._hours = 0
        program.open(plant)
        self.rest()

    @property
    def session(self) -> Session:
        desk = self.program.desk
        assert isinstance(desk, Session)
        return desk

    @property
    def window(self) -> Window:
        window = self.program.window
        assert isinstance(window, Window)
        return window

    def hour(self, edits: int, places: Sequence[str] | None = None) -> Alive:
        """Work for an hour, each like the others, then count what is alive."""
        self._hours += 1
        self.correct_bills(edits)
        self.look_around(places)
        self.explain()
        self.import_bills()
        self.program.switch_language()
        self.rest()
        self.program.switch_theme()
        self.rest()
        self.open_again()
        return self.alive()

    # ------------------------------------------------------------------ work

    def correct_bills(self, edits: int) -> None:
        """Type a quantity anew, take some of that back, and do it again."""
        for number in range(edits):
            bills = self.session.ledger.activities
            bill = bills[(self._hours * 7 + number) % len(bills)]
            self.session.put(T("Bill corrected"), replace(bill, quantity=bill.quantity + Decimal(1)))
            if number % 5 == 0:
                self.window.undo()
            if number % 10 == 0:
                self.window.redo()
        self.rest()

    def look_around(self, places: Sequence[str] | None) -> None:
        """Show places, with the inspector open."""
        self.window.show_inspector(True)
        for place in self.window.places:
            if places is None or place.info.key in places:
                self.window.go(place.info.key)
                self.rest()
        self.window.show_inspector(False)

    def explain(self) -> None:
        """Ask how a tonne came about, and what can be done."""
        self.window.go("activity")
        page = self.window.page("activity")
        assert isinstance(page, ActivityPage)
        self.window.show_inspector(True)
        for bill in self.session.ledger.activities[:5]:
            page.show_subject(bill)
            self.rest()
        self.window.show_inspector(False)
        self.window.show_palette()
        self.rest()
        self.cancel_dialogs()

    def import_bills(self) -> None:
        """A file of bills becomes rows, which are taken back."""
        month = self._hours % 12 + 1
        path = self.plant.with_name("bills.csv")
        path.write_text(BILLS.format(month=month, amount=100 + self._hours), encoding="utf-8")
        page = self.window.page("activity")
        assert isinstance(page, ActivityPage)
        asked = len(self.session.ledger.activities)
        with answered(ImportDialog):
            page.take([path])
            self.rest()
        if len(self.session.ledger.activities) != asked:
            self.window.undo()
        self.rest()

    def open_again(self) -> None:
        """Close the file and open it."""
        self.program.close_file()
        self.rest()
        self.program.open(self.plant)
        self.rest()

    def cancel_dialogs(self) -> None:
        for one in QApplication.topLevelWidgets():
            if isinstance(one, QDialog) and one.isVisible():
                one.reject()
        self.rest()

    # ------------------------------------------------------------------ what is left of it

    def rest(self) -> None:
        """Let the program finish what it does."""
        end, quiet = time.monotonic() + PATIENCE_S, 0
        while quiet < QUIET_ROUNDS:
            QApplication.processEvents()
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            quiet = 0 if Job.any_running() else quiet + 1
            if quiet == 0:
                time.sleep(ROUND_S)
            if time.monotonic() > end:
                raise TimeoutError("the program did not come to rest")

    def alive(self) -> Alive:
        """Count on the first page of a window that has just been opened, when everything else was let go."""
        self.rest()
        sweep()
        self.rest()
        signals = [(self.session, "changed()"), (self.session, "correcting()"), (self.program, "destroyed()")]
        app = QApplication.instance()
        assert app is not None
        signals += [(app, "aboutToQuit()"), (app, "focusChanged(QWidget*,QWidget*)")]
        return Alive(
            Counter(name for one in gc.get_objects() if (name := _kind(one))),
            len(QApplication.allWidgets()),
            sum(_receivers(one, name) for one, name in signals),
            resident(),
        )


class answered:  # noqa: N801 - reads as a word: with answered(Dialog)
    """Every dialog of a class is answered with yes at once."""

    def __init__(self, dialog: type[QDialog]) -> None:
        self._dialog = dialog

    def __enter__(self) -> None:
        self._exec: Callable[..., int] = self._dialog.exec
        self._dialog.exec = lambda _self: 1  # type: ignore[method-assign]

    def __exit__(self, *_said: object) -> None:
        self._dialog.exec = self._exec  # type: ignore[method-assign]


def _receivers(one: QObject, signal: str) -> int:
    return one.receivers(SIGNAL(signal))


def _kind(one: object) -> str:
    kind = type(one)
    if kind.__module__ == "builtins":
        return kind.__name__ if kind.__name__ in CONNECTED else ""
    name = f"{kind.__module__}.{kind.__qualname__}"
    return name if name.startswith(OURS) and not name.startswith(GROWS) else ""


def resident() -> int:
    """Memory of this process that is in use. [B]"""
    if not sys.platform.startswith("linux"):
        return 0
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * 4096


def growing(seen: Sequence[Alive], over: int) -> dict[str, list[int]]:
    """What has become more in each of the last hours, by its name: a list that nobody empties, a signal heard twice."""
    last = seen[-over:]
    rows = {kind: [one.kinds[kind] for one in last] for kind in last[-1].kinds}
    rows["widgets"] = [one.widgets for one in last]
    rows["receivers"] = [one.receivers for one in last]
    return {kind: row for kind, row in rows.items() if all(a < b for a, b in pairwise(row))}
