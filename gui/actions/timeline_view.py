"""The plan over time: a row for each action, with its ramp and its milestones as of today."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.actions import Row
from core.actions.timeline import STATES
from gui.actions.answer import Answer
from gui.actions.words import status_title
from gui.language import _, say
from gui.plots import GanttData, GanttMark, GanttPlot, GanttRow
from gui.plots.gantt_rows import Look, State
from gui.widgets import card, label
from gui.wording import listed, some_of

MOST_NAMED = 6
"""Late milestones in one sentence; the tooltip has them all, and the plot marks each."""
LOOKS: dict[str, Look] = {
    "idea": "open", "planned": "open", "approved": "decided", "running": "decided", "done": "done",
    "stopped": "stopped",
}  # fmt: skip


class TimelineView(QWidget):
    """The plot, which is as high as its rows."""

    action_chosen = Signal(str)
    """Id of an action that the person chose."""

    def __init__(self, answer: Callable[[], Answer | None]) -> None:
        super().__init__()
        self._answer = answer
        self.plot = GanttPlot(_("Actions over time"))
        self.plot.picked.connect(self._picked)
        self._late = label("", "warning", wrap=True)
        self._chosen = ""
        drawn, inside = card()
        inside.addWidget(self._late)
        inside.addWidget(self.plot)
        inside.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 10, 0, 0)
        column.addWidget(drawn)

    def refresh(self) -> None:
        """All actions as of today."""
        answer = self._answer()
        if answer is None:
            return
        rows = tuple(_row(one) for one in answer.timeline.rows)
        self.plot.show_data(GanttData(_("Actions over time"), answer.today, rows))
        late = [mark.milestone.name for row in answer.timeline.rows for mark in row.marks if mark.state == "late"]
        self._late.setText(_("Late milestones: {names}", names=some_of(late, MOST_NAMED)) if late else "")
        self._late.setToolTip(listed(late))
        self._late.setAccessibleDescription(listed(late))
        self._late.setVisible(bool(late))
        self.plot.choose(self._chosen)

    def choose(self, key: str) -> None:
        """Shade an action."""
        self._chosen = key
        self.plot.choose(key)

    def chosen_action(self) -> str:
        """Id of the action that one stands on; empty: none."""
        return self._chosen

    def _picked(self, key: str) -> None:
        self._chosen = key
        self.action_chosen.emit(key)


def _row(row: Row) -> GanttRow:
    marks = tuple(
        GanttMark(mark.milestone.name, mark.day, cast("State", mark.state), say(STATES[mark.state]))
        for mark in row.marks
    )
    action = row.action
    return GanttRow(action.id, action.name, say(row.area.name), row.begin, row.start, row.full, row.end,
                    LOOKS.get(action.status, "open"), status_title(action.status), marks)  # fmt: skip
