"""Every rule with source and edition, and the numbers it follows, which an expert may change with another source."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.entering.keeping import removing
from core.entering.plant import FORMS
from core.instruments import explain_rules
from core.inventory.judging import Decision
from core.ledger import RuleValue
from core.library.record_words import kind_name
from core.library.rulebook import Rulebook, Ruling, rulebook
from core.renewables.claim import explain_claim_rules
from gui.entering.form import RecordForm
from gui.entering.part import state
from gui.explain import Explanation
from gui.language import _, say
from gui.page import Page
from gui.quality.parts import combo
from gui.renewables.words import LEVELS
from gui.session import Session
from gui.settings import Settings
from gui.tables.table import Column, Mark, Table
from gui.tables.whole_rows import choose_whole_rows
from gui.undoing import tell_change
from gui.widgets import allow, button, divided, subheading
from gui.wording import listed, status_name

INSTRUMENT, CLAIM = "instrument", "claim"
ALL, CHOSEN = "all", "chosen"
FILES = ("renewables", "markets", "scope2_revision", "zero_carbon", "claims")
"""Files of parameters that rules of renewable electricity ask."""


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A rule as a row."""

    key: str
    about: str
    """``instrument`` or ``claim``."""
    title: str
    levels: tuple[str, ...]
    source: str
    edition: str
    parameters: tuple[Ruling, ...]

    @property
    def id(self) -> str:
        return f"{self.about}:{self.key}"


@dataclass(frozen=True, slots=True)
class NumberRow:
    """A parameter as a row."""

    ruling: Ruling

    @property
    def id(self) -> str:
        return self.ruling.key


class RulesView(QWidget):
    """Rules above, their numbers below."""

    def __init__(self, page: Page, session: Session, settings: Settings) -> None:
        super().__init__()
        self.page, self.session = page, session
        self._values: Rulebook = {}
        self.dialog: RecordForm
        """The form that was opened last."""
        self.rules: Table[RuleRow] = Table("rules", _rule_columns(), settings, name=_("Rules"), editable=False)
        self.numbers: Table[NumberRow] = Table(
            "rule_numbers", _number_columns(), settings, name=_("Numbers that rules follow"), editable=False,
            marks=_marks,
        )  # fmt: skip
        for table in (self.rules, self.numbers):
            choose_whole_rows(table)
            table.current.connect(lambda _row: self._moved())
        self.rules.current.connect(lambda _row: self._show_numbers())
        self.which = combo(_("Which numbers are listed"), [(_("Of all rules"), ALL),
                                                           (_("Of the selected rule"), CHOSEN)])  # fmt: skip
        self.which.activated.connect(lambda _row: self._show_numbers())
        self.change_button = button(_("Change the value…"), self.ask)
        self.back_button = button(_("As shipped"), self.as_shipped, picture="undo",
                                  tip=_("Take the change back: the shipped value holds again"))  # fmt: skip
        for one in (self.which, self.change_button, self.back_button):
            self.numbers.add_tool(one)
        below, column = QWidget(), QVBoxLayout()
        below.setLayout(column)
        column.setContentsMargins(0, 8, 0, 0)
        column.addWidget(subheading(_("Numbers that rules follow")))
        column.addWidget(self.numbers, 1)
        split = divided(self.rules, below, upright=True)
        split.setSizes([260, 260])
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 10, 0, 0)
        whole.addWidget(split, 1)

    # ------------------------------------------------------------------ page

    def refresh(self) -> None:
        """Every rule as it holds for this plant."""
        values = rulebook(self.session.ledger.held(RuleValue))
        rows = [
            RuleRow(one.rule, INSTRUMENT, say(one.title), one.levels, one.source, one.edition, one.parameters)
            for one in explain_rules(values)
        ] + [
            RuleRow(one.rule, CLAIM, say(one.title), one.levels, one.source, one.edition, one.parameters)
            for one in explain_claim_rules(values)
        ]
        self._values = values
        self.rules.set_rows(rows)
        self._show_numbers()

    def show_subject(self, subject: object) -> None:
        if subject is not None:
            self.which.setCurrentIndex(0)
            self._show_numbers()
            self.numbers.show_record(str(subject))

    def _show_numbers(self) -> None:
        row = self.rules.current_record()
        if self.which.currentData() == CHOSEN:
            shown = list(row.parameters) if row is not None else []
        else:
            asked = {one.key for rule in self.rules.model.records for one in rule.parameters}
            shown = [one for key, one in self._values.items() if key in asked or key.partition(".")[0] in FILES]
        self.numbers.set_rows([NumberRow(one) for one in shown])
        self._offer()

    def _moved(self) -> None:
        self._offer()
        self.page.selected.emit()

    def inspect(self) -> QWidget | None:
        row = self.rules.current_record()
        return None if row is None else RuleExplanation(row, self.session)

    def _offer(self) -> None:
        locked = "" if self.session.writable else _("The file is open read-only.")
        row = self.numbers.current_record()
        none = locked or ("" if row is not None else _("Select a row first."))
        allow(self.change_button, none)
        shipped = _("The shipped value holds.") if row is not None and row.ruling.original is None else ""
        allow(self.back_button, none or shipped)

    # ------------------------------------------------------------------ acts

    def ask(self) -> None:
        """Ask for another value and its source."""
        row, session = self.numbers.current_record(), self.session
        if row is None or not session.writable:
            return
        held = session.ledger.get("rule_value", row.id)
        dialog = RecordForm(session.records, FORMS["rule_value"], held, self)
        if held is None:
            dialog.prefill({"id": row.id, "value": row.ruling.value})
        self.dialog = dialog
        dialog.stated.connect(lambda decision: self._stated(dialog, decision))
        dialog.open()

    def _stated(self, dialog: RecordForm, decision: Decision) -> None:
        if state(dialog, self.page, self.session, decision) and decision.steps:
            self.numbers.show_record(decision.steps[0].id)

    def as_shipped(self) -> None:
        """Take the change of the selected number back."""
        row, session = self.numbers.current_record(), self.session
        if row is None or row.ruling.original is None or not session.writable:
            return
        decision = self.page.attempt(lambda: removing(session.records, FORMS, "rule_value", [row.id]))
        if decision is not None and self.page.attempt(lambda: session.edit(decision.why, decision.steps)) is not None:
            tell_change(self.page, session, decision.why)


