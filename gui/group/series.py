"""The years of the group: as reported, and recalculated for what was bought, sold or restated since the base year."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from core.group.year.base_year import BOUGHT, CHANGED, RESTATED, SOLD, BaseYear, Reason, SeriesYear
from core.i18n import T, show_number
from core.library import EXACT
from core.methods import plain
from gui.chart import Chart
from gui.chart_data import BarData, Series
from gui.group.asking import share_of
from gui.group.cards import beside, change_words
from gui.language import _, say
from gui.settings import Settings
from gui.tables.table import Column, Table
from gui.tables.whole_rows import choose_whole_rows
from gui.theme import tokens
from gui.widgets import button, card, clear, empty_state, marked, subheading
from gui.wording import TONNES, minus, tonnes

KINDS = {BOUGHT: T("Acquired"), SOLD: T("Sold"), CHANGED: T("Another share"), RESTATED: T("Restated")}


class Years(QWidget):
    """What the threshold says, the chart, the years, and the reasons."""

    def __init__(self, settings: Settings, ask_group: Callable[[], object]) -> None:
        """``ask_group`` leads to where the base year is chosen."""
        super().__init__()
        self._base: BaseYear | None = None
        self._verdict = QVBoxLayout()
        self.chart = Chart(_("Emissions of the group over the years"))
        self.years: Table[SeriesYear] = Table("group_series", year_columns(lambda: self._base), settings,
                                              name=_("Years"), identity=lambda r: r.year)  # fmt: skip
        choose_whole_rows(self.years)
        self.reasons: Table[Reason] = Table("group_reasons", reason_columns(), settings,
                                            name=_("What changes the base year"),
                                            identity=lambda r: (r.key, r.kind))  # fmt: skip
        choose_whole_rows(self.reasons)
        drawn, inside = card()
        inside.addWidget(self.chart, 1)
        above = beside(self.years, drawn)
        above.setMinimumHeight(self.fontMetrics().height() * 14)
        self._why = subheading(_("What changes the base year"))
        lines = self.reasons.view.verticalHeader().defaultSectionSize() * 4
        self.reasons.view.setMinimumHeight(lines)
        full = QWidget()
        column = QVBoxLayout(full)
        column.setContentsMargins(0, 10, 0, 0)
        column.setSpacing(8)
        column.addLayout(self._verdict)
        column.addWidget(above, 3)
        column.addWidget(self._why)
        column.addWidget(self.reasons, 2)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(full)
        self._stack.addWidget(empty_state(
            "history", _("No base year is chosen"),
            _("The years are compared with a base year; it is recalculated when plants are bought or sold, or reports "
              "restated, by more than the threshold."),
            button(_("Choose the base year…"), ask_group, role="primary"),
        ))  # fmt: skip

    def show_found(self, base: BaseYear | None) -> None:
        """None: nobody chose a base year."""
        self._base = base
        self._stack.setCurrentIndex(0 if base is not None else 1)
        if base is None:
            return
        clear(self._verdict)
        self._verdict.addWidget(verdict(base))
        self.years.set_rows(base.years)
        self.reasons.set_rows(base.reasons)
        for part in (self._why, self.reasons):
            part.setVisible(bool(base.reasons))
        self.chart.show_data(bars(base))


def verdict(base: BaseYear) -> QWidget:
    """Whether the base year is to be recalculated."""
    change = "0" if base.change is None else minus(show_number(round(base.change, 2), 2))
    words = {"change": change, "limit": show_number(base.threshold), "year": str(base.year)}
    if base.due:
        return marked("warning", "warning", _(
            "The effects add up to {change} % of {year}, at least the threshold of {limit} %: the recalculated series "
            "is the one to compare with.", **words))  # fmt: skip
    return marked("check", "good", _(
        "The effects add up to {change} % of {year}, below the threshold of {limit} %: the original series holds.",
        **words))  # fmt: skip


def year_columns(base: Callable[[], BaseYear | None]) -> list[Column[SeriesYear]]:
    """Both series, and the change of the one that holds against the base year."""

    def change(row: SeriesYear) -> Decimal | None:
        held = base()
        if held is None:
            return None
        first = held.valid[held.year]
        return share_of(EXACT.subtract(held.valid[row.year], first), first)

    return [
        Column("year", _("Year"), lambda r: str(r.year), sort=lambda r: r.year, width=8),
        Column("original", _("As reported"), lambda r: tonnes(r.original), TONNES, "right", lambda r: r.original,
               lambda r: plain(r.original), width=12),
        Column("recalculated", _("Recalculated series"), lambda r: tonnes(r.recalculated), TONNES, "right",
               lambda r: r.recalculated, lambda r: plain(r.recalculated), width=13),
        Column("change", _("Change"), lambda r: change_words(change(r)), "%", "right",
               lambda r: change(r) or Decimal(0), width=9),
        Column("lacking", _("Without a report"), lambda r: ", ".join(r.lacking), width=16, stretch=True),
    ]  # fmt: skip


def reason_columns() -> list[Column[Reason]]:
    """What happened to which plant, and its weight."""
    return [
        Column("kind", _("What happened"), lambda r: say(KINDS[r.kind]), width=14),
        Column("name", _("Plant"), lambda r: r.name, width=22, stretch=True),
        Column("tonnes", _("Effect on the base year"), lambda r: signed(r.tonnes), TONNES, "right", lambda r: r.tonnes,
               lambda r: plain(r.tonnes), width=14),
    ]  # fmt: skip


def signed(value: Decimal) -> str:
    """With its sign."""
    return f"+{tonnes(value)}" if value > 0 else tonnes(value)


def bars(base: BaseYear) -> BarData:
    """Two bars for each year beside each other: as reported, and recalculated."""
    names, first, second = [], [], []
    for one in base.years:
        title = _("{year} (base)", year=str(one.year)) if one.year == base.year else str(one.year)
        names += [_("{year} as reported", year=title), _("{year} recalculated", year=title)]
        first += [one.original, Decimal(0)]
        second += [Decimal(0), one.recalculated]
    return BarData(
        _("Emissions of the group over the years"),
        tuple(names),
        (Series(_("As reported"), tuple(first), tokens().edge),
         Series(_("Recalculated series"), tuple(second), tokens().series[0])),
        TONNES,
        _("Emissions"),
        lying=True,
    )  # fmt: skip
