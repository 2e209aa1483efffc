"""What head office asks of the plant: each item with its state and the way to answer it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from core.errors import UserError
from core.ledger import Entry
from gui.asked.columns import item_columns, item_key, item_marks, item_state
from gui.asked.words import day
from gui.asking import Stating
from gui.fields import words_field
from gui.language import _, say
from gui.page import NewRecord, Page
from gui.session import Session
from gui.settings import Settings
from gui.tables.table import Table
from gui.tables.whole_rows import choose_whole_rows
from gui.undoing import tell_change
from gui.widgets import allow, as_large, button, heading, label

if TYPE_CHECKING:
    from core.handover.noticed import Open


class AskedDialog(QDialog):
    """A list over a page, which leads to other pages."""

    def __init__(self, page: Page, session: Session, settings: Settings) -> None:
        super().__init__(page)
        self._page, self._session, self._settings = page, session, settings
        self.setWindowTitle(_("What head office asks"))
        self.setModal(True)
        self.answer: AnswerDialog
        """The one that was opened last."""
        self._words, self._detail = label("", "muted", wrap=True), label("", wrap=True)
        self.table: Table[Open] = Table("asked", item_columns(), settings, name=_("What head office asks"),
                                        editable=False, identity=item_key, marks=item_marks(_today()))  # fmt: skip
        choose_whole_rows(self.table)
        self.table.current.connect(lambda _row: self._offer())
        self.table.view.doubleClicked.connect(lambda _index: self.act())
        self.go = button("", self.act, role="primary")
        self.close_button = button(_("Close"), self.reject)
        self._lay_out()
        self._show()

    def _lay_out(self) -> None:
        last = QHBoxLayout()
        last.addStretch(1)
        last.addWidget(self.close_button)
        last.addWidget(self.go)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(10)
        column.addWidget(heading(_("What head office asks")))
        column.addWidget(self._words)
        column.addWidget(self.table, 1)
        column.addWidget(self._detail)
        column.addLayout(last)
        as_large(self, 124, 76)

    # ------------------------------------------------------------------ show

    def _show(self) -> None:
        items = open_items_of(self._session)
        self.table.set_rows(items)
        if items and self.table.current_record() is None:
            first = next((one for one in items if not one.done), items[0])
            self.table.show_record(item_key(first))
        self._words.setText(told(items))
        self._offer()

    def _offer(self) -> None:
        one = self.current()
        self.go.setVisible(one is not None)
        self._detail.setVisible(one is not None)
        if one is None:
            return
        self.go.setText(_way(one))
        self.go.setAccessibleName(self.go.text())
        locked = "" if self._session.writable else _("The file is open read-only.")
        allow(self.go, locked if one.in_words else "")
        self._detail.setText("\n".join(_detail(one)))

    def current(self) -> Open | None:
        """The item on which the person stands."""
        return self.table.current_record()

    # ------------------------------------------------------------------ act

    def act(self) -> None:
        """Answer in words, or go where it is answered."""
        one = self.current()
        if one is None:
            return
        if one.in_words:
            if self._session.writable:
                self._ask(one)
            return
        self.accept()
        if one.missing:
            self._session.show_year(one.missing[0])
        self._page.wanted.emit(*_place(one))

    def _ask(self, one: Open) -> None:
        self.answer = dialog = AnswerDialog(one, self._session, self)
        dialog.stated.connect(lambda words: self._answered(dialog, one, str(words)))
        dialog.open()

    def _answered(self, dialog: AnswerDialog, one: Open, words: str) -> None:
        from core.handover.answering import answering

        session = self._session
        try:
            made = answering(one.notice, one.row, session.ledger, words)
            entry: Entry | None = session.edit(made.why, made.steps)
        except UserError as error:
            dialog.complain(error)
            return
        dialog.accept()
        if session.waits(entry) is None:
            tell_change(self._page, session, made.why)
        self._show()


class AnswerDialog(Stating):
    """One question, and the field for its answer."""

    def __init__(self, one: Open, session: Session, parent: QWidget | None) -> None:
        from core.handover.answering import travels_in

        year = str(travels_in(one.row, session.ledger))
        super().__init__(
            _("Answer to head office"),
            _("It goes to head office inside the next signed report of {year}.", year=year),
            _("Keep the answer"),
            parent,
        )
        self.fields.addWidget(label(say(one.words), strong=True, wrap=True))
        self.text = words_field(one.answer, 6)
        self.add(_("Answer"), self.text)

    def work(self) -> Callable[[], object]:
        words = self.text.toPlainText()
        return lambda: words


def open_items_of(session: Session) -> tuple[Open, ...]:
    """What is asked of the open plant."""
    from core.handover.noticed import open_items

    return open_items(session.ledger, session.file.blob, session.library)


def told(items: tuple[Open, ...]) -> str:
    """How much is open, and when it is due first."""
    if not items:
        return _("No request of head office was taken up.")
    left = [one for one in items if not one.done]
    if not left:
        return _("Everything that head office asks is answered.")
    due = min((one.notice.due for one in left if one.notice.due), default="")
    if not due:
        return _("Head office asks: {count} open", count=len(left))
    return _("Head office asks: {count} open, due {day}", count=len(left), day=day(due))


def _detail(one: Open) -> list[str]:
    found = [_("{request}, edition {edition}: {words}", request=one.notice.title, edition=one.notice.edition,
               words=one.words)]  # fmt: skip
    if one.notice.note:
        found.append(_("Head office adds: {words}", words=one.notice.note))
    found.append(_("Answer: {words}", words=one.answer) if one.answer else item_state(one))
    return found


def _way(one: Open) -> str:
    if one.in_words:
        return _("Change the answer…") if one.answer else _("Answer…")
    what = one.row["what"]
    if what == "figure":
        return _("Go to the key figures")
    return _("Go to the activity data") if what == "records" else _("Go to the report")


def _place(one: Open) -> tuple[str, object]:
    what = one.row["what"]
    if what == "figure":
        return "plan", "key_figures"
    if what == "records":
        return "activity", NewRecord(one.row["subject"]) if one.missing else None
    return "report", None


def _today() -> date:
    return datetime.now(UTC).date()
