"""The form of a sample: what to draw from, how and how many, with what it comes to shown while one chooses."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from core.audit.choosing import JUDGEMENT, MONETARY_UNIT, RANDOM, STRATIFIED
from core.audit.frame import FrameItem, frame_of
from core.audit.ladder import ladder
from core.audit.procedures import samples_of
from core.audit.sampling import ALLOCATIONS, METHODS, STRATA, Drawn, Wish, drawing
from core.errors import UserError
from core.exchange.ids import next_ids
from core.i18n import T
from core.inventory import Inventory
from core.ledger import Ledger
from core.methods import plain
from gui.asking import Asking
from gui.fields import Field, number_field, text_field
from gui.language import _, language, say
from gui.quality.parts import combo
from gui.settings import Settings
from gui.tables.table import Column, Table
from gui.widgets import SCREEN_SHARE, button, in_order, label, letters, number, subheading
from gui.wording import TONNES, tonnes

WIDE = 128
"""Digits of the whole form."""
PAUSE_MS = 200
"""After the last key before the preview follows."""
SEED_BYTES = 8
BY_SIZE_OF_RISK = 0
"""In the place of a level."""
SOURCES_SEEN = 5


@dataclass(frozen=True, slots=True)
class Row:
    """One record of the frame, or of what would be drawn."""

    id: str
    source: str
    month: str
    tonnes: Decimal
    times: int


class SampleDialog(Asking):
    """Draws a sample."""

    stated = Signal(object)
    """A Drawn that may be kept."""

    def __init__(
        self,
        ledger: Ledger,
        inventory: Inventory,
        year: int,
        settings: Settings,
        sources: Sequence[str],
        chosen: Sequence[str] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            _("Draw a sample"),
            _("The same seed draws the same records anywhere and at any time."),
            _("Draw"),
            parent,
        )
        self._ledger, self._inventory, self._year = ledger, inventory, year
        self._items: dict[str, FrameItem] = {item.activity: item for item in frame_of(inventory).items}
        self.made: Drawn | None = None
        """What the preview shows."""
        self._make_fields(sources, chosen)
        self._make_preview(settings)
        self._lay_out()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.preview)
        self._listen()
        self._show_fields()
        self.preview()

    def sizeHint(self) -> QSize:
        """Wide enough for the form and the preview side by side."""
        room = self.screen().availableSize() * SCREEN_SHARE
        return QSize(letters(self, WIDE), super().sizeHint().height()).boundedTo(room)

    # ------------------------------------------------------------------ build

    def _make_fields(self, sources: Sequence[str], chosen: Sequence[str]) -> None:
        count = len(samples_of(self._ledger, self._year)) + 1
        self.name = text_field(_("Name"), _("Sample {number}", number=count), required=True)
        self.method = combo(_("Method"), [(say(words), key) for key, words in METHODS.items()])
        self.sources = QListWidget()
        self.sources.setAccessibleName(_("Emission sources"))
        for source in sources:
            item = QListWidgetItem(source, self.sources)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if source in chosen else Qt.CheckState.Unchecked)
        self.sources.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.sources.setFixedHeight((self.fontMetrics().height() + 12) * SOURCES_SEEN)
        steps = [(_("{level} % of the records of each source", level=step), step) for step in ladder().steps]
        self.level = combo(_("How many"), [])
        self.level.addItem(_("As risk asks"), BY_SIZE_OF_RISK)
        for words, step in steps:
            self.level.addItem(words, step)
        self.strata = combo(_("Strata"), [(say(words), key) for key, words in STRATA.items()])
        self.allocation = combo(_("Shared out"), [(say(words), key) for key, words in ALLOCATIONS.items()])
        self.confidence = number_field(_("Confidence (%)"), None, _("Empty: as risk asks."))
        self.tolerable = number_field(_("Tolerable (t CO₂e)"), None, _("Empty: materiality."))
        self.rate = number_field(_("Tolerable (% of the records)"), None, _("Empty: 10 %."))
        self.expected = number_field(_("Expected, in the same unit"), None, _("Empty: nothing."))
        self.wanted = number_field(_("Size"), None, _("Empty: as it follows."))
        self.seed = text_field(_("Seed"), secrets.token_hex(SEED_BYTES), required=True)
        self.reason = text_field(_("Reason"), "")
        self.another = button(_("Another seed"), self.new_seed, role="link")

    def _make_preview(self, settings: Settings) -> None:
        self.count = number("", size=1.5, strong=True)
        self._why = label("", wrap=True)
        self._notes = label("", "muted", wrap=True)
        self.rows: Table[Row] = Table("sample_preview", _columns(), settings, name=_("Records"), editable=False)
        self.rows.view.setSelectionBehavior(self.rows.view.SelectionBehavior.SelectRows)
        self.rows.setMinimumHeight(self.fontMetrics().height() * 14)

    def _lay_out(self) -> None:
        self._fields: dict[str, QWidget] = {
            "method": Field(_("Method"), self.method),
            "sources": Field(_("Emission sources"), self.sources, _("None ticked: all of them.")),
            "level": Field(_("How many"), self.level),
            "strata": Field(_("Strata"), self.strata),
            "allocation": Field(_("Shared out"), self.allocation),
        }
        left = QVBoxLayout()
        left.setSpacing(8)
        numbers = QGridLayout()
        numbers.setHorizontalSpacing(12)
        for place, field in enumerate((self.confidence, self.wanted, self.tolerable, self.expected)):
            numbers.addWidget(field, place // 2, place % 2, Qt.AlignmentFlag.AlignTop)
        numbers.addWidget(self.rate, 1, 0, Qt.AlignmentFlag.AlignTop)
        for widget in (self.name, *self._fields.values()):
            left.addWidget(widget)
        left.addLayout(numbers)
        for widget in (self.seed, self.another, self.reason):
            left.addWidget(widget)
        left.addStretch(1)
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addWidget(subheading(_("What would be drawn")))
        right.addWidget(self.count)
        right.addWidget(self._why)
        right.addWidget(self._notes)
        right.addWidget(self.rows, 1)
        both = QHBoxLayout()
        both.setSpacing(24)
        both.addLayout(left, 2)
        both.addLayout(right, 3)
        self.fields.addLayout(both, 1)
        numbers_in_order = (self.confidence, self.wanted, self.tolerable, self.rate, self.expected, self.seed)
        stops = [self.name.line, self.method, self.sources, self.level, self.strata, self.allocation,
                 *(field.line for field in numbers_in_order), self.another, self.reason.line,
                 self.rows.search]  # fmt: skip
        in_order(*stops)

    def _listen(self) -> None:
        for box in (self.method, self.level, self.strata, self.allocation):
            box.activated.connect(lambda _row: self._chosen())
        self.sources.itemChanged.connect(lambda _item: self._chosen())
        for field in (self.name, self.confidence, self.tolerable, self.rate, self.expected, self.wanted, self.seed,
                      self.reason):  # fmt: skip
            field.changed.connect(self._pause.start)
        self.rows.view.selectionModel().selectionChanged.connect(lambda _new, _old: self._picked())

    # ------------------------------------------------------------------ follow

    def _chosen(self) -> None:
        self._show_fields()
        self._pause.start()

    def _show_fields(self) -> None:
        """Only what the method asks for."""
        method = str(self.method.currentData())
        by_level = method == RANDOM and int(self.level.currentData() or 0) > 0
        by_risk = method in (MONETARY_UNIT, STRATIFIED, RANDOM) and not by_level
        self._fields["level"].setVisible(method == RANDOM)
        self._fields["strata"].setVisible(method == STRATIFIED)
        self._fields["allocation"].setVisible(method == STRATIFIED)
        for field in (self.confidence, self.expected, self.wanted):
            field.setVisible(by_risk)
        self.tolerable.setVisible(by_risk and method != RANDOM)
        self.rate.setVisible(by_risk and method == RANDOM)
        chance = method in (MONETARY_UNIT, STRATIFIED, RANDOM)
        self.seed.setVisible(chance)
        self.another.setVisible(chance)
        self.reason.setVisible(method == JUDGEMENT)

    def new_seed(self) -> None:
        """Chance comes in here once; from then on everything follows from the seed."""
        self.seed.set(secrets.token_hex(SEED_BYTES))
        self.preview()

    def wish(self) -> Wish:
        """What is asked.

        Raises
        ------
        UserError
            when a field cannot be read; it says so itself.
        """
        method = str(self.method.currentData())
        by_level = method == RANDOM and int(self.level.currentData() or 0) > 0
        wanted = [self.sources.item(row) for row in range(self.sources.count())]
        by_risk = not by_level and method in (MONETARY_UNIT, STRATIFIED, RANDOM)
        size = self.wanted.read() if by_risk else None
        tolerable = self.rate if method == RANDOM else self.tolerable
        if size is not None and (size != size.to_integral_value() or size < 1):
            error = UserError(T("A size is a whole number from 1 on."))
            self.wanted.complain(error.text(language()))
            raise error
        return Wish(
            name=self.name.need(),
            method=method,
            sources=tuple(one.text() for one in wanted if one.checkState() == Qt.CheckState.Checked),
            seed=self.seed.read() or "",
            size=0 if size is None else int(size),
            level=int(self.level.currentData() or 0) if by_level else 0,
            confidence=self.confidence.read() if by_risk else None,
            tolerable=tolerable.read() if by_risk else None,
            expected=(self.expected.read() if by_risk else None) or Decimal(0),
            strata=str(self.strata.currentData()),
            allocation=str(self.allocation.currentData()),
            activities=tuple(row.id for row in self.rows.chosen) if method == JUDGEMENT else (),
            reason=self.reason.read() or "",
        )

    def preview(self) -> None:
        """What it comes to now, or what is missing."""
        if self.method.currentData() == JUDGEMENT:
            self._offer()
            return
        try:
            self.made = self._drawn(self.wish())
        except UserError as error:
            self.made = None
            self._say(error.text(language()), (), ())
            self.rows.set_rows([])
            return
        sample = self.made.sample
        self._say(self._counted(self.made), self.made.sizing.why, self.made.sizing.notes)
        self.rows.set_rows([self._row(key, sample.activities.count(key)) for key in dict.fromkeys(sample.activities)])

    def _drawn(self, wish: Wish) -> Drawn:
        (key,) = next_ids(self._ledger, 1, "sample")
        return drawing(self._ledger, self._inventory, self._year, wish, key)

    def _offer(self) -> None:
        """All records, to choose from."""
        wanted = [self.sources.item(row) for row in range(self.sources.count())]
        names = {one.text() for one in wanted if one.checkState() == Qt.CheckState.Checked}
        rows = [self._row(item.activity, 1) for item in self._items.values() if not names or item.source in names]
        if [row.id for row in self.rows.model.records] != [row.id for row in rows]:
            self.rows.set_rows(rows)
        self._picked()

    def _picked(self) -> None:
        if self.method.currentData() == JUDGEMENT:
            chosen = len(self.rows.chosen)
            self._say(_("Records chosen: {count}", count=chosen), (), ())
            self._notes.setText(_("Select the rows that are to be tested; Ctrl or Shift for several."))

    def _say(self, head: str, why: Sequence[object], notes: Sequence[object]) -> None:
        self.count.setText(head)
        self.count.setWordWrap(True)
        self._why.setText("\n".join(say(one) for one in why))  # type: ignore[arg-type]
        self._notes.setText("\n".join(say(one) for one in notes))  # type: ignore[arg-type]
        self._why.setVisible(bool(why))
        self._notes.setVisible(bool(notes) or self.method.currentData() == JUDGEMENT)

    def _counted(self, made: Drawn) -> str:
        records = len(set(made.sample.activities))
        if records == made.sample.size:
            return _("Records: {count}", count=records)
        return _("Draws: {draws}, records: {count}", draws=made.sample.size, count=records)

    def _row(self, key: str, times: int) -> Row:
        item = self._items[key]
        return Row(key, item.source, item.month, item.tonnes, times)

    # ------------------------------------------------------------------ draw

    def work(self) -> Callable[[], object]:
        wish = self.wish()
        return lambda: self._drawn(wish)

    def succeeded(self, result: object) -> None:
        """Handed over; the page closes the dialog when it was kept."""
        self.stated.emit(result)


def _columns() -> list[Column[Row]]:
    return [
        Column("source", _("Source"), lambda r: r.source, width=18, stretch=True),
        Column("month", _("Month"), lambda r: r.month, width=9),
        Column("tonnes", _("Emissions"), lambda r: tonnes(r.tonnes), TONNES, "right", lambda r: r.tonnes,
               lambda r: plain(r.tonnes), width=10),
        Column("times", _("Times drawn"), lambda r: str(r.times), "", "right", lambda r: r.times, width=7),
        Column("id", _("Record"), lambda r: r.id, width=9, hidden=True),
    ]  # fmt: skip
