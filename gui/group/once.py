"""What must count once in the group: energy and goods between own plants, and what several reports name."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from core.group.year.consolidated import Eliminated
from core.group.year.repeats import KINDS, Repeat
from core.i18n import show_number
from core.methods import exact_sum, plain
from gui.language import _, say
from gui.settings import Settings
from gui.tables.table import Column, Mark, Table
from gui.tables.whole_rows import choose_whole_rows
from gui.widgets import allow, button, empty_state, label
from gui.wording import SCOPES, TONNES, tonnes

ZERO = Decimal(0)


class Once(QWidget):
    """Two tables: what was taken away, and what somebody has to clear up."""

    report_wanted = Signal(str)
    """SHA-256 of a report."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.eliminated: Table[Eliminated] = Table(
            "group_eliminated", eliminated_columns(), settings, name=_("Taken away between own plants"),
            identity=lambda one: (one.transfer.id, one.scope),
        )  # fmt: skip
        self.repeats: Table[Repeat] = Table(
            "group_repeats", repeat_columns(), settings, name=_("Used twice"),
            identity=lambda one: (one.kind, one.value, one.year), marks=repeat_marks,
        )  # fmt: skip
        for table in (self.eliminated, self.repeats):
            choose_whole_rows(table)
            table.setContentsMargins(0, 8, 0, 0)  # below the names of the tabs
        go = button(_("Show a report"), self._open, tip=_("The first report that names it; or double-click the row"))
        self.repeats.add_tool(go)
        allow(go, _("Select a row first."))
        self.repeats.current.connect(lambda row: allow(go, "" if row is not None else _("Select a row first.")))
        self.repeats.view.doubleClicked.connect(lambda _index: self._open())
        self.repeats.set_empty(empty_state(
            "check", _("Nothing is used twice"),
            _("Certificates, contracts, meters and files of proof that several reports name would stand here."),
        ))  # fmt: skip
        self.eliminated.set_empty(empty_state(
            "group", _("Nothing is taken away"),
            _("Energy and goods that one own plant makes and another uses are entered on the page Plants, below "
              "Transfers; they count once from then on."),
        ))  # fmt: skip
        self.said = label("", "muted", wrap=True)
        self.tabs = QTabWidget()
        for named in (self.tabs, self.tabs.tabBar()):
            named.setAccessibleName(_("Counted once"))
        self.tabs.addTab(self.repeats, "")
        self.tabs.addTab(self.eliminated, "")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 10, 0, 0)
        column.addWidget(self.said)
        column.addWidget(self.tabs, 1)

    def show_found(self, repeats: Sequence[Repeat], eliminated: Sequence[Eliminated]) -> None:
        """Fill both tables."""
        self.repeats.set_rows(tuple(repeats))
        self.eliminated.set_rows(tuple(eliminated))
        self.tabs.setTabText(0, _("Used twice ({count})", count=len(repeats)))
        self.tabs.setTabText(1, _("Between own plants ({count})", count=len(eliminated)))
        total = exact_sum(one.tonnes for one in eliminated)
        self.said.setText(
            _("Taken away between own plants in all scopes: {number} {unit}.", number=tonnes(total), unit=TONNES)
            if eliminated
            else _("What two reports name is shown and never taken away by itself: somebody has to decide whose it is.")
        )

    def _open(self) -> None:
        row = self.repeats.current_record()
        if row is not None and row.holders:
            self.report_wanted.emit(row.holders[0].filed.sha256)


def eliminated_columns() -> list[Column[Eliminated]]:
    """Who made it, who used it, what was taken away."""
    return [
        Column("seller", _("Supplying plant"), lambda e: e.seller, width=22),
        Column("buyer", _("Receiving plant"), lambda e: e.buyer, width=22),
        Column("source", _("Source at the receiving plant"), lambda e: e.transfer.source, width=24, stretch=True),
        Column("scope", _("Scope"), lambda e: say(SCOPES[e.scope]), width=22),
        Column("tonnes", _("Taken away"), lambda e: tonnes(e.tonnes), TONNES, "right", lambda e: e.tonnes,
               lambda e: plain(e.tonnes), width=12),
    ]  # fmt: skip


def repeat_columns() -> list[Column[Repeat]]:
    """What it is, who names it, and why that matters."""
    return [
        Column("kind", _("Kind"), lambda r: say(KINDS[r.kind]), width=13),
        Column("value", _("What is named"), short, plain=lambda r: r.value, width=20),
        Column("plants", _("Plants"), lambda r: ", ".join(r.plants), width=24),
        Column("years", _("Years"), lambda r: ", ".join(map(str, r.years)), width=10),
        Column("energy", _("Covers"), lambda r: "–" if r.energy is None else show_number(r.energy), "kWh", "right",
               energy, lambda r: "" if r.energy is None else plain(r.energy), width=13),
        Column("why", _("What is wrong"), lambda r: say(r.sentence()), width=30, stretch=True),
    ]  # fmt: skip


def energy(one: Repeat) -> Decimal:
    """For sorting."""
    return ZERO if one.energy is None else one.energy


def short(one: Repeat) -> str:
    """A hash is only begun; numbers stand whole."""
    return f"{one.value[:12]}…" if one.kind == "evidence" else one.value


def repeat_marks(one: Repeat) -> dict[str, Mark]:
    """What changes a total is worse than what only looks odd."""
    grave = one.kind in ("certificate", "contract")
    return {"kind": Mark("bad" if grave else "warning", say(one.sentence()))}
