"""Targets: is the plant on its way to what it has promised, what is left, where the years to come lead."""

from __future__ import annotations

from collections.abc import Sequence
from operator import is_
from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QTabWidget, QVBoxLayout, QWidget

from core.handover.ahead import TargetsOf, scenarios_of
from core.ledger import BasePolicy, Target
from core.targets.status import RENEWABLE, WITHDRAWN, TargetStatus, main_target
from gui.commands import Command
from gui.entering.part import RecordsPart
from gui.language import _, say
from gui.latest import Latest
from gui.page import Page
from gui.plots.curve import Curve
from gui.quality.parts import combo
from gui.session import Session
from gui.settings import Settings
from gui.solar.parts import Across
from gui.targets import words
from gui.targets.answer import Width, asking, widening
from gui.targets.figures import figures
from gui.targets.pathway_plot import pathway_plot
from gui.targets.records import HIDDEN, CommitmentsPart, CreditsPart, EarlierPart, TargetsPart
from gui.targets.rules import RulesPart
from gui.targets.tabs import BaseYearTab, BudgetTab, ForecastTab, NeutralityTab, ScenariosTab, Tab, YearsTab
from gui.widgets import allow, button, clear, heading, label, marked, with_air

ALL, STAYS, PROMISED = "", "", "promised"
KINDS = {"target": "targets", "recalculation": "base", "earlier_year": "years", "driver": "drivers",
         "scenario": "scenarios", "commitment": "neutrality", "credit": "credits"}  # fmt: skip
"""Tab of each kind of record."""


