"""Sign: as whom, with which key, where the file goes; afterwards where it is."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from core.errors import UserError
from core.i18n import T
from gui.asking import PathField, copyable
from gui.fields import Field
from gui.icons import icon
from gui.keys.certificates import role_choice
from gui.keys.choice import KeyChoice
from gui.keys.time_stamps import TimeStampsField
from gui.keys.wish import KeyWish
from gui.language import _
from gui.settings import Settings
from gui.widgets import button, clear, label, marked, subheading


@dataclass(frozen=True, slots=True)
class Wish:
    """What the person entered."""

    key: KeyWish
    role: str
    """``Auditor`` or ``PlantManager``."""
    out: Path
    time_stamps: str = ""
    """Address of the authority that is asked when it was signed; empty: none is."""


class SignPanel(QFrame):
    """The last step of an audit."""

    asked = Signal()
    """Sign as :meth:`wish` says."""
    request_wanted = Signal()
    completion_wanted = Signal()
    countersign_wanted = Signal()
    """Put the second signature on a report that somebody else signed."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.setObjectName("card")
        self.setAccessibleName(_("Sign"))
        self.role = role_choice()
        self.choice = KeyChoice(settings)
        self.key, self.secret = self.choice.file, self.choice.secret
        self.out = PathField(_("Signed report"), _("PDF files (*.pdf)"), what="save")
        self.time_stamps = TimeStampsField(settings)
        self._name = _("Sign report")
        self._busy = self._refused = False
        self.sign = QPushButton(self._name)
        self.sign.setProperty("role", "primary")
        self.sign.setIcon(icon("sign", "on_accent"))
        self.sign.clicked.connect(self._ask)
        self.choice.returned.connect(self._ask)
        self._why_not = label("", "muted", wrap=True)
        self._second = QWidget()
        """What comes next when the report is signed: the other one of the two signs that file."""
        self.results = QWidget()
        """Where the signed file is."""
        self._result = QVBoxLayout(self.results)
        self._result.setContentsMargins(0, 0, 0, 0)
        self._result.setSpacing(6)
        self._build()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addWidget(subheading(_("Sign")))
        column.addWidget(self.results)
        column.addWidget(self._second)
        column.addWidget(Field(_("Signs as"), self.role))
        column.addWidget(self.choice)
        column.addWidget(Field(_("Signed report"), self.out))
        column.addWidget(self.time_stamps)
        column.addWidget(self._why_not)
        column.addWidget(self.sign)
        second = QVBoxLayout(self._second)
        second.setContentsMargins(0, 0, 0, 8)
        second.addWidget(label(_("The second signature, of auditor or plant manager, is put on the file that the first "
                                 "one has signed."), "muted", wrap=True))  # fmt: skip
        countersign = _("Countersign a signed report…")
        self.second = button(countersign, self.countersign_wanted.emit, role="primary", picture="sign")
        second.addWidget(self.second)
        links = QVBoxLayout()
        links.setSpacing(0)
        self._links = [
            button(countersign, self.countersign_wanted.emit, role="link"),
            button(_("No key yet? Request a certificate…"), self.request_wanted.emit, role="link"),
            button(_("Certificate arrived? Take it in…"), self.completion_wanted.emit, role="link"),
        ]
        for link in self._links:
            links.addWidget(link)
        column.addLayout(links)

    # ------------------------------------------------------------------ for the page

    def allow(self, why_not: str) -> None:
        """Signing is possible, or why not."""
        self._refused = bool(why_not)
        self.sign.setAccessibleDescription(why_not)
        self._why_not.setText(why_not)
        self._why_not.setVisible(bool(why_not))
        self._show_state()

    def sign_as(self, role: str) -> None:
        """Propose a role, as long as nobody is signing."""
        if not self._busy:
            self.role.setCurrentIndex(max(0, self.role.findData(role)))

    def name_revision(self, number: int, *, settled: bool = False, concluding: bool = False) -> None:
        """What signing makes: the report, or a later revision of it; ``settled``: nothing asks for one.

        ``concluding``: the signature ends the audit of the year.
        """
        self._name = _("Sign report") if number == 1 else _("Sign revision {number}", number=number)
        if concluding:
            self._name = _("Conclude the audit and sign")
        if settled:
            self._name = _("Sign a new revision…")
        self._second.setVisible(settled)
        self._links[0].setHidden(settled)
        role = "" if settled else "primary"
        if self.sign.property("role") != role:
            self.sign.setProperty("role", role)
            self.sign.setIcon(icon("sign", "text" if settled else "on_accent"))
            self.sign.style().unpolish(self.sign)
            self.sign.style().polish(self.sign)
        self._show_state()

    def work(self, busy: bool) -> None:
        """While it is being signed nothing here can be changed."""
        self._busy = busy
        self._show_state()

    def _show_state(self) -> None:
        for widget in (self.role, self.choice, self.out, self.time_stamps):
            widget.setEnabled(not self._busy)
        self.sign.setEnabled(not (self._busy or self._refused))
        self.sign.setText(_("Signing…") if self._busy else self._name)

    def wish(self) -> Wish:
        """What is entered.

        Raises
        ------
        UserError
            for what is missing, and for a file that would be written over.
        """
        key, out = self.choice.wish(), self.out.needed()
        out = out if out.suffix.lower() == ".pdf" else out.with_name(f"{out.name}.pdf")
        if out.exists():
            raise UserError(
                T("“{file}” exists already.", file=out.name),
                T("A signed report is never written over: choose another name."),
            )
        return Wish(key, str(self.role.currentData()), out, self.time_stamps.wish())

    def stops(self) -> list[QWidget]:
        """What the keyboard goes through, in the order of reading."""
        results = self.results.findChildren(QPushButton)
        fields = [self.role, *self.choice.stops(), self.out.line, self.out.choose, self.time_stamps.line, self.sign]
        return [*results, self.second, *fields, *self._links]

    def show_result(self, path: Path | None, time_stamps: str = "") -> None:
        """Where the signed file is, and who says when it was signed; None clears it."""
        clear(self._result)
        if path is None:
            return
        self._result.addWidget(marked("check", "good", _("Signed and written")))
        self._result.addWidget(copyable(str(path), _("Signed report")))
        if time_stamps:
            self._result.addWidget(label(_("With a time stamp of {address}", address=time_stamps), "muted", wrap=True))
        row = QHBoxLayout()
        open_it = button(_("Open"), lambda: open_with_system(path), picture="open")
        row.addWidget(open_it)
        row.addWidget(button(_("Show in folder"), lambda: open_with_system(path.parent)))
        row.addStretch(1)
        self._result.addLayout(row)
        open_it.setFocus()  # where it was typed nothing can be typed any more

    def _ask(self) -> None:
        if self.sign.isEnabled():
            self.asked.emit()


def open_with_system(path: Path) -> None:
    """Open a file or folder with the program of the system."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
