"""Products: footprints down to what they are made of, what they rest on, and files for customers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from core.ledger import Product
from core.products import Contribution
from gui.commands import Command
from gui.entering.part import RecordsPart
from gui.language import _, language
from gui.latest import Latest
from gui.page import Page
from gui.products.answer import Answer, answer_of
from gui.products.contribution import ContributionExplanation
from gui.products.declaring import CATENA_X, PACT
from gui.products.exporting import Exporter
from gui.products.footprints import FootprintsView
from gui.products.inspector import ProductExplanation
from gui.products.records import FiledOfProductPart, Known, OfProductPart, OutputsPart
from gui.products.sharing import SharingView
from gui.session import Session
from gui.settings import Settings
from gui.tabs import FrontTabs
from gui.widgets import button, empty_state, heading, label

TABS = ("footprints", "products", "outputs", "components", "legs", "keys")
"""In the order of reading."""
KINDS = {"product": "products", "output": "outputs", "component": "components", "leg": "legs",
         "allocation_key": "keys"}  # fmt: skip
"""On which tab a kind of record stands."""


class ProductsPage(Page):
    """Six tabs: what follows, and the five kinds of records that it follows from."""

    def __init__(self, session: Session, settings: Settings) -> None:
        super().__init__()
        self._session = session
        self.found: Answer | None = None
        """What was last worked out."""
        self.product = ""
        """Id of the product that one looks at."""
        self._part: tuple[object, ...] | None = None
        """Which contribution to it is explained."""
        self._asked: tuple[object, ...] = ()
        self._title, self._busy = heading(""), label("", "muted")
        self.latest = Latest(self)
        self.latest.answered.connect(self._answered)
        self.latest.broken.connect(lambda why: self.tell("bad", why))
        self.latest.busy_changed.connect(lambda busy: self._busy.setText(_("Calculating…") if busy else ""))
        self.footprints = FootprintsView(settings, self._answer)
        self.out = Exporter(self, session, settings, self._answer, lambda: self.product)
        self._make_parts(session, settings)
        self.tabs = FrontTabs()
        self._connect()
        self._lay_out()

    def _make_parts(self, session: Session, settings: Settings) -> None:
        about: Known = {"answer": self._answer, "product": lambda: self.product}
        self.products = RecordsPart(
            self, session, settings, "product",
            _("What the plant makes and sells, each with what its footprint is stated for: a piece, a kilogram."),
            hidden=("code", "description", "note"), picture="products",
        )  # fmt: skip
        self.outputs = OutputsPart(
            self, session, settings, "output",
            _("How much of each product was made over some days. What reaches beyond the year counts by its days."),
            hidden=("evidence", "note"), **about,
        )  # fmt: skip
        self.components = FiledOfProductPart(
            self, session, settings, "component",
            _("What goes into one declared unit of a product, scrap included: with an item of the library, or with the "
              "footprint that the supplier states."),
            hidden=("source", "primary", "supplier", "evidence", "note"), after="footprint", **about,
        )  # fmt: skip
        self.legs = OfProductPart(
            self, session, settings, "leg",
            _("How parts come to the plant and products go to customers. The way out stands apart from the footprint."),
            hidden=("note",), after="mass", **about,
        )  # fmt: skip
        self.keys = SharingView(self, session, settings, self._answer)

    def _connect(self) -> None:
        view = self.footprints
        view.asked_otherwise.connect(self._ask)
        view.product_chosen.connect(self._stand_on)
        view.sharing_wanted.connect(lambda: self.tabs.setCurrentIndex(TABS.index("keys")))
        view.opened.connect(self.inspector_wanted)
        self.tabs.currentChanged.connect(lambda _tab: self._show_tab())

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._title)
        head.addWidget(self._busy)
        head.addStretch(1)
        head.addWidget(self.out.button)
        for named in (self.tabs, self.tabs.tabBar()):
            named.setAccessibleName(_("Products"))
        self._begin = [button(_("Add a product…"), self.add, role="primary", picture="plus"),
                       button(_("Import products…"), self.products.ask_table, picture="import")]  # fmt: skip
        nothing = empty_state(
            "products", _("No products yet"),
            _("Enter what the plant makes, how much of it, and what goes into it. The plant's emissions are shared "
              "among the products, and the footprint of each follows, down to every bill; it leaves as a PACT or "
              "Catena-X file."),
            *self._begin,
        )  # fmt: skip
        holder = QWidget()
        self._front_stack = QStackedLayout(holder)
        self._front_stack.addWidget(self.footprints)
        self._front_stack.addWidget(nothing)
        names = (_("Footprints"), _("Products"), _("Outputs"), _("Bills of materials"), _("Transport"),
                 _("Allocation keys"))  # fmt: skip
        parts = (holder, self.products, self.outputs, self.components, self.legs, self.keys)
        for part, name in zip(parts, names, strict=True):
            self.tabs.addTab(part, name)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 10)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.tabs, 1)

    # ------------------------------------------------------------------ page

    def refresh(self) -> None:
        """Ask anew; what is shown stays until the answer comes."""
        session = self._session
        self._title.setText(_("Products {year}", year=str(session.year)))
        for one in self._begin:
            one.setEnabled(session.writable)
        self._front_stack.setCurrentIndex(0 if session.ledger.held(Product) else 1)
        asked = (session.ledger, session.inventory, session.library)
        if len(self._asked) != len(asked) or any(a is not b for a, b in zip(asked, self._asked, strict=True)):
            self._asked = asked
            self._ask()
        self._show_tab()  # what was entered stands there at once; what follows from it comes with the answer

    def _ask(self) -> None:
        session, (view, electricity) = self._session, self.footprints.choice
        ledger, inventory, library = session.ledger, session.inventory, session.library
        self.latest.ask(lambda: answer_of(ledger, inventory, library, view, electricity))

    def _answered(self, found: Answer) -> None:
        self.found = found
        if found.refused is not None:
            self.tell("bad", found.refused.text(language()))
        self._show_tab()

    def _answer(self) -> Answer | None:
        return self.found

    def _front(self) -> FootprintsView | RecordsPart | SharingView:
        """The part that is in front."""
        parts = (self.footprints, self.products, self.outputs, self.components, self.legs, self.keys)
        return parts[max(0, self.tabs.currentIndex())]

    def _show_tab(self) -> None:
        self.out.refresh()
        self._front().refresh()
        self.selected.emit()

    def commands(self) -> list[Command]:
        export = [
            Command(_("Export footprints: PACT 3.0…"), lambda: self.out.ask(PACT), icon="export"),
            Command(_("Export footprints: Catena-X…"), lambda: self.out.ask(CATENA_X), icon="export"),
            Command(_("Export footprints: workbook…"), self.out.ask_workbook, icon="export"),
        ]
        if not self._session.writable:
            return export
        return [Command(_("Add a product…"), self.add, icon="products"), *export]

    def show_subject(self, subject: object) -> None:
        """Go to a record by its id, or to a tab by its name."""
        if not isinstance(subject, str):
            return
        if subject in TABS:
            self.tabs.setCurrentIndex(TABS.index(subject))
            return
        for kind, tab in KINDS.items():
            if self._session.ledger.get(kind, subject) is not None:
                self._show_record(tab, subject)
                return

    def _show_record(self, tab: str, key: str) -> None:
        """A product where its footprint stands, all others where they were entered."""
        if tab == "products" and self.footprints.table.show_record(key):
            self.tabs.setCurrentIndex(0)
            return
        self.tabs.setCurrentIndex(TABS.index(tab))
        part = self._table_part()
        if part is not None:
            part.table.show_record(key)

    def _table_part(self) -> RecordsPart | None:
        part = self._front()
        if isinstance(part, SharingView):
            return part.part
        return part if isinstance(part, RecordsPart) else None

    def takes(self, path: Path) -> bool:
        """A table of the kind in front, or a file that proves its current record."""
        part = self._table_part()
        return part is not None and part.takes_dropped(path)

    def take(self, paths: Sequence[Path]) -> None:
        part = self._table_part()
        if part is not None:
            part.take_dropped(paths)

    # ------------------------------------------------------------------ explain

    def inspect(self) -> QWidget | None:
        """The product that one stands on, or what was opened of it; of other records all that is entered."""
        part = self._front()
        if isinstance(part, FootprintsView):
            return self._explained()
        return part.explained() if isinstance(part, SharingView) else part.inspect()

    def _explained(self) -> QWidget | None:
        row = None if self.found is None else self.found.of(self.product)
        if row is None or self.found is None:
            return None
        opened = self._opened(row.footprint.contributions if row.footprint is not None else ())
        if opened is None or row.footprint is None:
            return ProductExplanation(row, self.found, self._session, self._open)
        return ContributionExplanation(row.footprint, opened, self.found, self._session,
                                       back=self._later(self._close), go=self._go)  # fmt: skip

    def _opened(self, parts: Sequence[Contribution]) -> Contribution | None:
        """What is explained, as it is now; none where it is gone."""
        return next((one for one in parts if _identity(one) == self._part), None)

    def _stand_on(self, product: str) -> None:
        if product != self.product:
            self._part = None
        self.product = product
        self.selected.emit()

    def _open(self, part: Contribution) -> None:
        """Explain a contribution in place of its product."""
        self._part = _identity(part)
        self._later(self.selected.emit)()

    def _close(self) -> None:
        self._part = None
        self.selected.emit()

    def _later(self, act: Callable[[], object]) -> Callable[[], None]:
        """In the next turn: the inspector's own buttons must not end while they are pressed."""
        return lambda: QTimer.singleShot(0, self, act)

    def _go(self, kind: str, key: str) -> None:
        """From a contribution to what is behind it."""
        if kind in ("activity", "library"):
            self._later(lambda: self.wanted.emit(kind, key))()
        elif kind == "allocation_key" and not key:
            self._later(lambda: self.tabs.setCurrentIndex(TABS.index("keys")))()
        else:
            self._later(lambda: self._show_record(KINDS[kind], key))()

    # ------------------------------------------------------------------ act

    def add(self) -> None:
        """Ask for a new product."""
        if self._session.writable:
            self.tabs.setCurrentIndex(TABS.index("products"))
            self.products.ask_new()


def _identity(one: Contribution) -> tuple[object, ...]:
    """By what a contribution is known again after a change."""
    return one.stage, one.what, one.primary, one.records[:1]
