"""The difference of two years of the group: what it consists of, and how it is written down."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from core.group.change.comparing import SourceCauses
from core.i18n import T, Text
from core.inventory.totals import LOCATION
from core.inventory.waterfall import CAUSES
from core.library import EXACT
from core.methods import SCOPES, exact_sum, plain

ZERO = Decimal(0)
REASONS: Mapping[str, Text] = {
    "": T("Reported in both years"),
    "opened": T("Plant opened"),
    "closed": T("Plant closed"),
    "bought": T("Plant bought"),
    "sold": T("Plant sold"),
    "not_reported": T("Not reported in both years"),
}
"""What happened to a plant between two years."""


@dataclass(frozen=True, slots=True)
class GroupPart:
    """Tonnes that one cause adds to or takes from the group, in one source of one plant."""

    plant: str
    """Key of the plant, see :class:`core.group.year.consolidated.Member`."""
    scope: str
    source: str
    cause: str
    """One of ``CAUSES``."""
    reason: str
    """A key of ``REASONS``."""
    tonnes: Decimal
    """More is positive. [t CO2e]"""


@dataclass(frozen=True, slots=True)
class GroupWaterfall:
    """The difference of two years of the group. Its parts add up to it to the last digit, in each scope and plant."""

    first: int
    """Year."""
    last: int
    before: Mapping[str, Decimal]
    """Each scope, memos included, as consolidated. [t CO2e]"""
    after: Mapping[str, Decimal]
    parts: tuple[GroupPart, ...]
    """Those that are not zero, ordered."""
    titles: Mapping[str, str]
    """Names of plants by key."""

    def start(self, scopes: Iterable[str] = LOCATION) -> Decimal:
        """Total before, of these scopes. [t CO2e]"""
        return exact_sum(self.before[scope] for scope in scopes)

    def end(self, scopes: Iterable[str] = LOCATION) -> Decimal:
        """Total after, of these scopes. [t CO2e]"""
        return exact_sum(self.after[scope] for scope in scopes)

    def causes(self, scopes: Iterable[str] = LOCATION) -> dict[str, Decimal]:
        """Tonnes of each cause, in these scopes."""
        return _summed(self._of(scopes))

    def by_plant(self, scopes: Iterable[str] = LOCATION) -> dict[str, dict[str, Decimal]]:
        """Tonnes of each cause of each plant that differs, by key in the order of names."""
        filed: dict[str, list[GroupPart]] = {}
        for part in self._of(scopes):
            filed.setdefault(part.plant, []).append(part)
        return {key: _summed(filed[key]) for key in sorted(filed, key=lambda k: (self.titles.get(k, k), k))}

    def by_scope(self) -> dict[str, dict[str, Decimal]]:
        """Tonnes of each cause in each scope, memos included."""
        return {scope: self.causes((scope,)) for scope in SCOPES}

    def reasons(self) -> dict[str, str]:
        """What happened to each plant that differs, by key."""
        return {part.plant: part.reason for part in self.parts}

    def by_source(self, scopes: Iterable[str] = LOCATION) -> dict[str, dict[str, dict[str, Decimal]]]:
        """Tonnes of each cause of each source, by plant and source."""
        filed: dict[str, dict[str, list[GroupPart]]] = {}
        for part in self._of(scopes):
            filed.setdefault(part.plant, {}).setdefault(part.source, []).append(part)
        return {plant: {source: _summed(own[source]) for source in sorted(own)} for plant, own in sorted(filed.items())}

    def _of(self, scopes: Iterable[str]) -> list[GroupPart]:
        wanted = frozenset(scopes)
        return [part for part in self.parts if part.scope in wanted]


def _summed(parts: Iterable[GroupPart]) -> dict[str, Decimal]:
    sums = dict.fromkeys(CAUSES, ZERO)
    for part in parts:
        sums[part.cause] = EXACT.add(sums[part.cause], part.tonnes)
    return sums


def group_waterfall_to_plain(found: GroupWaterfall) -> dict[str, object]:
    """JSON-ready; decimals as strings without exponent."""
    reasons, sources = found.reasons(), found.by_source()
    return {
        "from": found.first,
        "to": found.last,
        "before_tco2e": _plain(found.before),
        "after_tco2e": _plain(found.after),
        "change_tco2e": plain(EXACT.subtract(found.end(), found.start())),
        "causes_tco2e": _plain(found.causes()),
        "by_scope_tco2e": {scope: _plain(sums) for scope, sums in found.by_scope().items()},
        "plants": [
            {
                "key": key,
                "plant": found.titles.get(key, key),
                "happened": reasons[key] or "reported",
                "causes_tco2e": _plain(sums),
                "by_source_tco2e": {s: _plain(own) for s, own in sources[key].items()},
            }
            for key, sums in found.by_plant().items()
        ],
    }


def causes_to_plain(found: Iterable[SourceCauses]) -> list[dict[str, object]]:
    """JSON-ready difference of two versions of one report."""
    return [
        {
            "scope": one.scope,
            "source": one.source,
            "before_tco2e": plain(one.before),
            "after_tco2e": plain(one.after),
            "causes_tco2e": _plain(one.causes),
        }
        for one in found
        if one.before != one.after or any(one.causes.values())
    ]


def _plain(values: Mapping[str, Decimal]) -> dict[str, str]:
    return {key: plain(value) for key, value in values.items()}
