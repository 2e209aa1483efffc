"""Small dialogs that ask for what a piece of work needs, do it in a job, and say in place what is wrong.

A refusal stands inside the dialog, beside what has to be mended; nothing typed is lost.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from core.errors import UserError
from core.i18n import T
from gui.fields import Field
from gui.icons import icon
from gui.jobs import Job, crash_error
from gui.language import _, language
from gui.widgets import label, scrolled


class PathField(QWidget):
    """A file or folder: typed, chosen or dropped."""

    changed = Signal()

    def __init__(self, name: str, kinds: str = "", *, what: Literal["open", "save", "folder"] = "open") -> None:
        super().__init__()
        self._name, self._kinds, self._what = name, kinds, what
        self.begin: Path | None = None
        """Where its dialog opens as long as nothing is chosen; None: wherever the system says."""
        self.line = QLineEdit()
        self.line.setAccessibleName(name)
        self.line.setAcceptDrops(False)
        self.choose = QPushButton(_("Choose…"))
        self.choose.setAccessibleName(_("Choose {what}", what=name))
        self.choose.clicked.connect(self._ask)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self.line, 1)
        row.addWidget(self.choose)
        self.setFocusProxy(self.line)
        self.setAcceptDrops(True)
        self.line.textChanged.connect(lambda _text: self.changed.emit())

    @property
    def path(self) -> Path | None:
        """What is chosen."""
        text = self.line.text().strip()
        return Path(text).expanduser() if text else None

    def set_path(self, path: Path | None) -> None:
        """Choose."""
        self.line.setText("" if path is None else str(path))

    def needed(self) -> Path:
        """The path.

        Raises
        ------
        UserError
            when none is chosen.
        """
        if self.path is None:
            raise UserError(T("“{what}” is empty.", what=self._name), T("Choose a file."))
        return self.path

    def _ask(self) -> None:
        start = str(self.path or self.begin or "")
        if self._what == "folder":
            chosen = QFileDialog.getExistingDirectory(self, self._name, start)
        elif self._what == "save":
            chosen, _kind = QFileDialog.getSaveFileName(self, self._name, start, self._kinds)
        else:
            chosen, _kind = QFileDialog.getOpenFileName(self, self._name, start, self._kinds)
        if chosen:
            self.line.setText(chosen)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if len(event.mimeData().urls()) == 1 and event.mimeData().urls()[0].isLocalFile():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.line.setText(event.mimeData().urls()[0].toLocalFile())


class SecretField(QLineEdit):
    """A passphrase, hidden until its eye is pressed."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self._eye = self.addAction(icon("eye", "muted"), QLineEdit.ActionPosition.TrailingPosition)
        self._eye.setToolTip(_("Show the passphrase"))
        self._eye.setCheckable(True)
        self._eye.toggled.connect(self._reveal)

    def _reveal(self, shown: bool) -> None:
        self.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)

    def forget(self) -> None:
        """Empty it, hidden again."""
        self.clear()
        self._eye.setChecked(False)


def same_passphrase(one: SecretField, again: SecretField) -> str:
    """The passphrase of both fields.

    Raises
    ------
    UserError
        when they differ.
    """
    if one.text() != again.text():
        raise UserError(T("The two passphrases differ."), T("Type the same one twice."))
    return one.text()


