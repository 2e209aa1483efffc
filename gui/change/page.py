"""Change: why the group emits more or less than in another year, or a report says something else than before."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core.i18n import show_number
from core.inventory.waterfall import TITLES
from core.library import EXACT
from gui.change.asking import STEPS, Fall, happened_words, versions_work, years_work
from gui.change.choice import MODES, YEARS, Choice, Chosen
from gui.chart import Chart
from gui.commands import Command
from gui.compare.comparing import PLACES, VIEWS, CauseRow, fall_of, signed
from gui.compare.tables import cause_columns
from gui.jobs import Job
from gui.language import _, say
from gui.page import FramedPage, TwoYears
from gui.quality.parts import combo
from gui.settings import Settings
from gui.tables.table import Column, Table
from gui.tables.whole_rows import choose_whole_rows
from gui.tabs import FrontTabs
from gui.widgets import allow, button, card, clear, empty_state, heading, label, number, rule, subheading, with_air
from gui.wording import TONNES, named

if TYPE_CHECKING:
    from gui.office.office import Office

ROWS_SEEN = 8


class ChangePage(FramedPage):
    """The question, the waterfall, the same in numbers, and tables by plant, source and scope."""

    def __init__(self, office: Office, settings: Settings) -> None:
        super().__init__()
        self._office, self._settings = office, settings
        self._found: Fall | None = None
        self._answers: dict[tuple[object, ...], Fall] = {}
        """What was worked out for the reports and the register as they are."""
        self._basis: tuple[object, ...] = ()
        self.job: Job | None = None
        self.choice = Choice()
        self.choice.changed.connect(self._chosen)
        self.view = combo(_("Which emissions"), [(say(words), key) for key, (words, _scopes) in VIEWS.items()])
        self.view.activated.connect(lambda _row: self._show())
        self.go = button(_("Find out why"), self.compare, role="primary", picture="compare")
        self._said = label("", "muted", wrap=True)
        self._before = QWidget()
        """Stands in the place of the result until there is one."""
        self.chart = Chart(_("What makes the difference"))
        self._numbers = QVBoxLayout()
        self.tables = {part: self._table(part, title) for part, title in parts().items()}
        self.tabs = FrontTabs()
        self._result = QWidget()
        self._lay_out()

    # ------------------------------------------------------------------ build

    def _table(self, part: str, title: str) -> Table[CauseRow]:
        named, before, *causes, after, change = cause_columns(title)
        # So many columns scroll rather than squeeze a name; how much it is stands before the reasons.
        columns = [replace(named, stretch=False, width=22), before, after, change, *causes]
        if part == "plant":
            columns.insert(1, Column("happened", _("What happened"), self._happened, width=20))
        name = _("Difference by {what}", what=title.lower())
        made: Table[CauseRow] = Table(f"change_{part}", columns, self._settings, name=name,
                                      identity=lambda row: row.id)  # fmt: skip
        choose_whole_rows(made)
        if part == "plant":
            inside = button(_("Look inside"), self.go_down, tip=_("Or double-click the row"))
            made.add_tool(inside)
            allow(inside, _("Select a row first."))
            made.current.connect(lambda row: allow(inside, "" if row is not None else _("Select a row first.")))
            made.view.doubleClicked.connect(lambda _index: self.go_down())
            QShortcut(QKeySequence(Qt.Modifier.ALT | Qt.Key.Key_Down), made, self.go_down,
                      context=Qt.ShortcutContext.WidgetWithChildrenShortcut)  # fmt: skip
        lines = made.view.verticalHeader().defaultSectionSize() * ROWS_SEEN
        made.view.setMinimumHeight(lines + made.view.horizontalHeader().sizeHint().height())
        return made

    def go_down(self) -> None:
        """The sources of the current plant, the largest change first."""
        row = self.tables["plant"].current_record()
        if row is not None:
            self.tabs.setCurrentIndex(list(self.tables).index("source"))
            sources = self.tables["source"]
            sources.search.setText(say(row.title))
            sources.model.set_filter(sources.search.text())
            sources.view.go(0, 0)
            sources.view.setFocus()

    def _happened(self, row: CauseRow) -> str:
        return say(happened_words(self._found, row.id)) if self._found is not None else ""

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(heading(_("Change")))
        head.addStretch(1)
        asking = QHBoxLayout()
        asking.setSpacing(8)
        asking.addWidget(self.choice)
        asking.addWidget(self.go)
        asking.addStretch(1)
        asking.addWidget(self.view)
        self.body.addLayout(head)
        self.body.addLayout(asking)
        waiting = QVBoxLayout(self._before)
        waiting.setContentsMargins(0, 0, 0, 0)
        waiting.addWidget(self._said)
        waiting.addStretch(1)
        self.body.addWidget(self._before, 1)
        self.body.addWidget(self._result, 1)
        drawn, inside = card()
        inside.addWidget(self.chart, 1)
        drawn.setMinimumHeight(self.fontMetrics().height() * 19)
        exact, inside = card()
        inside.addWidget(subheading(_("In numbers")))
        inside.addLayout(self._numbers)
        inside.addStretch(1)
        above = QHBoxLayout()
        above.setSpacing(12)
        above.addWidget(drawn, 13)
        above.addWidget(exact, 7)
        self.tabs.setAccessibleName(_("Details"))
        for (part, title), table in zip(parts().items(), self.tables.values(), strict=True):
            self.tabs.addTab(with_air(table), _("By {what}", what=title.lower()) if part else title)
        column = QVBoxLayout(self._result)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(above)
        column.addWidget(self.tabs, 1)

    # ------------------------------------------------------------------ page

    def refresh(self) -> None:
        office = self._office
        basis = (office.filed, office.register)
        if basis != self._basis:
            self._basis, self._answers = basis, {}
        self.choice.offer(office.filed, office.register.group.base_year, office.year)
        if not self.choice.anything:
            self.show_empty(self._nothing())
            return
        self.show_body()
        self._chosen()

    def _nothing(self) -> QWidget:
        return empty_state(
            "compare",
            _("Nothing to compare yet"),
            _("Here stands what makes the difference between two years of the group, or between two versions of a "
              "report. It takes accepted reports of two years, or a second revision of one."),
            button(_("Go to the inbox"), lambda: self.wanted.emit("inbox", None), role="primary", picture="inbox"),
        )  # fmt: skip

    def commands(self) -> list[Command]:
        return [
            Command(_("Find out why"), self.compare, icon="compare", enabled=lambda: self.choice.anything),
            *(
                Command(_("Compare: {what}", what=words), lambda key=key: self.choice.choose(key), icon="compare",  # type: ignore[misc]
                        enabled=lambda key=key: self.choice.possible(key))  # type: ignore[misc]
                for key, words in MODES.items()
            ),
        ]  # fmt: skip

    def show_subject(self, subject: object) -> None:
        """Two years, at once; two versions of an audit, by its id; or a mode."""
        if isinstance(subject, TwoYears):
            self.view.setCurrentIndex(max(0, self.view.findData(subject.view)))
            self.choice.choose_years(subject.before, subject.after)
            if self._found is None:
                self.compare()
        elif subject in MODES:
            self.choice.choose(str(subject))
        elif isinstance(subject, str):
            self.choice.choose_audit(subject)

    # ------------------------------------------------------------------ ask

    def _key(self, chosen: Chosen) -> tuple[object, ...]:
        return (chosen, self._office.register.group.approach)

    def _chosen(self) -> None:
        """Show what is known of the question; else say what to do."""
        chosen = self.choice.chosen
        self._found = self._answers.get(self._key(chosen))
        self._result.setVisible(self._found is not None)
        why = "" if chosen.left and chosen.right and chosen.left != chosen.right else _("Choose two different sides.")
        if self.job is not None:
            why = _("It is being worked out.")
        elif self._found is not None:
            why = _("This is the answer for the two sides chosen.")
        allow(self.go, why)
        self._before.setVisible(self._found is None)
        if chosen.mode == YEARS:
            words = _("The reports of each plant in both years are read again and compared line by line; that takes a "
                      "moment for each plant and can be cancelled.")  # fmt: skip
        else:
            words = _("Both versions are read again and compared line by line.")
        self._said.setText(words)
        self._show()

    def compare(self) -> None:
        """Work it out in a job."""
        chosen = self.choice.chosen
        if self.job is not None or not chosen.left or chosen.left == chosen.right:
            return
        path, approach = self._office.path, self._office.register.group.approach
        if chosen.mode == YEARS:
            work = years_work(path, approach, (int(chosen.left), int(chosen.right)))
        else:
            before, after = self.choice.report(chosen.left), self.choice.report(chosen.right)
            work = versions_work(path, before, after, self.choice.titles)
        key, held = self._key(chosen), self._basis
        self.job = job = Job(work)
        job.done.connect(lambda found: self._worked_out(key, held, found))
        job.ended.connect(self._ended)
        allow(self.go, _("It is being worked out."))
        self.run(job, _("Comparing"))

    def _worked_out(self, key: tuple[object, ...], held: tuple[object, ...], found: Fall) -> None:
        if held == self._basis:
            self._answers[key] = found

    def _ended(self) -> None:
        self.job = None
        self._chosen()

    # ------------------------------------------------------------------ show

    def _show(self) -> None:
        found = self._found
        if found is None:
            return
        words, scopes = VIEWS[str(self.view.currentData())]
        start, end = found.total(found.before, scopes), found.total(found.after, scopes)
        names = STEPS if found.group else TITLES
        steps = {say(names[key]): value for key, value in found.by_step(scopes).items() if value}
        self.chart.show_data(fall_of(words, found.titles, start, steps, end))
        clear(self._numbers)
        self._line(found.titles[0], show_number(start, PLACES), strong=True)
        for name, value in steps.items():
            self._line(name, signed(value))
        self._numbers.addWidget(rule())
        self._line(found.titles[1], show_number(end, PLACES), strong=True)
        self._line(_("Change"), signed(EXACT.subtract(end, start)))
        self._numbers.addWidget(label(TONNES, "muted", size=0.9))
        for part, table in self.tables.items():
            table.set_rows(found.rows(part, scopes if part != "scope" else ALL))
        self.tabs.setTabVisible(0, found.group)

    def _line(self, name: str, value: str, *, strong: bool = False) -> None:
        row = QHBoxLayout()
        row.addWidget(label(name, strong=strong, wrap=True), 1)
        shown = number(value, strong=strong)
        shown.setAccessibleName(named(name, f"{value} {TONNES}"))
        row.addWidget(shown)
        self._numbers.addLayout(row)


ALL = ("scope1", "scope2_location", "scope2_market", "scope3", "exported", "avoided")
"""Scopes of the table by scope, memos included."""


def parts() -> dict[str, str]:
    """Tables and what a row of each is."""
    return {"plant": _("Plant"), "source": _("Emission source"), "scope": _("Scope")}


def _raise(error: Exception) -> None:
    raise error
