"""A tariff: what a kilowatt-hour costs by day and time, and what one fed in earns."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core.errors import UserError
from core.exchange import parse_number
from core.exchange.ids import next_ids
from core.i18n import T, show_number
from core.ledger import Ledger, Tariff
from core.solar.tariffs import bands_of, check_tariffs, week_of
from gui.asking import Asking
from gui.fields import ParsedField, date_field, number_field, text_field
from gui.language import _, language
from gui.solar.days import EVERY, days_words, parse_days, parse_time, split_band
from gui.solar.inputs import DraftTable, row_of
from gui.solar.week import WeekPicture
from gui.solar.words import plain
from gui.tables.table import Column
from gui.widgets import label, letters, subheading

ROWS = 7
"""Of the table of prices, with the empty one."""
WIDE = 104
"""Digits across, for table and picture."""


@dataclass(frozen=True, slots=True)
class BandRow:
    """A price and when it holds."""

    id: int
    days: str = EVERY
    begin: str = "00:00"
    end: str = "24:00"
    price: Decimal = Decimal(0)

    @property
    def when(self) -> str:
        """As a tariff keeps it."""
        return f"{self.days} {self.begin}-{self.end}"


def band_columns() -> list[Column[BandRow]]:
    """Of the table."""
    times = [f"{hour:02d}:00" for hour in range(25)]
    return [
        Column("days", _("Days"), lambda row: days_words(row.days),
               edit=lambda row, text: replace(row, days=parse_days(text)),
               choices=lambda _row: [days_words(key) for key in (EVERY, "1-5", "6,7", "1", "6", "7")], width=18),
        Column("begin", _("From"), lambda row: row.begin, edit=lambda row, text: replace(row, begin=parse_time(text)),
               choices=lambda _row: times[:-1], width=8),
        Column("end", _("To"), lambda row: row.end, edit=lambda row, text: replace(row, end=parse_time(text)),
               choices=lambda _row: times[1:], width=8),
        Column("price", _("Price"), lambda row: show_number(row.price), _("per kWh"), "right", lambda row: row.price,
               lambda row: plain(row.price), lambda row, text: replace(row, price=parse_number(text)), width=10),
    ]  # fmt: skip


def parse_currency(text: str) -> str:
    """Three letters, as ISO 4217 writes them.

    Raises
    ------
    UserError
        for anything else.

    Examples
    --------
    >>> parse_currency(" cny ")
    'CNY'
    """
    tidy = text.strip().upper()
    if len(tidy) == 3 and tidy.isascii() and tidy.isalpha():
        return tidy
    raise UserError(T("“{text}” is no currency.", text=text[:20]), T("Write its three letters, e.g. CNY or EUR."))


def last_before(held: Sequence[Tariff], year: int) -> Tariff | None:
    """The tariff that ended last before a year; None where one holds in it, or there is none."""
    if any(one.start.year <= year <= one.end.year for one in held):
        return None
    return max((one for one in held if one.end.year < year), key=lambda one: one.end, default=None)


class TariffDialog(Asking):
    """Adds a tariff, or alters one."""

    def __init__(self, ledger: Ledger, year: int, known: Tariff | None = None, parent: QWidget | None = None) -> None:
        super().__init__(
            _("Tariff") if known is None else _("Tariff “{name}”", name=known.name),
            _("What purchased electricity costs, and what feed-in earns: it puts money on what the roof gives."),
            _("Keep"),
            parent,
        )
        self._ledger, self._known = ledger, known
        self._count = 0
        self._make(year)
        self._fill(known, year)
        self._lay_out()
        self.bands.changed.connect(self._look)
        self._look()

    def _make(self, year: int) -> None:
        held = self._ledger.held(Tariff)
        currency = held[0].currency if held else "CNY" if self._ledger.plant.country == "CN" else ""
        self.name = text_field(_("Name"), required=True)
        self.currency: ParsedField[str] = ParsedField(
            _("Currency"), parse_currency, str, currency, _("Three letters, e.g. CNY"), required=True
        )
        self.start = date_field(_("Valid from"), date(year, 1, 1), required=True)
        self.end = date_field(_("Valid to"), date(year, 12, 31), end=True, required=True)
        self.feed_in = number_field(_("Feed-in, per kWh"), Decimal(0))
        self.note = text_field(_("Remark"))
        self.bands: DraftTable[BandRow] = DraftTable(
            band_columns(), name=_("Prices by day and time"), rows=ROWS, blank=self._blank
        )
        self.picture = WeekPicture()
        self._said = label("", "muted", size=0.92, wrap=True)
        self._copied = label("", "muted", size=0.92, wrap=True)
        self._copied.hide()

    def _blank(self) -> BandRow:
        self._count += 1
        return BandRow(self._count)

    def _fill(self, known: Tariff | None, year: int) -> None:
        """A new one for a year without any begins with the prices of the last one."""
        before = None if known is not None else last_before(self._ledger.held(Tariff), year)
        if known is None and before is None:
            self.bands.show_records((replace(self._blank(), price=Decimal(0)),))
            return
        if before is not None:
            name = before.name.replace(str(before.end.year), str(year))
            known = replace(before, name=name, start=date(year, 1, 1), end=date(year, 12, 31), note="")
            self._copied.setText(_("The prices are those of “{name}”: correct what has changed.", name=before.name))
        assert known is not None
        self._copied.setVisible(before is not None)
        self.name.set(known.name)
        self.currency.set(known.currency)
        self.start.set(known.start)
        self.end.set(known.end)
        self.feed_in.set(known.feed_in)
        self.note.set(known.note)
        rows = []
        for when, price in known.bands:
            days, begin, end = split_band(when)
            rows.append(BandRow(self._blank().id, days, begin, end, _decimal(price)))
        self.bands.show_records(rows)

    def _lay_out(self) -> None:
        self.fields.addWidget(row_of(self.name, self.currency))
        self.fields.addWidget(row_of(self.start, self.end, self.feed_in))
        self.fields.addWidget(subheading(_("Prices by day and time")))
        hint = _("The first row that fits holds, so the exceptions come first and the rest of the week last.")
        self.fields.addWidget(self._copied)
        self.fields.addWidget(label(hint, "muted", size=0.92, wrap=True))
        both = QWidget()
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        self.bands.setMinimumWidth(self.bands.whole)
        row.addWidget(self.bands, 0, Qt.AlignmentFlag.AlignTop)
        week = QVBoxLayout()
        week.setSpacing(6)
        week.addWidget(self.picture)
        week.addWidget(self._said)
        week.addStretch(1)
        row.addLayout(week, 1)
        both.setMinimumWidth(letters(self, WIDE))
        self.fields.addWidget(both)
        self.fields.addWidget(self.note)

    # ------------------------------------------------------------------ look

    def _draft(self) -> Tariff:
        bands = tuple((row.when, plain(row.price)) for row in self.bands.records)
        return Tariff("", self.name.line.text(), "CNY", date.min, date.max, bands)

    def _look(self) -> None:
        """The week as it would be; what cannot be read is said when it is kept."""
        try:
            bands, week = week_of(self._draft())
        except UserError as error:
            self.bands.complain(error.text(language()))
            return
        self.bands.complain("")
        self.picture.show_week(bands, week)
        gaps = self.picture.gaps
        words = _("{hours} hours of the week have no price.", hours=f"{gaps / 60:g}") if gaps else ""
        self._said.setText(words)
        self._said.setVisible(bool(words))

    # ------------------------------------------------------------------ result

    def tariff(self) -> Tariff:
        """What is entered.

        Raises
        ------
        UserError
            when something is missing or cannot be; the field says so too.
        """
        fields: tuple[ParsedField[str] | ParsedField[date] | ParsedField[Decimal], ...] = (
            self.name, self.currency, self.start, self.end, self.feed_in,
        )  # fmt: skip
        wrong = None
        for field in fields:
            try:
                field.read()
            except UserError:
                wrong = wrong or field
        if wrong is not None:
            wrong.setFocus()
            raise UserError(
                T("Some fields are missing or cannot be read."), T("What is wrong stands below each field.")
            )
        if self.end.need() < self.start.need():
            raise UserError(T("It ends before it begins."), T("Correct one of the two days."))
        bands = tuple((row.when, plain(row.price)) for row in self.bands.records)
        if not any(row.price for row in self.bands.records):
            raise UserError(T("The tariff has no price."), T("Enter at least one row with a price."))
        return Tariff(
            self._known.id if self._known is not None else next_ids(self._ledger, 1, "tariff")[0],
            self.name.need(),
            self.currency.need(),
            self.start.need(),
            self.end.need(),
            bands,
            self.feed_in.read() or Decimal(0),
            self.note.read() or "",
        )

    def work(self) -> Callable[[], object]:
        tariff = self.tariff()
        others = tuple(one for one in self._ledger.held(Tariff) if one.id != tariff.id)

        def look() -> Tariff:
            bands_of(tariff)
            check_tariffs((tariff, *others))
            return tariff

        return look


def _decimal(text: str) -> Decimal:
    try:
        return Decimal(text)
    except ArithmeticError:
        return Decimal(0)
