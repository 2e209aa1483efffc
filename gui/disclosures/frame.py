"""The widgets of the page and how they stand: frameworks at the left, the tabs of the chosen one at the right."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gui.disclosures.acts import Acts
from gui.disclosures.compared import ComparedView
from gui.disclosures.frameworks import FrameworkList
from gui.disclosures.out import Out
from gui.disclosures.points import PointsView
from gui.disclosures.questions import QuestionsView
from gui.disclosures.submitted import SubmittedView
from gui.entering.part import RecordsPart
from gui.language import _
from gui.tabs import FrontTabs
from gui.widgets import button, divided, heading, label, subheading

QUESTIONS, COMPARED, POINTS, SUBMITTED, OWN = "questions", "compared", "points", "submitted", "own"
SHARES = (100, 400)
"""Of the width, of the list and of what stands beside it, at first."""
TABS = (QUESTIONS, COMPARED, POINTS, SUBMITTED, OWN)


class Frame:
    """Made once; the page fills it."""

    def __init__(self, acts: Acts, out: Out) -> None:
        settings = acts.settings
        self.title, self.busy = heading(""), label("", "muted")
        self.framework, self.said = subheading(""), label("", "muted", wrap=True)
        self.frameworks = FrameworkList()
        self.export = button(_("Export workbook…"), lambda: out.ask_export(self.frameworks.key), picture="export")
        self.freeze = button(_("Freeze as handed in…"), lambda: out.ask_submit(self.frameworks.key), picture="inbox")
        self.more = button(_("More"), lambda: None)
        self.questions = QuestionsView(settings, acts.why_not)
        self.compared = ComparedView(settings)
        self.points = PointsView(settings, acts.why_not)
        self.submitted = SubmittedView(settings)
        self.submitted.wanted.connect(lambda: out.ask_submit(self.frameworks.key))
        self.received = button(_("Bring in a questionnaire…"), lambda: None, role="primary", picture="import")
        self.own = RecordsPart(
            acts.page, acts.desk, settings, "own_question",
            _("Questions of a questionnaire that no framework here knows, each linked to the data points that answer "
              "it. Bring in the workbook that you received, and its codes are read."),
            self.received,
            hidden=("note",), picture="disclosures",
        )  # fmt: skip
        self.tabs, self.notices = FrontTabs(), QVBoxLayout()
        for named in (self.tabs, self.tabs.tabBar()):
            named.setAccessibleName(_("About the framework"))
        names = (_("Questionnaire"), _("Comparison"), _("By data point"), _("Handed in"), _("Own questions"))
        for name, part in zip(names, self.parts, strict=True):
            self.tabs.addTab(part, name)

    @property
    def parts(self) -> tuple[QuestionsView, ComparedView, PointsView, SubmittedView, RecordsPart]:
        """In the order of the tabs."""
        return self.questions, self.compared, self.points, self.submitted, self.own

    @property
    def front(self) -> QWidget:
        """The tab one looks at."""
        return self.parts[self.tabs.currentIndex()]

    def go(self, tab: str) -> None:
        """Bring a tab to the front."""
        self.tabs.setCurrentIndex(TABS.index(tab))

    def lay_out(self, page: QWidget) -> None:
        """Put everything into the page."""
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.title)
        head.addWidget(self.busy)
        head.addStretch(1)
        for one in (self.export, self.freeze, self.more):
            head.addWidget(one)
        right = QWidget()
        inside = QVBoxLayout(right)
        inside.setContentsMargins(8, 0, 0, 0)
        inside.setSpacing(4)
        inside.addWidget(self.framework)
        inside.addWidget(self.said)
        inside.addSpacing(4)
        inside.addWidget(self.tabs, 1)
        both = divided(self.frameworks, right)
        both.setStretchFactor(1, 1)
        both.setSizes(list(SHARES))
        column = QVBoxLayout(page)
        column.setContentsMargins(16, 14, 16, 12)
        column.setSpacing(10)
        column.addLayout(head)
        column.addLayout(self.notices)
        column.addWidget(both, 1)
