"""Risk and samples: the source map with its risks, and what is drawn from it to be tested."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtWidgets import QHBoxLayout, QTabWidget, QVBoxLayout, QWidget

from core.audit.materiality import TITLES, threshold
from core.audit.risk import SourceRisk, assessing, risks_of, taking_back
from core.audit.sampled import widest
from core.audit.sampling import Drawn, removing
from core.errors import UserError
from core.i18n import Text, show_number
from core.inventory.judging import Decision
from core.ledger import Engagement, Step
from gui.commands import Command
from gui.language import _, say
from gui.page import FramedPage
from gui.samples.dialog import SampleDialog
from gui.samples.inspector import explained_sample, explained_source
from gui.samples.matrix import RiskMatrix
from gui.samples.risk_dialog import RiskDialog
from gui.samples.tables import (
    SHARE,
    ShareDelegate,
    drawn_columns,
    drawn_marks,
    sample_columns,
    sample_marks,
    source_columns,
    source_marks,
)
from gui.samples.widen import WidenDialog
from gui.samples.words import DrawnRow, SampleRow, drawn_rows, sample_rows
from gui.session import Session
from gui.settings import Settings
from gui.tables.table import Table
from gui.tables.whole_rows import choose_whole_rows
from gui.undoing import tell_change
from gui.widgets import allow, button, clear, divided, empty_state, heading, label, letters, marked, with_air
from gui.wording import TONNES

RISKS, SAMPLES = 0, 1
"""Places of the tabs."""
HEIGHTS = (20, 30)
"""Of the samples and of what was drawn, in digits: the records are many."""
ROWS_SEEN = 5
"""Of each table, before it scrolls."""


class _Act(Protocol):
    """What is one change."""

    @property
    def why(self) -> Text: ...
    @property
    def steps(self) -> tuple[Step, ...]: ...


class SamplesPage(FramedPage):
    """Two tabs: sources with their risks, samples with their records."""

    def __init__(self, session: Session, settings: Settings) -> None:
        super().__init__()
        self._session, self._settings = session, settings
        self._title, self._words = heading(""), label("", "muted", wrap=True)
        self._begin = button(_("Begin the audit"), lambda: self.wanted.emit("audit", None), role="link")
        self.dialog: RiskDialog | SampleDialog | WidenDialog
        """The one that was opened last."""
        self.tabs = QTabWidget()
        self.tabs.setAccessibleName(_("Risk and samples"))
        self.risks: Table[SourceRisk] = Table(
            "sources_at_risk",
            source_columns(),
            settings,
            name=_("Emission sources"),
            identity=lambda row: row.source,
            editable=False,
            marks=source_marks,
        )
        self.matrix = RiskMatrix()
        self.samples: Table[SampleRow] = Table(
            "samples", sample_columns(), settings, name=_("Samples"), editable=False, marks=sample_marks
        )
        self.drawn: Table[DrawnRow] = Table(
            "sample_records",
            drawn_columns(),
            settings,
            name=_("Records of the sample"),
            editable=False,
            marks=drawn_marks,
        )
        self._make_buttons()
        self._next = QVBoxLayout()
        self._lay_out()

    # ------------------------------------------------------------------ build

    def _make_buttons(self) -> None:
        self.decide_button = button(_("Decide…"), self.decide, tip=_("Or press Enter on the row"))
        self.back_button = button(_("As proposed"), self.take_back)
        self.explain_button = button(_("Explain"), self.inspector_wanted.emit, picture="inspector")
        self.draw_button = button(_("Draw…"), self.draw, role="primary", picture="plus")
        self.widen_button = button(_("Widen…"), self.widen)
        self.remove_button = button(_("Remove"), self.remove, picture="delete")
        self.recheck_button = button(_("Explain"), self.inspector_wanted.emit, picture="inspector")
        self.recheck_button.setAccessibleName(_("Explain the sample"))
        self.tests_button = button(_("To the tests"), self.to_tests, picture="check")
        for one in (self.explain_button, self.back_button, self.decide_button):
            self.risks.add_tool(one)
        for one in (self.recheck_button, self.remove_button, self.widen_button, self.draw_button):
            self.samples.add_tool(one)
        self.drawn.add_tool(self.tests_button)

    def _lay_out(self) -> None:
        places = [column.key for column in self.risks.model.columns]
        view = self.risks.view
        view.setItemDelegateForColumn(places.index(SHARE), ShareDelegate(self.risks.model, view))
        for table, act in ((self.risks, self.decide), (self.samples, self.to_tests), (self.drawn, self.to_record)):
            choose_whole_rows(table)
            table.view.doubleClicked.connect(lambda _index, act=act: act())
        self.risks.current.connect(lambda _row: self._stood_on_source())
        self.samples.current.connect(lambda _row: self._stood_on_sample())
        self.tabs.currentChanged.connect(lambda _tab: self.selected.emit())
        self.samples.set_empty(self._no_samples())
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._title)
        head.addWidget(self._words, 1)
        head.addWidget(self._begin)
        self.body.addLayout(head)
        self.tabs.addTab(
            with_air(divided(self.risks, with_air(self.matrix, above=8), upright=True)), _("Sources and risk")
        )
        lower = QWidget()
        column = QVBoxLayout(lower)
        column.setContentsMargins(0, 10, 0, 0)
        column.addLayout(self._next)
        column.addWidget(self.drawn, 1)
        below = divided(self.samples, lower, upright=True)
        below.setSizes([letters(self, high) for high in HEIGHTS])
        self.tabs.addTab(with_air(below), _("Samples"))
        rows = ROWS_SEEN * view.verticalHeader().defaultSectionSize()
        for table in (self.risks, self.samples, self.drawn):
            table.view.setMinimumHeight(rows)
        self.body.addWidget(self.tabs, 1)

    def _no_samples(self) -> QWidget:
        first = button(_("Draw a sample…"), self.draw, role="primary", picture="plus")
        self._first = first
        return empty_state(
            "samples",
            _("No samples yet"),
            _(
                "A sample names the records that are tested. Its size follows from risk and materiality, and its seed "
                "draws the same records again on any machine."
            ),
            first,
        )

    # ------------------------------------------------------------------ page

    @property
    def engagement(self) -> Engagement | None:
        """What was agreed about the year; None while nobody audits it."""
        return self._session.ledger.engagement(self._session.year)

    def refresh(self) -> None:
        """Everything, from the session."""
        session, year = self._session, str(self._session.year)
        self._title.setText(_("Risk and samples of {year}", year=year))
        if not session.inventory.activities:
            self.show_empty(self._nothing_yet(year))
            return
        self.show_body()
        engagement = self.engagement
        self._begin.setVisible(engagement is None)
        self._words.setText(self._said(engagement))
        found = risks_of(session.ledger, session.inventory, session.year, session.file.corrections)
        self.matrix.show_risks(found, "limited" if engagement is None else engagement.assurance)
        self.risks.set_rows(found)
        self.samples.set_rows(sample_rows(session.ledger, session.year))
        self.risks.stand()
        self.samples.stand()
        self._stood_on_source()
        self._stood_on_sample()

    def _said(self, engagement: Engagement | None) -> str:
        if engagement is None:
            return _("Nobody audits this year yet: the risks are proposals for limited assurance.")
        agreed = threshold(engagement, self._session.inventory)
        return _("Material from {tonnes} {unit}: {percent} % ({total})", tonnes=show_number(agreed.total, 1),
                 unit=TONNES, percent=engagement.materiality, total=TITLES[agreed.governs])  # fmt: skip

    def _nothing_yet(self, year: str) -> QWidget:
        return empty_state(
            "samples",
            _("No emission sources in {year} yet", year=year),
            _(
                "Here stands where the emissions come from, what could be wrong with them, and what is drawn to be "
                "tested."
            ),
            button(_("Enter activity data"), lambda: self.wanted.emit("activity", None), role="primary"),
        )

    def show_subject(self, subject: object) -> None:
        """Go to a sample by its id, or to an emission source by its name."""
        if isinstance(subject, str):
            if self.samples.model.row_of(subject) is not None:
                self.tabs.setCurrentIndex(SAMPLES)
                self.samples.show_record(subject)
            else:
                self.tabs.setCurrentIndex(RISKS)
                self.risks.show_record(subject)

    def commands(self) -> list[Command]:
        return [Command(_("Draw a sample…"), self.draw, icon="samples", enabled=lambda: self._may_work)]

    def inspect(self) -> QWidget | None:
        if self.tabs.currentIndex() == RISKS:
            risk = self.risks.current_record()
            return None if risk is None else explained_source(risk, self._session)
        row = self.samples.current_record()
        return None if row is None else explained_sample(row.sample, self._session)

    @property
    def _may_work(self) -> bool:
        return self._session.writable and self.engagement is not None

    @property
    def _why_not(self) -> str:
        """Why nothing can be decided or drawn now; empty when it can."""
        if not self._session.writable:
            return _("The file is open read-only.")
        return "" if self.engagement is not None else _("Begin the audit first.")

    def _stood_on_source(self) -> None:
        risk = self.risks.current_record()
        self.matrix.show_current("" if risk is None else risk.source)
        none = _("Select a row first.") if risk is None else ""
        as_proposed = "" if risk is not None and risk.decided is not None else _("The risk is as proposed.")
        allow(self.decide_button, self._why_not or none)
        allow(self.back_button, self._why_not or none or as_proposed)
        allow(self.explain_button, none)
        self.selected.emit()

    def _stood_on_sample(self) -> None:
        row, session = self.samples.current_record(), self._session
        none = _("Select a row first.") if row is None else ""
        fixed = "" if row is not None and row.sample.level else _("Samples of this method are not widened.")
        for one in (self.draw_button, self._first):
            allow(one, self._why_not)
        allow(self.widen_button, self._why_not or none or fixed)
        allow(self.remove_button, self._why_not or none)
        for one in (self.recheck_button, self.tests_button):
            allow(one, none)
        clear(self._next)
        if row is not None and row.wider is not None:
            self._next.addWidget(marked("warning", "warning", say(row.wider.why)))
        rows = [] if row is None else drawn_rows(session.ledger, session.inventory, session.library, row.sample)
        self.drawn.set_rows(rows)
        self.drawn.setVisible(row is not None)
        self.selected.emit()

    # ------------------------------------------------------------------ risk

    def decide(self) -> None:
        """Ask for the risk of the selected source."""
        risk, engagement = self.risks.current_record(), self.engagement
        if risk is None or engagement is None or not self._may_work:
            return
        self.dialog = made = RiskDialog(risk, engagement.assurance, self)
        made.stated.connect(
            lambda inherent, control, reason: self._keep(
                made, lambda: self._assessed(risk.source, inherent, control, reason)
            )
        )
        made.open()

    def _assessed(self, source: str, inherent: str, control: str, reason: str) -> Decision:
        session = self._session
        return assessing(
            session.ledger, session.inventory, session.year, source, inherent, control, reason, session.file.corrections
        )

    def take_back(self) -> None:
        """What the data propose holds again."""
        risk, session = self.risks.current_record(), self._session
        if risk is not None:
            self._do(lambda: taking_back(session.ledger, session.year, risk.source))

    # ------------------------------------------------------------------ samples

    def draw(self) -> None:
        """Ask for a new sample; from the selected sources, if any."""
        session = self._session
        if not self._may_work:
            return
        sources = [risk.source for risk in self.risks.model.records]
        chosen = [risk.source for risk in self.risks.chosen] if self.tabs.currentIndex() == RISKS else []
        if len(chosen) == 1:  # standing somewhere is no choice
            chosen = []
        self.dialog = asked = SampleDialog(
            session.ledger, session.inventory, session.year, self._settings, sources, chosen, self
        )
        asked.stated.connect(lambda made: self._keep(asked, lambda: made))
        asked.open()

    def widen(self) -> None:
        """Ask to which level the selected sample is widened, or the one that widened it already."""
        row, session = self.samples.current_record(), self._session
        if row is not None and (last := widest(session.ledger, row.sample).id) != row.id:
            self.samples.show_record(last)
            row = self.samples.current_record()
        if row is None or not row.sample.level or not self._may_work:
            return
        self.dialog = asked = WidenDialog(session.ledger, session.inventory, row, self)
        asked.stated.connect(lambda made: self._keep(asked, lambda: made))
        asked.open()

    def remove(self) -> None:
        """Take the selected sample away; undo brings it back."""
        row, session = self.samples.current_record(), self._session
        if row is not None:
            self._do(lambda: removing(session.ledger, row.sample))

    def to_tests(self) -> None:
        """To the test sheets of the selected sample."""
        row = self.samples.current_record()
        if row is not None:
            self.wanted.emit("tests", row.id)

    def to_record(self) -> None:
        """To the record itself."""
        row = self.drawn.current_record()
        if row is not None and row.item.record is not None:
            self.wanted.emit("activity", row.id)

    # ------------------------------------------------------------------ keep

    def _keep(self, dialog: RiskDialog | SampleDialog | WidenDialog, act: Callable[[], _Act]) -> None:
        """Keep what a dialog stated; what is refused stands in it, and nothing typed is lost."""
        try:
            made = act()
            self._session.edit(made.why, made.steps)
        except UserError as error:
            dialog.complain(error)
            return
        dialog.accept()
        if isinstance(made, Drawn):
            self.tabs.setCurrentIndex(SAMPLES)
            self.samples.show_record(made.sample.id)
        self._tell(made.why)

    def _do(self, act: Callable[[], _Act]) -> None:
        made = self.attempt(act)
        if made is not None and self.attempt(lambda: self._session.edit(made.why, made.steps)) is not None:
            self._tell(made.why)

    def _tell(self, why: Text) -> None:
        tell_change(self, self._session, why)