class RuleExplanation(Explanation):
    """One rule: what it may say, whose it is, with which numbers."""

    def __init__(self, row: RuleRow, session: Session) -> None:
        super().__init__(session.library)
        self.title(row.title, _about(row))
        self.pairs(((_("May say"), _levels(row)), (_("Rests on"), row.source), (_("Edition"), row.edition),
                    (_("Key"), row.key)))  # fmt: skip
        for one in row.parameters:
            self.section(say(one.title))
            shipped = "" if one.original is None else f"{one.original.value or '–'} {one.original.unit}".rstrip()
            self.pairs((
                (_("Value"), _value(one)), (_("Shipped value"), shipped), (_("Rests on"), one.source),
                (_("Edition"), one.edition), (_("Status"), _status(one)),
            ))  # fmt: skip
        self.column.addStretch(1)


def _rule_columns() -> list[Column[RuleRow]]:
    return [
        Column("title", _("Rule"), lambda r: r.title, width=40, stretch=True),
        Column("about", _("About"), _about, width=19),
        Column("levels", _("May say"), _levels, width=20),
        Column("source", _("Rests on"), lambda r: r.source, width=50),
        Column("edition", _("Edition"), lambda r: r.edition, width=12),
        Column("numbers", _("Number of values"), lambda r: str(len(r.parameters)), align="right",
               sort=lambda r: len(r.parameters), width=11),
    ]  # fmt: skip


def _about(row: RuleRow) -> str:
    return say(kind_name("instrument")) if row.about == INSTRUMENT else _("Claim")


def _levels(row: RuleRow) -> str:
    return listed(say(LEVELS[one][1]) for one in row.levels)


def _number_columns() -> list[Column[NumberRow]]:
    return [
        Column("title", _("Parameter"), lambda r: say(r.ruling.title), width=40, stretch=True),
        Column("value", _("Value"), lambda r: r.ruling.value or "–", align="right", width=16),
        Column("unit", _("Unit"), lambda r: r.ruling.unit, width=8),
        Column("status", _("Status"), lambda r: _status(r.ruling), width=18),
        Column("source", _("Rests on"), lambda r: r.ruling.source, width=40),
        Column("edition", _("Edition"), lambda r: r.ruling.edition, width=12),
        Column("shipped", _("Shipped value"), lambda r: "" if r.ruling.original is None else r.ruling.original.value,
               width=12),
        Column("key", _("Key"), lambda r: r.id, width=28, hidden=True),
    ]  # fmt: skip


def _value(one: Ruling) -> str:
    return f"{one.value or _('not known')} {one.unit}".rstrip()


def _status(one: Ruling) -> str:
    return _("Seen in a weak source") if one.status == "WEAK" else status_name(one.status)


def _marks(row: NumberRow) -> dict[str, Mark]:
    if row.ruling.original is not None:
        return {"value": Mark("info", _("Changed for this plant."))}
    if row.ruling.status == "WEAK":
        return {"status": Mark("warning", _("Check it against the source before a claim rests on it."))}
    return {}
