"""What findings are about, as people know it."""

from __future__ import annotations

from core.i18n import Localised, T, verbatim
from core.inventory import Inventory
from core.methods import Finding

_WHOLE = {
    "inventory": T("Whole inventory"),
    "scope1": T("Scope 1"),
    "scope2": T("Scope 2"),
    "scope3": T("Scope 3"),
}


def subject_of(finding: Finding, inventory: Inventory) -> Localised:
    """A record by its source and id, a factor by its title, a category by its number, a year by itself."""
    subject, _, _ = finding.subject.partition("@")
    if subject in _WHOLE:
        return _WHOLE[subject]
    kind, _, number = subject.rpartition(":")
    if kind == "scope3":
        return T("Scope 3, category {number}", number=number)
    if kind == "closing":
        return T("Closed year {year}", year=number)
    if kind == "base_year":
        return T("Base year {year}", year=number)
    if kind == "year":
        return T("Year {year}", year=number)
    record = next((a for a in inventory.activities if a.id == subject), None)
    if record is not None:
        return T("{source} ({id})", source=record.source, id=record.id)
    instrument = next((one for one in inventory.instruments if one.id == subject), None)
    if instrument is not None:
        return T("{source} ({id})", source=instrument.name, id=instrument.id)
    factor = next((line.factor for line in inventory.lines if line.factor.key == subject), None)
    return verbatim(finding.subject) if factor is None else factor.title
