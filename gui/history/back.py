"""Going back: what it would alter is shown, then it is done as one change, which undo takes back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtWidgets import QWidget

from core.audit.correcting import carrying
from core.audit.merge_words import Words
from core.errors import UserError
from core.i18n import T
from core.ledger import Change
from core.store.history import WayBack, to_return, to_take_back
from gui.asking import Asking
from gui.history.told import steps_told
from gui.language import _, language, say
from gui.session import Session

if TYPE_CHECKING:
    from gui.office.office import Office


Book: TypeAlias = "Session | Office"
"""An open plant or group."""


def words_of(book: Book) -> Words:
    """Names of records and fields in the language of the window."""
    return Words((book.records,), book.library, language())


def back_to(book: Book, number: int) -> WayBack:
    """The way to how everything was after an entry, if it may be gone.

    Raises
    ------
    UserError
        when it may not.
    """
    return _allowed(book, to_return(book.file, book.records, number))


def without(book: Book, number: int) -> WayBack:
    """The way to everything but one change.

    Raises
    ------
    UserError
        when it cannot be taken back, or later changes depend on it.
    """
    return _allowed(book, to_take_back(book.file, book.records, number))


def _allowed(book: Book, way: WayBack) -> WayBack:
    """Ask the gate of the audit before anybody is asked to confirm."""
    if not book.writable:
        raise UserError(T("The file is open read-only."), T("Close the other program that holds it."))
    if isinstance(book, Session):
        book.file.pending(carrying(Change(book.person, datetime.now(UTC), way.why, way.steps), book.because))
    return way


class GoBack(Asking):
    """Shows what would be altered."""

    def __init__(self, book: Book, way: WayBack, parent: QWidget | None) -> None:
        counted = _("{entries} changes are taken back; {records} records are altered.",
                    entries=f"{len(way.entries):,}", records=f"{len(way.steps):,}")  # fmt: skip
        stays = _("Nothing is lost: this is one more change in the list, and undo takes it back.")
        between = "" if language() == "zh" else " "
        super().__init__(_("Go back?"), f"{say(way.why)}\n{counted}{between}{stays}", _("Go back"), parent)
        self.fields.addWidget(steps_told(way.steps, words_of(book)))

    def work(self) -> Callable[[], object]:
        return lambda: None
