"""All that can be found in what is open: the index is made off the window's thread when somebody first asks, and anew
only after a change."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, Signal

from core.i18n import LANGUAGES, Name
from core.search.entries import Entry, Found, Index
from gui.help.texts import help_of
from gui.language import language
from gui.latest import Latest
from gui.session import Session
from gui.topbar import Desk

if TYPE_CHECKING:
    from core.ledger.filing import Records
    from core.library import Library
    from gui.office.office import Office


class Everything(QObject):
    """Of one desk, as long as its window lives."""

    ready = Signal()
    """There is an index, or a newer one."""

    def __init__(self, desk: Desk, parent: QObject, pages: Sequence[str] = ()) -> None:
        super().__init__(parent)
        self._desk, self._pages = desk, tuple(pages)
        self._index = Index()
        self._known: Index | None = None
        self._of: tuple[object, ...] = ()
        self.latest = Latest(self)
        self.latest.answered.connect(self._answered)

    @property
    def is_ready(self) -> bool:
        """Whether what is found is of now."""
        return self._is_of_now() and not self.latest.busy

    def prepare(self) -> None:
        """Have the index made, if it is not there or of something older."""
        if not self._is_of_now():
            asked = self._asked()
            if self._of[1:2] and self._of[1] is not asked[1]:
                self._known = None  # other factor sets
            self._of = asked
            self.latest.ask(self._question())

    def _is_of_now(self) -> bool:
        """By identity: comparing ten thousand records by value would take longer than many an answer."""
        asked = self._asked()
        return len(asked) == len(self._of) and all(a is b for a, b in zip(asked, self._of, strict=True))

    @property
    def entries(self) -> Sequence[Entry]:
        """All of them, as far as they are known."""
        return self._index.entries

    def find(self, text: str) -> Found:
        """What is found in the index as it is."""
        return self._index.find(text)

    def _asked(self) -> tuple[object, ...]:
        desk = self._desk
        if isinstance(desk, Session):
            return (desk.ledger, desk.library.factors)
        office = _office(desk)
        return (office.register, office.filed)

    def _question(self) -> Callable[[], object]:
        """Values are taken here; nothing of the desk is touched on the other thread."""
        desk, known, lang, pages = self._desk, self._known, language(), self._pages
        if isinstance(desk, Session):
            return _of_plant(desk.ledger, desk.library, known, lang, pages)
        from core.search.known import points, reports
        from core.search.records import entries_of

        office = _office(desk)
        register, library, filed = office.register, office.library, office.filed

        def work() -> tuple[Index, Index]:
            asked = known or Index.of([*_helps(pages), *points("group_disclosures", "group_checklist")], lang)
            return Index.of([*entries_of(register, library), *reports(filed)], lang), asked

        return work

    def _answered(self, made: tuple[Index, Index]) -> None:
        records, self._known = made
        self._index = records.plus(self._known)
        self.ready.emit()


def _helps(keys: Sequence[str]) -> Iterator[Entry]:
    """The help of each page, with every word of it in both languages."""
    for key in keys:
        english, chinese = (help_of(key, lang) for lang in LANGUAGES)
        if english is not None and chinese is not None:
            title = Name(english.title, chinese.title)
            yield Entry("help", title, key, "", words=f"{english.plain}\n{chinese.plain}")


def _office(desk: Desk) -> Office:
    """What is no plant is head office."""
    return cast("Office", desk)


def _of_plant(
    ledger: Records, library: Library, known: Index | None, lang: str, pages: Sequence[str]
) -> Callable[[], tuple[Index, Index]]:
    from core.search.known import factors_of, points, rules
    from core.search.records import entries_of

    def work() -> tuple[Index, Index]:
        told = (*_helps(pages), *rules(), *points("disclosures", "checklist"))
        asked = known or Index.of((*told, *factors_of(library)), lang)
        return Index.of(entries_of(ledger, library), lang), asked

    return work
