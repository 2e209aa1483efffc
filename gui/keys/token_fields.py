"""The fields that name a token: the library of its maker, what lies on it, its PIN."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from core.errors import UserError
from core.i18n import T, show_date
from core.signing.layout import ROLE_NAMES
from gui.asking import PathField, SecretField
from gui.fields import Field
from gui.jobs import Job, crash_error
from gui.language import _, language
from gui.settings import Settings
from gui.widgets import label


@dataclass(frozen=True, slots=True)
class Held:
    """One line of what was found: a token, or a certificate on one."""

    words: str
    token: str
    key: str = ""


class TokenFields(QWidget):
    """Where a key on a card or stick is; the library is remembered, the PIN never is."""

    returned = Signal()
    """Return was pressed in the PIN."""

    def __init__(self, settings: Settings, what: Literal["certificate", "token"] = "certificate") -> None:
        super().__init__()
        self._settings, self._what = settings, what
        self._job: Job | None = None
        self._lines: tuple[Held, ...] = ()
        """What can be chosen, in the order of the list."""
        self.library = PathField(_("Library of the token (PKCS#11)"), _("Libraries (*.so *.dll *.dylib)"))
        self.held = QComboBox()
        self.look = QPushButton(_("Look"))
        self.look.setToolTip(_("Read what lies on the tokens that are plugged in"))
        self.look.clicked.connect(self.look_for)
        self.pin = SecretField(_("PIN"))
        self.pin.returnPressed.connect(self._entered)
        self._said = label("", "bad", wrap=True)
        self._build()
        self.library.set_path(settings.token_library)
        self._offer(())

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        row = QWidget()
        inside = QHBoxLayout(row)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(6)
        inside.addWidget(self.held, 1)
        inside.addWidget(self.look)
        row.setFocusProxy(self.held)
        self.held.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.held.setMinimumContentsLength(12)
        name = _("Certificate on the token") if self._what == "certificate" else _("Token")
        self.held.setAccessibleName(name)
        self.look.setAccessibleName(_("Look: {what}", what=name))
        hint = _("Given out with the token, e.g. opensc-pkcs11.so")
        column.addWidget(Field(_("Library of the token (PKCS#11)"), self.library, hint))
        column.addWidget(Field(name, row))
        column.addWidget(self._said)
        column.addWidget(Field(_("PIN"), self.pin, _("Empty where it is typed on the token itself.")))
        self._said.hide()

    # ------------------------------------------------------------------ what is chosen

    @property
    def chosen(self) -> Held:
        """The line chosen; the first one stands for whatever is the only one."""
        return self._lines[max(0, self.held.currentIndex())]

    def needed(self) -> Path:
        """The library, which is remembered.

        Raises
        ------
        UserError
            when none is chosen.
        """
        path = self.library.needed()
        self._settings.token_library = path
        return path

    def stops(self) -> list[QWidget]:
        """What the keyboard goes through, in the order of reading."""
        return [self.library.line, self.library.choose, self.held, self.look, self.pin]

    # ------------------------------------------------------------------ looking

    def look_for(self) -> None:
        """List what is plugged in."""
        self._said.hide()
        path = self.library.path
        if path is None:
            self._complain(UserError(T("The library of the token is missing."), T("Choose it first.")))
            return
        if self._job is not None:
            return
        self.look.setEnabled(False)
        what, lang = self._what, language()
        self._job = job = Job(lambda _progress, _cancelled: found_on(path, what, lang))
        job.done.connect(self._found)
        job.failed.connect(self._complain)
        job.crashed.connect(self._crashed)
        job.ended.connect(self._ended)
        job.start()

    def _entered(self) -> None:
        self.returned.emit()

    def _found(self, held: tuple[Held, ...]) -> None:
        self._settings.token_library = self.library.path
        self._offer(held)
        if not held:
            nothing = T("There is no certificate on the tokens that are plugged in.")
            lacks = nothing if self._what == "certificate" else T("No token is plugged in.")
            self._complain(UserError(lacks, T("Plug in the token that has it, then look again.")))

    def _offer(self, held: tuple[Held, ...]) -> None:
        self.held.clear()
        only = _("The only one") if self._what == "certificate" else _("The only one plugged in")
        self._lines = held or (Held(only, ""),)
        self.held.addItems([one.words for one in self._lines])

    def _complain(self, error: UserError) -> None:
        self._said.setText(error.text(language()))
        self._said.show()

    def _crashed(self, trace: str) -> None:
        self._complain(crash_error(trace))

    def _ended(self) -> None:
        self._job = None
        self.look.setEnabled(True)


def found_on(library: Path, what: str, lang: str) -> tuple[Held, ...]:
    """What can be chosen, for a worker.

    Raises
    ------
    UserError
        when the library cannot be loaded.
    """
    from core.signing import plugged_tokens, token_certificates

    tokens = plugged_tokens(library)
    if what == "token":
        return tuple(Held(f"{one.label} ({one.serial})", one.serial) for one in tokens)
    if not tokens:
        return ()
    return tuple(
        Held(
            " · ".join(
                part for part in (one.name, say_role(one.role, lang), show_date(one.until, lang), one.id) if part
            ),
            one.token,
            one.id,
        )
        for one in token_certificates(library)
    )


def say_role(role: str, lang: str) -> str:
    """Auditor or plant manager; what is neither as it is written."""
    return ROLE_NAMES[role].in_language(lang) if role in ROLE_NAMES else role
