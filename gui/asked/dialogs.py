"""Dialogs that take up a file of head office: verify who signed it, show what it brings."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from core.disk import read_within
from core.ledger import Benchmark
from gui.analytics.rows import benchmark_columns
from gui.asked.columns import item_columns, item_key, item_marks, map_columns, serials_columns
from gui.asked.words import KINDS, day
from gui.language import _, say
from gui.session import Session
from gui.settings import Settings
from gui.tables.table import Table
from gui.trust.field import Believing
from gui.widgets import as_large, button, heading, label, marked

if TYPE_CHECKING:
    from core.disclosures.question import Question
    from core.handover.noticed import ReceivedNotice
    from core.handover.notices import Notice
    from core.signing import Trust


class BelieveNoticeDialog(Believing):
    """Verifies a file for plants."""

    def __init__(self, path: Path, trust: Path | None, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(_("File of head office"), path, trust, parent)
        self._path, self._session = path, session

    def receiving(self) -> Callable[[Trust], ReceivedNotice]:
        path, session = self._path, self._session
        ledger, person, files = session.ledger, session.person, session.file.reader()

        def receive(trust: Trust) -> ReceivedNotice:
            from core.handover.noticed import receive_notice
            from core.handover.notices import LARGEST

            with files:
                data = read_within(path, LARGEST)
                return receive_notice(data, path.name, trust, ledger, files.blob, person, datetime.now(UTC))

        return receive


class NoticeDialog(QDialog):
    """A file that head office signed, and what it brings; accepted means: take it up."""

    def __init__(
        self, received: ReceivedNotice, session: Session, settings: Settings, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        judged, notice = received.judged, received.judged.notice
        assert notice is not None
        self.setWindowTitle(_("File of head office"))
        signed = _("Signed by {signer} on {day}, and unaltered since.", signer=judged.signer,
                   day=day(judged.signed_at[:10]))  # fmt: skip
        self.table = _table_of(notice, session, settings)
        self.go_on = button(_("Take it up"), self.accept, role="primary")
        self.go_on.setDefault(True)
        last = QHBoxLayout()
        last.addStretch(1)
        last.addWidget(button(_("Cancel"), self.reject))
        last.addWidget(self.go_on)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(10)
        column.addWidget(heading(_title(notice)))
        column.addWidget(label(_about(notice), "muted", wrap=True))
        column.addWidget(marked("trust", "good", signed))
        column.addWidget(marked("info", "accent", _changes(received, session)))
        if notice.note:
            column.addWidget(label(_("Head office adds: {words}", words=notice.note), wrap=True))
        column.addWidget(self.table, 1)
        column.addLayout(last)
        as_large(self, 120, 76)
        self.go_on.setFocus()


def _title(notice: Notice) -> str:
    """What it is called; a disclosure map in the language of the window."""
    from core.handover.notices import map_of

    return say(map_of(notice).title) if notice.kind == "map" else notice.title


def _about(notice: Notice) -> str:
    """Kind, sender, edition and day in one line."""
    parts = [say(KINDS[notice.kind]), notice.group, _("edition {number}", number=notice.edition)]
    if notice.due:
        parts.append(_("due {day}", day=day(notice.due)))
    return " · ".join(parts)


def _changes(received: ReceivedNotice, session: Session) -> str:
    """What becomes of the plant when it is taken up."""
    assert received.judged.notice is not None and received.taken is not None
    kind = received.judged.notice.kind
    if kind == "benchmarks":
        steps = [step for step in received.taken.change.steps if step.kind == "benchmark"]
        kept, gone = sum(s.after is not None for s in steps), sum(s.after is None for s in steps)
        return _("Benchmarks that come in: {count}; earlier ones that they replace: {gone}. The file is kept as their "
                 "evidence. All of it can be undone.", count=kept, gone=gone)  # fmt: skip
    if kind == "serials":
        return _("A certificate that stands here and in this file too is stopped. What head office said before is "
                 "replaced. All of it can be undone.")  # fmt: skip
    if kind == "map":
        return _mapped(received, session)
    return _("What is asked stands on the overview until the data or you answer it. No data change.")


def _mapped(received: ReceivedNotice, session: Session) -> str:
    """Whether the map is new, or takes the place of which."""
    from core.disclosures.maps import maps_of

    assert received.taken is not None
    (step,) = (one for one in received.taken.change.steps if one.kind == "map_file")
    before = maps_of(session.ledger, session.file.blob).get(step.id)
    if before is None:
        return _("Its questions stand beside those of the other maps. No data change; it can be undone.")
    if before.signer:
        return _("It takes the place of “{title}”, {edition}, which {signer} signed. Answers and decisions stay; it "
                 "can be undone.", title=before.title, edition=before.edition or "–", signer=before.signer)  # fmt: skip
    return _("It takes the place of “{title}”, {edition}. Answers and decisions stay; it can be undone.",
             title=before.title, edition=before.edition or "–")  # fmt: skip


def _table_of(notice: Notice, session: Session, settings: Settings) -> Table[Any]:
    from core.handover.notice_rows import benchmark_of, elsewhere_of
    from core.handover.noticed import items_of
    from core.handover.notices import map_of

    name = say(KINDS[notice.kind])
    if notice.kind == "benchmarks":
        found: Table[Benchmark] = Table("notice_benchmarks", benchmark_columns(session.library), settings, name=name,
                                        editable=False, identity=lambda r: (r.figure, r.subject, r.year))  # fmt: skip
        found.set_rows([benchmark_of(row, notice.group) for row in notice.rows])
        return found
    if notice.kind == "map":
        asks: Table[Question] = Table("notice_map", map_columns(), settings, name=name, editable=False)
        asks.set_rows(map_of(notice).questions)
        return asks
    if notice.kind == "serials":
        used: Table[Any] = Table("notice_serials", serials_columns(), settings, name=name, editable=False,
                                 identity=lambda r: (r.serials, r.holder, r.year))  # fmt: skip
        used.set_rows([elsewhere_of(row, notice.group) for row in notice.rows])
        return used
    asked: Table[Any] = Table("notice_request", item_columns(several=False), settings, name=name, editable=False,
                              identity=item_key, marks=item_marks(date.min))  # fmt: skip
    asked.set_rows(items_of(notice, session.ledger, session.library))
    return asked
