"""What is known of a filed report in detail: judged once more when somebody looks, off the window's thread."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from core.i18n import T
from core.library import Library
from core.signing import Trust
from core.store import Filed
from gui.jobs import Job, Progress

if TYPE_CHECKING:
    from core.group import Examined
    from core.handover import Receipt

KEPT = 24
"""Receipts kept; each holds a whole inventory."""


class Looking(QObject):
    """One look at a time; of those that wait only the last one counts, for that is what the person stands on."""

    known = Signal(str)
    """Hash of a report whose details are known now."""

    def __init__(
        self, library: Library, trust: Callable[[], Trust | None], original: Callable[[Filed], bytes], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._library, self._trust, self._original = library, trust, original
        self.receipts: dict[str, Receipt] = {}
        """By hash, those looked at last at the end."""
        self._job: Job | None = None
        self._next: Filed | None = None
        self._closed = False

    def look(self, filed: Filed) -> bool:
        """Find its details out; False when they are known or nobody is trusted."""
        if filed.sha256 in self.receipts or self._trust() is None:
            return False
        self._next = filed
        if self._job is None:
            self._begin()
        return True

    def forget(self, sha256: str = "") -> None:
        """Details may have changed: of one report, or of all."""
        if sha256:
            self.receipts.pop(sha256, None)
        else:
            self.receipts.clear()

    def close(self) -> None:
        """Look no more, and let go of the office."""
        self._closed, self._next = True, None
        self._trust, self._original = lambda: None, lambda _filed: b""

    def _begin(self) -> None:
        filed, self._next = self._next, None
        trust = self._trust()
        if filed is None or trust is None or self._closed:
            return
        data, library, when = self._original(filed), self._library, datetime.now(UTC)

        def work(progress: Progress, _cancelled: object) -> Examined:
            from core.group import examine_data

            progress(0.1, T("Verifying {file}", file=filed.name))
            return examine_data(filed.name, data, trust, library, when)

        job = self._job = Job(work)
        job.done.connect(self._done)
        job.ended.connect(self._ended)
        job.start()

    def _done(self, examined: Examined) -> None:
        if self._closed or examined.receipt is None:
            return
        self.receipts[examined.digest] = examined.receipt.lean
        while len(self.receipts) > KEPT:
            del self.receipts[next(iter(self.receipts))]
        self.known.emit(examined.digest)

    def _ended(self) -> None:
        self._job = None
        self._begin()
