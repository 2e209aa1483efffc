"""Group: what all plants emitted in a year, as far as the group answers for it, and every way to look into it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from core.group.register.choices import APPROACHES
from core.methods import exact_sum
from gui.commands import Command
from gui.group.asking import (
    Against,
    Answer,
    Asked,
    HowSure,
    Series,
    against_of,
    series_of,
    sure_of,
    work_of,
)
from gui.group.cards import NOTE, Moved, memo_card, notice_lines, once_card, title_of_view, view_card
from gui.group.intensity import Intensities
from gui.group.layout import Layout
from gui.group.once import Once
from gui.group.out import Out
from gui.group.rows import VIEWS
from gui.group.series import Years
from gui.group.sure import Sure, half
from gui.group.year import YearOfGroup
from gui.language import _, say
from gui.latest import Latest
from gui.page import OfGroup, TwoYears
from gui.plants.matrix import STATES, absent
from gui.quality.parts import combo
from gui.report.files import is_of_group
from gui.settings import Settings
from gui.widgets import button, clear, in_order
from gui.wording import clauses, signed_percent, some_of

if TYPE_CHECKING:
    from gui.office.office import Office

MOST_NAMED = 3
"""Plants of a state named in the sentence about those that are not in the totals; the page Plants has all."""


class GroupPage(YearOfGroup):
    """Year, approach, totals, and below them one tab for each way to look."""

    def __init__(self, office: Office, settings: Settings) -> None:
        super().__init__(office)
        self._answer: Answer | None
        self.over_years = Latest(self)
        self.over_years.answered.connect(self._years_answered)
        self._series: Series | None = None
        self.how_sure = Latest(self)
        self.how_sure.answered.connect(self._sure_answered)
        self._sure: HowSure | None = None
        self.against = Latest(self)
        self.against.answered.connect(self._against_answered)
        self._moved: dict[str, Moved] = {}
        """Within the cards of the totals, by view."""
        for one in (self.over_years, self.how_sure, self.against):
            one.broken.connect(lambda why: self.tell("bad", why))
            one.busy_changed.connect(lambda _busy: self._show_busy())
        self.view = combo(_("Scope 2"), [(say(words), key) for key, (words, _scopes) in VIEWS.items()])
        self.view.activated.connect(lambda _row: self._show())
        self.out = Out(self, office, settings, lambda: str(self.approach.currentData()))
        self._totals: dict[str, QFrame] = {}
        """Cards of the totals by view."""
        self.layout_part, self.once = Layout(settings, office), Once(settings)
        self.intensities, self.sure = Intensities(settings), Sure(settings, office.library)
        self.years = Years(settings, lambda: self.wanted.emit("plants", "group"))
        self.layout_part.chosen.connect(self.selected)
        self.layout_part.broken.connect(lambda why: self.tell("bad", why))
        for part in (self.layout_part, self.once):
            part.report_wanted.connect(lambda sha256: self.wanted.emit("inbox", sha256))
        tabs = ((_("Composition"), self.layout_part), (_("Intensity and outliers"), self.intensities),
                (_("Years"), self.years), (_("Uncertainty"), self.sure), (_("Counted once"), self.once))  # fmt: skip
        self.lay_out(_("Ways to look at the group"), (self.view, self.out.export, self.out.report), tabs)
        self.tabs.currentChanged.connect(lambda _tab: self._show_tab())

    # ------------------------------------------------------------------ page

    def title_of(self, year: str) -> str:
        return _("Group {year}", year=year)

    def nothing(self) -> tuple[str, str]:
        return "group", _("Here the plants of the group are added up, once their signed reports are accepted in the "
                          "inbox.")  # fmt: skip

    def work_of(self, asked: Asked) -> Callable[[], object]:
        return work_of(asked, self._office.path)

    def commands(self) -> list[Command]:
        def there() -> bool:
            return self._answer is not None

        return [
            *(
                Command(_("Approach: {name}", name=words), lambda key=key: self.choose_approach(key),  # type: ignore[misc]
                        icon="group", enabled=there)
                for key, words in APPROACHES.items()
            ),
            Command(_("Report of the group…"), self.out.ask_report, icon="report", enabled=there),
            Command(_("Approve a report of the group…"), self.out.ask_approval, icon="sign"),
            Command(_("Check a report of the group…"), self.out.ask_check, icon="check"),
            Command(_("Export to Excel…"), lambda: self.out.ask_export("xlsx"), icon="export", enabled=there),
            Command(_("Go to the inbox"), lambda: self.wanted.emit("inbox", None), icon="inbox"),
        ]  # fmt: skip

    def takes(self, path: Path) -> bool:
        return is_of_group(path)

    def take(self, paths: Sequence[Path]) -> None:
        self.out.check_file(paths[0])
        if len(paths) > 1:
            self.tell("info", _("One report of the group is checked at a time: {file}.", file=paths[0].name))

    def show_subject(self, subject: object) -> None:
        """A plant by its key: what its tonnes are made of; or a report of the group, to be checked."""
        if isinstance(subject, OfGroup):
            if subject.path is not None:
                self.out.check_file(subject.path)
            else:
                self.out.check_kept(subject.sha256)
        elif isinstance(subject, str) and self._answer is not None:
            self.tabs.setCurrentWidget(self.layout_part)
            self.layout_part.show_plant(subject)

    def inspect(self) -> QWidget | None:
        """What is selected in the composition, down to the bill."""
        return self.layout_part.inspect() if self.tabs.currentWidget() is self.layout_part else None

    def choose_approach(self, key: str) -> None:
        """Look at the group under another approach; the register stays as it is."""
        self.approach.setCurrentIndex(self.approach.findData(key))
        self._ask()

    # ------------------------------------------------------------------ ask

    def _show_busy(self) -> None:
        busy = any(one.busy for one in (self.latest, self.over_years, self.how_sure, self.against))
        self._busy.setText(_("Calculating…") if busy else "")

    def _years_answered(self, series: Series) -> None:
        self._series = series
        if self.tabs.currentWidget() is self.years:
            self.years.show_found(series.by_view.get(str(self.view.currentData())))

    def _answered(self, answer: Answer) -> None:
        self._answer, self._series, self._sure = answer, None, None
        self.layout_part.show_moves({})
        self._show()
        self.against.ask(against_of(answer.found, self._office.path))
        self.how_sure.ask(sure_of(answer.found, self._office.path))

    def _sure_answered(self, sure: HowSure) -> None:
        if self._answer is None or sure.found is not self._answer.found:
            return  # another one is on its way
        self._sure = sure
        for view, frame in self._totals.items():  # the cards stay: somebody may stand on their buttons
            for below in frame.findChildren(QLabel, NOTE):
                below.setText(self._half(view))
        if self.tabs.currentWidget() is self.sure:
            self._show_tab()

    def _against_answered(self, against: Against) -> None:
        if self._answer is None or against.found is not self._answer.found:
            return  # another one is on its way
        for view, moved in self._moved.items():
            percent = signed_percent(against.totals.get(view))
            words = _("{change} % on {year}, plants in both: {count}", change=percent,
                      year=str(against.found.year - 1), count=against.plants)  # fmt: skip
            moved.say(words if percent else "")
        self.layout_part.show_moves(against.moves)

    def _ask_why(self, view: str) -> None:
        year = self._office.year
        self.wanted.emit("change", TwoYears(year - 1, year, view))

    # ------------------------------------------------------------------ show

    def _show(self) -> None:
        if self._answer is None:
            return
        self._show_cards()
        self._show_notices()
        self._show_tab()

    def _show_cards(self) -> None:
        assert self._answer is not None
        clear(self._cards)
        for view in VIEWS:
            self._moved[view] = Moved(title_of_view(view), partial(self._ask_why, view))
            self._totals[view] = view_card(self._answer.found, view, self._half(view), self._moved[view])
            self._cards.addWidget(self._totals[view], 3)
        self._cards.addWidget(memo_card(self._answer.found), 3)
        gone = exact_sum(one.tonnes for one in self._answer.found.eliminated)
        once = once_card(len(self._office.repeats), gone, lambda: self.tabs.setCurrentWidget(self.once))
        self._cards.addWidget(once, 2)
        self._links = [*(one.why for one in self._moved.values()), *once.findChildren(QPushButton)]

    def _half(self, view: str) -> str:
        """Of the interval; it comes a moment after the total."""
        number = "± …" if self._sure is None else half(self._sure.views.get(view))
        return _("{half}, 95 % interval", half=number)

    def _show_notices(self) -> None:
        assert self._answer is not None
        clear(self._notices)
        absent = self._absent()
        links: list[QPushButton] = []
        said = [*absent, *self.said_of(self._answer.found.notices)]
        shown = self.first_notices(said)
        for place, line in enumerate(notice_lines(shown)):
            row = QHBoxLayout()
            row.addWidget(line, 1)
            if absent and place == 0:
                plants = button(_("Show the plants"), self._show_absent, role="link")
                row.addWidget(plants)
                links.append(plants)
            self._notices.addLayout(row)
        links += self.more_notices(said, shown, self._answer.found.notices)
        in_order(self.out.report, *self._links, *links)  # what is made anew would come last

    def _absent(self) -> list[str]:
        """Plants whose report of the year is not in the totals, and why."""
        said = []
        for state, names in absent(self._office).items():
            words = say(STATES[state][0]).lower()
            some = some_of(names, MOST_NAMED)
            said.append(_("{state} {count} ({plants})", state=words, count=len(names), plants=some))
        return [_("Not in these totals: {plants}.", plants=clauses(said))] if said else []

    def _show_absent(self) -> None:
        """Where each of them stands, in the state that asks first for an act."""
        self.wanted.emit("plants", next(iter(absent(self._office)), None))

    def _show_tab(self) -> None:
        answer = self._answer
        if answer is None:
            return
        view, part = str(self.view.currentData()), self.tabs.currentWidget()
        if part is self.layout_part:
            self.layout_part.show_found(answer, view)
        elif part is self.intensities:
            self.intensities.show_found(answer.found, answer.intensities[view])
        elif part is self.years:
            if self._series is None:
                self.over_years.ask(series_of(answer.asked.approach, self._office.path))
            else:
                self.years.show_found(self._series.by_view.get(view))
        elif part is self.sure:
            self.sure.show_found(self._sure.views.get(view) if self._sure is not None else None)
        else:
            self.once.show_found(self._office.repeats, answer.found.eliminated)
        self.selected.emit()
