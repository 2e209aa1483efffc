"""Records, fields and values in words, for people who decide between two copies of a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from core.audit.checklist import ANSWERS
from core.audit.communicating import KINDS as LOG_KINDS
from core.audit.engagement import CARRIES
from core.audit.estimates import PROCEDURES as ANALYTICAL
from core.audit.finding_closing import TREATMENTS
from core.audit.finding_said import KINDS as FINDING_KINDS
from core.audit.finding_said import STATUSES
from core.audit.procedures import PROCEDURES, RESULTS
from core.audit.risk import LEVELS
from core.audit.roles import ROLES
from core.audit.sampling import METHODS
from core.audit.statement import ASSURANCE, OPINIONS
from core.audit.states import STATES
from core.i18n import Localised, T, labelled, show, show_date, show_month, show_number
from core.ledger import REFERENCES, to_plain
from core.ledger.codec import read_field
from core.ledger.filing import Records
from core.ledger.merging_join import Conflict
from core.ledger.merging_parts import LEAD, RECORD
from core.library import Library
from core.library.record_words import field_name, kind_name
from core.methods import all_methods

LONGEST = 160
"""Of a value as it is shown; the whole one stands in the record. [characters]"""
_CODES: Mapping[tuple[str, str], Mapping[str, Localised]] = {
    ("communication", "kind"): LOG_KINDS,
    ("engagement", "assurance"): ASSURANCE,
    ("engagement", "carries"): CARRIES,
    ("engagement", "state"): {key: state.title for key, state in STATES.items()},
    ("expectation", "procedure"): ANALYTICAL,
    ("finding", "kind"): FINDING_KINDS,
    ("finding", "status"): STATUSES,
    ("finding", "treatment"): TREATMENTS,
    ("opinion", "kind"): OPINIONS,
    ("opinion", "proposed"): OPINIONS,
    ("person", "roles"): ROLES,
    ("review_answer", "answer"): ANSWERS,
    ("risk", "control"): LEVELS,
    ("risk", "inherent"): LEVELS,
    ("sample", "method"): METHODS,
    ("test", "procedure"): PROCEDURES,
    ("test", "result"): RESULTS,
}
"""What keys stand for, by kind and field."""
_TITLES: Mapping[str, tuple[str, ...]] = {
    "plant": ("name",),
    "activity": ("source", "item", "start", "end"),
    "evidence": ("name",),
    "factor": ("name",),
    "factor_file": ("name",),
    "judgement": ("about", "year"),
    "meter": ("name",),
    "meter_exchange": ("meter", "day"),
    "reading": ("meter", "start", "end"),
    "pv_system": ("name",),
    "pv_array": ("name",),
    "weather": ("name",),
    "claim": ("name",),
    "measure": ("name",),
    "tariff": ("name",),
    "person": ("name",),
    "declaration": ("person", "year"),
    "communication": ("subject", "day"),
    "risk": ("source", "year"),
    "sample": ("name", "year"),
    "test": ("activity", "procedure"),
    "finding": ("title",),
    "key_figure": ("name", "start", "end"),
    "benchmark": ("publisher", "figure", "subject"),
    "expectation": ("procedure", "subject", "year"),
    "review_answer": ("question", "year"),
    "plan_item": ("source", "item"),
}
"""By which fields people know a record; of the other kinds by its id, which is the year."""


@dataclass(frozen=True, slots=True)
class Words:
    """In one language, with the names that both copies know."""

    ledgers: tuple[Records, ...]
    library: Library
    lang: str

    def record(self, kind: str, key: str) -> str:
        """A record as people know it; its id where no copy has it."""
        found = next((held for ledger in self.ledgers if (held := ledger.get(kind, key)) is not None), None)
        return key if found is None else self.title(kind, key, to_plain(found))

    def title(self, kind: str, key: str, plain: Mapping[str, Any]) -> str:
        """The same of its plain form."""
        if (named := REFERENCES.get(kind, {}).get("id")) is not None:
            return self.record(named, key)
        names = [name for name in _TITLES.get(kind, ()) if plain.get(name)]
        if names[-2:] == ["start", "end"]:
            days = self._days(*(date.fromisoformat(plain[name]) for name in names[-2:]))
            return " · ".join([*(self.value(kind, name, plain[name]) for name in names[:-2]), days])
        return " · ".join(self.value(kind, name, plain[name]) for name in names) or key

    def _days(self, start: date, end: date) -> str:
        if start.day == 1 and (start.year, start.month) == (end.year, end.month) and (end + timedelta(1)).day == 1:
            return show_month(start, self.lang)
        return f"{show_date(start, self.lang)} – {show_date(end, self.lang)}"

    def of(self, conflict: Conflict) -> str:
        """The record that a conflict is about, with its kind."""
        plain = next(one for one in (conflict.ours, conflict.theirs, conflict.base) if one is not None)
        kind = kind_name(conflict.kind).in_language(self.lang)
        name = self.title(conflict.kind, conflict.id, plain)
        return labelled(kind, name, self.lang)

    def fields(self, conflict: Conflict) -> str:
        """What has to be decided."""
        if conflict.part == RECORD:
            return T("Whether it stays").in_language(self.lang)
        if conflict.part == LEAD:
            return field_name(conflict.kind, LEAD).in_language(self.lang)
        names = [field_name(conflict.kind, name).in_language(self.lang) for name in conflict.fields]
        return ("、" if self.lang == "zh" else ", ").join(names)

    def side(self, conflict: Conflict, plain: Mapping[str, Any] | None) -> str:
        """What one side says."""
        if plain is None:
            said = T("Deleted") if conflict.base is not None else T("Did not exist")
            return said.in_language(self.lang)
        if conflict.part == LEAD:
            return self.value(conflict.kind, "team", plain.get("team", [])[:1])
        names = [name for name in conflict.fields if name in plain]
        said_of = [(name, self.value(conflict.kind, name, plain[name])) for name in names]
        if len(said_of) == 1 and conflict.part != RECORD:
            return said_of[0][1]
        lines = (
            labelled(field_name(conflict.kind, name).in_language(self.lang), said, self.lang) for name, said in said_of
        )
        return "\n".join(lines) or T("As it was").in_language(self.lang)

    def value(self, kind: str, field: str, plain: object) -> str:
        """One value."""
        try:
            value = read_field(kind, field, plain)
        except (KeyError, TypeError, ValueError):
            return str(plain)[:LONGEST]
        return self._shown(kind, field, value)[:LONGEST] or "–"

    def _shown(self, kind: str, field: str, value: object) -> str:
        if value is None or value == "":
            return ""
        if isinstance(value, bool):
            return (T("yes") if value else T("no")).in_language(self.lang)
        if isinstance(value, Decimal):
            return show_number(value)
        if isinstance(value, date):
            return show_date(value, self.lang)
        if isinstance(value, tuple):
            parts = (self._pair(kind, field, *one) if isinstance(one, tuple) else self._word(kind, field, one)
                     for one in value)  # fmt: skip
            return ("；" if self.lang == "zh" else "; ").join(parts)
        return self._word(kind, field, str(value))

    def _pair(self, kind: str, field: str, *pair: str) -> str:
        names = field in REFERENCES.get(kind, {})
        return " = ".join((self._word(kind, field, pair[0]), *pair[1:]) if names else pair)

    def _word(self, kind: str, field: str, text: str) -> str:
        if (code := _CODES.get((kind, field), {}).get(text)) is not None:
            return show(code, self.lang)
        if (named := REFERENCES.get(kind, {}).get(field)) is not None and field != "id":
            return self.record(named, text)
        if field == "item" and (item := self.library.items.get(text)) is not None:
            return item.name.in_language(self.lang)
        if field == "unit" and (unit := self.library.units.find(text)) is not None:
            return unit.name.in_language(self.lang)
        if (kind, field) == ("activity", "method") and (method := all_methods().get(text)) is not None:
            return show(method.title, self.lang)
        return text[:12] if field in ("sha256", "package", "previous", "certificate") and len(text) == 64 else text
