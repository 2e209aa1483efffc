"""The footprints of a year: how the plant's emissions are shared, a row for each product, its stages as bars."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from core.i18n import show_number
from core.products import STAGES, Footprint
from gui.chart import Chart
from gui.language import _, say
from gui.products.answer import INVENTORY, PUBLISHED, Answer, Row
from gui.products.picture import SHARE, UNIT, WHOLE, bars_of
from gui.products.remarks import Remarks
from gui.products.words import KG, NONE, adding_up, kilograms, stage_title, unit_title
from gui.quality.parts import combo
from gui.settings import Settings
from gui.solar.parts import drawn
from gui.tables.table import Column, Mark, Table
from gui.widgets import button, card, divided, label, letters, number, with_air
from gui.wording import TONNES, shown_percent

CHART_LINES = 14
TABLE_LINES = 9
"""Least heights, in lines of text."""
NARROW = 13
"""Least width of a choice, in digits."""


class FootprintsView(QWidget):
    """What the first tab shows."""

    asked_otherwise = Signal()
    """Another figure of scope 2, or another electricity."""
    product_chosen = Signal(str)
    """Id of the product that one stands on; empty: none."""
    sharing_wanted = Signal()
    opened = Signal()
    """Somebody asks to see more of the product."""

    def __init__(self, settings: Settings, answer: Callable[[], Answer | None]) -> None:
        super().__init__()
        self._answer = answer
        self.scope2 = combo(_("Scope 2"), [(_("Market-based"), "market"), (_("Location-based"), "location")])
        self.electricity = combo(
            _("Electricity"),
            [(_("Factor of the inventory"), INVENTORY), (_("Published footprint factor"), PUBLISHED)],
        )
        self.electricity.setToolTip(
            _("The published factor counts a kilowatt-hour from the fuel's extraction on, whatever certificates cover "
              "it. China publishes one for product footprints.")
        )  # fmt: skip
        for one in (self.scope2, self.electricity):
            one.activated.connect(lambda _row: self.asked_otherwise.emit())
        self.remarks = Remarks()
        self.table: Table[Row] = Table("footprints", _columns(), settings, name=_("Footprints"), editable=False,
                                       marks=_marks)  # fmt: skip
        self.table.view.setSelectionBehavior(self.table.view.SelectionBehavior.SelectRows)
        self.table.current.connect(lambda row: self.product_chosen.emit("" if row is None else row.id))
        self.table.view.doubleClicked.connect(lambda _index: self.opened.emit())
        self.by = combo(
            _("What the bars are"),
            [(_("Per declared unit"), UNIT), (_("By share"), SHARE), (_("All that was made"), WHOLE)],
        )
        self.by.activated.connect(lambda _row: self._draw())
        self.chart = Chart(_("Footprints by stage"), self.by)
        self._sum = SumLine(self.sharing_wanted.emit)
        self._lay_out()

    def _lay_out(self) -> None:
        tools = QHBoxLayout()
        tools.setSpacing(8)
        for words, field in ((_("Scope 2"), self.scope2), (_("Electricity"), self.electricity)):
            named: QLabel = label(words, "muted")
            named.setBuddy(field)
            field.setMinimumWidth(letters(self, NARROW))
            tools.addWidget(named)
            tools.addWidget(field)
        tools.addStretch(1)
        line = self.fontMetrics().height()
        above = QWidget()
        inside = QVBoxLayout(above)
        inside.setContentsMargins(0, 2, 0, 4)
        inside.addWidget(self.table)
        above.setMinimumHeight(line * TABLE_LINES)
        self._chart_card = with_air(drawn(self.chart, CHART_LINES), above=4)
        parts = divided(above, self._chart_card, upright=True)
        parts.setStretchFactor(0, 1)
        parts.setStretchFactor(1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(6)
        column.addLayout(tools)
        column.addWidget(self._sum)
        column.addWidget(self.remarks)
        column.addWidget(parts, 1)

    # ------------------------------------------------------------------ show

    @property
    def choice(self) -> tuple[str, str]:
        """Figure of scope 2 and electricity, as they are asked for."""
        return str(self.scope2.currentData()), str(self.electricity.currentData())

    def refresh(self) -> None:
        """All of it, from the answer."""
        answer = self._answer()
        if answer is None:
            return
        found = answer.found
        _choose(self.scope2, found.view)
        _choose(self.electricity, found.electricity)
        self._sum.show_sum(found.shared, found.apart)
        self.remarks.show_remarks(found.problems, found.notes)
        self.table.set_rows(answer.rows)
        self._chart_card.setVisible(bool(found.footprints))
        self._draw()

    def _draw(self) -> None:
        answer = self._answer()
        if answer is not None:
            self.chart.show_data(bars_of(answer.rows, str(self.by.currentData())))


class SumLine(QWidget):
    """``shared + apart = plant``, each with what it is."""

    def __init__(self, how: Callable[[], object]) -> None:
        super().__init__()
        frame, inside = card()
        inside.setContentsMargins(16, 6, 16, 6)
        row = QHBoxLayout()
        row.setSpacing(14)
        self._numbers = [number("", size=1.3, strong=True) for _part in range(3)]
        words = (_("shared among products"), _("apart"), _("of the plant"))
        for place, (shown, what) in enumerate(zip(self._numbers, words, strict=True)):
            if place:
                row.addWidget(label("=" if place == 2 else "+", "muted", size=1.3), 0, Qt.AlignmentFlag.AlignTop)
            part = QVBoxLayout()
            part.setSpacing(0)
            part.addWidget(shown)
            part.addWidget(label(f"{TONNES} · {what}", "muted", size=0.92, wrap=True))
            part.addStretch(1)
            row.addLayout(part, 1)
        row.addWidget(button(_("How it was shared"), how, role="link"), 0, Qt.AlignmentFlag.AlignVCenter)
        inside.addLayout(row)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(frame)
        frame.setToolTip(
            _("Scopes 1 and 2, and of scope 3 what energy causes before it arrives (category 3) and waste afterwards "
              "(category 5). To the last digit, what is shared and what is apart are what the plant emitted.")
        )  # fmt: skip
        self._frame = frame

    def show_sum(self, shared: Decimal, apart: Decimal) -> None:
        """Both parts and their sum; all digits are in the tooltips."""
        for shown, words, full in zip(
            self._numbers, adding_up(shared, apart), (shared, apart, shared + apart), strict=True
        ):
            shown.setText(words)
            shown.setToolTip(f"{show_number(full)} {TONNES}")
        said = _("{shared} t shared among the products and {apart} t apart are the {whole} t CO₂e of the plant",
                 shared=self._numbers[0].text(), apart=self._numbers[1].text(),
                 whole=self._numbers[2].text())  # fmt: skip
        self._frame.setAccessibleName(said)


def _choose(box: QComboBox, key: str) -> None:
    box.setCurrentIndex(box.findData(key))


def _columns() -> list[Column[Row]]:
    def amount(
        key: str, title: str, of: Callable[[Footprint], Decimal], unit: str = KG, *, width: int = 11,
        hidden: bool = False, show: Callable[[Decimal | None], str] = kilograms,
    ) -> Column[Row]:  # fmt: skip
        def value(row: Row) -> Decimal | None:
            return None if row.footprint is None else of(row.footprint)

        return Column(
            key, title, lambda row: show(value(row)), unit, "right",
            lambda row: Decimal("-Infinity") if (known := value(row)) is None else known,
            lambda row: "" if (known := value(row)) is None else f"{known:f}", width=width, hidden=hidden,
        )  # fmt: skip

    def stage(key: str) -> Column[Row]:
        return amount(key, stage_title(key), lambda one: dict(one.stages)[key], hidden=True)

    return [
        Column("product", _("Product"), lambda row: row.product.name, width=26, stretch=True),
        amount("footprint", _("Footprint"), lambda one: one.per_unit, _("kg CO₂e/unit"), width=11),
        Column("unit", _("Declared unit"), lambda row: unit_title(row.product.unit), width=10),
        amount("primary", _("Primary data"), lambda one: one.primary_share, "%", show=shown_percent, width=9),
        amount("made", _("Made"), lambda one: one.quantity, "", show=_quantity, width=11),
        Column("number", _("Product number"), lambda row: row.product.number, width=13),
        *(stage(key) for key in STAGES),
        amount("biogenic", _("Biogenic CO₂, apart"), lambda one: one.biogenic_per_unit, "kg CO₂", hidden=True),
    ]


def _quantity(value: Decimal | None) -> str:
    return NONE if value is None else show_number(value)


def _marks(row: Row) -> Mapping[str, Mark]:
    if row.problems:
        return {"product": Mark("warning", "\n".join(map(say, row.problems)))}
    return {}
