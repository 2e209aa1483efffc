"""The last steps down from the group's tonne: the records of a source, and each with its lines, factors and bills."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from core.group.change.explaining import Level, RecordExplained, explain_record
from core.i18n import show_date, show_number
from core.library import Library
from core.methods import plain
from core.store import Filed
from gui.explain import Explanation, breakable
from gui.group.asking import reading
from gui.group.rows import Part
from gui.language import _, language, say
from gui.latest import Latest
from gui.tables.table import Column
from gui.widgets import label
from gui.wording import SCOPES, TONNES, item_name, shown_percent, tonnes, unit_words

Key = tuple[str, str]
"""SHA-256 of a report and id of a record."""


class Explaining(QObject):
    """Reads records again from the kept reports, one after the other; what is known stays known."""

    known = Signal()

    def __init__(self, path: Path, parent: QObject) -> None:
        super().__init__(parent)
        self._path = path
        self._found: dict[Key, RecordExplained] = {}
        self._failed: dict[Key, str] = {}
        self._at: Key = ("", "")
        self._latest = Latest(self)
        self._latest.answered.connect(self._answered)
        self._latest.broken.connect(self._broken)

    def of(self, filed: Filed, record: str) -> RecordExplained | str:
        """What is known of a record; a sentence while it is read again, or why it cannot be."""
        key = (filed.sha256, record)
        if key in self._found:
            return self._found[key]
        if key in self._failed:
            return self._failed[key]
        if key != self._at or not self._latest.busy:
            self._at = key
            self._latest.ask(lambda: _explained(self._path, filed, record))
        return _("The report is read again…")

    def _answered(self, found: RecordExplained) -> None:
        self._found[found.filed.sha256, found.activity.id] = found
        self.known.emit()

    def _broken(self, why: str) -> None:
        self._failed[self._at] = why
        self.known.emit()


def _explained(path: Path, filed: Filed, record: str) -> RecordExplained:
    with reading(path) as group:
        return explain_record(group, filed, record)


def record_columns() -> list[Column[Level]]:
    """What was reported, and what of it the group answers for."""

    def amount(key: str, title: str, value: Callable[[Level], Decimal]) -> Column[Level]:
        return Column(
            key, title, lambda r: tonnes(value(r)), TONNES, "right", value, lambda r: plain(value(r)), width=13
        )

    return [
        Column("title", _("Record"), lambda r: r.title, width=16, stretch=True),
        amount("counted", _("Counts in the group"), lambda r: r.counted),
        amount("reported", _("As reported"), lambda r: r.reported),
        Column("report", _("Report"), lambda r: ", ".join(one.name for one in r.reports), width=24),
    ]


def part_explained(part: Part, path: str, library: Library) -> QWidget:
    """A row of the table with all digits."""
    shown = Explanation(library)
    shown.title(part.title, path)
    pairs = [(_("Total"), f"{show_number(part.tonnes)} {TONNES}"), (_("Share"), f"{shown_percent(part.share)} %")]
    pairs += [(say(SCOPES[scope]), f"{show_number(value)} {TONNES}") for scope, value in part.scopes.items()]
    shown.pairs(pairs)
    return shown


def record_explained(level: Level, found: RecordExplained | str, library: Library) -> QWidget:
    """A record down to its bill."""
    shown = Explanation(library)
    if isinstance(found, str):
        shown.title(level.title)
        shown.column.addWidget(label(found, "muted", wrap=True))
        return shown
    one = found.activity
    shown.title(one.source, item_name(library, one.item))
    shown.pairs((
        (_("Record"), one.id),
        (_("Period"), f"{show_date(one.start, language())} – {show_date(one.end, language())}"),
        (_("Quantity"), f"{show_number(one.quantity)} {unit_words(library, one.unit)}"),
        (_("Number of the bill"), one.evidence),
        (_("As reported"), f"{show_number(level.reported)} {TONNES}"),
        (_("Counts in the group"), f"{show_number(level.counted)} {TONNES}"),
    ))  # fmt: skip
    for line in found.lines:
        shown.line(line)
    _proofs(shown, found)
    _report(shown, found.filed)
    return shown


def _proofs(shown: Explanation, found: RecordExplained) -> None:
    shown.section(_("Evidence"))
    if not found.proofs:
        shown.column.addWidget(label(_("No file proves this record."), "muted", wrap=True))
    for proof in found.proofs:
        inside = proof.file or _("only its hash is in the report")
        shown.column.addWidget(label(proof.name, wrap=True))
        shown.pairs((("SHA-256", breakable_hash(proof.sha256)), (_("Inside the report"), inside)))


def _report(shown: Explanation, filed: Filed) -> None:
    shown.section(_("Report"))
    shown.pairs((
        (_("File"), breakable(filed.name)),
        (_("Revision"), str(filed.revision)),
        (_("Signed by"), ", ".join(filed.signed_by)),
        (_("Signed at"), filed.signed_at[:16].replace("T", " ")),
        ("SHA-256", breakable_hash(filed.sha256)),
    ))  # fmt: skip


def breakable_hash(digest: str) -> str:
    """In groups of eight, so that the line may end."""
    return " ".join(digest[at : at + 8] for at in range(0, len(digest), 8))
