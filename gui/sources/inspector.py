"""What the inspector says about a branch of the sources: state and reason, holes, proof, records, ways to go on."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from core.i18n import show_date, show_number
from core.ledger import Activity
from gui.explain import Explanation
from gui.language import _, language, say
from gui.quality.rows import shortened
from gui.session import Session
from gui.sources.rows import Branch, Month
from gui.sources.tree import STATUSES, month_words, proof_words, title_of
from gui.widgets import button, label, marked
from gui.wording import TONNES, item_name, method_name, shown_percent, tonnes, unit_name

MOST = 12
"""Records and methods listed."""
WIDEST = 42
"""Letters of a link, which cannot go on in the next line."""


class BranchExplanation(Explanation):
    """A branch in words, with links to its records and to new ones."""

    def __init__(
        self, branch: Branch, session: Session, go: Callable[[str], None], begin: Callable[[str], None]
    ) -> None:
        super().__init__(session.library)
        self._session, self._branch = session, branch
        amount = f"{tonnes(branch.tonnes)} {TONNES}" if branch.records else ""
        self.title(title_of(branch), amount)
        self._state()
        self._months()
        if branch.excluded:
            self.section(_("Left out"))
            self.findings([one.finding for one in branch.excluded[:MOST]])
        if branch.records:
            self._records(go)
        if branch.methods and session.writable:
            self._methods(begin)

    def _state(self) -> None:
        branch = self._branch
        picture, token, words = STATUSES[branch.status]
        self.column.addWidget(marked(picture, token, say(words)))
        self.pairs(
            (
                (_("Decided by a person") if branch.decided else _("Because"), say(branch.reason)),
                (_("Share"), f"{shown_percent(branch.share)} %" if branch.records else ""),
                (_("Proof"), proof_words(branch)),
                (_("Estimated"), f"{shown_percent(branch.estimated)} %" if branch.estimated else ""),
            )
        )

    def _months(self) -> None:
        months = self._branch.months
        if not months:
            return
        self.section(_("Months"))
        self.pairs([(str(place), words) for place, words in months_in_words(months)])

    def _records(self, go: Callable[[str], None]) -> None:
        records = self._branch.records
        self.section(_("Records"))
        for key in records[:MOST]:
            found = self._session.ledger.get("activity", key)
            if isinstance(found, Activity):
                self._link(self._record_words(found), lambda key=key: go(key))  # type: ignore[misc]
        if len(records) > MOST:
            self.column.addWidget(label(_("and {count} more", count=len(records) - MOST), "muted", size=0.92))

    def _record_words(self, one: Activity) -> str:
        unit = unit_name(self._session.library, one.unit)
        day = show_date(one.start, language())
        return f"{day} · {item_name(self._session.library, one.item)} · {show_number(one.quantity)} {unit}"

    def _methods(self, begin: Callable[[str], None]) -> None:
        self.section(_("Begin a record here"))
        for key in self._branch.methods[:MOST]:
            self._link(method_name(key), lambda key=key: begin(key))  # type: ignore[misc]

    def _link(self, words: str, act: Callable[[], None]) -> None:
        made = button(shortened(words, WIDEST), act, role="link", tip=words)
        made.setAccessibleName(words)
        self.column.addWidget(made, 0, Qt.AlignmentFlag.AlignLeft)


def months_in_words(months: tuple[Month, ...]) -> list[tuple[str, str]]:
    """Months of one state together: ``1-3``, ``complete``."""
    found: list[tuple[int, int, str]] = []
    for place, month in enumerate(months, 1):
        words = month_words(month)
        if found and found[-1][2] == words:
            found[-1] = (found[-1][0], place, words)
        else:
            found.append((place, place, words))
    return [(str(a) if a == b else f"{a}–{b}", words) for a, b, words in found]


def widget_of(
    branch: Branch | None, session: Session, go: Callable[[str], None], begin: Callable[[str], None]
) -> QWidget | None:
    """For the inspector; None where nothing is chosen."""
    return None if branch is None else BranchExplanation(branch, session, go, begin)
