"""Sending a declaration back: the reason, and a workbook that lists what the supplier has to correct."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from core.errors import UserError
from core.exchange.minerals.returning import buyer_of, told_back, write_returned
from core.i18n import T
from core.ledger import MineralDeclaration
from core.minerals import SENT_BACK, deciding
from gui.asking import PathField, Stating
from gui.entering.fields import WordsField
from gui.fields import ChoiceField, Field
from gui.language import _, language
from gui.suppliers.around import Around
from gui.suppliers.words import edition_words

EXCEL = "Excel (*.xlsx)"


class _Listing(Stating):
    """The fields of the list: language and place."""

    def __init__(self, title: str, explained: str, do: str, one: MineralDeclaration, around: Around,
                 parent: QWidget) -> None:  # fmt: skip
        super().__init__(title, explained, do, parent)
        self.one, self.around = one, around
        self.examined = around.examined(one)
        self.language = ChoiceField(
            _("Language of the list"), [("both", _("Chinese and English")), ("zh", _("Chinese")), ("en", _("English"))],
            "zh" if language() == "zh" else "en", required=True,
        )  # fmt: skip
        self.place = PathField(_("List of what to correct"), EXCEL, what="save")

    def add_list(self, hint: str) -> None:
        """The two fields, with how much stands on the list."""
        self.fields.addWidget(self.language)
        self.fields.addWidget(Field(_("List of what to correct"), self.place, hint))

    def writing(self, path: Path, reason: str) -> Callable[[], Path]:
        """The work of writing it."""
        one, around, language_ = self.one, self.around, self.language.read()
        problems, day, buyer = self.examined.problems, around.today(), buyer_of(around.desk.records)

        def act() -> Path:
            write_returned(path, one, problems, reason, day, buyer, language_)
            return path

        return act


class SendBackDialog(_Listing):
    """``stated`` carries why, steps and the path of the list, or None where none was wanted."""

    def __init__(self, one: MineralDeclaration, around: Around, parent: QWidget) -> None:
        super().__init__(
            _("Send back: {what}", what=f"{edition_words(one)}, {one.company}"),
            _("The decision is kept with your name. The supplier gets the list, with your reason at its beginning."),
            _("Send back"), one, around, parent,
        )  # fmt: skip
        self.reason = WordsField(_("Reason"), "", _("In words that the supplier can do something with."), required=True)
        self.fields.addWidget(self.reason)
        count = len(told_back(self.examined.problems))
        self.add_list(_("Points on the list: {count}. Leave it empty to write none.", count=count))

    def work(self) -> Callable[[], object]:
        reason, path = self.reason.read(), self.place.path
        desk = self.around.desk
        why, steps = deciding(desk.records, self.one.id, SENT_BACK, reason, desk.person, self.examined)
        write = None if path is None else self.writing(path, reason)

        def act() -> object:
            return why, steps, None if write is None else write()

        return act


class ProblemsDialog(_Listing):
    """The list alone; ``stated`` carries its path."""

    def __init__(self, one: MineralDeclaration, around: Around, parent: QWidget) -> None:
        super().__init__(
            _("List of what to correct"),
            _("A workbook for the supplier, by the rules as they stand today. Nothing is decided."),
            _("Save"), one, around, parent,
        )  # fmt: skip
        self.add_list(_("Points on the list: {count}.", count=len(told_back(self.examined.problems))))

    def work(self) -> Callable[[], object]:
        path = self.place.path
        if path is None:
            raise UserError(T("“{what}” is empty.", what=_("List of what to correct")), T("Choose a file."))
        return self.writing(path, self.one.reason)
