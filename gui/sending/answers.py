"""What plants have answered to a request, as their accepted reports say it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from core.group.inbox.replies import Reply, state_of
from core.handover.noticed import Open
from core.ledger import Dispatch
from gui.asked.words import day
from gui.language import _, say
from gui.settings import Settings
from gui.tables.table import Column, Mark, Table
from gui.tables.whole_rows import choose_whole_rows
from gui.widgets import as_large, button, heading, label


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One item at one plant."""

    reply: Reply
    item: Open

    @property
    def id(self) -> tuple[str, int]:
        """The plant and the number of the item."""
        return self.reply.site.id, self.item.number


class AnswersDialog(QDialog):
    """Every item of every plant; sorted and filtered as any table."""

    def __init__(self, sent: Dispatch, found: Sequence[Reply], settings: Settings, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setModal(True)
        self.setWindowTitle(_("Answers"))
        self.table: Table[AnswerRow] = Table("answers", _columns(), settings, name=_("Answers"), editable=False,
                                             marks=_marks)  # fmt: skip
        choose_whole_rows(self.table)
        self.table.set_rows(tuple(AnswerRow(reply, item) for reply in found for item in reply.items))
        everything, left = sum(len(one.items) for one in found), sum(one.open for one in found)
        words = _("{open} of {all} items are open; plants without a report: {count}.", open=left, all=everything,
                  count=sum(not one.reports for one in found))  # fmt: skip
        if sent.due:
            words = f"{words}\n{_('Expected by {day}.', day=day(sent.due))}"
        last = QHBoxLayout()
        last.addStretch(1)
        last.addWidget(button(_("Close"), self.reject, role="primary"))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(10)
        column.addWidget(heading(sent.title))
        column.addWidget(label(words, wrap=True))
        column.addWidget(label(_counts(), "muted", wrap=True))
        column.addWidget(self.table, 1)
        column.addLayout(last)
        as_large(self, 120, 76)


def _counts() -> str:
    return _("Only what stands in accepted reports counts; what a plant has typed since comes with its next report.")


def _columns() -> list[Column[AnswerRow]]:
    return [
        Column("plant", _("Plant"), lambda r: r.reply.site.name, width=22),
        Column("number", _("No."), lambda r: str(r.item.number), "", "right", lambda r: r.item.number, width=5),
        Column("words", _("What is asked"), lambda r: say(r.item.words), width=36, stretch=True),
        Column("state", _("Answer"), lambda r: say(state_of(r.reply, r.item)), width=36),
    ]


def _marks(row: AnswerRow) -> Mapping[str, Mark]:
    if row.item.done:
        return {"state": Mark("good", say(state_of(row.reply, row.item)))}
    return {"state": Mark("warning", _("Not answered yet."))}
