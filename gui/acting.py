"""Who makes the changes: the button in the top bar that says so."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QStyle, QStyleOptionButton, QStylePainter

from core.audit.roles import ROLES
from core.i18n import show
from core.ledger import Person
from gui.icons import icon
from gui.language import _, language
from gui.session import Session
from gui.settings import Settings

_LEAST = 6
"""Letters of who acts that are seen however narrow the window is."""


def described(one: Person) -> str:
    """Name and roles."""
    roles = show([title for role, title in ROLES.items() if role in one.roles], language())
    return f"{one.name} – {roles}" if roles else one.name


def active(session: Session) -> tuple[Person, ...]:
    """The people who take part."""
    return tuple(one for one in session.ledger.held(Person) if one.active)


def refused(session: Session, area: str) -> str:
    """Why the person who acts may not change an area of the audit now; empty: they may."""
    from core.audit.allowed import refusal

    error = refusal(session.ledger, session.year, session.person, area)
    return "" if error is None else error.text(language())


class ActingButton(QPushButton):
    """Who acts, in the top bar; cut where there is no room, for the tooltip and screen readers have it whole."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "link")
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.clicked.connect(lambda _checked=False: self.choose())

    def choose(self) -> None:
        """Ask for somebody else."""
        raise NotImplementedError

    def say(self, name: str) -> None:
        """Name who acts."""
        words = _("Acting as {name}", name=name)
        self.setAccessibleName(words)
        self.setText(words)

    def minimumSizeHint(self) -> QSize:
        hint, advance = self.sizeHint(), self.fontMetrics().horizontalAdvance
        least = hint.width() - advance(self.text()) + advance(self.text()[:_LEAST] + "…")
        return QSize(min(least, hint.width()), hint.height())

    @property
    def seen(self) -> str:
        """The words as there is room for them."""
        lack, metrics = self.sizeHint().width() - self.width(), self.fontMetrics()
        room = metrics.horizontalAdvance(self.text()) - lack
        return self.text() if lack <= 0 else metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, room)

    def paintEvent(self, _event: QPaintEvent) -> None:
        option, painter = QStyleOptionButton(), QStylePainter(self)
        self.initStyleOption(option)
        option.text = self.seen
        painter.drawControl(QStyle.ControlElement.CE_PushButton, option)


class ActingAs(ActingButton):
    """Seen as soon as the plant has people."""

    def __init__(self, session: Session, settings: Settings) -> None:
        super().__init__()
        self._session, self._settings = session, settings
        self.refresh()

    def refresh(self) -> None:
        """Say who acts, and warn when it is nobody of the people."""
        self.setVisible(bool(active(self._session)))
        known = self._session.actor
        self.say(self._session.person)
        if known is None:
            self.setIcon(icon("warning", "warning"))
            self.setToolTip(_("{name} is not one of the people of this plant.", name=self._session.person))
        else:
            self.setIcon(icon("plant", "accent"))
            self.setToolTip(described(known))
        self.setAccessibleDescription(self.toolTip())

    def choose(self) -> None:
        """Ask, and act as somebody else from then on."""
        from gui.acting_dialog import ActingDialog

        dialog = ActingDialog(active(self._session), self._session.person, self.window())
        if dialog.exec() and dialog.name:
            self._settings.person = dialog.name
            self._session.act_as(dialog.name)
        dialog.deleteLater()
