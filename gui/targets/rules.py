"""Rule sets: every number with its source and how sure it is; an expert may enter another with its own source."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.entering.keeping import removing
from core.entering.plant import FORMS
from core.ledger import RuleValue
from core.library.rulebook import Ruling, rulebook
from core.targets.rulesets import all_rulesets, parameters_of
from gui.entering.form import RecordForm
from gui.entering.part import state
from gui.language import _, say
from gui.page import Page
from gui.session import Session
from gui.settings import Settings
from gui.tables.table import Column, Mark, Table
from gui.targets import words
from gui.undoing import tell_change
from gui.widgets import allow, button, label, marked

NEUTRALITY = "iso_14068"


@dataclass(frozen=True, slots=True)
class RuleRow:
    """One parameter of a rule set."""

    id: str
    ruleset: str
    ruling: Ruling


def rule_rows(session: Session) -> list[RuleRow]:
    """Every parameter that targets and neutrality are held against."""
    changes = session.ledger.held(RuleValue)
    rows = []
    for ruleset in all_rulesets(changes).values():
        rows += [RuleRow(one.key, say(ruleset.title), one) for _name, one in sorted(ruleset.parameters.items())]
    neutral = parameters_of(NEUTRALITY, rulebook(changes))
    return rows + [RuleRow(one.key, "ISO 14068-1", one) for _name, one in sorted(neutral.items())]


def rule_columns() -> list[Column[RuleRow]]:
    """Parameter, value, source, how sure."""
    return [
        Column("ruleset", _("Rule set"), lambda r: r.ruleset, width=26),
        Column("title", _("Parameter"), lambda r: say(r.ruling.title), width=34, stretch=True),
        Column("value", _("Value"), lambda r: words.ruling_value(r.ruling), "", "right", width=16),
        Column("unit", _("Unit"), lambda r: r.ruling.unit, width=8),
        Column("status", _("Source is"), lambda r: say(words.SURE[r.ruling.status][1]), width=20),
        Column("source", _("Rests on"), lambda r: r.ruling.source, width=34),
        Column("edition", _("Edition"), lambda r: r.ruling.edition, width=14, hidden=True),
    ]


def rule_marks(row: RuleRow) -> dict[str, Mark]:
    """What nobody knows, what rests on a weak source, what the plant entered."""
    if not row.ruling.known:
        return {"value": Mark("warning", _("Nobody has entered it: nothing is checked by it."))}
    level, said = words.SURE[row.ruling.status]
    return {} if level == "good" else {"status": Mark(level, say(said))}


class RulesPart(QWidget):
    """The table, and what is done to a parameter."""

    def __init__(self, page: Page, session: Session, settings: Settings) -> None:
        super().__init__()
        self.page, self.session = page, session
        self.dialog: RecordForm
        """The form that was opened last."""
        self.table: Table[RuleRow] = Table(
            "target_rules", rule_columns(), settings, name=_("Rule sets"), editable=False, marks=rule_marks
        )
        self.table.view.setSelectionBehavior(self.table.view.SelectionBehavior.SelectRows)
        self.table.current.connect(lambda _row: self._moved())
        self.change = button(_("Change the value…"), self.ask_change)
        self.back = button(_("Back to the shipped value"), self.take_back, picture="undo")
        for one in (self.change, self.back):
            self.table.add_tool(one)
        note = _("A value that nobody knows is empty, and nothing is checked by it. No rule set here says that a "
                 "target is aligned with a standard.")  # fmt: skip
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 10, 0, 0)
        column.addWidget(label(note, "muted", wrap=True))
        column.addWidget(self.table, 1)

    def refresh(self) -> None:
        """Everything, from the session."""
        self.table.set_rows(rule_rows(self.session))
        self._offer()

    def _moved(self) -> None:
        self._offer()
        self.page.selected.emit()

    def _offer(self) -> None:
        row = self.table.current_record()
        locked = "" if self.session.writable else _("The file is open read-only.")
        none = locked or ("" if row is not None else _("Select a row first."))
        allow(self.change, none)
        shipped = "" if row is not None and row.ruling.original is not None else _("It is the shipped value.")
        allow(self.back, none or shipped)

    def ask_change(self) -> None:
        """Ask for another value and its source."""
        row = self.table.current_record()
        if row is None or not self.session.writable:
            return
        held = self.session.ledger.get("rule_value", row.id)
        self.dialog = form = RecordForm(self.session.ledger, FORMS["rule_value"], held, self)
        if held is None:
            form.prefill({"id": row.id, "value": row.ruling.value})
        form.stated.connect(lambda decision: state(form, self.page, self.session, decision))
        form.open()

    def take_back(self) -> None:
        """The shipped value holds again."""
        row = self.table.current_record()
        if row is None:
            return
        decision = self.page.attempt(lambda: removing(self.session.ledger, FORMS, "rule_value", [row.id]))
        if decision is None:
            return
        if self.page.attempt(lambda: self.session.edit(decision.why, decision.steps)) is not None:
            tell_change(self.page, self.session, decision.why)

    def inspect(self) -> QWidget | None:
        """The parameter with its source, and what was shipped."""
        row = self.table.current_record()
        return None if row is None else about_rule(row)


def about_rule(row: RuleRow) -> QWidget:
    """All that is known of a parameter."""
    one = row.ruling
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(label(say(one.title), size=1.15, strong=True, wrap=True))
    column.addWidget(label(row.ruleset, "muted", wrap=True))
    column.addWidget(
        label(f"{words.ruling_value(one)} {one.unit if one.known else ''}".rstrip(), strong=True, wrap=True)
    )
    level, said = words.SURE[one.status]
    picture, token = {"good": ("check", "good"), "warning": ("warning", "warning")}.get(level, ("info", "accent"))
    column.addWidget(marked(picture, token, say(said)))
    rows = [(_("Rests on"), one.source), (_("Edition"), one.edition), (_("Key"), one.key)]
    if one.original is not None:
        rows += [(_("Shipped value"), words.ruling_value(one.original)), (_("Its source"), one.original.source)]
    for title, text in rows:
        if text:
            column.addWidget(label(title, "muted", wrap=True))
            column.addWidget(label(text, wrap=True))
    return made
