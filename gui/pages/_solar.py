"""Solar: what the roof generated, where it went, and what that avoided elsewhere, with the factor behind it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from core.i18n import show_month, show_number
from core.library import load_library
from core.methods import AppliedFactor
from core.solar import SolarFigures, SolarSummary, summary
from gui.chart import Chart
from gui.chart_data import BarData, Series
from gui.commands import Command
from gui.language import _, language, locale, say
from gui.page import FramedPage, NewRecord
from gui.session import Session
from gui.settings import Settings
from gui.table import Column, Table
from gui.theme import tokens
from gui.widgets import button, card, clear, empty_state, heading, label, marked, number, rule, subheading
from gui.wording import TONNES, region_name, tonnes, unit_words

THOUSAND = Decimal(1000)
ACTIVITY = "activity"


@dataclass(frozen=True, slots=True)
class Row:
    """One month, or all of them."""

    id: str
    """``2024-03``; ``total``."""
    title: str
    figures: SolarFigures


class SolarPage(FramedPage):
    """Figures, chart, avoided emissions, months."""

    def __init__(self, session: Session, settings: Settings) -> None:
        super().__init__()
        self._session = session
        self._summary: SolarSummary | None = None
        self._title = heading("")
        self.source = QComboBox()
        self.source.setAccessibleName(_("PV plant"))
        self.source.activated.connect(lambda _row: self._show())
        self._key_figures = QHBoxLayout()
        self._key_figures.setSpacing(12)
        self.chart = Chart(_("Generation by month"))
        self._avoided = QVBoxLayout()
        self.table: Table[Row] = Table("solar", columns(), settings, name=_("Generation by month, in numbers"))
        self.table.current.connect(lambda _row: self.inspected.emit(self.inspect()))
        self._lay_out()

    def _lay_out(self) -> None:
        column = self.body
        head = QHBoxLayout()
        head.addWidget(self._title)
        head.addStretch(1)
        head.addWidget(self.source)
        column.addLayout(head)
        column.addLayout(self._key_figures)
        middle = QHBoxLayout()
        middle.setSpacing(12)
        drawn, inside = card()
        self.chart.setMinimumHeight(self.fontMetrics().height() * 17)
        self.chart.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        inside.addWidget(self.chart, 1)
        told, words = card()
        words.addLayout(self._avoided)
        words.addStretch(1)
        middle.addWidget(drawn, 3)
        middle.addWidget(told, 2)
        column.addLayout(middle)
        rows = self.table.view.verticalHeader().defaultSectionSize() * 13
        self.table.view.setMinimumHeight(rows + self.table.view.horizontalHeader().sizeHint().height() + 22)
        column.addWidget(self.table, 1)

    # ------------------------------------------------------------------ page

    def refresh(self) -> None:
        found = self._summary = summary(self._session.inventory, self._session.library.units)
        if found.empty:
            self._show_empty()
            return
        self.show_body()
        self._title.setText(_("Solar {year}", year=str(self._session.year)))
        self._offer_sources(found)
        self._show()

    def _offer_sources(self, found: SolarSummary) -> None:
        names = [source.source for source in found.sources]
        offered = [self.source.itemData(i) for i in range(1, self.source.count())]
        if offered != names:
            self.source.clear()
            self.source.addItem(_("All PV plants"), "")
            for name in names:
                self.source.addItem(name, name)
        self.source.setVisible(len(names) > 1)

    def commands(self) -> list[Command]:
        return [Command(_("Enter solar readings"), self._begin, icon="solar")]

    def inspect(self) -> QWidget | None:
        row = self.table.current_record()
        return None if row is None else explained(row)

    def show_subject(self, subject: object) -> None:
        if isinstance(subject, str):
            self.table.show_record(subject)

    def _begin(self) -> None:
        self.wanted.emit(ACTIVITY, NewRecord("solar_generation"))

    def _show_empty(self) -> None:
        self.show_empty(
            empty_state(
                "solar",
                _("No solar in {year}", year=str(self._session.year)),
                _(
                    "Here stands what the roof generated, how much of it the plant used itself, what it fed in, "
                    "and what that avoided. It begins with readings of method “Solar generation”."
                ),
                button(_("Enter readings"), self._begin, role="primary", picture="plus"),
            )
        )

    # ------------------------------------------------------------------ parts

    def _show(self) -> None:
        assert self._summary is not None
        chosen = next((s for s in self._summary.sources if s.source == self.source.currentData()), None)
        months = chosen.months if chosen else self._summary.by_month
        total = chosen.total if chosen else self._summary.total
        self._show_key_figures(total)
        self.chart.show_data(monthly(self._summary, months))
        clear(self._avoided)
        for widget in avoided(total, self._session.year):
            self._avoided.addWidget(widget)
        rows = [
            Row(f"{m.start:%Y-%m}", show_month(m.start, language()), f)
            for m, f in zip(self._summary.months, months, strict=True)
        ]
        self.table.set_rows([*rows, Row("total", _("Total"), total)])

    def _show_key_figures(self, total: SolarFigures) -> None:
        clear(self._key_figures)
        self._key_figures.addWidget(figure(_("Generated"), mwh(total.generated), "MWh"), 1)
        self._key_figures.addWidget(figure(_("Used on site"), mwh(total.self_used), "MWh"), 1)
        self._key_figures.addWidget(figure(_("Fed in"), mwh(total.fed_in), "MWh"), 1)
        if total.unassigned:
            self._key_figures.addWidget(figure(_("Use unknown"), mwh(total.unassigned), "MWh", "warning"), 1)
        self._key_figures.addWidget(figure(_("Self-consumption"), percent(total.share_of_use), "%"), 1)
        self._key_figures.addWidget(figure(_("Avoided (memo)"), tonnes(total.avoided), TONNES), 1)


def columns() -> list[Column[Row]]:
    """Of the table of months."""

    def energy(key: str, title: str, *, hidden: bool = False) -> Column[Row]:
        def value(row: Row) -> Decimal:
            return getattr(row.figures, key)  # type: ignore[no-any-return]

        return Column(
            key,
            title,
            lambda r: mwh(value(r)),
            "MWh",
            "right",
            value,
            lambda r: plain(value(r) / THOUSAND),
            hidden=hidden,
        )

    def memo(key: str, title: str) -> Column[Row]:
        def value(row: Row) -> Decimal:
            return getattr(row.figures, key)  # type: ignore[no-any-return]

        return Column(
            key, title, lambda r: tonnes(value(r)), TONNES, "right", value, lambda r: plain(value(r)), width=14
        )

    def ratio(row: Row) -> Decimal:
        return row.figures.share_of_use or Decimal(0)

    return [
        Column("month", _("Month"), lambda r: r.title, sort=lambda r: r.id, width=14),
        energy("generated", _("Generated")),
        energy("self_used", _("Used on site")),
        energy("fed_in", _("Fed in")),
        energy("unassigned", _("Use unknown"), hidden=True),
        Column("ratio", _("Self-consumption"), lambda r: percent(r.figures.share_of_use), "%", "right", ratio),
        memo("avoided_self_used", _("Avoided by own use")),
        memo("avoided_fed_in", _("Avoided by feed-in")),
    ]


def monthly(found: SolarSummary, months: tuple[SolarFigures, ...]) -> BarData:
    """The stacked bars."""
    colours = tokens().series
    series = [
        Series(_("Used on site"), tuple(f.self_used / THOUSAND for f in months), colours[0]),
        Series(_("Fed in"), tuple(f.fed_in / THOUSAND for f in months), colours[1]),
    ]
    if any(f.unassigned > 0 for f in months):
        rest = tuple(max(f.unassigned, Decimal(0)) / THOUSAND for f in months)
        series.append(Series(_("Use unknown"), rest, tokens().edge))
    names = tuple(_short_month(m.start.month) for m in found.months)
    return BarData(_("Generation by month"), names, tuple(series), "MWh", _("Energy"))


def _short_month(month: int) -> str:
    """``Sep``, as long as the others; ``9月``."""
    name = locale().monthName(month, QLocale.FormatType.ShortFormat)
    return name if language() == "zh" else name[:3]


def avoided(total: SolarFigures, year: int) -> list[QWidget]:
    """Self-used and fed in apart, each with its factor; and what the tonnes are not."""
    same = total.factors_fed_in == total.factors_self_used
    return [
        subheading(_("Avoided elsewhere")),
        stream(_("By using it on site"), total.self_used, total.avoided_self_used, total.implied_self_used,
               total.factors_self_used),
        rule(),
        stream(_("By feeding it in"), total.fed_in, total.avoided_fed_in, total.implied_fed_in, total.factors_fed_in,
               print_factors=not same),
        rule(),
        *other_years(total.factors, year),
        marked("info", "accent", _("Avoided emissions are a memo beside the inventory: they never change a total. "
                                   "What was used on site has already lowered the purchased electricity.")),
    ]  # fmt: skip


def other_years(factors: tuple[AppliedFactor, ...], year: int) -> list[QWidget]:
    """Say when a factor describes another year than the one shown."""
    others = sorted({factor.year for factor in factors} - {year})
    if not others:
        return []
    words = _("The grid factor describes {there}, not {here}.", there=", ".join(map(str, others)), here=str(year))
    return [marked("warning", "warning", words)]


def stream(
    title: str,
    kwh: Decimal,
    avoided_t: Decimal,
    implied: Decimal | None,
    factors: tuple[AppliedFactor, ...],
    *,
    print_factors: bool = True,
) -> QWidget:
    """Tonnes of one stream, how they come about, and who published the factor."""
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 2, 0, 2)
    column.setSpacing(2)
    head = QHBoxLayout()
    head.addWidget(label(title))
    head.addStretch(1)
    head.addWidget(number(f"{tonnes(avoided_t)} {TONNES}", size=1.15, strong=True))
    column.addLayout(head)
    if implied is not None:
        formula = f"{mwh(kwh)} MWh × {show_number(implied, 4)} t/MWh"
        line = number(formula)
        line.setProperty("role", "muted")
        line.setAccessibleName(_("Calculated as {formula}", formula=formula))
        line.setAlignment(Qt.AlignmentFlag.AlignRight)
        column.addWidget(line)
    for factor in factors if print_factors else ():
        column.addSpacing(2)
        for words in described(factor):
            column.addWidget(label(words, "muted", size=0.92, wrap=True))
    if kwh and not factors:
        column.addWidget(marked("warning", "warning", _("No factor fits, so nothing is counted as avoided.")))
    return made


def described(factor: AppliedFactor) -> list[str]:
    """Value, place and year; title; publisher and where it stands."""
    place = factor.place if factor.place.startswith(factor.edition) else f"{factor.edition}, {factor.place}"
    return [
        f"{show_number(factor.value)} {_unit(factor.unit)} · {region_name(factor.region)} · {factor.year}",
        say(factor.title),
        f"{factor.publisher} · {place}",
    ]


def _unit(text: str) -> str:
    return unit_words(load_library(), text)


def figure(title: str, text: str, unit: str, role: str = "") -> QFrame:
    """One key figure on its card."""
    frame, inside = card()
    frame.setAccessibleName(f"{title}: {text} {unit}")
    inside.setSpacing(2)
    inside.addWidget(label(title, role or "muted", wrap=True))
    row = QHBoxLayout()
    row.setSpacing(5)
    row.addWidget(number(text, size=1.6, strong=True), 0, Qt.AlignmentFlag.AlignBaseline)
    row.addWidget(label(unit, "muted"), 0, Qt.AlignmentFlag.AlignBaseline)
    row.addStretch(1)
    inside.addLayout(row)
    inside.addStretch(1)
    return frame


def explained(row: Row) -> QWidget:
    """All digits of a month, for the inspector."""
    made = QWidget()
    grid = QGridLayout(made)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setVerticalSpacing(4)
    grid.addWidget(subheading(row.title), 0, 0, 1, 2)
    f = row.figures
    lines = [
        (_("Generated"), f"{show_number(f.generated)} kWh"),
        (_("Used on site"), f"{show_number(f.self_used)} kWh"),
        (_("Fed in"), f"{show_number(f.fed_in)} kWh"),
        (_("Use unknown"), f"{show_number(f.unassigned)} kWh"),
        (_("Avoided by own use"), f"{show_number(f.avoided_self_used)} {TONNES}"),
        (_("Avoided by feed-in"), f"{show_number(f.avoided_fed_in)} {TONNES}"),
        (_("Implied constant"), f"{show_number(f.implied, 6)} t/MWh" if f.implied is not None else "–"),
    ]
    for place, (name, value) in enumerate(lines, start=1):
        grid.addWidget(label(name, "muted", wrap=True), place, 0)
        cell = number(value)
        cell.setWordWrap(True)
        cell.setAccessibleName(f"{name}: {value}")
        cell.setAlignment(Qt.AlignmentFlag.AlignRight)
        grid.addWidget(cell, place, 1)
    last = len(lines) + 1
    for place, factor in enumerate(f.factors):
        grid.addWidget(label("\n".join(described(factor)), "muted", wrap=True), last + place, 0, 1, 2)
    return made


def mwh(kwh: Decimal) -> str:
    """Kilowatt-hours as megawatt-hours, for reading."""
    value = kwh / THOUSAND
    return show_number(value, 1 if abs(value) >= 10 else 3) if value else "0"


def percent(share: Decimal | None) -> str:
    """A ratio for reading; a dash where there is none."""
    return "–" if share is None else show_number(share * 100, 1)


def plain(value: Decimal) -> str:
    """All digits, for copying."""
    return f"{value:f}"
