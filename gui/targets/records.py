"""The tables of records of the page, each with what follows from a record beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import TypeAlias

from PySide6.QtWidgets import QWidget

from core.entering.plant import FORMS
from core.exchange.credits import read_credits, taking_up_credits, write_credits
from core.exchange.instruments import FoundLots
from core.handover.ahead import TargetsOf
from core.instruments import Judged
from core.ledger import Commitment, Credit, Recalculation, Target
from core.ledger.records import Record
from core.targets.base_year import Trigger
from core.targets.credits import CreditEntry
from core.targets.neutrality import NeutralityJudgement
from core.targets.status import TargetStatus
from gui.entering.known import known_of_new
from gui.entering.lots import LotsImport
from gui.entering.part import RecordsPart
from gui.entering.rows import found_columns
from gui.language import _, language, say
from gui.page import Page
from gui.renewables import words as judged_words
from gui.session import Session
from gui.settings import Settings
from gui.tables.import_dialog import of_record
from gui.tables.table import Column, Mark
from gui.targets import words
from gui.targets.inspector import about_neutrality, about_target, beneath, judged_list
from gui.targets.tables import amount
from gui.widgets import label

Known: TypeAlias = "Callable[[], TargetsOf | None]"
"""The last answer."""
HIDDEN: dict[str, tuple[str, ...]] = {
    "target": ("kind", "parts", "base_year", "ruleset", "intensity", "declared", "evidence", "note"),
    "recalculation": ("evidence", "reason", "decided_by"),
    "earlier_year": (),
    "driver": ("note",),
    "scenario": ("growth", "efficiency", "grid_table", "growth_sd", "grid_sd", "delivery_sd", "note"),
    "credit": ("country", "method", "purpose", "price", "currency", "evidence", "note"),
    "commitment": ("evidence", "note", "plan"),
}
"""Columns that are off at first; inspector and form show all."""


class JudgedPart(RecordsPart):
    """Records with what rules say of each: in a column, and in the inspector."""

    place = "name"
    """Field after which the judgement stands."""

    def __init__(
        self, page: Page, session: Session, settings: Settings, kind: str, sentence: str, known: Known
    ) -> None:
        self.known = known
        self.plant: Session = session
        super().__init__(
            page, session, settings, kind, sentence, hidden=HIDDEN[kind], picture="targets",
            beside=self._beside(), marks=self._marks, known=lambda: known_of_new(session, kind),
        )  # fmt: skip

    def _beside(self) -> dict[str, list[Column[Record]]]:
        return {self.place: [Column("judgement", _("Rules say"), self.state, width=17)]}

    def judged(self, record: Record) -> Sequence[Judged]:
        """What is said of a record."""
        raise NotImplementedError

    def state(self, record: Record) -> str:
        """The same in two words."""
        return judged_words.worst_words(judged_words.worst(self.judged(record)))

    def _marks(self, record: Record) -> dict[str, Mark]:
        level = judged_words.worst(self.judged(record))
        if level not in ("stop", "warning"):
            return {}
        said = "\n".join(say(one.message) for one in self.judged(record) if one.level == level)
        return {"judgement": Mark(judged_words.LEVELS[level][0], said)}

    def inspect(self) -> QWidget | None:
        record, first = self.table.current_record(), super().inspect()
        if record is None or first is None:
            return first
        return beneath(first, self.explained(record))

    def explained(self, record: Record) -> QWidget:
        """What follows from a record."""
        return judged_list(self.judged(record))


class TargetsPart(JudgedPart):
    """Targets with state and gap."""

    def _beside(self) -> dict[str, list[Column[Record]]]:
        def gap(record: Record) -> Fraction | None:
            one = self.status(record)
            return None if one is None or one.gap is None else one.gap.gap

        def percent(record: Record) -> Fraction | None:
            one = self.status(record)
            return None if one is None or one.gap is None else one.gap.percent

        return {
            "name": [Column("judgement", _("Progress"), self.state, width=19)],
            "reduction": [replace(amount("gap", _("Gap"), gap, sign=True), text=self._gap),
                          amount("gap_percent", _("Gap"), percent, unit="%", sign=True, width=8)],
        }  # fmt: skip

    def _gap(self, record: Record) -> str:
        """In the unit of the heading; that of a target of an intensity stands with it."""
        one = self.status(record)
        if one is None or one.gap is None:
            return words.DASH
        shown = words.signed(one.gap.gap, words.places_of(one))
        return f"{shown} {words.unit_of(one)}" if one.target.intensity else shown

    def status(self, record: Record) -> TargetStatus | None:
        """Of the last answer."""
        found = self.known()
        held = () if found is None else found.status.targets
        return next((one for one in held if one.target.id == record.id), None)

    def judged(self, record: Record) -> Sequence[Judged]:
        one = self.status(record)
        return () if one is None else one.judged

    def state(self, record: Record) -> str:
        found, one = self.known(), self.status(record)
        return "" if found is None or one is None else words.state(found, one)[1]

    def _marks(self, record: Record) -> dict[str, Mark]:
        found, one = self.known(), self.status(record)
        if found is None or one is None:
            return {}
        level, state = words.state(found, one)
        if level not in ("bad", "warning"):
            return {}
        stops = [say(judged.message) for judged in one.judged if judged.level == "stop"]
        return {"judgement": Mark(level, "\n".join(stops) or state)}

    def explained(self, record: Record) -> QWidget:
        found, one = self.known(), self.status(record)
        if found is None or one is None or not isinstance(record, Target):
            return label(_("Calculating…"), "muted")
        return about_target(found, one)


class TriggersPart(JudgedPart):
    """Log of what may change the base year, with the size of each."""

    place = "description"

    def _beside(self) -> dict[str, list[Column[Record]]]:
        def effect(record: Record) -> Decimal | None:
            one = self.trigger(record)
            return None if one is None else one.effect

        def moved(record: Record) -> Decimal | None:
            one = self.trigger(record)
            return None if one is None else one.moved

        return {
            "trigger": [
                amount("effect", _("On the base year"), effect, sign=True, width=14),
                amount("moved", _("Moved"), moved),
            ],
            "description": [Column("judgement", _("Rules say"), self.state, width=11)],
        }  # fmt: skip

    def trigger(self, record: Record) -> Trigger | None:
        """Of the last answer."""
        found = self.known()
        base = None if found is None else found.status.base_year
        return None if base is None else next((one for one in base.triggers if one.record.id == record.id), None)

    def judged(self, record: Record) -> Sequence[Judged]:
        found = self.known()
        if found is None or not isinstance(record, Recalculation):
            return ()
        base = found.status.base_year
        held = (*(() if base is None else base.judged), *found.status.series.judged)
        return tuple(one for one in held if one.subject == record.id)


class EarlierPart(JudgedPart):
    """Years of reports."""

    place = "tonnes"

    def judged(self, record: Record) -> Sequence[Judged]:
        found = self.known()
        return () if found is None else tuple(one for one in found.status.series.judged if one.subject == record.id)


class CommitmentsPart(JudgedPart):
    """Commitments to neutrality with what may be said."""

    place = "subject"

    def _beside(self) -> dict[str, list[Column[Record]]]:
        return {"stated": [Column("judgement", _("Attainable"), self.state, width=15)]}

    def judgement(self, record: Record) -> NeutralityJudgement | None:
        """Of the last answer."""
        found = self.known()
        held = () if found is None else found.status.neutrality
        return next((one for one in held if one.commitment.id == record.id), None)

    def judged(self, record: Record) -> Sequence[Judged]:
        one = self.judgement(record)
        return () if one is None else one.judged

    def state(self, record: Record) -> str:
        one = self.judgement(record)
        return "" if one is None else say(words.STATES[one.attainable])

    def explained(self, record: Record) -> QWidget:
        one = self.judgement(record)
        if one is None or not isinstance(record, Commitment):
            return label(_("Calculating…"), "muted")
        return about_neutrality(one)


class CreditsPart(JudgedPart):
    """The ledger of credits; exports of registries are recognised."""

    place = "kind"

    def entry(self, record: Record) -> CreditEntry | None:
        """Of the last answer."""
        found = self.known()
        held = () if found is None else found.status.credits.entries
        return next((one for one in held if one.credit.id == record.id), None)

    def judged(self, record: Record) -> Sequence[Judged]:
        one = self.entry(record)
        return () if one is None else one.judged

    def state(self, record: Record) -> str:
        one = self.entry(record)
        return "" if one is None else _("counts") if one.counts else _("does not count")

    def read_table(self, source: Path | bytes, name: str = "") -> None:
        """Exports of registries and the own table, recognised by their headings."""
        ledger = self.plant.ledger
        self.reading(source, name, lambda: read_credits(source, ledger, name), self._show_lots)

    def _show_lots(self, found: FoundLots[Credit]) -> None:
        columns = [
            one
            for one in found_columns(FORMS["credit"], lambda: self.plant.ledger)
            if one.key not in HIDDEN["credit"] and one.key != "quality"
        ]
        becomes = _("{rows} rows become {records} records of credits.", rows=len(found.rows),
                    records=len(found.records))  # fmt: skip
        dialog = LotsImport(_("Import carbon credits"), found, becomes, of_record(columns), self.settings, self)
        self.importing = dialog
        dialog.accepted.connect(lambda: self.take_file(lambda: taking_up_credits(found, self.plant.ledger)))
        dialog.open()

    def write_records(self, path: Path) -> None:
        write_credits(path, self.plant.ledger, language())
