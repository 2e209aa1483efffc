"""Review: everything the rules say about the year, open or dismissed, with what to do and the way there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core.checks import all_rules
from core.ledger import Activity
from core.methods import SEVERITIES, Finding
from gui.commands import Command
from gui.explain import Explanation
from gui.findings.dismissing import Dismissing
from gui.findings.listed import counts, place_of
from gui.language import _, say
from gui.page import Page
from gui.quality.parts import combo
from gui.session import Session
from gui.settings import Settings
from gui.tables.table import Column, Mark, Table
from gui.widgets import allow, button, clear, empty_state, heading
from gui.wording import SEVERITIES as WORDS

OPEN, DISMISSED, EVERY = "open", "dismissed", "every"
RULE = "rule:"
"""Begins a subject that is a rule, and not what a finding is about."""
MOST_WRAPPED = 400
"""Longer lists keep one line for each row: measuring them all would take seconds."""


@dataclass(frozen=True, slots=True)
class Row:
    """A finding, and what it is about in words."""

    id: str
    finding: Finding
    rule: str
    """Title of the rule; empty for findings of the calculation."""
    subject: str


class FindingsPage(Page):
    """A table to read, sort, filter and work off."""

    def __init__(self, session: Session, settings: Settings) -> None:
        super().__init__()
        self._session = session
        self.dismissing = Dismissing(self, session)
        self._title, self._counts = heading(""), QHBoxLayout()
        self.shown = combo(
            _("Which findings"), [(_("Still open"), OPEN), (_("Dismissed"), DISMISSED), (_("All"), EVERY)]
        )
        self.shown.activated.connect(lambda _row: self._fill())
        self.table: Table[Row] = Table("findings", columns(), settings, name=_("Findings of the review"), marks=marks)
        self.table.current.connect(lambda _row: self._chosen())
        self.table.view.selectionModel().selectionChanged.connect(lambda _new, _old: self._enable())
        self.table.view.doubleClicked.connect(lambda _index: self.open_current())
        self.show_it = button(_("Show"), self.open_current, tip=_("Or press Enter on the row"))
        self.dismiss = button(_("Dismiss…"), self.dismiss_chosen)
        self.back = button(_("Take back"), self.take_back_chosen)
        self._wrapping = False
        self._lay_out()

    def _lay_out(self) -> None:
        self.table.set_empty(
            empty_state(
                "check", _("Nothing here"), _("No finding of this kind: the rules of the review are satisfied.")
            )
        )
        for one in (self.shown, self.show_it, self.dismiss, self.back):
            self.table.add_tool(one)
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(self._title)
        head.addLayout(self._counts)
        head.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 12)
        column.setSpacing(10)
        column.addLayout(head)
        column.addWidget(self.table, 1)

    # ------------------------------------------------------------------ show

    def refresh(self) -> None:
        """Everything, from the session."""
        self._title.setText(_("Review of {year}", year=str(self._session.year)))
        clear(self._counts)
        self._counts.addLayout(counts(f for f in self._session.findings if not f.dismissed))
        self._fill()

    def _fill(self) -> None:
        which = self.shown.currentData()
        rows = rows_of(self._session.findings, self._session)
        kept = [row for row in rows if which == EVERY or bool(row.finding.dismissed) == (which == DISMISSED)]
        if not self._wrapping and len(rows) <= MOST_WRAPPED:
            self._wrapping = True
            self.table.view.wrap_rows()
        self.table.set_rows(kept)
        keys = [column.key for column in self.table.model.columns]
        self.table.view.setColumnHidden(keys.index("dismissed"), which == OPEN)
        self.table.view.setColumnHidden(keys.index("remedy"), which != OPEN)
        self.table.stand()
        self._enable()

    def show_subject(self, subject: object) -> None:
        """The first finding about this, or of a rule: ``rule:gaps``."""
        rule = subject.removeprefix(RULE) if isinstance(subject, str) and subject.startswith(RULE) else ""
        found = self.table.model.records
        row = next((r for r in found if (r.finding.rule == rule if rule else r.finding.subject == subject)), None)
        if row is not None:
            self.table.show_record(row.id)
        elif rule in all_rules():
            self.tell("good", _("“{rule}”: this rule of the review finds nothing.", rule=all_rules()[rule].title))

    def inspect(self) -> QWidget | None:
        row = self.table.current_record()
        return None if row is None else explained(row, self._session)

    def commands(self) -> list[Command]:
        def writable() -> bool:
            return self._session.writable

        return [Command(_("Dismiss…"), self.dismiss_chosen, "", "findings", "", writable)]

    def _chosen(self) -> None:
        self._enable()
        self.selected.emit()

    def _enable(self) -> None:
        chosen = [row.finding for row in self.table.chosen]
        none = "" if chosen else _("Select a row first.")
        locked = none or ("" if self._session.writable else _("The file is open read-only."))
        allow(self.show_it, none)
        allow(self.dismiss, locked or self._not_dismissed([one for one in chosen if not one.dismissed]))
        taken = any(one.dismissed for one in chosen)
        allow(self.back, locked or ("" if taken else _("It was not dismissed.")))

    def _not_dismissed(self, still_open: Sequence[Finding]) -> str:
        """Why none of these can be dismissed; empty when one can."""
        if not still_open:
            return _("It is dismissed already.")
        if any(map(self.dismissing.possible, still_open)):
            return ""
        return _("This has to be put right; nobody can dismiss it.")

    # ------------------------------------------------------------------ act

    def open_current(self) -> None:
        """Go to what the current finding is about."""
        row = self.table.current_record()
        if row is not None:
            self.wanted.emit(*place_of(row.finding))

    def dismiss_chosen(self) -> None:
        """One reason for all selected findings that may be dismissed."""
        wanted = [r.finding for r in self.table.chosen if not r.finding.dismissed]
        possible = [f for f in wanted if self.dismissing.possible(f)]
        if possible:
            self.dismissing.ask(*possible)

    def take_back_chosen(self) -> None:
        """Open the selected ones again."""
        self.dismissing.take_back(*(r.finding for r in self.table.chosen if r.finding.dismissed))


def rows_of(findings: Sequence[Finding], session: Session) -> list[Row]:
    """With a name of their own each, in the order of the review."""
    rules, seen = all_rules(), dict[str, int]()
    rows = []
    for finding in findings:
        key = f"{finding.rule}|{finding.subject}"
        seen[key] = seen.get(key, 0) + 1
        rule = rules.get(finding.rule)
        title = say(rule.title) if rule is not None else ""
        rows.append(Row(f"{key}|{seen[key]}", finding, title, subject_of(finding, session)))
    return rows


def subject_of(finding: Finding, session: Session) -> str:
    """The source of a record; nothing where it is about more than one."""
    found = session.ledger.get("activity", finding.subject)
    return found.source if isinstance(found, Activity) else ""


def columns() -> list[Column[Row]]:
    """Gravity, what is wrong, what to do."""
    return [
        Column("severity", _("Gravity"), lambda r: say(WORDS[r.finding.severity][1]),
               sort=lambda r: SEVERITIES.index(r.finding.severity), width=10),
        Column("message", _("Finding"), lambda r: say(r.finding.message), width=40, stretch=True),
        Column("remedy", _("What to do"), lambda r: say(r.finding.remedy), width=34),
        Column("subject", _("Source"), lambda r: r.subject, width=16),
        Column("rule", _("Rule"), lambda r: r.rule, width=18, hidden=True),
        Column("dismissed", _("Dismissed because"), lambda r: r.finding.dismissed, width=34),
    ]  # fmt: skip


def marks(row: Row) -> dict[str, Mark]:
    """The icon of the gravity."""
    level, word = WORDS[row.finding.severity]
    return {"severity": Mark(level, say(word))}


def explained(row: Row, session: Session) -> QWidget:
    """A finding with the rule behind it and where its question comes from."""
    shown = Explanation(session.library)
    shown.title(row.rule or _("Finding of the calculation"), row.subject)
    shown.findings([row.finding])
    rule = all_rules().get(row.finding.rule)
    if rule is not None:
        may = _("with a reason") if rule.dismissible else _("never")
        shown.pairs(((_("Asked by"), rule.source), (_("May be dismissed"), may)))
    return shown
