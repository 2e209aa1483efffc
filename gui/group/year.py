"""What pages of head office about one year share: approach, large figures, notes, tabs, and a job that answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from core.group.register.choices import APPROACHES
from core.i18n import Text
from gui.group.asking import Asked
from gui.language import _, say
from gui.latest import Latest
from gui.page import FramedPage
from gui.quality.parts import combo
from gui.tabs import FrontTabs
from gui.widgets import button, empty_state, heading, label
from gui.wording import shortened

if TYPE_CHECKING:
    from gui.office.office import Office

MOST_NOTICES = 2
"""Shown at first; the rest is one click away."""


class YearOfGroup(FramedPage):
    """A page about the accepted reports of a year. Who derives says its words, its work and what an answer becomes."""

    def __init__(self, office: Office) -> None:
        super().__init__()
        self._office = office
        self._answer: Any = None
        """The last one, of the page's own kind; None before the first."""
        self._asked: tuple[object, ...] = ()
        self._all_notices = False
        self._links: list[QPushButton] = []
        """Of the cards, for the keyboard."""
        self._title, self._busy = heading(""), label("", "muted")
        self.latest = Latest(self)
        self.latest.answered.connect(self._answered)
        self.latest.broken.connect(lambda why: self.tell("bad", why))
        self.latest.busy_changed.connect(lambda _busy: self._show_busy())
        self.approach = combo(_("Consolidation approach"), [(say(words), key) for key, words in APPROACHES.items()])
        self.approach.activated.connect(lambda _row: self._ask())
        self._cards, self._notices = QHBoxLayout(), QVBoxLayout()
        self.tabs = FrontTabs()

    # ------------------------------------------------------------------ of the page that derives

    def title_of(self, year: str) -> str:
        """The heading."""
        raise NotImplementedError

    def nothing(self) -> tuple[str, str]:
        """Picture and sentence where no report of the year is accepted."""
        raise NotImplementedError

    def work_of(self, asked: Asked) -> Callable[[], object]:
        """What the job does."""
        raise NotImplementedError

    def _answered(self, answer: Any) -> None:
        raise NotImplementedError

    def _show_busy(self) -> None:
        raise NotImplementedError

    def _show_notices(self) -> None:
        raise NotImplementedError

    # ------------------------------------------------------------------ for it

    def lay_out(self, name: str, tools: Iterable[QWidget], tabs: Iterable[tuple[str, QWidget]]) -> None:
        """Head with its tools, cards, notes, and the tabs under their name for screen readers."""
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._title)
        head.addWidget(self._busy)
        head.addStretch(1)
        for widget in (self.approach, *tools):
            head.addWidget(widget)
        self._cards.setSpacing(12)
        self._notices.setSpacing(4)
        for named in (self.tabs, self.tabs.tabBar()):
            named.setAccessibleName(name)
        for words, part in tabs:
            self.tabs.addTab(part, words)
        self.body.addLayout(head)
        self.body.addLayout(self._cards)
        self.body.addLayout(self._notices)
        self.body.addWidget(self.tabs, 1)

    def refresh(self) -> None:
        """Ask anew; what is shown stays until the answer comes."""
        year = self._office.year
        if not any(one.year == year and one.state == "accepted" for one in self._office.filed):
            self._answer, self._asked = None, ()
            self.show_empty(self._nothing())
            return
        self.show_body()
        self._title.setText(self.title_of(str(year)))
        if not self._asked:
            self.approach.setCurrentIndex(self.approach.findData(self._office.register.group.approach))
        self._ask()

    def _nothing(self) -> QWidget:
        picture, sentence = self.nothing()
        return empty_state(
            picture,
            _("No accepted reports for {year}", year=str(self._office.year)),
            sentence,
            button(_("Go to the inbox"), lambda: self.wanted.emit("inbox", None), role="primary", picture="inbox"),
        )

    def _ask(self) -> None:
        asked = Asked(self._office.year, str(self.approach.currentData()))
        state = (asked, self._office.register, self._office.filed)
        if state != self._asked:
            self._asked = state
            self.latest.ask(self.work_of(asked))

    def first_notices(self, said: Sequence[str]) -> Sequence[str]:
        """Those that are shown until somebody asks for all."""
        return said if self._all_notices else said[:MOST_NOTICES]

    def said_of(self, notices: Sequence[Text]) -> list[str]:
        """In words; of many names only the first, until somebody asks for all."""
        return [say(one if self._all_notices else shortened(one)) for one in notices]

    def more_notices(self, said: Sequence[str], shown: Sequence[str], notices: Sequence[Text]) -> list[QPushButton]:
        """The button below them, where some are left or say less than they could."""
        left = len(said) - len(shown)
        if not left and (self._all_notices or all(shortened(one) is one for one in notices)):
            return []
        words = _("More notes ({count})", count=left) if left else _("All names")
        more = button(words, self._show_all_notices, role="link")
        self._notices.addWidget(more)
        return [more]

    def _show_all_notices(self) -> None:
        self._all_notices = True
        if self._answer is not None:
            self._show_notices()
