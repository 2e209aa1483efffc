"""Group: what all plants emitted in a year, as far as the group answers for it, and every way to look into it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QTabWidget, QVBoxLayout, QWidget

from core.group.register_fields import APPROACHES
from core.group.repeats import repeats
from gui.commands import Command
from gui.group_asking import Answer, Asked, Reading, work_of
from gui.group_cards import memo_card, notice_lines, view_card
from gui.group_layout import Layout
from gui.group_once import Once
from gui.group_rows import VIEWS
from gui.language import _, say
from gui.latest import Latest
from gui.page import FramedPage
from gui.quality_parts import combo
from gui.settings import Settings
from gui.widgets import button, clear, empty_state, heading, label

if TYPE_CHECKING:
    from gui.office import Office

MOST_NOTICES = 2
"""Shown at first; the rest is one click away."""


class GroupPage(FramedPage):
    """Year, approach, totals, and below them one tab for each way to look."""

    def __init__(self, office: Office, settings: Settings) -> None:
        super().__init__()
        self._office, self._settings = office, settings
        self._reading = Reading(office)
        self._answer: Answer | None = None
        self._asked: tuple[object, ...] = ()
        self._title, self._busy = heading(""), label("", "muted")
        self.latest = Latest(self)
        self.latest.answered.connect(self._answered)
        self.latest.broken.connect(lambda why: self.tell("bad", why))
        self.latest.busy_changed.connect(lambda busy: self._busy.setText(_("Calculating…") if busy else ""))
        self.approach = combo(_("Approach"), [(say(words), key) for key, words in APPROACHES.items()])
        self.approach.activated.connect(lambda _row: self._ask())
        self.view = combo(_("Scope 2"), [(say(words), key) for key, (words, _scopes) in VIEWS.items()])
        self.view.activated.connect(lambda _row: self._show())
        self._cards, self._notices = QHBoxLayout(), QVBoxLayout()
        self._all_notices = False
        self.layout_part, self.once = Layout(settings), Once(settings)
        self.once.report_wanted.connect(lambda sha256: self.wanted.emit("inbox", sha256))
        self.tabs = QTabWidget()
        self._lay_out()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._title)
        head.addWidget(self._busy)
        head.addStretch(1)
        head.addWidget(self.approach)
        head.addWidget(self.view)
        self._cards.setSpacing(12)
        self._notices.setSpacing(4)
        self.tabs.setAccessibleName(_("Ways to look at the group"))
        self.tabs.addTab(self.layout_part, _("Composition"))
        self.tabs.addTab(self.once, _("Counted once"))
        self.tabs.currentChanged.connect(lambda _tab: self._show_tab())
        self.body.addLayout(head)
        self.body.addLayout(self._cards)
        self.body.addLayout(self._notices)
        self.body.addWidget(self.tabs, 1)

    # ------------------------------------------------------------------ page

    def refresh(self) -> None:
        """Ask anew; what is shown stays until the answer comes."""
        year = self._office.year
        if not any(one.year == year and one.state == "accepted" for one in self._office.filed):
            self._answer, self._asked = None, ()
            self.show_empty(self._nothing())
            return
        self.show_body()
        name = self._office.register.group.name
        self._title.setText(f"{name} {year}" if name else _("Group {year}", year=str(year)))
        if not self._asked:
            self.approach.setCurrentIndex(self.approach.findData(self._office.register.group.approach))
        self._ask()

    def _nothing(self) -> QWidget:
        return empty_state(
            "group",
            _("No accepted reports for {year}", year=str(self._office.year)),
            _("Here the plants of the group are added up, once their signed reports are accepted in the inbox."),
            button(_("Go to the inbox"), lambda: self.wanted.emit("inbox", None), role="primary", picture="inbox"),
        )

    def commands(self) -> list[Command]:
        return [
            *(
                Command(_("Approach: {name}", name=words), lambda key=key: self.choose_approach(key),  # type: ignore[misc]
                        icon="group")
                for key, words in APPROACHES.items()
            ),
            Command(_("Go to the inbox"), lambda: self.wanted.emit("inbox", None), icon="inbox"),
        ]  # fmt: skip

    def choose_approach(self, key: str) -> None:
        """Look at the group under another approach; the register stays as it is."""
        self.approach.setCurrentIndex(self.approach.findData(key))
        self._ask()

    # ------------------------------------------------------------------ ask

    def _ask(self) -> None:
        asked = Asked(self._office.year, str(self.approach.currentData()))
        state = (asked, self._office.register, self._office.filed)
        if state == self._asked:
            return
        basis = self.attempt(self._reading.basis)
        if basis is not None:
            self._asked = state
            self.latest.ask(work_of(asked, basis))

    def _answered(self, answer: Answer) -> None:
        self._answer = answer
        self._show()

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
            self._cards.addWidget(view_card(self._answer.found, view), 3)
        self._cards.addWidget(memo_card(self._answer.found), 2)

    def _show_notices(self) -> None:
        assert self._answer is not None
        clear(self._notices)
        said = [say(one) for one in self._answer.found.notices]
        shown = said if self._all_notices else said[:MOST_NOTICES]
        for line in notice_lines(shown):
            self._notices.addWidget(line)
        if len(said) > len(shown):
            words = _("Show {count} more notes", count=len(said) - len(shown))
            self._notices.addWidget(button(words, self._show_all_notices, role="link"))

    def _show_all_notices(self) -> None:
        self._all_notices = True
        self._show_notices()

    def _show_tab(self) -> None:
        if self._answer is None:
            return
        found, view = self._answer.found, str(self.view.currentData())
        part = self.tabs.currentWidget()
        if part is self.layout_part:
            self.layout_part.show_found(found, view)
        elif part is self.once:
            self.once.show_found(repeats(self._office.file), found.eliminated)
