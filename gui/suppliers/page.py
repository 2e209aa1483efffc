"""Suppliers: the register, what they signed and declare of minerals, smelters, the own declaration, data requests."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QTabWidget, QVBoxLayout, QWidget

from core.ledger import Supplier
from gui.commands import Command
from gui.entering.part import RecordsPart
from gui.language import _
from gui.latest import Latest
from gui.page import Page
from gui.settings import Settings
from gui.suppliers.answer import Answer, answer_of
from gui.suppliers.around import Around
from gui.suppliers.declarations import DeclarationsPart
from gui.suppliers.desk import SupplierDesk, is_plant
from gui.suppliers.figures import figures_of
from gui.suppliers.own import OwnPart
from gui.suppliers.register import SuppliersPart
from gui.suppliers.signed import UndertakingsPart
from gui.suppliers.smelters import SmeltersPart
from gui.widgets import clear, heading, label, scrolled

if TYPE_CHECKING:
    from gui.suppliers.requests import RequestsPart

KINDS = {
    "supplier": "suppliers", "undertaking": "undertakings", "mineral_declaration": "minerals",
    "smelter_list": "smelters", "data_request": "requests",
}  # fmt: skip
"""On which tab a record stands."""


class SuppliersPage(Page):
    """Key figures, and a tab for each question; of a plant or of head office."""

    def __init__(self, desk: SupplierDesk, settings: Settings) -> None:
        super().__init__()
        self._desk = desk
        self.found: Answer | None = None
        """What was last worked out."""
        self._asked: tuple[object, date] | None = None
        self._wish = ""
        """A record to go to once there is an answer."""
        self.today: Callable[[], date] = date.today
        """The clock of the page."""
        self._busy = label("", "muted")
        self.latest = Latest(self)
        self.latest.answered.connect(self._answered)
        self.latest.broken.connect(lambda why: self.tell("bad", why))
        self.latest.busy_changed.connect(lambda busy: self._busy.setText(_("Calculating…") if busy else ""))
        self._figures = QHBoxLayout()
        self._figures.setSpacing(12)
        around = Around(self, desk, settings, lambda: self.found, self._go, self._now)
        self.suppliers = SuppliersPart(around)
        self.undertakings = UndertakingsPart(around)
        self.minerals = DeclarationsPart(around)
        self.smelters = SmeltersPart(around)
        self.own = OwnPart(around)
        self.parts: dict[str, tuple[str, QWidget]] = {
            "suppliers": (_("Suppliers"), self.suppliers),
            "undertakings": (_("Undertakings"), self.undertakings),
            "minerals": (_("Minerals"), self.minerals),
            "smelters": (_("Smelters"), self.smelters),
            "own": (_("Own declaration"), self.own),
        }
        self.requests: RequestsPart | None = None
        """Of a plant: what comes back becomes activity data."""
        if is_plant(desk):
            from gui.suppliers.requests import RequestsPart

            self.requests = RequestsPart(around)
            self.parts["requests"] = (_("Data requests"), self.requests)
        self.tabs = QTabWidget()
        self._lay_out()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(heading(_("Suppliers")))
        head.addWidget(self._busy)
        head.addStretch(1)
        for named in (self.tabs, self.tabs.tabBar()):
            named.setAccessibleName(_("Suppliers, undertakings and minerals"))
        for title, part in self.parts.values():
            self.tabs.addTab(scrolled(part), title)
        self.tabs.currentChanged.connect(lambda _tab: self._show_tab())
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 16)
        column.setSpacing(12)
        column.addLayout(head)
        column.addLayout(self._figures)
        column.addWidget(self.tabs, 1)

    def heightForWidth(self, width: int) -> int:
        """What it needs at least, for its tabs scroll by themselves."""
        layout = self.layout()
        return 0 if self.isHidden() or layout is None else layout.minimumHeightForWidth(width)

    # ------------------------------------------------------------------ page

    def refresh(self) -> None:
        """Ask anew; what is shown stays until the answer comes."""
        records, today = self._desk.records, self.today()
        if self._asked is None or self._asked[0] is not records or self._asked[1] != today:
            self._asked = (records, today)
            self.latest.ask(partial(answer_of, records, today, self.found))
        self._show_tab()  # what was entered stands there at once; what follows from it comes with the answer

    def _answered(self, found: Answer) -> None:
        self.found = found
        clear(self._figures)
        if found.names or found.examined:
            for one in figures_of(found):
                self._figures.addWidget(one, 1)
        self._show_tab()
        if self._wish and self._shown(self._wish):
            self._wish = ""

    def _now(self) -> date:
        return self.today()

    def show_tab(self, key: str) -> None:
        """Bring a tab to the front."""
        self.tabs.setCurrentIndex(list(self.parts).index(key))

    def _front(self) -> QWidget:
        return list(self.parts.values())[max(0, self.tabs.currentIndex())][1]

    def _show_tab(self) -> None:
        part = self._front()
        if isinstance(part, RecordsPart | UndertakingsPart | DeclarationsPart | SmeltersPart | OwnPart):
            part.refresh()
        self.selected.emit()

    def commands(self) -> list[Command]:
        def there() -> bool:
            return self._desk.writable

        return [
            Command(_("Add a supplier…"), self.add_supplier, icon="suppliers", enabled=there),
            Command(_("Add an undertaking…"), self.add_undertaking, icon="suppliers", enabled=there),
            Command(_("Import declarations of minerals…"), self.import_declarations, icon="import", enabled=there),
            Command(_("Import a list of smelters…"), self.import_list, icon="import", enabled=there),
            *(
                (
                    Command(_("Add a data request…"), self.add_request, icon="suppliers", enabled=there),
                    Command(_("Read the answer of a supplier…"), self.read_answer, icon="import", enabled=there),
                )
                if self.requests is not None
                else ()
            ),
        ]

    def show_subject(self, subject: object) -> None:
        """A tab by its name, or a record by its id."""
        if isinstance(subject, str):
            self._go(subject)

    def _go(self, subject: str) -> None:
        """The same for parts; ``own declaration`` asks for the workbook of the company itself."""
        if subject in self.parts:
            self.show_tab(subject)
        elif subject == "own declaration":
            self.import_declarations(own=True)
        elif not self._shown(subject):
            self._wish = subject

    def _shown(self, key: str) -> bool:
        """Go to a record; False when nothing has this id yet."""
        records = self._desk.records
        kind = next((one for one in KINDS if one in records.records and records.get(one, key) is not None), "")
        if not kind or KINDS[kind] not in self.parts:
            return False
        self.show_tab(KINDS[kind])
        if kind == "supplier":
            return self.suppliers.table.show_record(key)
        if kind == "undertaking":
            return self.undertakings.papers.table.show_record(key)
        if kind == "data_request":
            return self.requests is not None and self.requests.table.show_record(key)
        return kind != "mineral_declaration" or self.minerals.table.show_record(key)

    def inspect(self) -> QWidget | None:
        """What is known of the row one stands on."""
        part = self._front()
        if isinstance(part, RecordsPart | UndertakingsPart | DeclarationsPart | SmeltersPart):
            return part.inspect()
        return None

    # ------------------------------------------------------------------ files

    def takes(self, path: Path) -> bool:
        """A workbook of a supplier, a list, a table or a scan, by the tab in front."""
        part = self._front()
        if not self._desk.writable:
            return False
        if isinstance(part, DeclarationsPart | SmeltersPart):
            return part.takes(path)
        if isinstance(part, OwnPart):
            return self.minerals.takes(path)
        if isinstance(part, UndertakingsPart):
            return part.papers.takes_dropped(path)
        if part is self.requests and self.requests is not None:
            return self.requests.takes(path)
        return isinstance(part, RecordsPart) and part.takes_dropped(path)

    def take(self, paths: Sequence[Path]) -> None:
        part = self._front()
        if isinstance(part, DeclarationsPart):
            part.read(paths)
        elif isinstance(part, OwnPart):
            self.minerals.read(paths, own=True)
        elif isinstance(part, SmeltersPart):
            part.read(paths[0])
        elif isinstance(part, UndertakingsPart):
            part.papers.take_dropped(paths)
        elif part is self.requests and self.requests is not None:
            if len(paths) > 1:
                self.tell("info", _("One file at a time: this is “{file}”.", file=paths[0].name))
            self.requests.read_workbook(paths[0])
        elif isinstance(part, RecordsPart):
            part.take_dropped(paths)

    # ------------------------------------------------------------------ act

    def add_supplier(self) -> None:
        """Ask for a new supplier."""
        self.show_tab("suppliers")
        self.suppliers.ask_new()

    def add_undertaking(self) -> None:
        """Ask for what a supplier signed: of the supplier one stands on."""
        one = self.suppliers.table.current_record()
        self.show_tab("undertakings")
        if not self._desk.writable:
            return
        self.undertakings.papers.ask_new()
        if isinstance(one, Supplier):
            self.undertakings.papers.dialog.prefill({"supplier": one.id})

    def import_declarations(self, *, own: bool = False) -> None:
        """Ask for workbooks; ``own``: for that of the company itself."""
        if not own:
            self.show_tab("minerals")
            self.minerals.ask_files()
            return
        if not self._desk.writable:
            return
        name, _kind = QFileDialog.getOpenFileName(self, _("Import the own declaration…"), "", "Excel (*.xlsx)")
        if name:
            self.show_tab("minerals")
            self.minerals.read([Path(name)], own=True)

    def import_list(self) -> None:
        """Ask for a published list of smelters."""
        self.show_tab("smelters")
        self.smelters.ask_list()

    def add_request(self) -> None:
        """Ask for a new data request: to the supplier one stands on."""
        if self.requests is None:
            return
        one = self.suppliers.table.current_record()
        self.show_tab("requests")
        self.requests.wished = one.id if isinstance(one, Supplier) else ""
        self.requests.ask_new()

    def read_answer(self) -> None:
        """Ask for a workbook that came back."""
        if self.requests is not None:
            self.show_tab("requests")
            self.requests.ask_answer()
