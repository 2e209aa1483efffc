"""From months of a meter to activity data: what would be entered, what is left out and why; all of it or nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from core.errors import UserError
from core.exchange.ids import next_ids
from core.i18n import T, show_month, show_number
from core.ledger import Activity, Entry, Meter
from core.methods import all_methods
from core.series.activities import Derived, LeftOut, activities_of
from core.series.read import MonthSum
from gui.activity.parameters import ChosenField
from gui.asking import Asking
from gui.fields import text_field
from gui.language import _, language, say
from gui.meters.parts import headed
from gui.session import Session
from gui.settings import Settings
from gui.tables.table import Column, Table
from gui.widgets import label
from gui.wording import item_name, method_name, unit_name

ROWS_SEEN = 5
FOLLOWING = {"scope3"}
"""Upstream and losses follow from the amounts of the meter, and are no reason to count it."""


@dataclass(frozen=True, slots=True)
class LeftRow:
    """A month that is left out."""

    id: str
    left: LeftOut


class ActivitiesDialog(Asking):
    """The months of a year of one meter."""

    def __init__(
        self, session: Session, settings: Settings, meter: Meter, sums: list[MonthSum], year: int,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        title = _("Enter months as activity data")
        words = _("What {meter} counted in {year} becomes rows of the inventory: whole months that are not there yet.",
                  meter=meter.name, year=str(year))  # fmt: skip
        super().__init__(title, words, _("Enter"), parent)
        self._session, self._meter, self._sums, self._settings = session, meter, sums, settings
        self.derived: Derived | None = None
        self.entry: Entry | None = None
        """What was confirmed, once the dialog is accepted."""
        self._refusal: UserError | None = None
        self.method = self._method_choice()
        self.note = text_field(
            _("Reason and method of the estimates"), hint=_("Stands with the months that hold estimated values")
        )
        self.note.setVisible(any(one.estimated for one in sums))
        self._why = label("", "bad", wrap=True)
        self.rows: Table[Activity] = Table(
            "meter_activities", self._columns(), settings, name=_("Months that would be entered"), editable=False
        )
        self.left: Table[LeftRow] = Table(
            "meter_left_out", _left_columns(), settings, name=_("Months that are left out"), editable=False
        )
        self.left.view.wrap_rows()
        self._lay_out()
        self.calculate()

    def _method_choice(self) -> ChosenField:
        item = self._session.library.items.get(self._meter.item)
        fitting = [key for key, one in all_methods().items() if item is not None and item.kind in one.kinds]
        known = {
            a.method
            for a in self._session.ledger.activities
            if (a.source, a.item) == (self._meter.source, self._meter.item)
        }
        own = [key for key in sorted(known) if set(all_methods()[key].scopes) != FOLLOWING] or sorted(known) or fitting
        first = own[0] if len(own) == 1 else ""
        choices = [(key, method_name(key)) for key in fitting]
        made = ChosenField(_("Method"), choices, first, _("as the activity data of this source"))
        made.changed.connect(self.calculate)
        return made

    def _lay_out(self) -> None:
        source = _("{source}, {item}", source=self._meter.source or "–",
                   item=item_name(self._session.library, self._meter.item) or "–")  # fmt: skip
        self.fields.addWidget(label(source, strong=True, wrap=True))
        self.fields.addWidget(self.method)
        self.fields.addWidget(self.note)
        self._count, self._left_count = headed(self.rows, ""), headed(self.left, "")
        for table in (self.rows, self.left):
            table.show_at_least(ROWS_SEEN, below=4)
            self.fields.addWidget(table, 1)
        self.fields.addWidget(self._why)

    def _columns(self) -> list[Column[Activity]]:
        library = self._session.library
        return [
            Column("month", _("Month"), lambda a: show_month(a.start, language()), sort=lambda a: a.start, width=14),
            Column("quantity", _("Quantity"), lambda a: show_number(a.quantity), "", "right", lambda a: a.quantity,
                   lambda a: f"{a.quantity:f}", width=16),
            Column("unit", _("Unit"), lambda a: unit_name(library, a.unit), width=8),
            Column("estimated", _("Estimated"), lambda a: _("yes") if a.estimated else "", width=10),
            Column("evidence", _("Reference"), lambda a: a.evidence, width=26, stretch=True),
        ]  # fmt: skip

    # ------------------------------------------------------------------ what it gives

    def calculate(self) -> None:
        """What would be entered by the chosen method."""
        ledger = self._session.ledger
        try:
            self.derived = activities_of(
                self._meter, self._sums, ledger, lambda count: next_ids(ledger, count), method=self.method.value,
                note=self.note.line.text().strip(), lang=language(),
            )  # fmt: skip
            self._refusal = None
        except UserError as error:
            self.derived, self._refusal = None, error
        found = self.derived.activities if self.derived is not None else ()
        left = self.derived.left_out if self.derived is not None else ()
        self._count.setText(_("{count} months would be entered", count=len(found)))
        self._left_count.setText(_("{count} months are left out", count=len(left)))
        self.rows.set_rows(found)
        self.left.set_rows([LeftRow(one.month.isoformat(), one) for one in left])
        self.left.setVisible(bool(left))
        self.rows.setVisible(bool(found))
        self._why.setText("" if self._refusal is None else self._refusal.text(language()))
        self._why.setVisible(self._refusal is not None)
        self.go.setEnabled(bool(found))
        words = _("Enter {count} months", count=len(found)) if found else _("Enter")
        self.go.setText(words)
        self.go.setAccessibleName(words)

    def work(self) -> Callable[[], object]:
        self.calculate()  # the reason may have been typed since
        if self.derived is None:
            raise self._refusal or UserError(T("Nothing can be entered."), T("Choose days for which values are there."))
        found = self.derived.activities
        return lambda: found

    def succeeded(self, result: object) -> None:
        assert isinstance(result, tuple)
        why = T("{count} months of {name} entered as activity data", count=len(result), name=self._meter.name)
        try:
            self.entry = self._session.put(why, *result)
        except UserError as error:
            self.complain(error)
            return
        super().succeeded(result)


def _left_columns() -> list[Column[LeftRow]]:
    return [
        Column("month", _("Month"), lambda r: show_month(r.left.month, language()), sort=lambda r: r.left.month,
               width=13),
        Column("reason", _("Reason"), lambda r: say(r.left.reason), width=34, stretch=True),
        Column("remedy", _("What to do"), lambda r: say(r.left.remedy), width=26),
    ]  # fmt: skip
