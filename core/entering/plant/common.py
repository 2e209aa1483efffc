"""What several kinds of records of a plant have."""

from __future__ import annotations

from core.entering.forms import Choices, Entered
from core.i18n import T, Text
from core.inventory.views.titles import CATEGORY_TITLES
from core.targets.parts import PARTS, is_category, part_title

NOTE = Entered("note", "long", also=("notes", "remark", "说明"))
PROOF = T("Kept files that prove it.")


def parts() -> Choices:
    """The parts of the emissions by key; categories of scope 3 with their names."""
    return {part: _part(part) for part in PARTS}


def _part(part: str) -> Text:
    if not is_category(part):
        return part_title(part)
    number = int(part.partition(":")[2])
    return T("Scope 3 category {number}, {title}", number=number, title=CATEGORY_TITLES[number])


def proofs(hint: Text = PROOF) -> Entered:
    """The kept files that a record names."""
    return Entered("evidence", "records", hint=hint, also=("proof", "证明"), of=("evidence",))


def currency() -> Entered:
    """Of the amounts of money."""
    return Entered("currency", "currency", hint=T("Three letters of ISO 4217, e.g. CNY or EUR."))


def wide_parts(*, required: bool, hint: Text) -> Entered:
    """Several parts of the emissions."""
    return Entered("parts", "choices", required, parts, hint, also=("scopes", "范围"))
