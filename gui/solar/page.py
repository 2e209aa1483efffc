"""Solar: what the roof gives against what it should, where that goes, what it avoids and earns, what is claimed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QMenu, QTabWidget, QVBoxLayout, QWidget

from core.i18n import show_date, show_number
from core.ledger import Claim, PvArray, PvSystem
from core.methods.solar_generation import METHOD
from core.solar.claims import Expected
from core.solar.outlook import LOCATION
from gui.commands import Command
from gui.language import _, language
from gui.page import FramedPage, NewRecord
from gui.session import Session
from gui.settings import Settings
from gui.solar.acts import SolarActs
from gui.solar.asking import Answers
from gui.solar.parts import View
from gui.solar.views import AVOIDED, CLAIMS, OVERVIEW, VIEWS, made_view, titles
from gui.solar.work import Solved
from gui.widgets import button, empty_state, heading, label, tool

if TYPE_CHECKING:
    from gui.claims.view import ClaimView

ACTIVITY, METERS = "activity", "meters"
WEATHER_FILES = frozenset({".epw"})
"""Endings of files that can be nothing but weather."""


@dataclass(slots=True)
class Place:
    """Where a person was; it outlives the page, which language and theme make anew."""

    view: str = ""
    """Empty: nobody chose one yet."""
    system: str = ""
    basis: str = LOCATION
    claiming: bool = False
    """Whether claims are checked at a plant without anything else."""


_PLACES: WeakKeyDictionary[Session, Place] = WeakKeyDictionary()


class SolarPage(FramedPage):
    """Chooser of the system, and six views of it."""

    def __init__(self, session: Session, settings: Settings) -> None:
        super().__init__()
        self._session, self._settings = session, settings
        self._place = _PLACES.setdefault(session, Place())
        self._solved: Solved | None = None
        self._views: dict[str, View] = {}
        self._claims: tuple[tuple[tuple[str, str], ...], ClaimView] | None = None
        self.acts = SolarActs(self, session)
        self.answers = Answers(session, self)
        self.answers.answered.connect(self._answered)
        self.answers.broken.connect(lambda why: self.tell("bad", why))
        self.answers.busy_changed.connect(lambda busy: self._busy.setText(_("Calculating…") if busy else ""))
        self.answers.expected.connect(self._expected)
        self._lay_out()

    # ------------------------------------------------------------------ build

    def _lay_out(self) -> None:
        self._title, self._name = heading(""), label("", strong=True)
        self._said, self._busy = label("", "muted"), label("", "muted")
        self.chooser = QComboBox()
        self.chooser.setAccessibleName(_("PV system"))
        self.chooser.activated.connect(lambda _row: self._system_chosen())
        self._edit = button(_("Edit the system"), lambda: self.act("system"))
        self._more = tool("more", _("More about the system"), self._offer_more)
        head = QHBoxLayout()
        head.setSpacing(12)
        for widget in (self._title, self._name, self.chooser, self._said, self._busy):
            head.addWidget(widget)
        head.addStretch(1)
        head.addWidget(self._edit)
        head.addWidget(self._more)
        self.body.setContentsMargins(16, 14, 6, 4)
        self.body.setSpacing(8)
        self.body.addLayout(head)
        self.tabs = QTabWidget()
        self.tabs.setAccessibleName(_("Views of the system"))
        self.tabs.tabBar().setAccessibleName(_("Views of the system"))
        for title in titles().values():
            holder = QWidget()
            QVBoxLayout(holder).setContentsMargins(0, 0, 0, 0)
            self.tabs.addTab(holder, title)
        self.tabs.currentChanged.connect(lambda _tab: self._tab_chosen())
        self.body.addWidget(self.tabs, 1)

    def view(self, key: str) -> View:
        """One of the views, made when it is first asked for."""
        if key not in self._views:
            made = made_view(key, self._session, self._settings)
            made.wants.connect(self.act)
            made.based.connect(self._basis_chosen)
            made.restated.connect(self.acts.assume)
            made.selected.connect(self.selected)
            self._views[key] = made
            self._put(key, made)
        return self._views[key]

    def _put(self, key: str, widget: QWidget) -> None:
        holder = self.tabs.widget(VIEWS.index(key))
        layout = None if holder is None else holder.layout()
        assert layout is not None
        while (item := layout.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        layout.setContentsMargins(0, 12 if key == CLAIMS else 0, 0, 0)
        layout.addWidget(widget)

    @property
    def claims(self) -> ClaimView:
        """The claim check; made anew when the systems it can be held against are others."""
        systems = tuple((one.id, one.name) for one in self._session.ledger.held(PvSystem))
        if self._claims is None or self._claims[0] != systems:
            from gui.claims.view import ClaimView

            made = ClaimView(self._session, self._expect)
            made.told.connect(self.told)
            self._claims = (systems, made)
            self._put(CLAIMS, made)
        return self._claims[1]

    def _expect(self, claim: Claim) -> Expected | None:
        return self.answers.expectation(claim.system) if claim.system else None

    # ------------------------------------------------------------------ page

    def refresh(self) -> None:
        session = self._session
        systems = session.ledger.held(PvSystem)
        bills = any(one.method == METHOD.key for one in session.inventory.activities)
        claims = bool(session.ledger.held(Claim)) or self._place.claiming
        self._title.setText(_("Solar {year}", year=str(session.year)))
        if not (systems or bills or claims):
            self.show_empty(self._nothing_yet())
            return
        self.show_body()
        self._offer_systems(systems)
        self._offer_views(has_system=bool(systems), has_bills=bills)
        system = self.system
        if system is None:
            self._solved = None
            self.answers.forget()
        else:
            if self._solved is not None and self._solved.system.id != system.id:
                self._solved = None
            self.answers.ask(system, self._place.basis)
        self._show_front()

    def _nothing_yet(self) -> QWidget:
        describe = button(_("Describe the PV system"), lambda: self.act("describe"), picture="plus")
        describe.setEnabled(self._session.writable)
        return empty_state(
            "solar",
            _("No solar in {year}", year=str(self._session.year)),
            _(
                "Here stands what the roof generated and should have generated, how much of it the plant used itself, "
                "what that avoided and earned, and what the years to come bring. It begins with readings of method "
                "“Solar generation”, or with a description of the system and its meters."
            ),
            button(_("Enter readings"), self._begin, role="primary", picture="plus"),
            describe,
            button(_("Check a published claim"), self._claim),
        )

    def _offer_systems(self, systems: Sequence[PvSystem]) -> None:
        named = [(one.id, one.name) for one in systems]
        box = self.chooser
        if [(box.itemData(row), box.itemText(row)) for row in range(box.count())] != named:
            box.clear()
            for key, name in named:
                box.addItem(name, key)
        box.setCurrentIndex(max(0, box.findData(self._place.system)))
        box.setVisible(len(named) > 1)
        system = self.system
        for widget in (self._name, self._said, self._edit, self._more):
            widget.setVisible(system is not None)
        self._name.setVisible(len(named) == 1)
        self._edit.setEnabled(self._session.writable)
        if system is not None:
            self._name.setText(system.name)
            self._said.setText(self._described(system))

    def _described(self, system: PvSystem) -> str:
        arrays = [one.dc_power for one in self._session.ledger.held(PvArray) if one.system == system.id]
        power = show_number(sum(arrays, Decimal(0)))
        return _("{power} kW, since {day}", power=power, day=show_date(system.commissioned, language()))

    def _offer_views(self, *, has_system: bool, has_bills: bool) -> None:
        possible = {AVOIDED: has_system or has_bills, CLAIMS: True}
        first = OVERVIEW if has_system else AVOIDED if has_bills else CLAIMS
        wanted = self._place.view if possible.get(self._place.view, has_system and bool(self._place.view)) else first
        self.tabs.blockSignals(True)  # nobody has chosen anything
        for place, key in enumerate(VIEWS):
            self.tabs.setTabVisible(place, possible.get(key, has_system))
        self.tabs.setCurrentIndex(VIEWS.index(wanted))
        self.tabs.blockSignals(False)

    @property
    def system(self) -> PvSystem | None:
        """The system that is chosen."""
        found = self._session.ledger.get("pv_system", str(self.chooser.currentData() or ""))
        return found if isinstance(found, PvSystem) else None

    @property
    def front(self) -> str:
        """Key of the view that is shown."""
        return VIEWS[self.tabs.currentIndex()]

    @property
    def solved(self) -> Solved | None:
        """What is known of the system that is chosen; None until it is worked out."""
        return self._solved

    def _show_front(self) -> None:
        """Only what is seen is brought up to date."""
        if self.front == CLAIMS:
            self.answers.ask_for_models()
            self.claims.refresh()
        else:
            self.view(self.front).show_solved(self._solved)

    def _answered(self, found: Solved) -> None:
        self._solved = found
        if self.front != CLAIMS and not self.empty:
            self._show_front()
            self.selected.emit()

    def _expected(self) -> None:
        if self._claims is not None:
            self._claims[1].refresh()

    # ------------------------------------------------------------------ choose

    def go(self, key: str) -> None:
        """Show a view, where there is something for it."""
        if self.tabs.isTabVisible(VIEWS.index(key)):
            self.tabs.setCurrentIndex(VIEWS.index(key))

    def _tab_chosen(self) -> None:
        self._place.view = self.front
        self._show_front()
        self.selected.emit()

    def _system_chosen(self) -> None:
        self._place.system = str(self.chooser.currentData() or "")
        self.refresh()

    def _basis_chosen(self, basis: str) -> None:
        self._place.basis = basis
        self.refresh()

    def _claim(self) -> None:
        self._place.claiming, self._place.view = True, CLAIMS
        self.refresh()

    def show_subject(self, subject: object) -> None:
        """A view, a PV system, a claim, or a month of the bills."""
        if not isinstance(subject, str):
            return
        ledger = self._session.ledger
        if subject in VIEWS:
            self.go(subject)
        elif ledger.get("pv_system", subject) is not None:
            self._place.system = subject
            self.refresh()
        elif ledger.get("claim", subject) is not None:
            self.go(CLAIMS)
            self.claims.show_claim(subject)
        else:
            self.go(AVOIDED)
            self.view(AVOIDED).show_record(subject)

    def inspect(self) -> QWidget | None:
        return None if self.empty or self.front == CLAIMS else self.view(self.front).inspect()

    # ------------------------------------------------------------------ act

    def act(self, key: str) -> None:
        """Do what a view asks for."""
        system = self.system
        what, _colon, which = key.partition(":")
        acts: dict[str, Callable[[], object]] = {
            "describe": lambda: self.acts.describe(None),
            "import": lambda: self.wanted.emit(METERS, None),
            "tariff": lambda: self.acts.tariff(which),
            "untariff": lambda: self.acts.delete_tariff(which),
        }
        if system is not None:
            acts |= {
                "system": lambda: self.acts.describe(system),
                "arrays": lambda: self.acts.describe(system, "arrays"),
                "meters": lambda: self.acts.describe(system, "meters"),
                "sensor": lambda: self.acts.describe(system, "sensor"),
                "weather": lambda: self.acts.weather(system),
                "delete": lambda: self.acts.delete(system),
            }
        if what in acts:
            acts[what]()

    def _begin(self) -> None:
        self.wanted.emit(ACTIVITY, NewRecord("solar_generation"))

    def _offer_more(self) -> None:
        menu = QMenu(self)
        for command in self.system_commands():
            action = menu.addAction(command.title)
            action.setEnabled(command.possible)
            action.triggered.connect(lambda _checked=False, run=command.run: run())
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self._more.mapToGlobal(QPoint(0, self._more.height())))

    def system_commands(self) -> list[Command]:
        """What can be done about the system, its weather and its prices."""

        def one() -> bool:
            return self._session.writable and self.system is not None

        def any_() -> bool:
            return self._session.writable

        return [
            Command(_("Edit the PV system"), lambda: self.act("system"), icon="solar", enabled=one),
            Command(_("Choose the weather"), lambda: self.act("weather"), enabled=one),
            Command(_("Add a tariff"), lambda: self.act("tariff"), enabled=any_),
            Command(_("Add a PV system"), lambda: self.act("describe"), icon="plus", enabled=any_),
            Command(_("Delete the PV system"), lambda: self.act("delete"), icon="delete", enabled=one),
        ]

    def commands(self) -> list[Command]:
        views = [
            Command(_("Solar: {view}", view=title), lambda key=key: self.go(key),  # type: ignore[misc]
                    enabled=lambda key=key: self.tabs.isTabVisible(VIEWS.index(key)))  # type: ignore[misc]
            for key, title in titles().items()
        ]  # fmt: skip
        return [*self.system_commands(), Command(_("Enter solar readings"), self._begin, icon="solar"), *views]

    def takes(self, path: Path) -> bool:
        return path.suffix.lower() in WEATHER_FILES and self.system is not None and self._session.writable

    def take(self, paths: Sequence[Path]) -> None:
        system = self.system
        if system is not None and paths:
            dialog = self.acts.weather(system)
            dialog.choose("file")
            dialog.path.set_path(paths[0])
