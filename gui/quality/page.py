"""Quality: how sure the totals are, what to measure better first, how good the data are and what proves them."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from core.errors import UserError
from core.i18n import T
from core.inventory import Inventory
from core.inventory.evidence import Unproven
from core.inventory.quality import RULE, SCALE
from core.inventory.uncertainty import Coverage
from core.inventory.uncertainty.draws import DRAWS, SEED
from gui.chart import Chart
from gui.commands import Command
from gui.language import _, say
from gui.latest import Latest
from gui.page import FramedPage
from gui.quality.parts import combo, figure, in_card, score, shares
from gui.quality.rows import (
    PROOF_TITLES,
    VIEW_TITLES,
    InputRow,
    Judged,
    SourceRow,
    histogram,
    input_name,
    judge,
    percent,
    range_words,
    variance_chart,
)
from gui.quality.tables import explained_input, explained_source, input_columns, source_columns, unproven_columns
from gui.session import Session
from gui.settings import Settings
from gui.tables.table import Table
from gui.theme import tokens
from gui.widgets import button, card, clear, empty_state, heading, label, letters, rule, subheading, tool, with_air
from gui.wording import item_name, shown_percent, tonnes

ACTIVITY = "activity"
UNPROVEN = 2
"""Place of the tab with the records that lack a proof."""
ROWS_SEEN = 9
"""Of the tables, before they scroll."""
LARGEST_SEED = 2**32 - 1


class QualityPage(FramedPage):
    """Uncertainty by both approaches, scores, proof."""

    def __init__(self, session: Session, settings: Settings) -> None:
        super().__init__()
        self._session = session
        self._inventory: Inventory | None = None
        """The one that ``_judged`` or the question under way is about."""
        self._judged: Judged | None = None
        self._asked: tuple[object, ...] = ()
        self.latest = Latest(self)
        self.latest.answered.connect(self._answered)
        self.latest.broken.connect(lambda why: self.tell("bad", why))
        self.latest.busy_changed.connect(self._show_busy)
        self.view = combo(_("What is judged"), [(say(title), key) for key, title in VIEW_TITLES.items()])
        self.view.activated.connect(lambda _row: self._show())
        self.by = combo(_("Inputs or sources"), [(_("Inputs"), "inputs"), (_("Sources"), "sources")])
        self.by.activated.connect(lambda _row: self._show_variance())
        self.seed = QLineEdit(str(SEED))
        self.proposals = QCheckBox(_("Use the marked proposals"))
        self.proposals.toggled.connect(lambda _on: self._ask())
        self._title, self._busy = heading(""), label("", "muted")
        self.drawn = Chart(_("Distribution of the total"), self._seed_editor())
        self.variance = Chart(_("Measure this better first"), self.by)
        self._sure, self._known, self._proof, self._scores = (QVBoxLayout() for _part in range(4))
        self._unproven = button("", lambda: self.tabs.setCurrentIndex(UNPROVEN), role="link")
        self.inputs: Table[InputRow] = Table(
            "quality_inputs", input_columns(self._names), settings, name=_("Inputs and their sensitivity")
        )
        self.sources: Table[SourceRow] = Table(
            "quality_sources", source_columns(), settings, name=_("Scores and proof by source")
        )
        self.unproven: Table[Unproven] = Table(
            "quality_unproven",
            unproven_columns(self._item),
            settings,
            name=_("Tonnes without proof"),
            identity=lambda one: one.activity.id,
        )
        self.tabs = QTabWidget()
        self._lay_out()

    # ------------------------------------------------------------------ build

    def _seed_editor(self) -> QWidget:
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        words = label(_("Seed"), "muted")
        words.setBuddy(self.seed)
        self.seed.setAccessibleName(_("Seed of the draws"))
        self.seed.setAccessibleDescription(_("The same seed gives the same draws."))
        self.seed.setToolTip(_("The same seed gives the same draws."))
        self.seed.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.seed.setFixedWidth(letters(self.seed, 12) + 16)
        self.seed.editingFinished.connect(self._seed_edited)
        row.addWidget(words)
        row.addWidget(self.seed)
        row.addWidget(tool("redo", _("Draw with another seed"), self.another_seed))
        return made

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._title)
        head.addWidget(self._busy)
        head.addStretch(1)
        head.addWidget(self.view)
        self.body.addLayout(head)
        grid = QGridLayout()
        grid.setSpacing(12)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        grid.addWidget(self._sure_card(), 0, 0)
        grid.addWidget(in_card(self.drawn, self.fontMetrics().height() * 17), 0, 1)
        grid.addWidget(in_card(self.variance, self.fontMetrics().height() * 17), 1, 0)
        proof, inside = card()
        inside.addLayout(self._proof)
        inside.addWidget(self._unproven, 0, Qt.AlignmentFlag.AlignLeft)
        self._unproven.hide()  # until there is something to show
        inside.addSpacing(4)
        inside.addWidget(rule())
        inside.addLayout(self._scores)
        inside.addStretch(1)
        grid.addWidget(proof, 1, 1)
        self.body.addLayout(grid)
        self._fill_tabs()
        self.body.addWidget(self.tabs, 1)

    def _sure_card(self) -> QWidget:
        frame, inside = card()
        inside.addLayout(self._sure)
        inside.addSpacing(4)
        inside.addWidget(rule())
        inside.addLayout(self._known)
        inside.addWidget(self.proposals)
        words = _(
            "Proposals are our own values for classes that nobody published. Whoever uses them says so; they are "
            "marked as proposals in the inspector."
        )
        inside.addWidget(label(words, "muted", size=0.92, wrap=True))
        inside.addStretch(1)
        return frame

    def _fill_tabs(self) -> None:
        self.tabs.setAccessibleName(_("Details"))
        tables: list[tuple[str, Table[Any], Callable[[Any], str]]] = [
            (_("Inputs and sensitivity"), self.inputs, lambda row: row.record),
            (_("Data quality by source"), self.sources, lambda row: row.record),
            (_("Tonnes without proof"), self.unproven, lambda row: row.activity.id),
        ]
        for title, table, record in tables:
            act = self._going(table, record)
            go = button(_("Show the record"), act, tip=_("Or double-click the row"))
            go.setAccessibleName(_("Show the record of the selected row of {table}", table=title))
            go.setEnabled(False)
            table.add_tool(go)
            table.current.connect(lambda row, go=go: go.setEnabled(row is not None))
            table.current.connect(lambda _row: self.selected.emit())
            table.view.doubleClicked.connect(lambda _index, act=act: act())
            table.show_at_least(ROWS_SEEN)
            self.tabs.addTab(with_air(table), title)
        self.tabs.currentChanged.connect(lambda _tab: self.selected.emit())

    def _going(self, table: Table[Any], record: Callable[[Any], str]) -> Callable[[], None]:
        def go() -> None:
            row = table.current_record()
            if row is not None and record(row):
                self.wanted.emit(ACTIVITY, record(row))

        return go

    # ------------------------------------------------------------------ page

    def refresh(self) -> None:
        """Ask anew; what is shown stays until the answer comes."""
        year = str(self._session.year)
        self._title.setText(_("Quality of {year}", year=year))
        if not self._session.inventory.lines:
            self.show_empty(self._nothing_yet(year))
            return
        self.show_body()
        self._ask()

    def _nothing_yet(self, year: str) -> QWidget:
        return empty_state(
            "quality",
            _("Nothing to judge in {year} yet", year=year),
            _(
                "Here stands how sure the total is, which input to measure better first, and how many tonnes rest on "
                "a proof. It follows from the activity data."
            ),
            button(_("Enter activity data"), lambda: self.wanted.emit(ACTIVITY, None), role="primary"),
        )

    def commands(self) -> list[Command]:
        return [Command(_("Draw with another seed"), self.another_seed, icon="redo")]

    def inspect(self) -> QWidget | None:
        """Where the numbers of the selected row come from."""
        table: Table[Any] = (self.inputs, self.sources, self.unproven)[self.tabs.currentIndex()]
        row = table.current_record()
        if isinstance(row, SourceRow):
            return explained_source(row, self._session)
        if isinstance(row, InputRow):
            return explained_input(row, self._session)
        return None

    # ------------------------------------------------------------------ ask

    def _ask(self) -> None:
        inventory, proposals = self._session.inventory, self.proposals.isChecked()
        seed = int(self.seed.text()) if self._seed_is_fine() else SEED
        asked = (id(inventory), proposals, seed)
        if asked == self._asked:
            return
        self._asked, self._inventory = asked, inventory
        self.latest.ask(lambda: judge(inventory, proposals=proposals, draws=DRAWS, seed=seed))

    def _answered(self, judged: Judged) -> None:
        self._judged = judged
        self._show()
        self.selected.emit()

    def _show_busy(self, busy: bool) -> None:
        self._busy.setText(_("Calculating…") if busy else "")

    def _seed_is_fine(self) -> bool:
        text = self.seed.text().strip()
        return text.isascii() and text.isdecimal() and int(text) <= LARGEST_SEED

    def _seed_edited(self) -> None:
        fine = self._seed_is_fine()
        self.seed.setProperty("problem", not fine)
        self.seed.style().unpolish(self.seed)
        self.seed.style().polish(self.seed)
        if fine:
            self._ask()
        else:
            self.attempt(self._refuse_seed)

    def _refuse_seed(self) -> None:
        raise UserError(
            T("“{text}” is no seed.", text=self.seed.text()[:40]),
            T("Enter a whole number from 0 to {most}.", most=LARGEST_SEED),
        )

    def another_seed(self) -> None:
        """The next number: chance need not choose it, and the result stays repeatable."""
        before = int(self.seed.text()) if self._seed_is_fine() else SEED
        self.seed.setText(str((before + 1) % (LARGEST_SEED + 1)))
        self._seed_edited()

    # ------------------------------------------------------------------ show

    @property
    def _key(self) -> str:
        return str(self.view.currentData())

    def _show(self) -> None:
        if self._judged is None:
            return
        self._show_sure(self._judged)
        self._show_known(self._judged.uncertainty.formula[self._key].estimate.coverage)
        self._show_drawn(self._judged)
        self._show_variance()
        self._show_proof(self._judged)
        self.inputs.set_rows(self._judged.inputs[self._key])
        self.sources.set_rows(self._judged.sources[self._key])
        self.unproven.set_rows(self._judged.coverage.unproven)

    def _show_sure(self, judged: Judged) -> None:
        clear(self._sure)
        estimate = judged.uncertainty.formula[self._key].estimate
        self._sure.addWidget(subheading(_("How sure the total is")))
        row = QHBoxLayout()
        row.setSpacing(24)
        known = estimate.coverage.total != estimate.coverage.neither
        half = f"± {shown_percent(estimate.percent)} %" if known else _("not known")
        row.addLayout(
            figure(_("By formula"), tonnes(estimate.tonnes), half, range_words(estimate.low, estimate.high)), 1
        )
        simulation = judged.uncertainty.simulation
        if simulation is not None:
            one = simulation.views[self._key]
            words = _("Monte Carlo, {count} draws", count=f"{simulation.draws:,}")
            row.addLayout(figure(words, tonnes(Decimal(one.median)), _("median"), range_words(one.low, one.high)), 1)
        self._sure.addLayout(row)
        note = _("Ranges hold 95 %. What is not quantified counts as certain in them.")
        self._sure.addWidget(label(note, "muted", size=0.92, wrap=True))

    def _show_known(self, coverage: Coverage) -> None:
        clear(self._known)
        self._known.addWidget(subheading(_("Whose uncertainty is known, in % of the tonnes")))
        self._known.addLayout(
            shares(
                [
                    (_("Activity data and factor"), coverage.percent(coverage.both), tokens().series[0]),
                    (_("Only the activity data"), coverage.percent(coverage.activity), tokens().series[1]),
                    (_("Only the factor"), coverage.percent(coverage.factor), tokens().series[2]),
                    (_("Not quantified"), coverage.percent(coverage.neither), tokens().edge),
                ]
            )
        )

    def _show_drawn(self, judged: Judged) -> None:
        simulation = judged.uncertainty.simulation
        if simulation is not None:
            self.drawn.show_data(histogram(simulation.views[self._key], simulation.draws))

    def _show_variance(self) -> None:
        if self._judged is not None and self._inventory is not None:
            chart = variance_chart(self._judged, self._key, str(self.by.currentData()), self._inventory)
            self.variance.show_data(chart)

    def _show_proof(self, judged: Judged) -> None:
        clear(self._proof)
        rows = judged.sources[self._key]
        whole = sum((row.tonnes for row in rows), Decimal(0))
        sums = {
            proof: sum((row.tonnes * getattr(row, proof) / 100 for row in rows), Decimal(0)) for proof in PROOF_TITLES
        }
        colours = (tokens().series[0], tokens().series[1], tokens().edge)
        self._proof.addWidget(subheading(_("What proves the tonnes")))
        proofs = [
            (say(title), percent(sums[proof], whole), colour)
            for (proof, title), colour in zip(PROOF_TITLES.items(), colours, strict=True)
        ]
        self._proof.addLayout(shares(proofs))
        unproven = len(judged.coverage.unproven)
        words = _("Show the {count} records without a kept proof", count=unproven)
        self._unproven.setText(words)
        self._unproven.setAccessibleName(words)
        self._unproven.setVisible(bool(unproven))
        clear(self._scores)
        self._scores.addWidget(subheading(_("How good the data are")))
        for name, key in ((_("Activity data"), "activity"), (_("Factors"), "factor")):
            mean = sum((row.tonnes * getattr(row, key) for row in rows), Decimal(0))
            self._scores.addLayout(score(name, mean / whole if whole else None))
        note = f"{say(SCALE)} {say(RULE)}"
        self._scores.addWidget(label(note, "muted", size=0.92, wrap=True))

    # ------------------------------------------------------------------ names

    def _names(self, row: InputRow) -> str:
        return input_name(row, self._session.inventory)

    def _item(self, key: str) -> str:
        return item_name(self._session.library, key)
