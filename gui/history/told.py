"""What a change made of each record, field by field, as widgets: for the list of changes and before going back."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from core.audit.change_words import ACTS, act_said, differences, record_said
from core.audit.merge_words import Words
from core.ledger import Entry, Step
from gui.explain import breakable, told_by
from gui.icons import pixmap
from gui.language import _, say
from gui.widgets import label, on_top, rule

MOST = 60
"""Records that are told; the others are counted."""
_SIGNS = {"added": ("plus", "good"), "removed": ("delete", "bad"), "changed": ("history", "accent")}


def entry_told(entry: Entry, words: Words) -> QWidget:
    """A whole entry: what, who, when, and every record."""
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(6)
    column.addWidget(label(say(entry.change.why), size=1.15, strong=True, wrap=True))
    column.addWidget(label(told_by(entry), "muted", wrap=True))
    if entry.change.because:
        column.addWidget(label(_("Because of finding {id} of the audit", id=entry.change.because), wrap=True))
    column.addWidget(rule())
    column.addWidget(steps_told(entry.change.steps, words))
    column.addStretch(1)
    return made


def steps_told(steps: Sequence[Step], words: Words) -> QWidget:
    """Each record with its fields before and after."""
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(4)
    for step in steps[:MOST]:
        column.addWidget(_record(step, words))
        column.addWidget(_fields(step, words))
    if len(steps) > MOST:
        column.addWidget(label(_("… and {count} more records.", count=f"{len(steps) - MOST:,}"), "muted"))
    if not steps:
        column.addWidget(label(_("No record was touched."), "muted"))
    return made


def _record(step: Step, words: Words) -> QWidget:
    """An icon, the record, and what was done with it."""
    made, act = QWidget(), act_said(step)
    row = QGridLayout(made)
    row.setContentsMargins(0, 4, 0, 0)
    row.setColumnStretch(1, 1)
    sign = QLabel()
    sign.setPixmap(pixmap(*_SIGNS[act], 14))
    row.addWidget(sign, 0, 0, Qt.AlignmentFlag.AlignTop)
    name = _readable(f"{record_said(words, step)} · {say(ACTS[act])}")
    row.addWidget(name, 0, 1)
    return made


def _fields(step: Step, words: Words) -> QWidget:
    """Field, before, after; of a new record only what it says, of a deleted one what it said."""
    made, act = QWidget(), act_said(step)
    grid = QGridLayout(made)
    grid.setContentsMargins(22, 0, 0, 2)
    grid.setVerticalSpacing(2)
    grid.setHorizontalSpacing(10)
    grid.setColumnStretch(1, 1)
    for row, one in enumerate(differences(words, step)):
        grid.addWidget(on_top(label(one.field, "muted", size=0.92, wrap=True)), row, 0)
        said = {"added": one.after, "removed": one.before}.get(act) or f"{one.before} → {one.after}"
        grid.addWidget(_readable(said, 0.92), row, 1)
    grid.setColumnMinimumWidth(0, made.fontMetrics().horizontalAdvance("0") * 13)
    return made


def _readable(text: str, size: float = 1.0) -> QLabel:
    made: QLabel = label(breakable(text), size=size, wrap=True)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made
