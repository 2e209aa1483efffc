"""Double use across the group: what two plants name and only one can have, and certificates that one plant names twice.

Certificates are held against each other as ranges of serial numbers, wherever and whenever they are named, for each
covers its megawatt-hour once. A kept file proves something in one plant. A meter and a contract belong to one plant
within a year: over the years they may move, and a plant names its own every year.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from core.group.inbox.markings import UNIT
from core.group.register.ownership import Ownership, known_as
from core.i18n import T, Text, verbatim
from core.library import EXACT
from core.methods import Serials, exact_sum, parse_serials, plain
from core.store import ACCEPTED, HELD, Filed, GroupFile, Marking

KINDS: Mapping[str, Text] = {
    "certificate": T("Certificate"),
    "contract": T("Contract"),
    "meter": T("Meter"),
    "evidence": T("Evidence file"),
}
"""Of what may count once, gravest first."""
BY_YEAR = ("contract", "meter")
"""Kinds of which several plants may name one, each in another year."""


@dataclass(frozen=True, slots=True)
class Holder:
    """A report that names it."""

    filed: Filed
    plant: str
    """Id of the plant; its name and country where the register does not know it."""
    named: str
    """What the report names: the serial number or range, the number, the SHA-256."""
    label: str
    """Where in the report: the source, the meter or the file."""
    energy: Decimal | None
    """What it covers there, all of what is named. None: not said. [kWh]"""


@dataclass(frozen=True, slots=True)
class Repeat:
    """One thing that is used twice."""

    kind: str
    """A key of ``KINDS``."""
    value: str
    """Serial numbers that are in more than one report, contract number, meter number, or SHA-256 of a file."""
    year: int
    """In which several plants name it; 0: whatever the year."""
    holders: tuple[Holder, ...]
    """By year, plant and label."""
    count: int = 1
    """Certificates that are used more than once."""

    @property
    def plants(self) -> tuple[str, ...]:
        """Names of the plants, ordered."""
        return tuple(sorted({one.filed.plant for one in self.holders}))

    @property
    def years(self) -> tuple[int, ...]:
        """Years of the reports, ordered."""
        return tuple(sorted({one.filed.year for one in self.holders}))

    @property
    def energy(self) -> Decimal | None:
        """What all holders cover with it together; None where none says it. [kWh]"""
        said = [one.energy for one in self.holders if one.energy is not None]
        return exact_sum(said) if said else None

    def sentence(self) -> Text:
        """What is wrong, for people."""
        plants, years = list(self.plants), list(map(str, self.years))
        if self.kind == "certificate":
            return T("The certificates {value} are used in more than one report: {plants} ({years}).",
                     value=verbatim(self.value), plants=plants, years=years)  # fmt: skip
        if self.kind == "contract":
            return T("The contract {value} supplies several plants in {years}: {plants}, together {energy} kWh.",
                     value=verbatim(self.value), plants=plants, years=years,
                     energy=self.energy or Decimal(0))  # fmt: skip
        if self.kind == "meter":
            return T("The meter {value} measures in several plants in {years}: {plants}.",
                     value=verbatim(self.value), plants=plants, years=years)  # fmt: skip
        return T(
            "The same file proves activity data in several plants: {plants} ({years}).", plants=plants, years=years
        )


def repeats(group: GroupFile) -> tuple[Repeat, ...]:
    """Everything that accepted and held reports use twice, by kind, value and year.

    Of one audit only the latest revision is asked, so a correction that is still held does not repeat itself.
    """
    reports = {filed.sha256: filed for filed in _latest(group.all())}
    owned = Ownership.of(group.register)
    found: list[Repeat] = []
    for kind in KINDS:
        marked = group.marked(kind, several=kind != "certificate")
        holders = [_holder(reports[sha256], owned, marking) for marking, sha256 in marked if sha256 in reports]
        holders.sort(key=lambda h: (h.filed.year, h.filed.plant, h.filed.sha256, h.label, h.named))
        found += _certificates(holders) if kind == "certificate" else _things(kind, holders)
    return tuple(found)


def repeats_with(group: GroupFile, owned: Ownership, filed: Filed, markings: Iterable[Marking]) -> tuple[Repeat, ...]:
    """What a report that is not filed yet would use twice, together with those that are.

    Parameters
    ----------
    group, owned
        what was filed, and whose plants they are.
    filed, markings
        the report that came in, and what it names.
    """
    found: list[Repeat] = []
    own: dict[str, list[Marking]] = {}
    for marking in markings:
        own.setdefault(marking.kind, []).append(marking)
    for kind in (kind for kind in KINDS if kind in own):
        mine = [_holder(filed, owned, marking) for marking in own[kind]]
        others = [_holder(other, owned, marking) for marking, other in _others(group, filed, kind, own[kind])]
        together = [*others, *mine]
        both = _certificates(together) if kind == "certificate" else _things(kind, together)
        found += [one for one in both if any(holder.filed is filed for holder in one.holders)]
    return tuple(found)


def _others(group: GroupFile, filed: Filed, kind: str, own: Iterable[Marking]) -> Iterator[tuple[Marking, Filed]]:
    """What reports of other audits name: certificates whose ranges may overlap with own ones; else only the same.

    Markings of certificates stand in their normal form, which begins with what stands before the number.
    """
    if kind == "certificate":
        beginnings = tuple({serials.prefix for marking in own for serials in parse_serials(marking.value)})
        reports: dict[str, Filed | None] = {}
        for marking, sha256 in group.marked(kind):
            if not marking.value.startswith(beginnings):
                continue
            if sha256 not in reports:
                reports[sha256] = group.received(sha256)
            if (other := reports[sha256]) is not None and other.audit_id != filed.audit_id:
                yield marking, other
        return
    for value in sorted({marking.value for marking in own}):
        yield from (pair for pair in group.holders(kind, value) if pair[1].audit_id != filed.audit_id)


def _latest(filed: Iterable[Filed]) -> Iterator[Filed]:
    """The reports that count or may come to count, one for each audit."""
    latest: dict[str, Filed] = {}
    for one in filed:
        known = latest.get(one.audit_id)
        if one.state in (ACCEPTED, HELD) and (known is None or one.revision > known.revision):
            latest[one.audit_id] = one
    yield from latest.values()


def _holder(filed: Filed, owned: Ownership, marking: Marking) -> Holder:
    site = owned.site_of(filed)
    plant = site.id if site is not None else f"{known_as(filed.plant)}/{filed.country}"
    number, _, unit = marking.amount.partition(" ")
    return Holder(filed, plant, marking.value, marking.label, Decimal(number) if unit == UNIT else None)


def _things(kind: str, holders: Iterable[Holder]) -> list[Repeat]:
    """Numbers and hashes that must be equal to be the same."""
    by_value: dict[tuple[str, int], list[Holder]] = {}
    for one in holders:
        by_value.setdefault((one.named, one.filed.year if kind in BY_YEAR else 0), []).append(one)
    return [
        Repeat(kind, value, year, tuple(own))
        for (value, year), own in sorted(by_value.items())
        if len({one.plant for one in own}) > 1
    ]


def _certificates(holders: Iterable[Holder]) -> list[Repeat]:
    """Serial numbers that lie in ranges of several reports, as few ranges as possible."""
    by_prefix: dict[str, list[tuple[Serials, Holder]]] = {}
    for one in holders:
        for serials in parse_serials(one.named):
            by_prefix.setdefault(serials.prefix, []).append((serials, one))
    return [
        Repeat("certificate", serials.text, 0, own, serials.count)
        for _, named in sorted(by_prefix.items())
        for serials, own in _overlaps(named)
    ]


def _overlaps(named: list[tuple[Serials, Holder]]) -> Iterator[tuple[Serials, tuple[Holder, ...]]]:
    """Stretches of numbers with the same holders, of more than one report."""
    changes: dict[int, list[tuple[int, bool]]] = {}
    for place, (serials, _) in enumerate(named):
        changes.setdefault(serials.first, []).append((place, True))
        changes.setdefault(serials.last + 1, []).append((place, False))
    inside: set[int] = set()
    ordered = sorted(changes)
    before: tuple[Serials, tuple[Holder, ...]] | None = None
    for start, after in zip(ordered, (*ordered[1:], ordered[-1]), strict=True):
        for place, begins in changes[start]:
            (inside.add if begins else inside.discard)(place)
        own = _different(named[place][1] for place in sorted(inside))
        if len({one.filed.audit_id for one in own}) < 2:
            continue
        stretch = Serials(named[0][0].prefix, start, after - 1, max(named[place][0].width for place in inside))
        if before is not None and before[1] == own and before[0].last + 1 == start:
            stretch = Serials(stretch.prefix, before[0].first, stretch.last, before[0].width)
        elif before is not None:
            yield before
        before = (stretch, own)
    if before is not None:
        yield before


def _different(holders: Iterable[Holder]) -> tuple[Holder, ...]:
    """Each once; a report has totals by scope and so no hash."""
    found: list[Holder] = []
    for one in holders:
        if one not in found:
            found.append(one)
    return tuple(found)


def repeats_to_plain(found: Iterable[Repeat], lang: str = "en") -> list[dict[str, object]]:
    """JSON-ready."""
    return [
        {
            "kind": one.kind,
            "value": one.value,
            "year": one.year or None,
            "count": one.count,
            "energy_kwh": None if one.energy is None else plain(one.energy),
            "sentence": one.sentence().in_language(lang),
            "reports": [
                {
                    "sha256": h.filed.sha256,
                    "plant": h.filed.plant,
                    "country": h.filed.country,
                    "year": h.filed.year,
                    "revision": h.filed.revision,
                    "state": h.filed.state,
                    "named": h.named,
                    "label": h.label,
                    "energy_kwh": None if h.energy is None else plain(h.energy),
                }
                for h in one.holders
            ],
        }
        for one in found
    ]


def doubly_certified(found: Iterable[Repeat]) -> Decimal:
    """Megawatt-hours of certificates that are used more than once; one certificate is one megawatt-hour. [MWh]

    Notes
    -----
    GHG Protocol Scope 2 Guidance (2015), table 7.1, criteria 2 and 3: the only instrument
    with its claim, retired for one entity.
    """
    total = Decimal(0)
    for one in found:
        if one.kind == "certificate":
            total = EXACT.add(total, Decimal(one.count))
    return total
