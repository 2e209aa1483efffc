"""Tests: the items of the samples, the evidence of each, its test sheet, and what it all means against materiality."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedLayout, QVBoxLayout, QWidget

from core.audit.allowed import allowed
from core.audit.areas import FINDINGS
from core.audit.blind import confirms, may_rekey, rekeying
from core.audit.effects import Effect, effect_of
from core.audit.misstatements import Misstatements, misstatements
from core.audit.people import name_of
from core.audit.procedures import (
    DIFFERS,
    NOT_POSSIBLE,
    Applied,
    Kept,
    applying,
    may_test,
    proofs_of,
    samples_of,
    unraised,
    untested,
)
from core.audit.sampled import results_of, told, widest
from core.errors import UserError
from core.exchange.ids import next_ids
from core.ledger import Activity, Sample, TestSheet
from core.methods import exact_sum
from gui.audit_findings.materiality_bar import MaterialityBar
from gui.commands import Command
from gui.evidence.copies import Copies
from gui.giving_way import Pane
from gui.language import _, language, say
from gui.page import NewFinding, Page
from gui.quality.parts import combo
from gui.session import Session
from gui.settings import Settings
from gui.sheets.form import Said, SheetForm, Shown
from gui.sheets.proof import ProofView
from gui.sheets.rows import ALL, OPEN, UNTESTED, Item, columns, items_of, marks, period
from gui.tables.table import Table
from gui.undoing import undo
from gui.widgets import button, divided, empty_state, heading, in_order, label, letters

ZERO = Decimal(0)
WIDTHS = (54, 40, 38)
"""Of list, evidence and sheet, in digits."""
LINES = 16
"""Of them, at least; a lower window scrolls."""


class TestsPage(Page):
    """Items at the left, evidence in the middle, the sheet at the right, materiality on top."""

    __test__ = False  # no test of ours, whatever its name

    def __init__(self, session: Session, settings: Settings) -> None:
        super().__init__()
        self._session = session
        self._nothing: QWidget | None = None
        self._found: Misstatements | None = None
        self._beside: dict[int, list[str]] = {}
        """Records beside the samples that somebody wants to test, by year."""
        self._at = ""
        """Record that the sheet shows."""
        self._first: dict[tuple[str, str], Decimal] = {}
        """What was typed blind the first time, by person and record."""
        self._title, self._progress = heading(""), label("", "muted")
        self.bar = MaterialityBar()
        self.sampled = label("", "muted", wrap=True)
        """What the chosen sample says about everything it was drawn from."""
        self.which = combo(_("Items to show"), [])
        self.which.activated.connect(lambda _row: self._show_items())
        self.table: Table[Item] = Table("tests", columns(), settings, name=_("Items"), editable=False, marks=marks)
        self.table.view.setSelectionBehavior(self.table.view.SelectionBehavior.SelectRows)
        self.table.current.connect(lambda _row: self._show_sheet())
        self.proof = ProofView(session, Copies(self, session).open)
        self.form = SheetForm(self._effect_of)
        self.form.said.connect(self.keep)
        self.form.raising.connect(lambda sheet: self._raise(self._at, sheet))
        self.form.procedure_changed.connect(self._show_items)
        self.form.live.connect(self._show_bar)
        self.table.view.doubleClicked.connect(lambda _index: self.form.found.line.setFocus())
        self.record = button(_("Show the record"), lambda: self.wanted.emit("activity", self._at), role="link")
        self._lay_out()
        keys = {"Ctrl+Return": self.form.agree, "Ctrl+Enter": self.form.agree,
                "Ctrl+Down": lambda: self._step(1), "Ctrl+Up": lambda: self._step(-1)}  # fmt: skip
        for key, act in keys.items():
            QShortcut(QKeySequence(key), self, act, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)

    # ------------------------------------------------------------------ build

    def _lay_out(self) -> None:
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(16, 14, 16, 12)
        column.setSpacing(10)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._title)
        head.addWidget(self._progress)
        head.addStretch(1)
        head.addWidget(self.which)
        column.addLayout(head)
        column.addWidget(self.bar)
        column.addWidget(self.sampled)
        split = divided(self.table, self._middle(), Pane(self.form))
        split.setSizes([letters(self, wide) for wide in WIDTHS])
        split.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)  # a bill takes the room there is
        split.setMinimumHeight(self.fontMetrics().height() * LINES)
        column.addWidget(split, 1)
        self._frame = QStackedLayout(self)
        self._frame.addWidget(body)
        stops = [self.which, self.table.view, *self.proof.stops(), self.record, *self.form.stops()]
        in_order(*stops)

    def _middle(self) -> QWidget:
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(12, 0, 12, 0)
        column.setSpacing(6)
        column.addWidget(self.proof, 1)
        row = QHBoxLayout()
        row.addWidget(self.record)
        row.addStretch(1)
        column.addLayout(row)
        return made

    # ------------------------------------------------------------------ page

    def refresh(self) -> None:
        """Everything, from the session."""
        session = self._session
        self._title.setText(_("Tests of {year}", year=str(session.year)))
        if session.ledger.engagement(session.year) is None or not (
            samples_of(session.ledger, session.year) or self._more
        ):
            self._show_empty()
            return
        self._frame.setCurrentIndex(0)
        self._found = misstatements(session.ledger, session.inventory, session.year)
        self._offer_samples()
        self._show_items()

    def show_subject(self, subject: object) -> None:
        """Go to a sample or to a record by its id; a record beside the samples is added to the list."""
        if not isinstance(subject, str):
            return
        if (place := self.which.findData(subject)) >= 0:
            self.which.setCurrentIndex(place)
            self._show_items()
        elif isinstance(self._session.ledger.get("activity", subject), Activity):
            if self.table.model.row_of(subject) is None:
                self.which.setCurrentIndex(max(0, self.which.findData(ALL)))
                self._show_items()
            if self.table.model.row_of(subject) is None:
                self._beside.setdefault(self._session.year, []).append(subject)
                self.refresh()
            self.table.show_record(subject)

    def main(self) -> QWidget | None:
        """The value that the evidence shows, where this person may test."""
        line = self.form.found.line
        return line if line.isVisible() and line.isEnabled() else super().main()

    def commands(self) -> list[Command]:
        return [Command(_("Next item to test"), self.go_on, icon="check")]

    def _show_empty(self) -> None:
        if self._session.ledger.engagement(self._session.year) is None:
            words = _("Here records are compared with their evidence, once somebody audits the year.")
            begin = button(_("Begin the audit"), lambda: self.wanted.emit("audit", None), role="primary")
        else:
            words = _(
                "Here the records of the samples are compared with their evidence: traced to the bill, recalculated, "
                "typed again blind, read on site. First a sample is drawn."
            )
            begin = button(_("Draw a sample"), lambda: self.wanted.emit("samples", None), role="primary")
        if self._nothing is not None:
            self._frame.removeWidget(self._nothing)
            self._nothing.deleteLater()
        self._nothing = empty_state("check", _("Nothing to test yet"), words, begin)
        self._frame.addWidget(self._nothing)
        self._frame.setCurrentWidget(self._nothing)

    # ------------------------------------------------------------------ list

    @property
    def _more(self) -> tuple[str, ...]:
        return tuple(self._beside.get(self._session.year, ()))

    def _offer_samples(self) -> None:
        chosen = self.which.currentData() or ALL
        choices = [(_("All samples"), ALL), (_("Untested only"), UNTESTED)]
        choices += [(one.name or one.id, one.id) for one in samples_of(self._session.ledger, self._session.year)]
        self.which.clear()
        for words, key in choices:
            self.which.addItem(words, key)
        self.which.setCurrentIndex(max(0, self.which.findData(chosen)))

    def _show_items(self) -> None:
        session = self._session
        which = str(self.which.currentData() or ALL)
        rows = items_of(session.ledger, session.library, session.year, which, blind=self.form.blind, more=self._more)
        self.table.set_rows(rows)
        every = items_of(session.ledger, session.library, session.year)
        left = {key for _sample, key in untested(session.ledger, session.year)}
        done = sum(1 for row in every if row.id not in left)
        self._show_sampled(which)
        self._progress.setText(_("{done} of {count} items tested", done=done, count=len(every)))
        if self.table.current_record() is None and rows:
            place = next((place for place, row in enumerate(self.table.model.visible) if row.state == OPEN), 0)
            self.table.view.go(place, 0)
        self._show_sheet()

    def _show_sampled(self, which: str) -> None:
        """The result of the chosen sample, or of the one that widens it; not while values are typed blind."""
        session, held = self._session, self._session.ledger.get("sample", which)
        self.sampled.setVisible(isinstance(held, Sample) and not self.form.blind)
        if isinstance(held, Sample):
            widened = widest(session.ledger, held).id
            found = results_of(session.ledger, session.inventory, session.year)
            self.sampled.setText(" ".join(say(told(one)) for one in found if one.sample.id == widened))

    def _step(self, by: int) -> None:
        """To the item below or above; the keyboard stays where it is."""
        place = self.table.view.currentIndex().row() + by
        if 0 <= place < self.table.model.rowCount():
            self.table.view.go(place, 0)

    def go_on(self) -> None:
        """To the next item that is open, below the current one first."""
        rows = self.table.model.visible
        here = self.table.view.currentIndex().row()
        order = [*range(here + 1, len(rows)), *range(0, here + 1)]
        following = next((place for place in order if rows[place].state == OPEN), None)
        if following is None:
            self.tell("good", _("Every item shown was tested."))
            return
        self.table.view.go(following, 0)
        self.form.found.line.setFocus()

    # ------------------------------------------------------------------ sheet

    def _show_sheet(self) -> None:
        row = self.table.current_record()
        fresh = row is None or row.id != self._at
        self._at = "" if row is None else row.id
        if row is None or row.record is None:
            self.form.setVisible(False)
            self.proof.show_files((), _("The record was deleted.") if row else "")
            self.record.setVisible(False)
            return
        self.form.setVisible(True)
        self.record.setVisible(not row.blind)
        proofs = proofs_of(self._session.ledger, row.id)
        held = tuple(one for one in self._session.ledger.evidence if one.id in proofs)
        self.proof.show_files(held, _("No kept file proves this record; look at the paper."))
        bill = _("bill {number}", number=row.record.evidence) if row.record.evidence else ""
        about = " · ".join(part for part in (row.item, period(row), bill) if part)
        names = {one.by: name_of(self._session.ledger, one.by) for one in row.sheets}
        sheets = () if row.blind else row.sheets
        shown = Shown(row.id, row.record.source, about, row.unit, row.reported, sheets, names)
        self.form.allow(self._refusal(row))
        self.form.show_record(shown, fresh=fresh)

    def _refusal(self, row: Item) -> str:
        """Why the person who acts may not test this record; empty: they may."""
        session, person = self._session, self._session.actor
        if not session.writable:
            return _("The file is open for reading only.")
        if person is None:
            return _("“{name}” is not one of the people of this audit. Choose who you are at the top.",
                     name=session.person)  # fmt: skip
        authors = session.file.authors("activity", row.id)
        try:
            if row.blind:
                may_rekey(session.ledger, session.year, row.id, person.id, authors)
            else:
                may_test(session.ledger, person.id, authors)
        except UserError as error:
            return error.text(language())
        return ""

    def keep(self, said: Said) -> None:
        """Keep what was said as a sheet, and go on to the next item."""
        key = self._at
        if self.form.blind and said.result != NOT_POSSIBLE and not self._typed_enough(key, said):
            return
        kept = self.attempt(lambda: self._keep(key, said))
        if kept is None:
            return
        self._first.pop((self._session.person, key), None)
        self.tell("good", _("{what}.", what=kept.why), self._next_step(kept))
        at = self.table.current_record()
        if at is None or at.id == key or at.state != OPEN:  # else the item went from the list, and the next one came
            self.go_on()

    def _next_step(self, kept: Kept) -> tuple[str, Callable[[], object]]:
        """What differs becomes a finding, where this person raises them; what agrees can only be taken back."""
        session, sheet = self._session, kept.sheet
        if sheet.result == DIFFERS and allowed(session.ledger, session.year, session.person, FINDINGS):
            return _("Raise a finding…"), lambda: self._raise(sheet.activity, sheet.id)
        return undo(self, self._session)

    def _raise(self, record: str, sheet: str) -> None:
        self.wanted.emit("audit_findings", NewFinding(record, sheet))

    def _typed_enough(self, key: str, said: Said) -> bool:
        """Whether a value typed blind may be kept: it is that of the record, or it was typed twice."""
        typed = (self._session.person, key)
        if said.found is None or typed in self._first or confirms(self._session.ledger, key, said.found):
            return True
        self._first[typed] = said.found
        self.form.ask_again(_("It differs from the record. Look at the evidence and type once more what it shows."))
        return False

    def _keep(self, key: str, said: Said) -> Kept:
        session, person = self._session, self._session.needed_actor
        (number,) = next_ids(session.ledger, 1, "test")
        authors = session.file.authors("activity", key)
        proof = self.proof.current
        which = str(self.which.currentData())
        held = session.ledger.get("sample", which)
        inside = getattr(held, "activities", ())
        applied = Applied(
            key,
            said.procedure,
            person.id,
            datetime.now(UTC).date(),
            said.found,
            said.result,
            which if key in inside else "",
            () if proof is None else (proof.id,),
            said.note,
        )
        inventory = session.inventory
        if self.form.blind and said.result != NOT_POSSIBLE:
            typed = [one for one in (self._first.get((session.person, key)), said.found) if one is not None]
            kept = rekeying(session.ledger, inventory, session.year, number, applied, typed, authors)
        else:
            kept = applying(session.ledger, inventory, session.year, number, applied, authors)
        session.edit(kept.why, kept.steps)
        return kept

    # ------------------------------------------------------------------ live

    def _effect_of(self, key: str, found: Decimal) -> Effect | None:
        record = self._session.ledger.get("activity", key)
        if not isinstance(record, Activity):
            return None
        return effect_of(self._session.ledger, self._session.inventory, record, found)

    def _show_bar(self) -> None:
        """Findings, differences without a finding, and the one that is being typed."""
        if self._found is None:
            return
        session, shown = self._session, self.form.effect is not None or self.form.blind
        waiting = [one for one in unraised(session.ledger, session.year) if not shown or one.activity != self._at]
        sizes = [_size(one) for one in waiting]
        if self.form.effect is not None:
            sizes.append(self.form.effect.governing)
        over, under = (exact_sum(abs(one) for one in sizes if one * sign > 0) for sign in (1, -1))
        self.bar.show_misstatements(self._found, (over, under))


def _size(sheet: TestSheet) -> Decimal:
    return ZERO if sheet.effect is None else sheet.effect