class TargetsPage(Page):
    """Figures, the pathway, and a tab for each thing that is to be known or entered."""

    def __init__(self, session: Session, settings: Settings) -> None:
        super().__init__()
        self._session, self._settings = session, settings
        self.found: TargetsOf | None = None
        """What was last worked out."""
        self.wide: Width | None = None
        self._basis: tuple[object, ...] = ()
        self._options: tuple[object, ...] = ()
        self.latest, self.latest_width = Latest(self), Latest(self)
        self.latest.answered.connect(self._answered)
        self.latest_width.answered.connect(self._widened)
        for one in (self.latest, self.latest_width):
            one.broken.connect(lambda why: self.tell("bad", why))
            one.busy_changed.connect(lambda _busy: self._show_busy())
        self._make_choices()
        self._make_tabs()
        self._lay_out()

    def _make_choices(self) -> None:
        self._title, self._busy = heading(""), label("", "muted")
        self.target = combo(_("Target"), [])
        self.scenario = combo(_("Scenario"), [])
        shares = [(_("Renewable share stays"), STAYS), (_("Renewable share as promised"), PROMISED)]
        self.share = combo(_("Share of renewable electricity in the years to come"), shares)
        for one in (self.target, self.scenario, self.share):
            one.setSizeAdjustPolicy(one.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            one.setMinimumContentsLength(16)
            one.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.target.activated.connect(lambda _row: self._chosen())
        self.scenario.activated.connect(lambda _row: self._ask())
        self.share.activated.connect(lambda _row: self._ask())
        self.add_button = button(_("Add a target…"), lambda: self.begin("target"), role="primary", picture="plus")

    def _make_tabs(self) -> None:
        session, settings = self._session, self._settings

        def known() -> TargetsOf | None:
            return self.found

        said = sentences()
        self.targets = TargetsPart(self, session, settings, "target", said["target"], known)
        self.commitments = CommitmentsPart(self, session, settings, "commitment", said["commitment"], known)
        self.credits = CreditsPart(self, session, settings, "credit", said["credit"], known)
        self.earlier = EarlierPart(self, session, settings, "earlier_year", said["earlier_year"], known)
        self.drivers, self.scenarios = (
            RecordsPart(self, session, settings, kind, said[kind], hidden=HIDDEN[kind], picture="targets")
            for kind in ("driver", "scenario")
        )
        self.plot = Curve(_("Pathway and emissions"))
        self.base = BaseYearTab(self, session, settings, known)
        self.rules = RulesPart(self, session, settings)
        self.ahead = ForecastTab(settings, self._begin_scenario)
        self.parts: dict[str, RecordsPart] = {
            "target": self.targets, "recalculation": self.base.triggers, "earlier_year": self.earlier,
            "driver": self.drivers, "scenario": self.scenarios, "commitment": self.commitments, "credit": self.credits,
        }  # fmt: skip
        self.places: dict[str, tuple[str, QWidget]] = {
            "pathway": (_("Pathway"), with_air(self.plot)),
            "targets": (_("Targets"), self.targets),
            "base": (_("Base year"), self.base),
            "years": (_("Years"), YearsTab(settings, self.earlier)),
            "forecast": (_("Forecast"), self.ahead),
            "scenarios": (_("Scenarios"), ScenariosTab(settings, self.scenarios)),
            "drivers": (_("Drivers"), self.drivers),
            "budget": (_("Budget"), BudgetTab(settings)),
            "neutrality": (_("Neutrality"), NeutralityTab(self.commitments)),
            "credits": (_("Credits"), self.credits),
            "rules": (_("Rules"), self.rules),
        }

    def _begin_scenario(self) -> QPushButton:
        made = button(_("Add a scenario…"), lambda: self.begin("scenario"), picture="plus")
        allow(made, "" if self._session.writable else _("The file is open read-only."))
        return made

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self._title)
        head.addWidget(self._busy)
        head.addStretch(1)
        head.addWidget(self.add_button)
        self._hints = QVBoxLayout()
        self._figures = Across()
        choices = QHBoxLayout()
        choices.setSpacing(8)
        self._of_scenario = label(_("Scenario"), "muted")
        for words_of, one in ((label(_("Target"), "muted"), self.target), (self._of_scenario, self.scenario)):
            choices.addWidget(words_of)
            choices.addWidget(one, 1)
        choices.addWidget(self.share, 1)
        self.tabs = QTabWidget()
        for named in (self.tabs, self.tabs.tabBar()):
            named.setAccessibleName(_("About targets"))
        for title, widget in self.places.values():
            self.tabs.addTab(widget, title)
        self.tabs.currentChanged.connect(lambda _tab: self._tab_changed())
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 16)
        column.setSpacing(10)
        column.addLayout(head)
        column.addLayout(self._hints)
        column.addWidget(self._figures)
        column.addLayout(choices)
        column.addWidget(self.tabs, 1)

    # ------------------------------------------------------------------ page

    def refresh(self) -> None:
        """Ask anew when something has changed; what is shown stays until the answer comes."""
        session = self._session
        self._title.setText(_("Targets {year}", year=str(session.year)))
        allow(self.add_button, "" if session.writable else _("The file is open read-only."))
        self._offer()
        self._show_hints()
        for part in self.parts.values():
            part.refresh()
        self._show_tab()
        self._ask()

    def _offer(self) -> None:
        """Targets with a pathway and scenarios, as they are entered now."""
        ledger = self._session.ledger
        held = sorted(ledger.held(Target), key=lambda one: (one.year, one.id))
        named = [(one.name, one.id) for one in held if one.kind != RENEWABLE and one.status != WITHDRAWN]
        for box, choices in (
            (self.target, [*named, (_("All scopes"), ALL)]),
            (self.scenario, [(one.name, one.id) for one in scenarios_of(ledger)]),
        ):
            chosen, was = box.currentData(), box.count()
            box.clear()
            for words_of, key in choices:
                box.addItem(words_of, key)
            box.setCurrentIndex(max(0, box.findData(chosen)) if was else 0)
        for shown in (self.scenario, self._of_scenario):
            shown.setVisible(self.scenario.count() > 0)
        self.share.setVisible(any(one.kind == RENEWABLE for one in held))

    def _show_hints(self) -> None:
        clear(self._hints)
        ledger = self._session.ledger
        if not ledger.held(Target):
            self._hints.addWidget(marked("info", "accent", _(
                "Nothing is promised yet. Enter the first target: of which emissions, from which base year, by when, "
                "by how much. Its pathway, gap and budget follow from the inventory."
            )))  # fmt: skip
        elif not ledger.held(BasePolicy):
            self._hints.addWidget(marked("warning", "warning", _(
                "No base year is set. Targets are measured from it, and changes above a threshold recalculate it."
            )))  # fmt: skip

    def _ask(self) -> None:
        session = self._session
        scenario = str(self.scenario.currentData() or "")
        promised = self.share.currentData() == PROMISED and not self.share.isHidden()
        basis, options = (session.ledger, session.library, session.inventory), (session.year, scenario, promised)
        if len(self._basis) == len(basis) and options == self._options and all(map(is_, basis, self._basis)):
            self._show()
            return
        self._basis, self._options = basis, options
        self.latest.ask(asking(session, scenario, promised))

    def _answered(self, found: TargetsOf) -> None:
        first, self.found, self.wide = self.found is None, found, None
        main = main_target(found.status)
        if first and main is not None:
            self.target.setCurrentIndex(max(0, self.target.findData(main.target.id)))
        for part in self.parts.values():
            part.refresh()
        self._show()
        self._widen()
        self.selected.emit()

    def _widen(self) -> None:
        if self.found is not None:
            self.latest_width.ask(widening(self.found, words.parts_of(self.found, self.one), self.wide))

    def _widened(self, width: Width) -> None:
        if self.found is width.found:
            self.wide = width
            self._show()

    def _chosen(self) -> None:
        self._show()
        self._widen()

    def _show_busy(self) -> None:
        self._busy.setText(
            _("Calculating…") if self.latest.busy else _("Simulating…") if self.latest_width.busy else ""
        )

    # ------------------------------------------------------------------ show

    @property
    def one(self) -> TargetStatus | None:
        """The target that is looked at; None: all scopes."""
        held = () if self.found is None else self.found.status.targets
        return next((one for one in held if one.target.id == self.target.currentData()), None)

    def _show(self) -> None:
        found = self.found
        if found is None:
            return
        self._figures.show_cards((card, 1) for card in figures(found, self.one))
        simulation = None if self.wide is None else self.wide.simulation
        self.plot.show_data(pathway_plot(found, self.one, simulation))
        self._show_tab()

    def _tab_changed(self) -> None:
        self._show_tab()
        self.selected.emit()

    def _show_tab(self) -> None:
        front = self.tabs.currentWidget()
        self.add_button.setHidden(front is self.targets)  # which has its own
        if isinstance(front, Tab):
            if self.found is not None:
                front.show_found(self.found, self.one, self.wide)
        elif isinstance(front, RulesPart):
            front.refresh()

    def inspect(self) -> QWidget | None:
        front = self.tabs.currentWidget()
        return front.inspect() if isinstance(front, Tab | RecordsPart | RulesPart) else None

    def go(self, place: str) -> None:
        """Bring a tab to the front."""
        self.tabs.setCurrentWidget(self.places[place][1])

    def show_subject(self, subject: object) -> None:
        """A tab, a kind of record, or the id of a record."""
        if not isinstance(subject, str):
            return
        if subject in self.places:
            self.go(subject)
        elif subject in KINDS:
            self.go(KINDS[subject])
        elif subject == "policy":
            self.go("base")
        for kind, part in self.parts.items():
            if self._session.ledger.get(kind, subject) is not None:
                self.go(KINDS[kind])
                part.table.show_record(subject)

    def commands(self) -> list[Command]:
        def writable() -> bool:
            return self._session.writable

        return [
            Command(_("Set the base year…"), self.base.ask_policy, icon="targets", enabled=writable),
            *(
                Command(_("New: {kind}", kind=say(part.form.plural)), lambda kind=kind: self.begin(kind),  # type: ignore[misc]
                        icon="plus", enabled=writable)
                for kind, part in self.parts.items()
            ),
        ]  # fmt: skip

    def takes(self, path: Path) -> bool:
        """A table, for the kind of record whose tab is in front."""
        part = self._front_part()
        return part is not None and part.takes_dropped(path)

    def take(self, paths: Sequence[Path]) -> None:
        part = self._front_part()
        if part is not None:
            part.take_dropped(paths)

    def _front_part(self) -> RecordsPart | None:
        front = self.tabs.currentWidget()
        found = (part for kind, part in self.parts.items() if self.places[KINDS[kind]][1] is front)
        return next(found, None)

    def begin(self, kind: str) -> None:
        """A new record of a kind."""
        self.go(KINDS[kind])
        self.parts[kind].ask_new()


def sentences() -> dict[str, str]:
    """What belongs on the tab of each kind."""
    return {
        "target": _("What the plant has promised: near-term, long-term, net zero, renewable electricity or its own."),
        "earlier_year": _("Emissions of years that this file holds no activity data of, from the report that states "
                          "them: a base year before this file, for one."),
        "driver": _("What emissions grow with: production, headcount, area. Key figures tell the past, planned values "
                    "and growth the years to come."),
        "scenario": _("Ways in which the years to come may go: growth, efficiency, the grid, which actions take part, "
                      "and how unsure each of them is."),
        "commitment": _("Carbon neutrality of one subject by ISO 14068-1: committed, on the path or claimed. What "
                        "forbids more than is said is named."),
        "credit": _("Carbon credits, apart from every inventory. Import the export of a registry; rules say of each "
                    "whether it may compensate, and why not."),
    }  # fmt: skip
