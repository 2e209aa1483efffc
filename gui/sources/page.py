"""Sources: is everything in? Scope, category and source with months, proof and reasons, as each standard sees them."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QHBoxLayout, QMenu, QTabWidget, QVBoxLayout, QWidget

from core.inventory import Inventory
from core.inventory.judging import (
    NOT_RELEVANT,
    NOT_SIGNIFICANT,
    SIGNIFICANT,
)
from core.inventory.views import Exclusion
from core.inventory.views.iso import THRESHOLD
from gui.commands import Command
from gui.expected.part import ExpectedPart
from gui.language import _, say
from gui.latest import Latest
from gui.page import NewRecord, Page
from gui.quality.parts import combo
from gui.session import Session
from gui.settings import Settings
from gui.sources.acts import SourceActs
from gui.sources.inspector import widget_of
from gui.sources.left_out import left_out_columns
from gui.sources.looking import look
from gui.sources.months_part import MonthsPart
from gui.sources.rows import VIEWS, Branch, Looked, categories_silent
from gui.sources.tree import Legend, SourceTree
from gui.tables.table import Table
from gui.widgets import allow, button, clear, heading, label, number
from gui.wording import TONNES, method_name, named, tonnes

ACTIVITY = "activity"
TREE, MONTHS, EXPECTED, LEFT_OUT = range(4)
GBT_POLICY = "gbt-32150-2025"


class SourcesPage(Page):
    """Tree, months, what is left out."""

    def __init__(self, session: Session, settings: Settings) -> None:
        super().__init__()
        self._session, self._settings = session, settings
        self._looked: Looked | None = None
        self._inventory: Inventory | None = None
        self._wish = ""
        """A branch to go to once there is an answer."""
        self.acts = SourceActs(self, session, settings)
        self.latest = Latest(self)
        self.latest.answered.connect(self._answered)
        self.latest.broken.connect(lambda why: self.tell("bad", why))
        self.latest.busy_changed.connect(self._show_busy)
        self._title, self._busy = heading(""), label("", "muted")
        self.view = combo(_("Standard"), [(say(title), key) for key, title in VIEWS.items()])
        self.view.activated.connect(lambda _row: self._show())
        self._totals = QHBoxLayout()
        self._totals.setSpacing(24)
        self._note = label("", "muted", wrap=True)
        self.tree = SourceTree(_("Sources by scope and category"))
        self.tree.chosen.connect(self._chosen)
        self.tree.asked.connect(self._open)
        self.tree.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.tree.customContextMenuRequested.connect(self._offer_here)
        self.months = MonthsPart(self, session, settings)
        self.months.opened.connect(self._go)
        self.left_out: Table[Exclusion] = Table(
            "left_out", left_out_columns(session), settings, name=_("Left out"), identity=lambda one: one.subject
        )
        self.expected = ExpectedPart(self, session, settings)
        self.expected.counted.connect(self._count_expected)
        self.tabs = QTabWidget()
        self._lay_out()

    # ------------------------------------------------------------------ build

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._title)
        head.addWidget(self._busy)
        head.addStretch(1)
        head.addWidget(self.view)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 12)
        column.setSpacing(10)
        column.addLayout(head)
        column.addLayout(self._totals)
        column.addWidget(self._note)
        self._fill_tabs()
        column.addWidget(self.tabs, 1)

    def _tools(self) -> QWidget:
        made = QWidget()
        tools = QHBoxLayout(made)
        tools.setContentsMargins(0, 0, 0, 0)
        tools.setSpacing(8)
        self.begin = button(_("Begin a record here"), self._offer_methods, role="primary", picture="plus")
        self.declare = button(_("Declare not relevant…"), self.decide_current)
        self.retract = button(_("Relevant again"), self.retract_current)
        self.upstream = button(_("Add upstream rows…"), self.acts.propose_upstream)
        self.upstream.setToolTip(_("Rows of category 3 that follow from the bills of fuel and energy"))
        self.export = button(_("Export GB/T workbook…"), self.acts.save_gbt, picture="export")
        for widget in (self.begin, self.declare, self.retract):
            tools.addWidget(widget)
        tools.addStretch(1)
        tools.addWidget(self.upstream)
        tools.addWidget(self.export)
        return made

    def _fill_tabs(self) -> None:
        self.tabs.setAccessibleName(_("Sources"))
        self.tabs.addTab(_tab(self._tools(), self.tree, Legend()), _("Completeness"))
        self.tabs.addTab(_tab(self.months), _("By month"))
        self.tabs.addTab(_tab(self.expected), _("Expected"))
        self.left_out.view.wrap_rows()
        self.left_out.view.doubleClicked.connect(lambda _index: self._open_left_out())
        self.tabs.addTab(_tab(self.left_out), _("Left out"))
        self.tabs.currentChanged.connect(lambda _tab: self._chosen())

    # ------------------------------------------------------------------ page

    def refresh(self) -> None:
        """Ask anew; what is shown stays until the answer comes."""
        self._title.setText(_("Sources of {year}", year=str(self._session.year)))
        inventory = self._session.inventory
        if inventory is not self._inventory:
            self._inventory = inventory
            self.latest.ask(lambda: look(inventory))
        self.expected.refresh()

    def _count_expected(self, count: int) -> None:
        self.tabs.setTabText(EXPECTED, _("Expected ({count})", count=count) if count else _("Expected"))

    def show_subject(self, subject: object) -> None:
        """Go to a branch by its key, e.g. ``scope3:9``, or to what is ``expected``."""
        if subject == "expected":
            self.tabs.setCurrentIndex(EXPECTED)
        elif isinstance(subject, str):
            self.tabs.setCurrentIndex(TREE)
            self._wish = "" if self.tree.go(subject) else subject

    def inspect(self) -> QWidget | None:
        return widget_of(self.tree.branch, self._session, self._go, self._begin)

    def commands(self) -> list[Command]:
        def writable() -> bool:
            return self._session.writable

        return [
            Command(_("Add from a template…"), self.expected.choose_template, "", "plan", "", writable),
            Command(_("Add upstream rows…"), self.acts.propose_upstream, "", "plus", "", writable),
            Command(_("Export GB/T workbook…"), self.acts.save_gbt, "", "export"),
        ]

    def _show_busy(self, busy: bool) -> None:
        self._busy.setText(_("Calculating…") if busy else "")

    def _answered(self, looked: Looked) -> None:
        self._looked = looked
        self._show()
        if self._wish:
            self.tree.go(self._wish)
            self._wish = ""
        self.months.show_months(looked)
        self.left_out.set_rows(looked.left_out)
        self.tabs.setTabText(LEFT_OUT, _("Left out ({count})", count=len(looked.left_out)))

    # ------------------------------------------------------------------ show

    @property
    def _key(self) -> str:
        return str(self.view.currentData())

    def _show(self) -> None:
        if self._looked is None:
            return
        tree = self._looked.trees[self._key]
        clear(self._totals)
        for title, value in tree.totals:
            self._totals.addLayout(_total(say(title), value))
        self._totals.addStretch(1)
        self._note.setText(self._remark())
        self._note.setVisible(bool(self._note.text()))
        self.tree.show_branches(tree.branches)

    def _remark(self) -> str:
        """What the person should know about the view."""
        assert self._looked is not None
        if self._key == "ghgp":
            silent = categories_silent(self._looked.trees["ghgp"])
            if silent:
                return _("Nobody said anything yet about {count} of the 15 categories of scope 3.", count=silent)
        elif self._key == "iso":
            return _("Significance is proposed from {limit} % of the total on, until a person decides.",
                     limit=THRESHOLD)  # fmt: skip
        elif self._session.choices.policy != GBT_POLICY:
            return _("Reports by GB/T use the factors of its own policy; choose it on the page “Overview”.")
        return ""

    # ------------------------------------------------------------------ go

    def _go(self, record: str) -> None:
        self.wanted.emit(ACTIVITY, record)

    def _begin(self, method: str) -> None:
        branch = self.tree.branch
        self.wanted.emit(ACTIVITY, NewRecord(method, branch.category if branch else 0))

    def _open(self, branch: Branch) -> None:
        """To its record with most tonnes; a branch without records explains itself."""
        if branch.records:
            self._go(branch.records[0])
        else:
            self.inspector_wanted.emit()

    def _open_left_out(self) -> None:
        row = self.left_out.current_record()
        if row is None:
            return
        if row.kind == "record":
            self._go(row.subject)
        else:
            self.view.setCurrentIndex(0)
            self._show()
            self.show_subject(row.subject)

    def _chosen(self) -> None:
        branch = self.tree.branch if self.tabs.currentIndex() == TREE else None
        writable = self._session.writable
        about = branch.about if branch else ""
        locked = "" if writable else _("The file is open read-only.")
        typed = "" if branch and branch.methods else _("Nothing is entered here; choose a source or a category.")
        allow(self.begin, locked or typed)
        held, iso = self.acts.decided(about), self._key == "iso"
        allow(self.declare, locked or self._not_declared(branch))
        self.declare.setVisible(self._key != "gbt" and (iso or not held))
        self.retract.setEnabled(writable)
        self.retract.setVisible(held)
        self.export.setVisible(self._key == "gbt")
        for widget, words in (
            (self.declare, _("Judge significance…") if iso else _("Declare not relevant…")),
            (self.retract, _("Back to the proposal") if iso else _("Relevant again")),
        ):
            widget.setText(words)
            widget.setAccessibleName(words)
        self.upstream.setEnabled(writable)
        self.selected.emit()

    @staticmethod
    def _not_declared(branch: Branch | None) -> str:
        """Why nothing can be declared about this line: what was calculated is relevant. Empty when it can."""
        if branch is None or not branch.about:
            return _("Choose a category first.")
        if branch.about.startswith("iso:") or not (branch.records or branch.excluded):
            return ""
        return _("It has records: what is calculated is relevant.")

    # ------------------------------------------------------------------ menus

    def _offer_methods(self) -> None:
        menu = self.method_menu()
        menu.popup(self.begin.mapToGlobal(QPoint(0, self.begin.height())))

    def method_menu(self) -> QMenu:
        """The methods that serve the current branch."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        branch = self.tree.branch
        for key in sorted(branch.methods if branch else (), key=method_name):
            menu.addAction(method_name(key), lambda key=key: self._begin(key))  # type: ignore[misc]
        return menu

    def _offer_here(self, at: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        branch = self.tree.branch
        if branch is None:
            return
        if branch.records:
            menu.addAction(_("Show the records"), lambda: self._open(branch))
        for one in (self.begin, self.declare, self.retract):
            if one.isEnabled() and one.isVisible():
                menu.addAction(one.text(), one.click)
        menu.popup(self.tree.viewport().mapToGlobal(at))

    # ------------------------------------------------------------------ judge

    def decide_current(self) -> None:
        """Ask for the verdict where there are two, and for the reason."""
        branch = self.tree.branch
        if branch is None or not branch.about:
            return
        if branch.about.startswith("iso:"):
            menu = QMenu(self)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.addAction(_("Significant…"), lambda: self.acts.ask(branch.about, SIGNIFICANT))
            menu.addAction(_("Not significant…"), lambda: self.acts.ask(branch.about, NOT_SIGNIFICANT))
            menu.popup(self.declare.mapToGlobal(QPoint(0, self.declare.height())))
        else:
            self.acts.ask(branch.about, NOT_RELEVANT)

    def retract_current(self) -> None:
        """Take the decision back, as one change."""
        branch = self.tree.branch
        if branch is not None and self.acts.decided(branch.about):
            self.acts.retract(branch.about)


# ---------------------------------------------------------------------- parts


def _tab(*widgets: QWidget) -> QWidget:
    made = QWidget()
    inside = QVBoxLayout(made)
    inside.setContentsMargins(0, 10, 0, 0)
    inside.setSpacing(8)
    for widget in widgets:
        inside.addWidget(widget, 1 if isinstance(widget, SourceTree | Table) else 0)
    return made


def _total(name: str, value: Decimal) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(6)
    row.addWidget(label(name, "muted"), 0, Qt.AlignmentFlag.AlignBaseline)
    figure = number(tonnes(value), size=1.15, strong=True)
    figure.setAccessibleName(named(name, f"{tonnes(value)} {TONNES}"))
    row.addWidget(figure, 0, Qt.AlignmentFlag.AlignBaseline)
    row.addWidget(label(TONNES, "muted"), 0, Qt.AlignmentFlag.AlignBaseline)
    return row
