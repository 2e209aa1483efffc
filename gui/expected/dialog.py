"""Choose a kind of plant, see what it brings, and take over what is missing."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from core.entering.templates import Template, all_templates, missing
from core.i18n import show
from gui.expected.words import told
from gui.language import _, language, say
from gui.session import Session
from gui.widgets import allow, as_large, button, divided, heading, label

KEY_ROLE = int(Qt.ItemDataRole.UserRole)
ROOM = 12
"""Above and below the name of a kind. [px]"""


class TemplateDialog(QDialog):
    """Kinds of plants at the left; at the right what this plant lacks of one, each with a box to tick."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.setWindowTitle(_("Expected sources from a template"))
        self.setModal(True)
        self.kinds, self.sources = QListWidget(), QListWidget()
        self.kinds.setAccessibleName(_("Kinds of plants"))
        self.sources.setAccessibleName(_("Sources to expect"))
        self.sources.setWordWrap(True)
        self.sources.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.sources.setResizeMode(QListWidget.ResizeMode.Adjust)
        self._summary, self._beside = label("", wrap=True), label("", "muted", wrap=True)
        for one in all_templates().values():
            item = QListWidgetItem(say(one.name))
            item.setData(KEY_ROLE, one.key)
            item.setSizeHint(QSize(0, self.fontMetrics().height() + ROOM))
            self.kinds.addItem(item)
        self.go = button("", self.accept, role="primary")
        self.go.setDefault(True)
        self._lay_out()
        self.kinds.currentRowChanged.connect(lambda _row: self._show())
        self.sources.itemChanged.connect(lambda _item: self._count())
        self.kinds.setCurrentRow(0)

    def _lay_out(self) -> None:
        right = QWidget()
        inside = QVBoxLayout(right)
        inside.setContentsMargins(12, 0, 0, 0)
        inside.setSpacing(8)
        for widget in (self._summary, self.sources, self._beside):
            inside.addWidget(widget, 1 if widget is self.sources else 0)
        split = divided(self.kinds, right)
        split.setStretchFactor(1, 1)
        split.setSizes([260, 620])
        last = QHBoxLayout()
        last.addStretch(1)
        last.addWidget(button(_("Cancel"), self.reject))
        last.addWidget(self.go)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(heading(_("Expected sources from a template")))
        words = _("They become lines of the management plan, without any amount. What the plant has already stays out.")
        column.addWidget(label(words, "muted", wrap=True))
        column.addWidget(split, 1)
        column.addLayout(last)
        as_large(self, 130, 76)

    @property
    def template(self) -> Template:
        """The kind that is chosen."""
        return all_templates()[self.kinds.currentItem().data(KEY_ROLE)]

    @property
    def chosen(self) -> tuple[str, ...]:
        """Keys of the sources that are ticked."""
        items = (self.sources.item(row) for row in range(self.sources.count()))
        return tuple(one.data(KEY_ROLE) for one in items if one.checkState() == Qt.CheckState.Checked)

    def _show(self) -> None:
        template = self.template
        lacking = missing(self._session.ledger, template)
        self._summary.setText(say(template.summary))
        self.sources.blockSignals(True)
        self.sources.clear()
        for one in lacking:
            item = QListWidgetItem(f"{say(one.name)}\n{told(one)}")
            item.setData(KEY_ROLE, one.key)
            item.setToolTip(told(one))
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Unchecked if one.optional else Qt.CheckState.Checked)
            self.sources.addItem(item)
        self.sources.blockSignals(False)
        meters = show([one.name for one in template.meters], language())
        figures = show([one.name for one in template.key_figures], language())
        known = len(template.sources) - len(lacking)
        beside = _("Usual meters: {meters}. Usual key figures: {figures}.", meters=meters, figures=figures)
        if known:
            beside = _("{beside} Known here already: {count}.", beside=beside, count=known)
        self._beside.setText(beside)
        self._count()

    def _count(self) -> None:
        count = len(self.chosen)
        self.go.setText(_("Expect {count} sources", count=count))
        self.go.setAccessibleName(self.go.text())
        allow(self.go, "" if count else _("Nothing is ticked, or the plant has all of it."))