class Asking(QDialog):
    """Fields, one sentence about them, and the button that does it."""

    done_well = Signal(object)
    """What the work gave."""

    def __init__(self, title: str, explained: str, do: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setModal(True)
        self._content = QWidget()
        self.fields = QVBoxLayout(self._content)
        self.fields.setContentsMargins(0, 0, 0, 0)
        self.fields.setSpacing(10)
        self._area = scrolled(self._content)
        self._problem = label("", "bad", wrap=True)
        self._problem.hide()
        self._bar = QProgressBar()
        self._bar.setRange(0, 0)
        self._bar.setAccessibleName(_("Progress"))
        self._bar.hide()
        self.go = QPushButton(do)
        self.go.setProperty("role", "primary")
        self.go.setDefault(True)
        self.go.setToolTip(_("Ctrl+Enter"))
        self.stop = QPushButton(_("Cancel"))
        self.stop.setAutoDefault(False)
        self.go.clicked.connect(self._start)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):  # Enter itself is a new line in a long text
            QShortcut(QKeySequence(keys), self, self._confirmed)
        self.stop.clicked.connect(self.reject)
        self._buttons = QHBoxLayout()
        self._buttons.addStretch(1)
        self._buttons.addWidget(self.stop)
        self._buttons.addWidget(self.go)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addWidget(label(title, size=1.2, strong=True))
        column.addWidget(label(explained, "muted", wrap=True))
        column.addWidget(self._area, 1)
        column.addWidget(self._problem)
        column.addWidget(self._bar)
        column.addLayout(self._buttons)
        self._job: Job | None = None
        self._settled = False

    def sizeHint(self) -> QSize:
        """As high as the fields, never higher than the screen: then they scroll."""
        wide = self.fontMetrics().horizontalAdvance("0") * 78
        margins = self._column.contentsMargins()
        inside = wide - margins.left() - margins.right()
        rest = self._column.heightForWidth(wide) - self._area.sizeHint().height()
        high = rest + max(self.fields.heightForWidth(inside), self.fields.sizeHint().height()) + 4
        return QSize(wide, min(high, round(self.screen().availableSize().height() * 0.92)))

    def showEvent(self, event: QShowEvent) -> None:
        """The keyboard comes to the buttons after the fields, which the kinds of dialogs add later.

        What the dialog is higher than its fields stays below them, where it does not tear a label from its field.
        """
        if not self._settled:
            self._settled = True
            if not any(self.fields.stretch(place) for place in range(self.fields.count())):
                self.fields.addStretch(1)
        for button in (self.stop, self.go):
            button.setParent(None)
            self._buttons.addWidget(button)
            button.show()
        bar = self._area.verticalScrollBar().sizeHint().width()
        self._area.setMinimumWidth(self._content.minimumSizeHint().width() + bar)
        self.resize(self.sizeHint())
        super().showEvent(event)

    # ------------------------------------------------------------------ for the dialogs

    def add(self, name: str, widget: QWidget, hint: str = "") -> None:
        """One more field, in the order of reading."""
        self.fields.addWidget(Field(name, widget, hint))

    def work(self) -> Callable[[], object]:
        """Read the fields and give what is to be done, which may take long and touches no widget.

        Raises
        ------
        UserError
            for what is missing or wrong.
        """
        raise NotImplementedError

    def succeeded(self, result: object) -> None:
        """The work is done: by default the dialog closes."""
        self.accept()

    def show_result(self, *widgets: QWidget) -> None:
        """Replace the fields by what came out, and let the person read it."""
        while (item := self.fields.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for widget in widgets:
            self.fields.addWidget(widget)
            widget.show()
        self.go.hide()
        self.stop.setText(_("Close"))
        self.stop.setDefault(True)
        self.stop.setFocus()

    def complain(self, error: UserError) -> None:
        """Say in place what is wrong."""
        self._problem.setText(error.text(language()))
        self._problem.setAccessibleName(error.text(language()))
        self._problem.show()
        self.grow()

    def grow(self) -> None:
        """Make room for what came; a dialog that would grow out of the screen moves up instead."""
        self.resize(self.size().expandedTo(self.sizeHint()))
        room, own = self.screen().availableGeometry(), self.frameGeometry()
        if self.isVisible() and own.bottom() > room.bottom():
            self.move(self.x(), max(room.top(), self.y() - own.bottom() + room.bottom()))

    # ------------------------------------------------------------------

    def _confirmed(self) -> None:
        """By keys; once the result is shown there is nothing to confirm."""
        if self.go.isVisible():
            self.go.click()

    def _start(self) -> None:
        if self._job is not None:
            return
        self._problem.hide()
        try:
            act = self.work()
        except UserError as error:
            self.complain(error)
            return
        self._busy(True)
        self._job = job = Job(lambda _progress, _cancelled: act())
        job.done.connect(self._finished)
        job.failed.connect(self.complain)
        job.crashed.connect(self._crashed)
        job.ended.connect(self._ended)
        job.start()

    def _crashed(self, trace: str) -> None:
        self.complain(crash_error(trace))

    def _finished(self, result: object) -> None:
        self.succeeded(result)
        self.done_well.emit(result)

    def _ended(self) -> None:
        self._job = None
        self._busy(False)

    def _busy(self, busy: bool) -> None:
        self._bar.setVisible(busy)
        self.go.setEnabled(not busy)

    def reject(self) -> None:
        """Escape and Cancel wait for the work, for half a key is no key."""
        if self._job is None:
            super().reject()


class Stating(Asking):
    """Reads its fields; whoever opened it keeps what they say, and then accepts it or complains in it."""

    stated = Signal(object)
    """What was entered."""

    def succeeded(self, result: object) -> None:
        """What can be kept is handed over."""
        self.stated.emit(result)


def copyable(text: str, name: str) -> QLabel:
    """Words to read out or copy, in digits of one width."""
    made = label(text, wrap=True)
    made.setAccessibleName(name)
    made.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    return made
