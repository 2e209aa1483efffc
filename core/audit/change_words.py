"""What a change made of each record, field by field and in words: the one way in which history is told."""

from __future__ import annotations

from dataclasses import dataclass

from core.audit.merge_words import Words
from core.i18n import T, labelled
from core.ledger import Step, to_plain
from core.library.record_words import field_name, kind_name

SILENT = frozenset({"id"})
"""Fields that say nothing to people."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One field before and after."""

    field: str
    before: str
    after: str
    lang: str = "en"
    """Of the words."""

    def __str__(self) -> str:
        return labelled(self.field, f"{self.before} → {self.after}", self.lang)


def record_said(words: Words, step: Step) -> str:
    """Kind and name of the record that a step changed."""
    record = step.after if step.after is not None else step.before
    kind = kind_name(step.kind).in_language(words.lang)
    name = step.id if record is None else words.title(step.kind, step.id, to_plain(record))
    return labelled(kind, name, words.lang)


def act_said(step: Step) -> str:
    """The key of what was done: ``added``, ``removed`` or ``changed``."""
    return "added" if step.before is None else "removed" if step.after is None else "changed"


ACTS = {"added": T("added"), "removed": T("deleted"), "changed": T("altered")}
"""What was done with a record."""


def differences(words: Words, step: Step) -> tuple[Difference, ...]:
    """The fields that a step changed; of a record that came or went, those that say something."""
    before = {} if step.before is None else to_plain(step.before)
    after = {} if step.after is None else to_plain(step.after)
    found: list[Difference] = []
    for name in after or before:
        old, new = before.get(name), after.get(name)
        if name in SILENT or old == new:
            continue
        was, becomes = (words.value(step.kind, name, one) if one is not None else "–" for one in (old, new))
        if (was, becomes) != ("–", "–"):
            found.append(Difference(field_name(step.kind, name).in_language(words.lang), was, becomes, words.lang))
    return tuple(found)
