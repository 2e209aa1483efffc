"""The plan: areas at the left, the actions of the chosen one at the right, with what follows from each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QWidget

from core.actions import Bar
from core.actions.summary import AreaSum
from core.entering.forms import ordered
from core.i18n import show_date
from core.ledger import Action
from core.ledger.records import Record
from gui.actions.answer import Answer
from gui.actions.filed import FiledPart
from gui.actions.words import NONE, money, tonnes_a_year
from gui.entering.form import RecordForm
from gui.entering.known import known_of_new
from gui.language import _, language, say
from gui.page import Page
from gui.session import Session
from gui.settings import Settings
from gui.tables.table import Column, Mark
from gui.widgets import divided, letters
from gui.wording import said

HIDDEN = (
    "part", "life", "source", "item", "energy", "tonnes", "ramp", "opex", "saving", "currency", "discount", "excludes",
    "measure", "evidence", "note", "area", "capex",
)  # fmt: skip
"""Columns that are off at first: the area is chosen at the left, the rest stands in the inspector."""
_KEY = Qt.ItemDataRole.UserRole
WIDE, LEAST = 27, 19
"""Of the list of areas, in digits: at first, and as narrow as it can be made."""
NARROW = {"start": 16, "owner": 11, "status": 12}
"""Columns beside the list of areas, in digits."""
LEVELS = {"stop": "bad", "warning": "warning", "info": "info"}


class ActionsPart(FiledPart):
    """The table of actions, of all areas or of one."""

    def __init__(self, page: Page, session: Session, settings: Settings, answer: Callable[[], Answer | None]) -> None:
        self._answer = answer
        self.area = ""
        """Key of the area that is shown; empty: all."""
        super().__init__(
            page, session, settings, "action",
            _("What lowers emissions, each with its owner, its dates, what it costs and what it saves: LED in hall 1, "
              "a heat pump for the paint shop, electric lorries."),
            hidden=HIDDEN, picture="actions", beside={"status": self._following()}, marks=self._marks,
            known=lambda: known_of_new(session, "action"),
        )  # fmt: skip
        kept = settings.column_widths(f"records_{self.kind}")
        for place, column in enumerate(self.table.model.columns):
            if column.key in NARROW and column.key not in kept:
                self.table.view.setColumnWidth(place, letters(self, NARROW[column.key]))

    def refresh(self) -> None:
        """The actions of the area."""
        every = ordered(self.session.records, self.form)
        self.table.set_rows([one for one in every if self.area in ("", cast("Action", one).area)] if every else [])
        self._offer()

    def _ask(self, record: Record | None) -> None:
        form = RecordForm(self.session.records, self.form, record, self)
        if record is None:
            form.prefill({**self._known(), **({"area": self.area} if self.area else {})})
        self.ask(form)

    # ------------------------------------------------------------------ what follows

    def _following(self) -> list[Column[Record]]:
        """Columns that are calculated."""
        return [
            Column("saves", _("Reduction"), lambda one: tonnes_a_year(self._tonnes(one)), "t CO₂e/a", "right",
                   lambda one: self._tonnes(one) or Decimal(0), lambda one: _plain(self._tonnes(one)), width=10),
            Column("per_tonne", _("Cost of a tonne"), self._cost_words, "", "right",
                   lambda one: _last(self._cost(one)), lambda one: _plain(self._cost(one)), width=14),
            Column("next", _("Next milestone"), self._next, sort=self._due, width=16),
        ]  # fmt: skip

    def _cost_words(self, one: Record) -> str:
        """With its currency, which may differ from row to row."""
        cost = self._cost(one)
        return money(None) if cost is None else f"{money(cost)} {cast('Action', one).currency}".strip()

    def _bar(self, one: Record) -> Bar | None:
        answer = self._answer()
        return None if answer is None else answer.bars.get(one.id)

    def _tonnes(self, one: Record) -> Decimal | None:
        bar = self._bar(one)
        return None if bar is None else bar.tonnes

    def _cost(self, one: Record) -> Decimal | None:
        bar = self._bar(one)
        return None if bar is None else bar.cost

    def _next(self, one: Record) -> str:
        answer = self._answer()
        step = None if answer is None else answer.next_milestone(cast("Action", one))
        return "" if step is None else f"{show_date(step.due, language())} {step.name}"

    def _due(self, one: Record) -> str:
        answer = self._answer()
        step = None if answer is None else answer.next_milestone(cast("Action", one))
        return "9999" if step is None else step.due.isoformat()

    def _marks(self, one: Record) -> Mapping[str, Mark]:
        """The gravest of what is said of an action, at its name; a milestone that is late, at the milestone."""
        answer = self._answer()
        judged = () if answer is None else answer.of(cast("Action", one))
        if answer is None or not judged:
            return {}
        words = "\n".join(said(each.message, each.remedy) for each in judged)
        found = {"name": Mark(LEVELS[judged[0].level], words)}  # type: ignore[arg-type]
        late = [each for each in judged if each.rule == "action_milestone_late"]
        if late:
            found["next"] = Mark("warning", say(late[0].message))
        return found


class PlanPart(QWidget):
    """Areas and actions."""

    area_chosen = Signal(str)

    def __init__(self, page: Page, session: Session, settings: Settings, answer: Callable[[], Answer | None]) -> None:
        super().__init__()
        self._answer = answer
        self.areas = QListWidget()
        self.areas.setAccessibleName(_("Areas of the plan"))
        self.areas.setWordWrap(True)
        self.areas.setMinimumWidth(letters(self, LEAST))
        self.areas.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.areas.currentItemChanged.connect(lambda item, _before: self._chosen(item))
        self.part = ActionsPart(page, session, settings, answer)
        inside = self.part.layout()
        if inside is not None:
            inside.setContentsMargins(12, 0, 0, 0)
        parts = divided(self.areas, self.part)
        parts.setStretchFactor(1, 1)
        parts.setSizes([letters(self, WIDE), 3 * letters(self, WIDE)])
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 10, 0, 0)
        row.addWidget(parts)

    def refresh(self) -> None:
        """Areas with their sums, and the actions of the chosen one."""
        answer = self._answer()
        self.areas.blockSignals(True)
        self.areas.clear()
        if answer is not None:
            found = answer.summary
            total = sum(count for status, count in found.statuses if status != "stopped")
            self._add("", _("The whole plan"), total, found.planned.location)
            for one in found.areas:
                self._add(one.area.key, say(one.area.name), one.actions, one.saved.location, one)
        self.areas.blockSignals(False)
        self.part.refresh()

    def _add(self, key: str, name: str, count: int, tonnes: Decimal, area: AreaSum | None = None) -> None:
        saved = tonnes_a_year(tonnes)
        said = _("{count} actions · {tonnes} t/a", count=count, tonnes=saved) if count > 1 else NONE
        if count == 1:
            said = _("1 action · {tonnes} t/a", tonnes=saved)
        item = QListWidgetItem(f"{name}\n{said}")
        item.setData(_KEY, key)
        if area is not None:
            owner = _("Owner: {name}", name=area.area.owner) if area.area.owner else ""
            item.setToolTip("\n".join(filter(None, (say(area.area.about), owner))))
        self.areas.addItem(item)
        if key == self.part.area:
            self.areas.setCurrentItem(item)

    def choose(self, key: str) -> None:
        """Show the actions of an area; of all without a key."""
        for place in range(self.areas.count()):
            if self.areas.item(place).data(_KEY) == key:
                self.areas.setCurrentRow(place)

    def show_record(self, key: str) -> bool:
        """Go to an action, whatever its area."""
        if self.part.table.show_record(key):
            return True
        self.choose("")
        return self.part.table.show_record(key)

    def _chosen(self, item: QListWidgetItem | None) -> None:
        self.part.area = str(item.data(_KEY)) if item is not None else ""
        self.part.refresh()
        self.area_chosen.emit(self.part.area)


def _plain(value: Decimal | None) -> str:
    return "" if value is None else f"{value:f}"


def _last(value: Decimal | None) -> Decimal:
    """Actions without a cost of a tonne stand last."""
    return Decimal("Infinity") if value is None else value
