"""What the generation avoided elsewhere: by the bills, by each named factor, less what making the modules emitted."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from core.i18n import show_month
from core.ledger import PvSystem
from core.solar import SolarFigures, SolarSummary, summary
from core.solar.avoided import NOTE, Answer, Named, answers, modules_factor
from core.solar.outlook import places_of
from gui.chart import Chart
from gui.language import _, language, say
from gui.session import Session
from gui.settings import Settings
from gui.solar.bills import Row, avoided, columns, explained, monthly
from gui.solar.factors import (
    FactorRow,
    balance_words,
    explained_factor,
    factor_columns,
    factor_marks,
    factor_rows,
)
from gui.solar.parts import View, figure, sentence, titled
from gui.solar.words import gas_sign, mwh, percent
from gui.solar.work import Solved
from gui.tables.table import Table
from gui.widgets import button, card, clear, label
from gui.wording import TONNES, tonnes


class AvoidedView(View):
    """Figures and months of the bills, factors, memo."""

    def __init__(self, session: Session, settings: Settings) -> None:
        super().__init__(session)
        self._solved: Solved | None = None
        self._summary: SolarSummary | None = None
        self._known: tuple[tuple[object, ...], tuple[Answer, ...], Named | None] | None = None
        self._factor_chosen = False
        self.source = QComboBox()
        self.source.setAccessibleName(_("PV plant"))
        self.source.activated.connect(lambda _row: self._show_bills())
        self._key_figures = QHBoxLayout()
        self._key_figures.setSpacing(12)
        self.chart = Chart(_("Generation by month"))
        self._avoided = QVBoxLayout()
        self.factors: Table[FactorRow] = Table(
            "solar_factors",
            factor_columns(),
            settings,
            name=_("Named factors"),
            marks=lambda row: factor_marks(row, session.year),
        )
        self.table: Table[Row] = Table("solar", columns(), settings, name=_("Generation by month, in numbers"))
        self.factors.current.connect(lambda row: self._stands_on(row is not None))
        self.table.current.connect(lambda row: self._stands_on(False) if row is not None else None)
        self._lay_out()

    def _lay_out(self) -> None:
        self._invite, inside = card()
        words = _(
            "From the bills follow energy and avoided tonnes. Once the system is described, this page also says what "
            "the roof should give, its performance ratio, what it is worth, and what the years to come bring."
        )
        inside.addWidget(sentence("info", words))
        self._describe = button(
            _("Describe the PV system"), lambda: self.wants.emit("describe"), role="primary", picture="plus"
        )
        inside.addWidget(self._describe, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(self._invite)
        head = QHBoxLayout()
        head.addWidget(self.source)
        head.addStretch(1)
        self.column.addLayout(head)
        self.column.addLayout(self._key_figures)
        drawn, inside = card()
        self.chart.setMinimumHeight(self.fontMetrics().height() * 17)
        self.chart.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        inside.addWidget(self.chart, 1)
        told, words_of = card()
        words_of.addLayout(self._avoided)
        words_of.addStretch(1)
        self._drawn, self._told = drawn, told
        self.beside((drawn, 3), (told, 2))
        self.column.addWidget(self._factor_card())
        self.table.show_at_least(13)
        self.column.addWidget(self.table)
        self.column.addStretch(1)

    def _factor_card(self) -> QWidget:
        frame, inside = titled(_("The same energy with other factors"))
        self._of = label("", "muted", size=0.92, wrap=True)
        inside.addWidget(self._of)
        self.factors.view.wrap_rows()
        self.factors.view.setMinimumHeight(self.fontMetrics().height() * 18)
        for needless in (self.factors.search, self.factors.count):
            needless.hide()  # six rows
        inside.addWidget(self.factors)
        self._net = QVBoxLayout()
        inside.addLayout(self._net)
        return frame

    # ------------------------------------------------------------------ show

    def show_solved(self, solved: Solved | None) -> None:
        self._solved = solved
        found = self._summary = summary(self.session.inventory, self.session.library.units)
        self._invite.setVisible(not self.session.ledger.held(PvSystem))
        self._describe.setEnabled(self.session.writable)
        self._offer_sources(found)
        for widget in (self._drawn, self._told, self.table):
            widget.setVisible(not found.empty)
        self._show_bills()

    def _offer_sources(self, found: SolarSummary) -> None:
        names = [source.source for source in found.sources]
        offered = [self.source.itemData(i) for i in range(1, self.source.count())]
        if offered != names:
            self.source.clear()
            self.source.addItem(_("All PV plants"), "")
            for name in names:
                self.source.addItem(name, name)
        self.source.setVisible(len(names) > 1)

    def _show_bills(self) -> None:
        assert self._summary is not None
        clear(self._key_figures)
        clear(self._avoided)
        if not self._summary.empty:
            self._show_months(self._summary)
        else:
            self._show_metered()
        self._show_factors()

    def _show_months(self, found: SolarSummary) -> None:
        chosen = next((s for s in found.sources if s.source == self.source.currentData()), None)
        months = chosen.months if chosen else found.by_month
        total = chosen.total if chosen else found.total
        for widget in key_figures(total):
            self._key_figures.addWidget(widget, 1)
        self.chart.show_data(monthly(found, months))
        for widget in avoided(total, self.session.year):
            self._avoided.addWidget(widget)
        rows = [
            Row(f"{m.start:%Y-%m}", show_month(m.start, language()), f)
            for m, f in zip(found.months, months, strict=True)
        ]
        self.table.set_rows([*rows, Row("total", _("Total"), total)])

    def _show_metered(self) -> None:
        """Without bills the meters tell what there is."""
        outlook = None if self._solved is None else self._solved.outlook
        balance = None if outlook is None else outlook.balance
        if balance is None:
            words = _("Neither bills nor meters say how much was used on site and how much was fed in.")
            self._key_figures.addWidget(sentence("info", words))
            return
        for title, one in ((_("Used on site"), balance.self_used), (_("Fed in"), balance.fed_in)):
            self._key_figures.addWidget(figure(title, mwh(one.energy), "MWh"), 1)
            words = _("Avoided by it (memo)")
            self._key_figures.addWidget(figure(words, tonnes(one.tonnes), f"t {gas_sign(one.factor.gas)}"), 1)

    # ------------------------------------------------------------------ factors

    def _show_factors(self) -> None:
        kwh, words = self._energy()
        self._of.setText(f"{words} {say(NOTE)}")
        found, modules = self._answers()
        self.factors.set_rows(factor_rows(found, modules, kwh))
        clear(self._net)
        outlook = None if self._solved is None else self._solved.outlook
        for line in balance_words(outlook):
            self._net.addWidget(label(line, "muted", size=0.92, wrap=True))

    def _energy(self) -> tuple[Decimal, str]:
        """Used on site and fed in together, and who says so. [kWh]"""
        assert self._summary is not None
        if not self._summary.empty:
            kwh = self._summary.total.used
            return kwh, _("For the {energy} MWh used on site and fed in according to the bills.", energy=mwh(kwh))
        outlook = None if self._solved is None else self._solved.outlook
        if outlook is None or outlook.balance is None:
            return Decimal(0), ""
        kwh = outlook.balance.self_used.energy + outlook.balance.fed_in.energy
        return kwh, _("For the {energy} MWh used on site and fed in according to the meters.", energy=mwh(kwh))

    def _answers(self) -> tuple[tuple[Answer, ...], Named | None]:
        """The published factors of plant and year; looked up again only when something of them changes."""
        session = self.session
        ledger, year = session.ledger, session.year
        key = (ledger.plant, ledger.own_factors, ledger.factor_files, year)
        if self._known is None or self._known[0] != key:
            places = places_of(ledger.plant)
            library = session.library
            self._known = (key, answers(library, places, year), modules_factor(library, places, year))
        return self._known[1], self._known[2]

    # ------------------------------------------------------------------ inspector

    def _stands_on(self, factor: bool) -> None:
        self._factor_chosen = factor
        self.selected.emit()

    def show_record(self, key: str) -> None:
        self.table.show_record(key)

    def inspect(self) -> QWidget | None:
        factor = self.factors.current_record()
        if factor is not None and (self._factor_chosen or self.table.current_record() is None):
            return explained_factor(factor)
        row = self.table.current_record()
        return None if row is None else explained(row)


def key_figures(total: SolarFigures) -> list[QWidget]:
    """Of the bills of a year."""
    made: list[QWidget] = [
        figure(_("Generated"), mwh(total.generated), "MWh"),
        figure(_("Used on site"), mwh(total.self_used), "MWh"),
        figure(_("Fed in"), mwh(total.fed_in), "MWh"),
    ]
    if total.unassigned:
        made.append(figure(_("Use unknown"), mwh(total.unassigned), "MWh", role="warning"))
    made.append(figure(_("Self-consumption"), percent(total.share_of_use), "%", _("by the bills of each month")))
    made.append(figure(_("Avoided (memo)"), tonnes(total.avoided), TONNES, _("never subtracted")))
    return made
