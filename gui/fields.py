"""Form fields: label above, what is wrong below; numbers and dates are read as the import reads them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from html import escape
from typing import Generic, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from core.errors import UserError
from core.i18n import T, show_date, show_number
from gui.language import _, language
from gui.widgets import label, suggest

V = TypeVar("V")


def words_field(text: str = "", lines: int = 3) -> QPlainTextEdit:
    """Several lines of words, ``lines`` of which are seen; Tab goes on to the next field."""
    made = QPlainTextEdit(text)
    made.setTabChangesFocus(True)
    made.setFixedHeight(made.fontMetrics().lineSpacing() * lines + 14)
    return made


def said(field: QPlainTextEdit) -> str:
    """What was typed, without the space around it."""
    return field.toPlainText().strip()


def explained(title: str, hint: str) -> str:
    """What Shift+F1 says of a field: its hint, and what people usually ask. Empty where it speaks for itself."""
    from gui.help.fields import field_help

    words = " ".join(dict.fromkeys(filter(None, (hint, field_help(title)))))
    return f"<p><b>{escape(title)}</b></p><p>{escape(words)}</p>" if words else ""


class Field(QWidget):
    """A labelled editor with a line for what is wrong. ``read`` of the kinds below raises UserError and shows it."""

    changed = Signal()

    def __init__(self, title: str, editor: QWidget, hint: str = "", *, required: bool = False) -> None:
        super().__init__()
        self.title, self.editor, self._hint, self.required = title, editor, hint, required
        name = label(title)
        name.setBuddy(editor)
        editor.setAccessibleName(title)
        editor.setWhatsThis(explained(title, hint))
        self._message = QLabel()
        self._message.setTextFormat(Qt.TextFormat.PlainText)
        self._message.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        for widget in (name, editor, self._message):
            column.addWidget(widget)
        self.setFocusProxy(editor)
        self.complain("")

    @property
    def message(self) -> str:
        """What the line below says."""
        return self._message.text()

    def complain(self, sentence: str) -> None:
        """Say what is wrong; empty: nothing is."""
        self._message.setText(f"⚠ {sentence}" if sentence else self._hint)
        self._message.setProperty("role", "bad" if sentence else "muted")
        self._message.setVisible(bool(sentence or self._hint))
        self.editor.setProperty("problem", bool(sentence))
        self.editor.setAccessibleDescription(sentence or self._hint)
        for widget in (self._message, self.editor):
            widget.style().unpolish(widget)
            widget.style().polish(widget)

    def _refuse(self, error: UserError) -> UserError:
        self.complain(error.text(language()))
        return error

    def _missing(self) -> UserError:
        return self._refuse(UserError(T("Please fill this in.")))


class ParsedField(Field, Generic[V]):
    """A line whose text means something."""

    def __init__(
        self,
        title: str,
        parse: Callable[[str], V],
        show: Callable[[V], str],
        value: V | None = None,
        hint: str = "",
        *,
        required: bool = False,
    ) -> None:
        self.line = QLineEdit()
        super().__init__(title, self.line, hint, required=required)
        self._parse, self._show = parse, show
        self.set(value)
        self.line.textEdited.connect(self._edited)
        self.line.editingFinished.connect(self._look)

    def set(self, value: V | None) -> None:
        """Show a value."""
        self.line.setText("" if value is None else self._show(value))
        self.complain("")

    def read(self) -> V | None:
        """The value; None when the field is empty and may be.

        Raises
        ------
        UserError
            for what cannot be read, or is missing; the field shows it too.
        """
        text = self.line.text().strip()
        if not text:
            if self.required:
                raise self._missing()
            self.complain("")
            return None
        try:
            value = self._parse(text)
        except UserError as error:
            raise self._refuse(error) from None
        self.complain("")
        return value

    def need(self) -> V:
        """The value of a required field.

        Raises
        ------
        UserError
            when there is none.
        """
        value = self.read()
        if value is None:
            raise self._missing()
        return value

    def _edited(self) -> None:
        self.complain("")
        self.changed.emit()

    def _look(self) -> None:
        """On leaving the field, say what is wrong with what was typed; emptiness only counts at the end."""
        if self.line.text().strip():
            try:
                value = self.read()
            except UserError:
                return
            if value is not None:
                self.line.setText(self._show(value))


def text_field(title: str, value: str = "", hint: str = "", *, required: bool = False) -> ParsedField[str]:
    """A line of words."""
    return ParsedField(title, str.strip, str, value, hint, required=required)


def number_field(
    title: str, value: Decimal | None = None, hint: str = "", *, required: bool = False
) -> ParsedField[Decimal]:
    """A number: ``1,234.5``, ``１２３４．５``, ``1.2万``. All its digits are kept."""
    from core.exchange import parse_number

    made = ParsedField(title, parse_number, show_number, value, hint, required=required)
    made.line.setAlignment(Qt.AlignmentFlag.AlignRight)
    return made


def date_field(
    title: str, value: date | None = None, hint: str = "", *, end: bool = False, required: bool = False
) -> ParsedField[date]:
    """A day: ``2026-03-05``, ``2026年3月5日``; ``2026年3月`` is its first day, or its last for an ``end``."""
    from core.exchange import parse_date

    return ParsedField(
        title,
        lambda text: parse_date(text, end=end),
        lambda day: show_date(day, language()),
        value,
        hint or (_("e.g. 2026年3月5日") if language() == "zh" else _("e.g. 2026-03-05")),
        required=required,
    )


class ChoiceField(Field):
    """One of several; typing narrows the list, in either language."""

    def __init__(
        self, title: str, choices: Sequence[tuple[str, str]], value: str = "", hint: str = "", *, required: bool = False
    ) -> None:
        self.box = QComboBox()
        self.box.setEditable(True)
        self.box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        completer = self.box.completer()
        if completer is not None:
            suggest(completer)
        super().__init__(title, self.box, hint, required=required)
        self.offer(choices, value)
        self.box.currentIndexChanged.connect(lambda _index: self.changed.emit())
        self.box.editTextChanged.connect(lambda _text: self.complain(""))

    def offer(self, choices: Sequence[tuple[str, str]], value: str = "") -> None:
        """Replace what can be chosen: key and words."""
        self.box.clear()
        for key, words in choices:
            self.box.addItem(words, key)
        self.set(value)

    def set(self, key: str) -> None:
        """Choose a key; empty: nothing is chosen."""
        self.box.setCurrentIndex(self.box.findData(key) if key else -1)
        if not key:
            self.box.setEditText("")

    def read(self) -> str:
        """Key of what is chosen; empty when nothing is and nothing needs to be.

        Raises
        ------
        UserError
            when what was typed is not in the list, or nothing was chosen and something must be.
        """
        text = self.box.currentText().strip()
        if not text:
            if self.required:
                raise self._missing()
            return ""
        place = self.box.currentIndex()
        if place < 0 or self.box.itemText(place).strip() != text:  # of two that are called alike the chosen one holds
            place = self.box.findText(text, Qt.MatchFlag.MatchFixedString)
        if place < 0:
            place = self.box.findData(text.upper())
        if place < 0:
            raise self._refuse(UserError(T("“{text}” is not in the list.", text=text), T("Choose one of the list.")))
        return str(self.box.itemData(place))


class Form(QWidget):
    """Fields one below the other, read in this order."""

    def __init__(self, *fields: Field) -> None:
        super().__init__()
        self.fields = fields
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for field in fields:
            column.addWidget(field)

    def wrong(self) -> Field | None:
        """The first field that cannot be read, after all of them said what is wrong with them."""
        found: Field | None = None
        for field in self.fields:
            try:
                field.read()  # type: ignore[attr-defined]
            except UserError:
                found = found or field
        return found
