"""What the inspector says about a product: its footprint, stage by stage, down to each thing that it is made of."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from core.i18n import show_number
from core.library import EXACT
from core.methods import exact_sum
from core.products import GATE, STAGES, Contribution, Footprint
from core.products.making import per_unit
from gui.explain import Explanation
from gui.language import _, say
from gui.products.answer import Answer, Row
from gui.products.words import KG, fitting, kilograms, stage_title, unit_title
from gui.session import Session
from gui.solar.parts import SplitBar
from gui.theme import tokens
from gui.widgets import button, label, marked, number
from gui.wording import shown_percent

MOST = 6
"""Contributions of a stage shown before somebody asks for all."""
NAME = 22
"""Width of a name in the narrow pane, in digits; the tooltip has all of it."""
_HUNDRED = Decimal(100)


class ProductExplanation(Explanation):
    """One product in the year shown."""

    def __init__(
        self, row: Row, answer: Answer, session: Session, open_part: Callable[[Contribution], object]
    ) -> None:  # fmt: skip
        super().__init__(session.library)
        self._open = open_part
        product = row.product
        self.title(product.name, " · ".join(filter(None, (product.number, product.code, product.description))))
        if row.footprint is None:
            self._problems(row)
        else:
            self._result(row.footprint, answer)
            for stage in STAGES:
                self._stage(row.footprint, stage)
        self.history(session.history(product), product.id)
        self.column.addStretch(1)

    def _problems(self, row: Row) -> None:
        words = [say(one) for one in row.problems]
        for one in words or [_("What is said above the table stands in the way of its footprint.")]:
            self.column.addWidget(marked("warning", "warning", one))

    def _result(self, one: Footprint, answer: Answer) -> None:
        unit = unit_title(one.product.unit)
        shown = number(f"{show_number(one.per_unit)} {KG}", size=1.25, strong=True)
        shown.setWordWrap(True)
        self.column.addWidget(shown)
        below = _("Per {unit}, from the cradle to the gate of the plant, {year}", unit=unit,
                  year=str(answer.found.year))  # fmt: skip
        self.column.addWidget(label(below, "muted", wrap=True))
        colours = tokens().series
        parts = [(stage_title(stage), float(kg), colours[place]) for place, (stage, kg) in enumerate(one.stages)
                 if stage in GATE]  # fmt: skip
        if all(amount >= 0 for _name, amount, _colour in parts):
            self.column.addWidget(SplitBar(_("Stages"), parts))
        self.pairs(
            (
                (_("Made [{unit}]", unit=unit), show_number(one.quantity)),
                (_("Primary data"), f"{shown_percent(one.primary_share)} %"),
                (_("Biogenic CO₂, apart"), f"{show_number(one.biogenic_per_unit)} kg CO₂" if one.biogenic_per_unit
                 else ""),
                (_("Potentials of gases"), answer.found.gwp_set),
            )
        )  # fmt: skip

    def _stage(self, one: Footprint, stage: str) -> None:
        """What a stage adds, the largest first."""
        parts = [part for part in one.contributions if part.stage == stage]
        if not parts:
            return
        self.section(stage_title(stage))
        kg = dict(one.stages)[stage]
        counted = stage in GATE
        share = f" · {shown_percent(_share(kg, one.per_unit))} %" if counted else ""
        self.column.addWidget(number(f"{kilograms(kg)} {KG}{share}", strong=True))
        if not counted:
            self.column.addWidget(label(_("Beyond the gate: no part of the footprint."), "muted", wrap=True))
        holder = QWidget()
        inside = QVBoxLayout(holder)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        inside.addWidget(self._grid(one, parts[:MOST]))
        if (rest := parts[MOST:]) != []:
            more = button(_("Show {count} more", count=len(rest)), lambda: None, role="link")

            def unfold() -> None:
                more.hide()
                inside.addWidget(self._grid(one, rest))

            more.clicked.connect(unfold)
            inside.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(holder)

    def _grid(self, one: Footprint, parts: list[Contribution]) -> QWidget:
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(0, 1)
        whole = exact_sum(part.tonnes for part in one.contributions if part.stage in GATE)
        for line, part in enumerate(parts):
            link = button(fitting(self, part.what, NAME), partial(self._open, part), role="link", tip=part.what)
            kg = per_unit(part.tonnes, one.quantity)
            link.setAccessibleName(_("{what}: {kg} kg CO₂e. Show how it came about", what=part.what,
                                     kg=kilograms(kg)))  # fmt: skip
            grid.addWidget(link, line, 0, Qt.AlignmentFlag.AlignLeft)
            percent = f"{shown_percent(_share(part.tonnes, whole))} %" if part.stage in GATE else ""
            for column, text in ((1, kilograms(kg)), (2, percent)):
                grid.addWidget(number(text, size=0.95), line, column, Qt.AlignmentFlag.AlignRight)
        return holder


def _share(part: Decimal, whole: Decimal) -> Decimal | None:
    return EXACT.divide(EXACT.multiply(part, _HUNDRED), whole) if whole else None
