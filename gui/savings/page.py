"""Savings: what was done besides PV, what it saves by year in energy, money and tonnes, and how sure that is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from core.exchange.measures import MeasureChange, keeping, taking_away
from core.exchange.proofs import Proof
from core.i18n import show_number
from core.ledger import Evidence, Measure
from core.savings import NEVER_SUBTRACTED, Saving, Savings, savings_of
from gui.chart import Chart
from gui.commands import Command
from gui.evidence.keeping import Keeper
from gui.language import _, language, say
from gui.latest import Latest
from gui.page import FramedPage
from gui.plots import Curve
from gui.quality.parts import combo
from gui.savings.dialog import Known, MeasureDialog, Wish
from gui.savings.inspector import explained
from gui.savings.rows import (
    AVOIDED,
    DRIVER,
    ENERGY,
    MONEY,
    TIME,
    Quantity,
    Row,
    baseline_curves,
    by_year,
    columns,
    marks,
    mwh,
    rows_of,
)
from gui.session import Session
from gui.settings import Settings
from gui.tables.table import Table
from gui.undoing import tell_change
from gui.widgets import button, card, clear, empty_state, heading, label, marked, number_card, subheading
from gui.wording import TONNES, listed, some_of, tonnes

ROWS_SEEN = 7
"""Of the table, before it scrolls."""
CHART_LINES = 14
"""Height of the charts."""
FIXED_QUANTITIES = 2
"""Energy and tonnes; money follows."""
MOST_NAMED = 6
"""Measures in one sentence; the tooltip has them all."""


class SavingsPage(FramedPage):
    """Figures, years, measures, and the baseline of the one that is selected."""

    def __init__(self, session: Session, settings: Settings) -> None:
        super().__init__()
        self._session = session
        self.found: Savings | None = None
        """What was last calculated."""
        self._asked: tuple[object, ...] = ()
        self._wish = ""
        """A measure to go to once there is an answer."""
        self.latest = Latest(self)
        self.latest.answered.connect(self._answered)
        self.latest.broken.connect(lambda why: self.tell("bad", why))
        self.latest.busy_changed.connect(self._show_busy)
        self._title, self._busy = heading(""), label("", "muted")
        self.quantity = combo(_("What the bars show"), [(_("Saved energy"), ENERGY), (_("Avoided"), AVOIDED)])
        self.quantity.activated.connect(lambda _row: self._show_chart())
        self.over = combo(_("What the baseline is drawn over"), [(_("Over time"), TIME)])
        self.over.activated.connect(lambda _row: self._show_baseline())
        self._key_figures = QHBoxLayout()
        self._key_figures.setSpacing(12)
        self.chart = Chart(_("Saved energy by year"), self.quantity)
        self._words = QVBoxLayout()
        self.table: Table[Row] = Table(
            "savings", columns(session.library), settings, name=_("Measures"), editable=False, marks=marks
        )
        self.table.view.setSelectionBehavior(self.table.view.SelectionBehavior.SelectRows)
        self.table.current.connect(lambda _row: self._stood_on())
        self.table.view.doubleClicked.connect(lambda _index: self.inspector_wanted.emit())
        self.curve = Curve(_("Baseline"), self.over)
        self._baseline, inside = card()
        inside.addWidget(self.curve, 1)
        self._make_buttons()
        self._lay_out()

    def _make_buttons(self) -> None:
        self.add_button = button(_("Add measure"), self.add, role="primary", picture="plus")
        self.alter_button = button(_("Alter…"), self.alter)
        self.remove_button = button(_("Remove"), self.remove, picture="delete")
        self.explain_button = button(_("Explain"), self.inspector_wanted.emit, picture="inspector")
        for one in (self.explain_button, self.alter_button, self.remove_button):
            self.table.add_tool(one)

    def _lay_out(self) -> None:
        column = self.body
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._title)
        head.addWidget(self._busy)
        head.addStretch(1)
        head.addWidget(self.add_button)
        column.addLayout(head)
        column.addLayout(self._key_figures)
        middle = QHBoxLayout()
        middle.setSpacing(12)
        drawn, inside = card()
        high = self.fontMetrics().height() * CHART_LINES
        self.chart.setMinimumHeight(high)
        self.chart.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        inside.addWidget(self.chart, 1)
        told, words = card()
        words.addLayout(self._words)
        words.addStretch(1)
        middle.addWidget(drawn, 3)
        middle.addWidget(told, 2)
        column.addLayout(middle)
        rows = self.table.view.verticalHeader().defaultSectionSize() * ROWS_SEEN
        self.table.view.setMinimumHeight(rows + self.table.view.horizontalHeader().sizeHint().height() + 22)
        column.addWidget(self.table, 1)
        self._baseline.setMinimumHeight(high)
        self._baseline.hide()
        column.addWidget(self._baseline)

    # ------------------------------------------------------------------ page

    def refresh(self) -> None:
        """Ask anew; what is shown stays until the answer comes."""
        session = self._session
        self._title.setText(_("Savings {year}", year=str(session.year)))
        self.add_button.setEnabled(session.writable)
        if not session.ledger.held(Measure):
            self.found, self._asked = None, ()
            self._show_empty()
            return
        self.show_body()
        asked = (session.ledger, session.library)
        if self._asked and self._asked[0] is asked[0] and self._asked[1] is asked[1]:
            self._show()
            return
        self._asked = asked
        self.latest.ask(self._question())

    def _question(self) -> Callable[[], Savings]:
        """The work, for another thread: kept tables are read there."""
        ledger, library, reader = self._session.ledger, self._session.library, self._session.file.reader()

        def work() -> Savings:
            with reader:
                return savings_of(ledger, library, blob=reader.blob)

        return work

    def _answered(self, found: Savings) -> None:
        self.found = found
        self._show()
        if self._wish and self.table.show_record(self._wish):
            self._wish = ""
        self.selected.emit()

    def _show_busy(self, busy: bool) -> None:
        self._busy.setText(_("Calculating…") if busy else "")

    def show_subject(self, subject: object) -> None:
        """Go to a measure by its id."""
        if isinstance(subject, str) and not self.table.show_record(subject):
            self._wish = subject

    def commands(self) -> list[Command]:
        return [Command(_("Add measure"), self.add, icon="savings")] if self._session.writable else []

    def inspect(self) -> QWidget | None:
        row = self.table.current_record()
        return None if row is None else explained(row, self._session)

    def _stood_on(self) -> None:
        row = self.table.current_record()
        for one in (self.alter_button, self.remove_button):
            one.setEnabled(row is not None and self._session.writable)
        self.explain_button.setEnabled(row is not None)
        self._show_baseline()
        self.selected.emit()

    # ------------------------------------------------------------------ show

    def _show_empty(self) -> None:
        first = button(_("Add measure"), self.add, role="primary", picture="plus")
        first.setEnabled(self._session.writable)
        self.show_empty(
            empty_state(
                "savings",
                _("No measures yet"),
                _(
                    "Here stands what was done besides PV to save energy, such as LED, solar hot water, compressed air "
                    "or a heat pump: what each saves by year, its tonnes and its money, and how sure that is."
                ),
                first,
            )
        )

    def _show(self) -> None:
        if self.found is None:
            return
        self._show_key_figures(self.found)
        self._offer_quantities(self.found)
        self._show_chart()
        self._show_words(self.found)
        self.table.set_rows(rows_of(self.found, self._session.year))
        self._stood_on()

    def _show_key_figures(self, found: Savings) -> None:
        clear(self._key_figures)
        year = found.of(self._session.year)
        kwh, avoided = (Decimal(0), Decimal(0)) if year is None else (year.kwh, year.tonnes)
        figures = [(_("Saved"), mwh(kwh), "MWh"), (_("Avoided (memo)"), tonnes(avoided), TONNES)]
        money = () if year is None else year.money
        figures += [(_("Saved money"), show_number(amount, 0), currency) for currency, amount in money]
        for title, text, unit in figures:
            self._key_figures.addWidget(figure(title, text, unit), 1)

    def _offer_quantities(self, found: Savings) -> None:
        """Money of each currency, where there is any."""
        chosen = self.quantity.currentData()
        while self.quantity.count() > FIXED_QUANTITIES:
            self.quantity.removeItem(self.quantity.count() - 1)
        for currency in dict.fromkeys(one.currency for one in found.savings if one.currency):
            self.quantity.addItem(_("Money, {currency}", currency=currency), f"{MONEY}:{currency}")
        self.quantity.setCurrentIndex(max(0, self.quantity.findData(chosen)))

    def _show_chart(self) -> None:
        if self.found is None:
            return
        key, _colon, currency = str(self.quantity.currentData()).partition(":")
        quantity: Quantity = "money" if key == MONEY else "avoided" if key == AVOIDED else "energy"
        self.chart.show_data(by_year(self.found, quantity, currency))

    def _show_words(self, found: Savings) -> None:
        """What the numbers are not, and what wants a look."""
        clear(self._words)
        self._words.addWidget(subheading(_("What to look at")))
        self._words.addWidget(marked("info", "accent", say(NEVER_SUBTRACTED)))
        for unclear in found.unclear:
            words = _("{measure}: {why}", measure=unclear.measure.name, why=unclear.error.text(language()))
            self._words.addWidget(marked("error", "bad", words))
        for overlap in found.overlaps:
            self._words.addWidget(marked("warning", "warning", f"{say(overlap.message)} {say(overlap.remedy)}"))
        year = found.of(self._session.year)
        if year is not None and year.beside:
            words = _("Beside the savings the measures emit {tonnes} t CO₂e themselves, such as leaking refrigerant.",
                      tonnes=tonnes(year.beside))  # fmt: skip
            self._words.addWidget(marked("info", "accent", words))
        watched = [one for one in found.savings if one.warnings]
        if watched:
            names = [one.measure.name for one in watched]
            words = _("Remarks about {names} stand in the inspector.", names=some_of(names, MOST_NAMED))
            shown = label(words, "muted", wrap=True)
            shown.setToolTip(listed(names))
            shown.setAccessibleDescription(listed(names))
            self._words.addWidget(shown)

    def _show_baseline(self) -> None:
        """The regression of the measure that is selected, where it has one."""
        saving = self._current()
        regression = None if saving is None else saving.effect.regression
        self._baseline.setVisible(regression is not None)
        if saving is None or regression is None:
            return
        words = say(regression.driver)
        if words and self.over.count() == 1:
            self.over.addItem(words, DRIVER)
        elif words:
            self.over.setItemText(1, words)
        elif self.over.count() > 1:
            self.over.removeItem(1)
        self.curve.show_data(baseline_curves(saving, regression, str(self.over.currentData())))

    def _current(self) -> Saving | None:
        row = self.table.current_record()
        return None if row is None else row.saving

    # ------------------------------------------------------------------ change

    def add(self) -> None:
        """Ask for a new measure."""
        if self._session.writable:
            self._ask(None)

    def alter(self) -> None:
        """The same form, filled in."""
        row = self.table.current_record()
        if row is not None and self._session.writable:
            self._ask(row.measure)

    def _ask(self, measure: Measure | None) -> None:
        known = self.attempt(lambda: self._known(measure))
        if known is None:
            return
        self.dialog = MeasureDialog(known, self._session.year, measure, parent=self)
        self.dialog.stated.connect(self._keep)
        self.dialog.open()

    def _known(self, measure: Measure | None) -> Known:
        session = self._session
        sources = tuple(sorted({one.source for one in session.ledger.activities}))
        held = () if measure is None else measure.evidence
        evidence = [session.ledger.get("evidence", one) for one in held]
        table = session.file.blob(measure.data) if measure is not None and measure.data else None
        kept = tuple(one for one in evidence if isinstance(one, Evidence))
        return Known(session.ledger.plant, session.library, sources, kept, table)

    def _keep(self, wish: Wish) -> None:
        """Keep a measure as one change, with its files."""
        session, dialog = self._session, self.dialog

        def act(proofs: list[Proof]) -> MeasureChange:
            made = keeping(
                wish.draft, session.ledger, session.library, session.person, datetime.now(UTC), table=wish.table,
                proofs=proofs,
            )  # fmt: skip
            self._wish = made.measure.id
            return made

        def done(made: MeasureChange, changed: bool) -> None:
            dialog.accept()
            tell_change(self, session, made.why, changed=changed)

        Keeper(self, session, dialog, dialog.complain).take(wish.paths, act, done)

    def remove(self) -> None:
        """Take the selected measure away; undo brings it back."""
        row, session = self.table.current_record(), self._session
        if row is None or not session.writable:
            return
        change = self.attempt(lambda: taking_away(session.ledger, row.measure.id, session.person, datetime.now(UTC)))
        if change is not None and self.attempt(lambda: session.confirm(change)) is not None:
            tell_change(self, session, change.why)


def figure(title: str, text: str, unit: str) -> QWidget:
    """One key figure on its card."""
    frame, inside = number_card(title, text, unit, size=1.6)
    inside.addStretch(1)
    return frame
