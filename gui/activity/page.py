"""Activity data: the grid of bills. Typed, pasted, filled down or imported, every act is one undoable change."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from weakref import WeakKeyDictionary

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QCheckBox, QMenu, QVBoxLayout, QWidget

from core.errors import UserError
from core.exchange.columns import recognise
from core.exchange.ids import next_ids
from core.exchange.proofs import releasing
from core.i18n import T, Text
from core.ledger import Activity, Step
from core.methods import all_methods
from gui.activity.files import ActivityFiles
from gui.activity.inspector import explained
from gui.activity.rows import COLUMN_TITLES, Reader, Row, Rows, alike, columns, marks_of
from gui.commands import Command
from gui.evidence.proofs import Proofs, with_proofs
from gui.language import _, language
from gui.page import NewRecord, Page
from gui.session import Session
from gui.settings import Settings
from gui.tables.table import Edits, Mark, Refusal, Table
from gui.undoing import undo
from gui.widgets import button, empty_state, heading

MOST_TOLD = 12
"""Refusals listed in the details of a notice."""


@dataclass(slots=True)
class Drafts:
    """Rows that are not finished; they outlive the page, which language and theme make anew."""

    rows: dict[str, Row] = field(default_factory=dict)
    count: int = 0
    """Drafts begun, for their ids."""


_DRAFTS: WeakKeyDictionary[Session, Drafts] = WeakKeyDictionary()


class ActivityPage(Page):
    """The grid with its import and its explanations."""

    def __init__(self, session: Session, settings: Settings) -> None:
        super().__init__()
        self._session, self._settings = session, settings
        self._kept = _DRAFTS.setdefault(session, Drafts())
        self._reader, self._rows = Reader(session.library, self._like), Rows()
        self._alike: tuple[object, dict[str, Activity]] = (None, {})
        """What each source is, and the ledger that says so."""
        self._marks: dict[str, dict[str, Mark]] = {}
        self._every = QCheckBox(_("All years"))
        self._every.setAccessibleName(_("Show the activity data of all years"))
        self._every.toggled.connect(self.refresh)
        self.table: Table[Row] = Table(
            "activity",
            columns(self._reader, session.library, self._sources),
            settings,
            name=_("Activity data"),
            blank=self._blank,
            editable=session.writable,
            marks=self._marks_of,
        )
        self.table.view.named = recognise
        self.table.asked.connect(self._change)
        self.table.refused.connect(self._refused)
        self.table.current.connect(lambda _row: self.selected.emit())
        self.files = ActivityFiles(self, session, settings)
        self.files.imported.connect(lambda found: self._look_outside(one.activity for one in found.ready))
        self.proofs = Proofs(self, session, self.table, self.takes, self.take)
        self._title = heading("")
        self._empty = self._nothing_yet()
        self._typing = False
        """Whether the person chose to type into the empty grid."""
        self._lay_out()

    def _lay_out(self) -> None:
        self._import = button(_("Import"), self.files.choose_import, role="primary", picture="import")
        self._more = button(_("More"), self._offer_more)
        self._add = button(_("Add row"), self.table.begin_record, picture="plus")
        for widget in (self._every, self._add, self._import, self._more):
            self.table.add_tool(widget)
        for one in (self._add, self._import):
            one.setEnabled(self._session.writable)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 12)
        column.setSpacing(10)
        column.addWidget(self._title)
        column.addWidget(self.table, 1)
        column.addWidget(self._empty, 1)

    def _nothing_yet(self) -> QWidget:
        begin = (
            button(_("Import a file"), self.files.choose_import, role="primary", picture="import"),
            button(_("Type or paste rows"), self._begin_typing),
        )
        for one in begin:
            one.setEnabled(self._session.writable)
        return empty_state(
            "activity",
            _("Here belong the bills of the plant"),
            _("One row for each bill: what was bought, burned, leaked or generated, from when to when, and how much."),
            *begin,
            button(_("Save an empty template"), self.files.save_template),
        )

    @property
    def _drafts(self) -> dict[str, Row]:
        return self._kept.rows

    # ------------------------------------------------------------------ show

    def refresh(self) -> None:
        """Everything, from the session."""
        session = self._session
        held = session.ledger.activities if self._every.isChecked() else session.inventory.activities
        self._marks = with_proofs(marks_of(session.findings), session.ledger)
        rows = self._rows.of(held, session.inventory.lines)
        filled = bool(session.ledger.activities) or bool(self._drafts) or self._typing
        self.table.setVisible(filled)
        self._empty.setVisible(not filled)
        year = str(session.year)
        every = self._every.isChecked()
        self._title.setText(_("Activity data of all years") if every else _("Activity data of {year}", year=year))
        self.table.set_rows([*rows, *self._drafts.values()])

    def show_subject(self, subject: object) -> None:
        """Go to a record; one of another year switches to all years."""
        if isinstance(subject, NewRecord):
            self._begin_of(subject)
        if not isinstance(subject, str):
            return
        if self.table.show_record(subject):
            self.inspector_wanted.emit()
        elif self._session.ledger.get("activity", subject) is not None:
            self._every.setChecked(True)
            self.table.show_record(subject)
            self.inspector_wanted.emit()
        else:
            line = next((li for li in self._session.inventory.lines if _concerns(subject, li.factor.parts)), None)
            if line is not None and self.table.show_record(line.activity.id):
                self.inspector_wanted.emit()

    def _begin_of(self, wish: NewRecord) -> None:
        """A row of this method, with the item where there is only one; the person goes on at the source."""
        if not self._session.writable:
            return
        row = replace(self._blank(), source=wish.source, item=wish.item, unit=wish.unit)
        if wish.method:
            method = all_methods()[wish.method]
            category = wish.category if len(method.categories) > 1 and wish.category in method.categories else 0
            items = [item.key for item in self._session.library.items.values() if item.kind in method.kinds]
            item = wish.item or (items[0] if len(items) == 1 else "")
            row = replace(row, method=method.key, item=item, category=category)
        self._kept.count += 1
        self._drafts[row.id] = row
        self.refresh()
        self.table.show_record(row.id, "start" if wish.source else "source")

    def _begin_typing(self) -> None:
        self._typing = True
        self.refresh()
        self.table.begin_record()

    def _sources(self) -> Sequence[str]:
        return sorted({activity.source for activity in self._session.ledger.activities})

    def _marks_of(self, row: Row) -> dict[str, Mark]:
        if row.id in self._drafts:
            return {key: Mark("info", _("Still missing; the row is kept once it is complete.")) for key in row.missing}
        return self._marks.get(row.id, {})

    # ------------------------------------------------------------------ change

    def _blank(self) -> Row:
        return Row(f"new {self._kept.count}")

    def _like(self, source: str) -> Activity | None:
        ledger = self._session.ledger
        if self._alike[0] is not ledger:
            self._alike = (ledger, alike(ledger.activities))
        return self._alike[1].get(source)

    def _change(self, edits: Edits[Row]) -> None:
        """Make one change of one act; rows that are not finished wait in the grid."""
        drafts, steps, fresh = dict(self._drafts), [], []
        try:
            for edit in edits.edits:
                before, after = edit.before, edit.after
                saved = self._saved(before)
                if after is None:
                    drafts.pop(before.id if before else "", None)
                    if saved is not None:
                        steps.append(Step("activity", saved.id, saved, None))
                elif saved is not None:
                    steps.append(Step("activity", saved.id, saved, self._reader.activity(after)))
                elif after.missing:
                    after = self._named(after, before)
                    self._kept.count += 1
                    drafts[after.id] = after
                else:
                    drafts.pop(after.id, None)
                    fresh.append(self._reader.activity(after))
        except UserError as error:
            self.tell("bad", error.text(language()))
            return
        ids = next_ids(self._session.ledger, len(fresh))
        steps += [Step("activity", key, None, replace(one, id=key)) for key, one in zip(ids, fresh, strict=True)]
        self._confirm(edits.act, steps, drafts)

    def _saved(self, row: Row | None) -> Activity | None:
        found = self._session.ledger.get("activity", row.id) if row is not None else None
        return found if isinstance(found, Activity) else None

    def _named(self, row: Row, before: Row | None) -> Row:
        return row if before is not None else replace(row, id=f"new {self._kept.count}")

    def _confirm(self, act: str, steps: list[Step], drafts: dict[str, Row]) -> None:
        old, self._kept.rows = self._drafts, drafts
        waiting = [row for key, row in drafts.items() if key not in old] if act == "paste" else []
        if not steps:
            self.refresh()
            self._tell_waiting(waiting)
            return
        freed = releasing(self._session.ledger, (step.id for step in steps if step.after is None))
        if self.attempt(lambda: self._session.edit(_why(act, steps), [*steps, *freed]) or True) is None:
            self._kept.rows = old
            self.refresh()
            return
        if act in ("delete", "paste", "fill"):
            self.tell("good", _done(act, len(steps)), undo(self, self._session))
        self._look_outside(step.after for step in steps)
        self._tell_waiting(waiting)

    def _tell_waiting(self, rows: Sequence[Row]) -> None:
        """What pasted rows lack before they count."""
        if rows:
            missing = {key for row in rows for key in row.missing}
            names = [COLUMN_TITLES[key] for key in COLUMN_TITLES if key in missing]
            words = _("Rows that wait and do not count yet: {count}. Still missing: {columns}.", count=len(rows),
                      columns=names)  # fmt: skip
            self.tell("warning", words)

    def _look_outside(self, records: Iterable[object]) -> None:
        """Say so when a row that was just entered belongs to another year and is therefore not shown."""
        period = self._session.choices.period
        found = [one for one in records if isinstance(one, Activity)]
        outside = [one for one in found if one.end < period.start or one.start > period.end]
        if not outside or self._every.isChecked():
            return
        year = outside[0].start.year
        same = sum(one.start.year == year for one in outside)
        words = _("The row belongs to {year} and is kept there.", year=str(year))
        if same > 1:
            words = _("Rows that belong to {year} and are kept there: {count}.", year=str(year), count=same)
        self.tell("info", words, (_("Show {year}", year=str(year)), lambda: self._session.show_year(year)))

    def _refused(self, refusals: tuple[Refusal, ...]) -> None:
        first = refusals[0]
        reasons = [
            _("Row {row}, {column}: {why}", row=one.row, column=one.column, why=one.error.text(language()))
            for one in refusals[:MOST_TOLD]
        ]
        if len(refusals) == 1 and first.row == 1:
            self.tell("bad", first.error.text(language()))
        else:
            words = _("{count} cells were not accepted, nothing was changed. {first}", count=len(refusals),
                      first=reasons[0])  # fmt: skip
            self.tell_more("bad", words, "\n".join(reasons))

    # ------------------------------------------------------------------ files and commands

    def takes(self, path: Path) -> bool:
        return self.files.takes(path)

    def take(self, paths: Sequence[Path]) -> None:
        self.files.start_import(paths[0])

    def _offer_more(self) -> None:
        menu = QMenu(self)
        for command in self.commands()[2:]:
            menu.addAction(command.title, command.run)
        menu.popup(self._more.mapToGlobal(self._more.rect().bottomLeft()))

    def commands(self) -> list[Command]:
        return [
            Command(
                _("Import activity data"), self.files.choose_import, "", "import", "", lambda: self._session.writable
            ),
            Command(_("Add row"), self.table.begin_record, "", "plus", "", lambda: self._session.writable),
            Command(_("Attach a proof…"), self.proofs.choose, "", "evidence", "", lambda: self._session.writable),
            Command(_("Save an empty template"), self.files.save_template, "", "new"),
            Command(_("Export activity data"), self.files.save_export, "", "export"),
            Command(_("Delete the selected rows"), self.table.view.delete_rows, "", "delete"),
        ]

    # ------------------------------------------------------------------ explain

    def _show_factor(self, key: str) -> None:
        # The link dies with the inspector, so the click has to be over before.
        QTimer.singleShot(0, self, lambda: self.wanted.emit("library", key))

    def inspect(self) -> QWidget | None:
        """How the emissions of the selected record came about."""
        activity = self._saved(self.table.current_record())
        return None if activity is None else explained(activity, self._session, self._show_factor, self.proofs)


def _why(act: str, steps: list[Step]) -> Text:
    """What the journal calls it."""
    count = len(steps)
    if act == "delete":
        return T("{count} rows of activity data deleted", count=count)
    if act == "paste":
        return T("{count} rows of activity data pasted", count=count)
    if act == "fill":
        return T("Filled down into {count} rows of activity data", count=count)
    if act == "clear":
        return T("Cells of {count} rows of activity data emptied", count=count)
    if steps[0].before is None:
        return T("Activity data entered")
    return T("Activity data edited")


def _done(act: str, count: int) -> str:
    if act == "delete":
        return _("{count} rows deleted.", count=count)
    return _("{count} rows changed.", count=count)


def _concerns(subject: str, parts: tuple[str, ...]) -> bool:
    """Whether a finding about a factor or its publication is about one of these; behind an @ stands what it met."""
    key = subject.partition("@")[0]
    return any(part == key or part.startswith(f"{key}.") for part in parts)
