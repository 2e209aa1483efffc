"""Tabs of the page that calculate: base year, years, forecast, scenarios side by side, budgets."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from core.entering.plant import FORMS
from core.handover.ahead import TargetsOf
from core.i18n import show_number, verbatim
from core.ledger import BasePolicy, Commitment
from core.targets.base_year import PlantBaseYear
from core.targets.forecast import added
from core.targets.status import TargetStatus
from gui.chart import Chart
from gui.compare.comparing import fall_of
from gui.entering.form import RecordForm
from gui.entering.part import RecordsPart, state
from gui.language import _, language, say
from gui.page import Page
from gui.quality.parts import combo
from gui.renewables.judgements import said
from gui.session import Session
from gui.settings import Settings
from gui.solar.parts import figure
from gui.tables.table import Table
from gui.targets import words
from gui.targets.answer import Width
from gui.targets.records import CommitmentsPart, Known, TriggersPart
from gui.targets.tables import (
    AheadRow,
    BudgetRow,
    ScenarioRow,
    YearRow,
    ahead_columns,
    ahead_rows,
    budget_columns,
    budget_rows,
    scenario_columns,
    scenario_rows,
    year_columns,
    year_rows,
)
from gui.widgets import allow, bar, button, clear, divided, empty_state, in_order, label, marked, scrolled, subheading
from gui.wording import in_turn

CHART_LINES = 15


class Tab(QWidget):
    """A column; it shows the answer it is given."""

    def __init__(self) -> None:
        super().__init__()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 10, 0, 0)
        self.column.setSpacing(8)

    def show_found(self, found: TargetsOf, one: TargetStatus | None, width: Width | None) -> None:
        """Show what is known; ``one`` is the target that is looked at."""
        raise NotImplementedError

    def inspect(self) -> QWidget | None:
        """About what is selected."""
        return None


class BaseYearTab(Tab):
    """Policy, both series of the base year, what waits against the threshold, and the log of triggers."""

    def __init__(self, page: Page, session: Session, settings: Settings, known: Known) -> None:
        super().__init__()
        self._page, self._session = page, session
        self.dialog: RecordForm
        """About the policy, when it was opened."""
        self.policy = button(_("Set the base year…"), self.ask_policy, role="primary")
        self._head = QHBoxLayout()
        self._head.setSpacing(12)
        self._words = QVBoxLayout()
        sentence = _(
            "Here stands whatever may change the base year, with its size and what was decided: sales and purchases of "
            "plants, outsourcing, methods, factors, errors. Growth and decline never do."
        )
        self.triggers = TriggersPart(page, session, settings, "recalculation", sentence, known)
        line = QHBoxLayout()
        line.setSpacing(12)
        said_of_it = QVBoxLayout()
        said_of_it.addLayout(self._words)
        said_of_it.addStretch(1)
        line.addLayout(said_of_it, 1)
        line.addWidget(self.policy, 0, Qt.AlignmentFlag.AlignTop)
        self.column.addLayout(self._head)
        self.column.addLayout(line)
        self.column.addWidget(self.triggers, 1)

    def show_found(self, found: TargetsOf, one: TargetStatus | None, width: Width | None) -> None:
        base = found.status.base_year
        clear(self._head)
        clear(self._words)
        words_of = _("Set the base year…") if base is None else _("Change the policy…")
        self.policy.setText(words_of)
        self.policy.setAccessibleName(words_of)
        allow(self.policy, "" if self._session.writable else _("The file is open read-only."))
        if base is None:
            sentence = _(
                "No base year is set. Targets are measured from it, and changes above a threshold recalculate it."
            )
            self._words.addWidget(marked("info", "accent", sentence))
        else:
            self._show_base(base)
            held = {one.record.id for one in base.triggers}
            for judged in base.judged:
                if judged.subject not in held:  # what is said of a trigger stands beside it
                    self._words.addWidget(said(judged))
        self.triggers.refresh()

    def _show_base(self, base: PlantBaseYear) -> None:
        policy = base.policy
        year = str(policy.year)
        for title, value in (
            (_("Base year {year}, original", year=year), base.original),
            (_("Base year {year}, recalculated", year=year), base.recalculated),
        ):
            self._head.addWidget(figure(title, words.shown(value), "t CO₂e"), 2)
        share = 0.0 if base.waiting is None else float(base.waiting / policy.threshold)
        waiting = figure(
            _("Not recalculated"), words.shown(base.waiting, 2), "%",
            _("of {threshold} % from which it is recalculated", threshold=show_number(policy.threshold)),
            "bad" if base.due else "",
        )  # fmt: skip
        inside = waiting.layout()
        assert inside is not None
        inside.addWidget(bar(share, track=True))
        self._head.addWidget(waiting, 2)
        if policy.rules:
            self._words.addWidget(label(policy.rules, "muted", wrap=True))

    def ask_policy(self) -> None:
        """Ask for base year, threshold and rules."""
        if not self._session.writable:
            return
        held = self._session.ledger.get("base_policy", "policy")
        self.dialog = form = RecordForm(
            self._session.ledger, FORMS["base_policy"], held if isinstance(held, BasePolicy) else None, self
        )
        form.stated.connect(lambda decision: state(form, self._page, self._session, decision))
        form.open()

    def inspect(self) -> QWidget | None:
        return self.triggers.inspect()


class CalculatedTable(Tab):
    """A table that follows from the records; perhaps with records below it."""

    def __init__(self, table: Table, below: RecordsPart | None = None) -> None:  # type: ignore[type-arg]
        super().__init__()
        self.table, self.below = table, below
        self.notes = QVBoxLayout()
        self.notes.setSpacing(4)
        upper = QWidget()
        inside = QVBoxLayout(upper)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addLayout(self.notes)
        inside.addWidget(table, 1)
        self.column.addWidget(upper if below is None else divided(upper, below, upright=True), 1)

    def note(self, *sentences: str) -> None:
        """Sentences above the table."""
        clear(self.notes)
        for one in sentences:
            self.notes.addWidget(label(one, "muted", wrap=True))

    def inspect(self) -> QWidget | None:
        return None if self.below is None else self.below.inspect()


class YearsTab(CalculatedTable):
    """Both series, and what reports say of years before."""

    def __init__(self, settings: Settings, below: RecordsPart) -> None:
        table: Table[YearRow] = Table("target_years", year_columns(), settings, name=_("Years"), editable=False)
        super().__init__(table, below)

    def show_found(self, found: TargetsOf, one: TargetStatus | None, width: Width | None) -> None:
        parts = words.part_words(words.parts_of(found, one))
        left_out = [
            _("{year} is left out: it has data of {count} months only.", year=str(year), count=count)
            for year, count in found.partial.items()
        ]
        self.note(_("Original and recalculated: {parts}", parts=parts), *left_out)
        self.table.set_rows(year_rows(found, one))
        assert self.below is not None
        self.below.refresh()


class BudgetTab(CalculatedTable):
    """Every budget."""

    def __init__(self, settings: Settings) -> None:
        table: Table[BudgetRow] = Table("target_budgets", budget_columns(), settings, name=_("Carbon budgets"),
                                        editable=False)  # fmt: skip
        super().__init__(table)
        table.set_empty(empty_state("targets", _("No budget yet"), _(
            "The carbon budget of an absolute target is the area under its pathway. It needs a target and the "
            "emissions of its base year."
        )))  # fmt: skip

    def show_found(self, found: TargetsOf, one: TargetStatus | None, width: Width | None) -> None:
        self.note(_("The area under the pathway; half of the base year and half of the year of the target count."))
        self.table.set_rows(budget_rows(found))


class NeutralityTab(Tab):
    """Commitments, and below what forbids more than is said of the one that is selected."""

    def __init__(self, part: CommitmentsPart) -> None:
        super().__init__()
        self.part = part
        self._inside = QVBoxLayout()
        below = QWidget()
        below.setLayout(self._inside)
        self._below = scrolled(below)
        self._below.setMinimumHeight(self.fontMetrics().height() * 6)
        parts = divided(part, self._below, upright=True)
        parts.setSizes([100, 200])  # there are few commitments, and much to be said of each
        self.column.addWidget(parts, 1)
        part.table.current.connect(lambda _record: self._show())

    def show_found(self, found: TargetsOf, one: TargetStatus | None, width: Width | None) -> None:
        self.part.refresh()
        self._show()

    def _show(self) -> None:
        """Of the first one while none is selected."""
        clear(self._inside)
        held = self.part.table.model.records
        record = self.part.table.current_record() or (held[0] if held else None)
        self._below.setVisible(record is not None)
        if record is None:
            return
        subject = record.subject if isinstance(record, Commitment) else ""
        self._inside.addWidget(subheading(subject))
        self._inside.addWidget(self.part.explained(record))
        self._inside.addStretch(1)

    def inspect(self) -> QWidget | None:
        return self.part.inspect()


class ScenariosTab(Tab):
    """Scenarios side by side, and the records below."""

    def __init__(self, settings: Settings, below: RecordsPart) -> None:
        super().__init__()
        self._settings, self.below = settings, below
        self._names: tuple[str, ...] = ()
        self.table: Table[ScenarioRow] | None = None
        self._upper = QWidget()
        self._place = QVBoxLayout(self._upper)
        self._place.setContentsMargins(0, 0, 0, 0)
        self._upper.setMinimumHeight(self.fontMetrics().height() * 7)
        parts = divided(self._upper, below, upright=True)
        parts.setSizes([200, 150])
        self.column.addWidget(parts, 1)

    def show_found(self, found: TargetsOf, one: TargetStatus | None, width: Width | None) -> None:
        comparison = None if width is None else width.comparison
        self.below.refresh()
        self._upper.setVisible(comparison is not None)
        if comparison is None:
            return
        names = tuple(forecast.scenario.name for forecast in comparison.forecasts)
        if self.table is None or names != self._names:
            clear(self._place)
            self._names = names
            self.table = Table(
                "target_scenarios", scenario_columns(names), self._settings, name=_("Scenarios side by side"),
                editable=False,
            )  # fmt: skip
            self._about = label("", "muted", wrap=True)
            self._place.addWidget(self._about)
            self._place.addWidget(self.table, 1)
            keys_go_on(self.table.view, self.below)
        self._about.setText(_("With actions: {parts}", parts=words.part_words(comparison.parts)))
        self.table.set_rows(scenario_rows(comparison))

    def inspect(self) -> QWidget | None:
        return self.below.inspect()


class ForecastTab(Tab):
    """What changes from the baseline to a year, every year in numbers, seed and assumptions."""

    def __init__(self, settings: Settings, begin: Callable[[], QPushButton]) -> None:
        super().__init__()
        self._shown: tuple[TargetsOf, TargetStatus | None, Width | None] | None = None
        self.year = combo(_("Year that is taken apart"), [])
        self.year.activated.connect(lambda _row: self._show_steps())
        self.chart = Chart(_("What changes the emissions"), self.year)
        self.chart.setMinimumHeight(self.fontMetrics().height() * CHART_LINES)
        self.table: Table[AheadRow] = Table("target_forecast", ahead_columns(), settings, name=_("Forecast"),
                                            editable=False)  # fmt: skip
        self.table.set_empty(empty_state("targets", _("No forecast yet"), _(
            "A forecast starts from a year of the inventory with data of every month and needs a scenario: how "
            "production, efficiency and the grid go on, and which actions take part."
        ), begin()))  # fmt: skip
        self._head, self._notes = QVBoxLayout(), QVBoxLayout()
        for notes in (self._head, self._notes):
            notes.setSpacing(3)
        self.column.addLayout(self._head)
        self._parts = divided(self.chart, self.table)
        self._parts.setSizes([400, 640])
        self._parts.setStretchFactor(0, 2)
        self._parts.setStretchFactor(1, 3)
        self.column.addWidget(self._parts, 1)
        self.column.addLayout(self._notes)

    def show_found(self, found: TargetsOf, one: TargetStatus | None, width: Width | None) -> None:
        self._shown = (found, one, width)
        clear(self._head)
        clear(self._notes)
        self.chart.setVisible(found.forecast is not None)
        self.table.set_rows(ahead_rows(found, one, None if width is None else width.simulation))
        troubles = [*found.troubles, *([width.trouble] if width is not None and width.trouble is not None else [])]
        for trouble in troubles:
            self._head.addWidget(marked("error", "bad", trouble.text(language())))
        if found.forecast is None:
            return
        self._head.addWidget(label(self._about(found, one, width), "muted", wrap=True))
        self._offer_years(found, one)
        self._show_steps()
        for words_of in found.forecast.assumptions:
            self._notes.addWidget(label(say(words_of), "muted", size=0.92, wrap=True))

    def _about(self, found: TargetsOf, one: TargetStatus | None, width: Width | None) -> str:
        assert found.forecast is not None
        parts = words.part_words(words.parts_of(found, one))
        said = _("{scenario}, from {year} on: {parts}.", scenario=found.forecast.scenario.name,
                 year=str(found.forecast.baseline.year), parts=parts)  # fmt: skip
        if width is None:
            return in_turn((said, _("Simulating…")))
        if width.simulation is None:
            return said
        drawn = width.simulation
        sure = _("P10, P50 and P90 from {draws} draws with the seed {seed} ({generator}).", draws=drawn.draws,
                 seed=str(drawn.seed), generator=drawn.generator)  # fmt: skip
        return in_turn((said, sure))

    def _offer_years(self, found: TargetsOf, one: TargetStatus | None) -> None:
        assert found.forecast is not None
        years = [year.year for year in found.forecast.years][1:]
        chosen = self.year.currentData()
        self.year.clear()
        for year in years:
            self.year.addItem(str(year), year)
        wanted = one.target.year if one is not None and one.target.year in years else (years[-1] if years else None)
        self.year.setCurrentIndex(max(0, self.year.findData(chosen if chosen in years else wanted)))

    def _show_steps(self) -> None:
        if self._shown is None or self._shown[0].forecast is None or self.year.currentData() is None:
            return
        found, one, _width = self._shown
        assert found.forecast is not None
        year = found.forecast.year(int(self.year.currentData()))
        if year is None:
            return
        parts = words.parts_of(found, one)
        steps = added(year.of(part) for part in parts)
        named = {
            _("Activity"): steps.driver, _("Intensity"): steps.intensity, _("Grid and contracts"): steps.supply,
            _("Actions"): steps.actions,
        }  # fmt: skip
        ends = (str(found.forecast.baseline.year), str(year.year))
        title = verbatim(words.part_words(parts))
        self.chart.show_data(fall_of(title, ends, steps.base, named, steps.result))


def keys_go_on(last: QWidget, part: QWidget) -> None:
    """The keyboard reaches what is in a part after what was made later and stands above it."""
    stops: list[QWidget] = []
    at = part.nextInFocusChain()
    while at is not None and at is not part:
        if (
            part.isAncestorOf(at) and at.focusPolicy() & Qt.FocusPolicy.TabFocus
        ):  # the others have no place in the order
            stops.append(at)
        at = at.nextInFocusChain()
    in_order(last, *stops)
