"""The strip under the top bar: because of which finding data are corrected now, and the button that ends it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from gui.icons import pixmap
from gui.language import _
from gui.notices import Elided
from gui.session import Session
from gui.widgets import button


class CorrectingStrip(QFrame):
    """Seen from the moment data are corrected because of a finding until that ends."""

    finding_wanted = Signal(str)
    """Show the finding of this id."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.setObjectName("correcting")
        self.setAccessibleName(_("Corrections because of a finding"))
        sign = QLabel()
        sign.setPixmap(pixmap("findings", "warning"))
        self.words = Elided()
        self.words.setProperty("role", "warning")
        self.words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.show_finding = button(_("Show finding"), self._show_finding, role="link")
        self.done = button(_("Done"), self._done, tip=_("Later changes are made for their own sake again."))
        line = QHBoxLayout(self)
        line.setContentsMargins(16, 4, 12, 4)
        line.setSpacing(10)
        line.addWidget(sign)
        line.addWidget(self.words, 1)
        line.addWidget(self.show_finding)
        line.addWidget(self.done)
        session.correcting.connect(self.refresh)
        session.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Say which finding, or hide."""
        because = self._session.because
        self.setVisible(bool(because))
        if not because:
            return
        from core.audit.finding import finding_named, title_of

        ledger = self._session.ledger
        words = _("Corrections because of finding {finding}", finding=title_of(ledger, finding_named(ledger, because)))
        self.words.setText(words)
        self.words.setToolTip(words)
        self.words.setAccessibleName(words)

    def minimumSizeHint(self) -> QSize:
        """The words give way, the buttons do not."""
        return QSize(0, super().minimumSizeHint().height())

    def _show_finding(self) -> None:
        self.finding_wanted.emit(self._session.because)

    def _done(self) -> None:
        self._session.correct("")


def under(top: QWidget, desk: object, go: Callable[[str, object], None]) -> QWidget:
    """The top bar, for a plant with the strip under it; ``go`` shows a place and a subject."""
    if not isinstance(desk, Session):
        return top
    strip = CorrectingStrip(desk)
    strip.finding_wanted.connect(lambda key: go("audit_findings", key))
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(top)
    column.addWidget(strip)
    return made
