"""What the inspector says of an instrument: every judgement with its rule and source, allocations, proofs, history."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from core.entering.plant import FORMS
from core.entering.words import shown
from core.i18n import show_date, show_number
from core.instruments import Judged, all_rules
from core.ledger import Activity, Allocation, Evidence, Instrument, RuleValue
from core.library.record_words import field_name
from core.library.rulebook import Ruling, rulebook
from gui.explain import Explanation
from gui.language import _, language, say
from gui.renewables.judgements import said
from gui.session import Session
from gui.widgets import label, marked
from gui.wording import named

MOST_ALLOCATIONS, LONGEST = 40, 60
"""Allocations, and characters of a value that are shown."""


class InstrumentExplanation(Explanation):
    """An instrument as the rules see it."""

    def __init__(self, one: Instrument, judged: Sequence[Judged], session: Session) -> None:
        super().__init__(session.library)
        self._session, self._one = session, one
        self.title(one.name, say(FORMS["instrument"].fields[1].offered[one.kind]))
        self._judged(judged)
        self._allocations()
        self._evidence()
        self._record()
        self.history(session.history(one), one.id)
        self.column.addStretch(1)

    def _judged(self, judged: Sequence[Judged]) -> None:
        self.section(_("What the rules say"))
        if not judged:
            self.column.addWidget(marked("check", "good", _("Nothing: every rule is kept.")))
        rules, values = all_rules(), rulebook(self._session.ledger.held(RuleValue))
        for one in judged:
            self.column.addWidget(said(one))
            rule = rules.get(one.rule)
            if rule is None:
                continue
            edition = f" ({rule.edition})" if rule.edition else ""
            told = [named(say(rule.title), f"{rule.source}{edition}")]
            told += [_number(values[key]) for key in rule.parameters if key in values]
            words = label("\n".join(told), "muted", size=0.92, wrap=True)
            words.setContentsMargins(24, 0, 0, 6)
            self.column.addWidget(words)

    def _allocations(self) -> None:
        self.section(_("Allocations"))
        held = [one for one in self._session.ledger.held(Allocation) if one.instrument == self._one.id]
        if not held:
            self.column.addWidget(label(_("It covers nothing yet."), "muted", wrap=True))
        rows = []
        for one in held[:MOST_ALLOCATIONS]:
            record = self._session.ledger.get("activity", one.activity)
            name = one.activity
            if isinstance(record, Activity):
                days = _("{start} to {end}", start=show_date(record.start, language()),
                         end=show_date(record.end, language()))  # fmt: skip
                name = f"{record.source}, {days}"
            rows.append((name, f"{show_number(one.quantity)} kWh"))
        self.pairs(tuple(rows))

    def _evidence(self) -> None:
        self.section(_("Evidence"))
        held = [self._session.ledger.get("evidence", key) for key in self._one.evidence]
        names = [one.name for one in held if isinstance(one, Evidence)]
        for name in names:
            self.column.addWidget(marked("evidence", "text", name))
        if not names:
            self.column.addWidget(label(_("No file is kept."), "muted", wrap=True))

    def _record(self) -> None:
        self.section(_("Record"))
        ledger = self._session.ledger
        pairs = [(_("Id"), self._one.id)]
        for one in FORMS["instrument"].fields:
            words = shown(ledger, one, getattr(self._one, one.key), language())
            if words and one.key not in ("name", "evidence") and words != "0":
                pairs.append((say(field_name("instrument", one.key)), words))
        self.pairs(tuple(pairs))


def _number(one: Ruling) -> str:
    value = one.value if len(one.value) <= LONGEST else f"{one.value[:LONGEST]}…"
    return named(say(one.title), f"{value or '–'} {one.unit}".rstrip())


def explained(one: Instrument, judged: Sequence[Judged], session: Session) -> QWidget:
    """The widget for the inspector."""
    return InstrumentExplanation(one, judged, session)
