"""Readings of a meter: typed or pasted, every act one undoable change; what follows from them stands beside them."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core.errors import UserError
from core.exchange.ids import next_ids
from core.i18n import T, Text
from core.ledger import Ledger, Meter, MeterExchange, Reading, Step
from core.series.entering import checked_reading
from core.series.series import Series
from gui.language import _, language
from gui.meters.reading_rows import (
    ReadingRow,
    columns,
    contradiction,
    marks_of,
    reading_of,
    rows_of_readings,
    usual_kind,
)
from gui.session import Session
from gui.settings import Settings
from gui.tables.table import Edits, Refusal, Table
from gui.widgets import button, clear, label, marked, tool


class ReadingsView(QWidget):
    """The grid, and the exchanges of the meter above it."""

    refused = Signal(str)
    """A sentence: why nothing was changed."""
    done = Signal(str)
    """A sentence: what was changed, which may be undone."""
    exchange_wanted = Signal(object)
    """The MeterExchange to be edited; None: a new one is to be entered."""

    def __init__(self, session: Session, settings: Settings) -> None:
        super().__init__()
        self._session, self._settings = session, settings
        self._meter: Meter | None = None
        self._shown_for: tuple[str, str] = ("", "")
        self._drafts: dict[str, dict[str, ReadingRow]] = {}
        """Rows that are not finished, by meter."""
        self._count = 0
        self.table: Table[ReadingRow] | None = None
        self._above, self._place = QVBoxLayout(), QVBoxLayout()
        self._above.setSpacing(4)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 10, 0, 0)
        column.setSpacing(8)
        column.addLayout(self._above)
        column.addLayout(self._place, 1)

    @property
    def drafts(self) -> dict[str, ReadingRow]:
        """Rows of the meter that are not finished."""
        return self._drafts.setdefault(self._meter.id if self._meter is not None else "", {})

    def show_readings(self, meter: Meter, series: Series | None) -> None:
        """Show those of a meter; ``series`` are its intervals, with which they are compared."""
        self._meter = meter
        if self.table is None or self._shown_for != (meter.id, meter.unit):
            self._shown_for = (meter.id, meter.unit)
            clear(self._place)
            self.table = self._table(meter)
            self._place.addWidget(self.table)
        rows, problem = rows_of_readings(self._session.metered, meter, series)
        self._show_above(problem, empty=not rows)
        self.table.set_rows([*rows, *self.drafts.values()])

    def _table(self, meter: Meter) -> Table[ReadingRow]:
        made: Table[ReadingRow] = Table(
            "meter_readings",
            columns(meter),
            self._settings,
            name=_("Readings"),
            blank=self._blank,
            editable=self._session.writable,
            marks=lambda row: marks_of(row, self.drafts),
        )
        made.asked.connect(self._change)
        made.refused.connect(self._refused)
        swap = button(_("Enter an exchange…"), lambda: self.exchange_wanted.emit(None))
        swap.setToolTip(_("Another meter was put in the place of this one."))
        swap.setEnabled(self._session.writable)
        made.add_tool(swap)
        return made

    def _blank(self) -> ReadingRow:
        assert self._meter is not None
        return ReadingRow(f"new {self._count}", usual_kind(self._session.ledger, self._meter))

    # ------------------------------------------------------------------ above

    def _show_above(self, problem: UserError | None, *, empty: bool) -> None:
        clear(self._above)
        if empty:
            words = _("Type or paste what bills say or what the counter showed: by day, month or year, e.g. 2025-03.")
            self._above.addWidget(label(words, "muted", wrap=True))
        if problem is not None:
            self._above.addWidget(marked("warning", "warning", problem.text(language())))
        for one in self.exchanges():
            self._above.addWidget(self._exchange_line(one))

    def exchanges(self) -> list[MeterExchange]:
        """Those of the meter, in order of time."""
        key = self._meter.id if self._meter is not None else ""
        held = self._session.ledger.held(MeterExchange)
        return sorted((one for one in held if one.meter == key), key=lambda one: one.day)

    def _exchange_line(self, one: MeterExchange) -> QWidget:
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        words = _("Exchanged on {day}: the old counter ended at {last}, the new one began at {first}.", day=one.day,
                  last=one.last, first=one.first)  # fmt: skip
        row.addWidget(label(words, wrap=True), 1)
        edit = button(_("Edit…"), lambda: self.exchange_wanted.emit(one), role="link")
        edit.setAccessibleName(_("Edit the exchange of {day}", day=one.day))
        gone = tool("delete", _("Delete the exchange of {day}", day=one.day), lambda: self._remove(one))
        for widget in (edit, gone):
            widget.setEnabled(self._session.writable)
            row.addWidget(widget)
        return made

    def _remove(self, one: MeterExchange) -> None:
        assert self._meter is not None
        why = T("Exchange of {name} deleted", name=self._meter.name)
        self._confirm(why, [Step("meter_exchange", one.id, one, None)], self.drafts)
        self.done.emit(_("The exchange was deleted."))

    # ------------------------------------------------------------------ change

    def _change(self, edits: Edits[ReadingRow]) -> None:
        """Make one change of one act; rows that are not finished wait in the grid."""
        assert self._meter is not None
        drafts, steps, fresh = dict(self.drafts), [], []
        try:
            for edit in edits.edits:
                before, after = edit.before, edit.after
                saved = self._saved(before)
                if after is None or (saved is None and after.missing):
                    if after is None:
                        drafts.pop(before.id if before else "", None)
                        steps += [] if saved is None else [Step("reading", saved.id, saved, None)]
                        continue
                    after = after if before is not None else replace(after, id=f"new {self._count}")
                    self._count += 1
                    drafts[after.id] = after
                elif saved is not None:
                    steps.append(Step("reading", saved.id, saved, self._finished(after)))
                else:
                    drafts.pop(after.id, None)
                    fresh.append(self._finished(after))
        except UserError as error:
            self.refused.emit(error.text(language()))
            return
        ids = next_ids(self._session.ledger, len(fresh), "reading")
        steps += [Step("reading", key, None, replace(one, id=key)) for key, one in zip(ids, fresh, strict=True)]
        try:
            self._check_together(steps)
        except UserError as error:
            self.refused.emit(error.text(language()))
            return
        if self._confirm(_why(edits.act, self._meter, len(steps)), steps, drafts) and edits.act in ("delete", "paste"):
            self.done.emit(_("1 row changed.") if len(steps) == 1 else _("{count} rows changed.", count=len(steps)))

    def _finished(self, row: ReadingRow) -> Reading:
        assert self._meter is not None
        if row.missing:
            raise UserError(T("A reading needs its days and its value."), T("Delete the row if it is wrong."))
        return checked_reading(reading_of(row, self._meter), Ledger.of([self._meter]))

    def _check_together(self, steps: list[Step]) -> None:
        """Readings that followed from each other must still do so; asked once for all of them."""
        assert self._meter is not None
        before = self._session.ledger
        problem = contradiction(before.apply(steps), self._meter)
        if problem is not None and contradiction(before, self._meter) is None:
            raise problem

    def _saved(self, row: ReadingRow | None) -> Reading | None:
        found = self._session.ledger.get("reading", row.id) if row is not None else None
        return found if isinstance(found, Reading) else None

    def _confirm(self, why: Text, steps: list[Step], drafts: dict[str, ReadingRow]) -> bool:
        assert self._meter is not None
        key, old = self._meter.id, self.drafts
        self._drafts[key] = drafts
        if not steps:
            self._again()
            return False
        try:
            self._session.edit(why, steps)
        except UserError as error:
            self._drafts[key] = old
            self.refused.emit(error.text(language()))
            self._again()
            return False
        return True

    def _again(self) -> None:
        """Show what is held, without reading intervals again."""
        if self._meter is not None and self.table is not None:
            known = {row.id: row for row in self.table.model.records}
            rows, _problem = rows_of_readings(self._session.metered, self._meter, None)
            kept = [replace(row, counted=known[row.id].counted) if row.id in known else row for row in rows]
            self.table.set_rows([*kept, *self.drafts.values()])

    def _refused(self, refusals: tuple[Refusal, ...]) -> None:
        first = refusals[0]
        why = first.error.text(language())
        if len(refusals) == 1 and first.row == 1:
            self.refused.emit(why)
            return
        place = _("Row {row}, {column}: {why}", row=first.row, column=first.column, why=why)
        words = _("{count} cells were not accepted, nothing was changed. {first}", count=len(refusals), first=place)
        self.refused.emit(words)


def _why(act: str, meter: Meter, count: int) -> Text:
    if act == "delete":
        return T("{count} readings of {name} deleted", count=count, name=meter.name)
    return T("{count} readings of {name} entered or edited", count=count, name=meter.name)
