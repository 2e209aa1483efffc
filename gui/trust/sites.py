"""Which plants a person may sign for: all, or some of the register."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from core.errors import UserError
from core.i18n import T
from core.ledger import Register, Site
from gui.language import _
from gui.widgets import label
from gui.wording import region_name

ALL, SOME = "all", "some"
SEEN = 6
"""Plants seen at once."""


class SitesField(QWidget):
    """A choice, and below it the plants with a tick each; without plants in the register a line for their names."""

    def __init__(self, register: Register) -> None:
        super().__init__()
        sites = sorted(register.held(Site), key=lambda site: (site.country, site.name))
        self.kind = QComboBox()
        self.kind.addItem(_("All plants"), ALL)
        self.kind.addItem(_("Only some plants"), SOME)
        self.kind.setAccessibleName(_("Plants this person may sign for"))
        self.list = QListWidget()
        self.list.setAccessibleName(_("Plants of the group"))
        for site in sites:
            words = _("{plant}, {country}", plant=site.name, country=region_name(site.country))
            item = QListWidgetItem(words)
            item.setData(Qt.ItemDataRole.UserRole, site.name)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Unchecked)
            self.list.addItem(item)
        self.list.setFixedHeight(round((self.fontMetrics().height() + 10) * min(SEEN, max(2, len(sites))) + 8))
        self.line = QLineEdit()
        self.line.setAccessibleName(_("Names of the plants"))
        self._hint = label(_("Names as on the reports, separated by semicolons."), "muted", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for part in (self.kind, self.list, self.line, self._hint):
            column.addWidget(part)
        self.setFocusProxy(self.kind)
        self.kind.currentIndexChanged.connect(lambda _place: self._show())
        self._show()

    def tick(self, *names: str) -> None:
        """Choose these plants."""
        self.kind.setCurrentIndex(self.kind.findData(SOME))
        for place in range(self.list.count()):
            item = self.list.item(place)
            if item.data(Qt.ItemDataRole.UserRole) in names:
                item.setCheckState(Qt.CheckState.Checked)

    def chosen(self) -> tuple[str, ...]:
        """Names of the plants; none: all of them.

        Raises
        ------
        UserError
            when it shall be some, and none is chosen.
        """
        if self.kind.currentData() == ALL:
            return ()
        items = [self.list.item(place) for place in range(self.list.count())]
        ticked = [str(one.data(Qt.ItemDataRole.UserRole)) for one in items if one.checkState() == Qt.CheckState.Checked]
        typed = [name.strip() for name in self.line.text().replace("；", ";").split(";")]
        found = tuple(ticked if items else filter(None, typed))
        if not found:
            raise UserError(T("No plant is chosen."), T("Choose the plants, or all of them."))
        return found

    def _show(self) -> None:
        some = self.kind.currentData() == SOME
        known = self.list.count() > 0
        self.list.setVisible(some and known)
        for part in (self.line, self._hint):
            part.setVisible(some and not known)
        window = self.window()
        if some and window is not self and window.isVisible():
            window.resize(window.size().expandedTo(window.sizeHint()))
