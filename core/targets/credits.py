"""The ledger of carbon credits: apart from every inventory, each with what speaks against using it."""

from __future__ import annotations

import calendar
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.errors import UserError
from core.i18n import T, Text
from core.instruments import LEVELS, Judged, Serials, parse_serials
from core.ledger import Credit, Ledger, Plant, RuleValue, SerialsElsewhere
from core.library.rulebook import Ruling, rulebook
from core.methods import exact_sum
from core.targets.case import day_of
from core.targets.rulesets import parameters_of

STOP, WARNING, INFO = LEVELS
QUALITIES: Mapping[str, Text] = {
    "additional": T("additional: it would not have happened without the credits"),
    "permanent": T("permanent, or insured against reversal"),
    "no_leakage": T("no emissions moved elsewhere"),
    "not_double_counted": T("counted by nobody else"),
    "verified": T("verified by an independent body"),
}
"""What can be proven of a credit."""


@dataclass(frozen=True, slots=True)
class CreditEntry:
    """One record of the ledger."""

    credit: Credit
    judged: tuple[Judged, ...]
    """Gravest first."""

    @property
    def counts(self) -> bool:
        """Nothing stops it."""
        return all(one.level != STOP for one in self.judged)


@dataclass(frozen=True, slots=True)
class CreditLedger:
    """All credits of a plant."""

    entries: tuple[CreditEntry, ...]
    """By year that is compensated, then id."""

    def of(self, year: int) -> tuple[CreditEntry, ...]:
        """Those that are to compensate a year."""
        return tuple(one for one in self.entries if one.credit.year == year)

    def counting(self, year: int) -> Decimal:
        """What compensates a year: only what nothing stops. [t CO2e]"""
        return exact_sum(one.credit.quantity for one in self.of(year) if one.counts)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is asked of every credit."""

    rules: Mapping[str, Ruling]
    names: tuple[str, ...]
    """Of the plant and of who operates it, as they are compared."""

    def ruling(self, name: str) -> Ruling | None:
        found = self.rules.get(name)
        return found if found is not None and found.known else None


def credit_ledger(ledger: Ledger) -> CreditLedger:
    """Every credit of a plant with what is to be said of it; independent of their order.

    Parameters
    ----------
    ledger
        with credits, certificates used elsewhere in the group, and changed rules.

    Returns
    -------
    CreditLedger
        ``counting(year)`` is what compensates a year. [t CO2e]

    Notes
    -----
    A credit that a rule stops compensates nothing. Serial numbers are held against each other within one registry, and
    against those that head office says others use; who overlaps is stopped on both sides, for nobody can tell which of
    two is right.

    References
    ----------
    ISO 14068-1:2023, 11.1 to 11.4; parameters in ``resources/rules/iso_14068.toml``.
    """
    plant = ledger.get("plant", "plant")
    names = (plant.name, plant.organisation) if isinstance(plant, Plant) else ()
    rules = parameters_of("iso_14068", rulebook(ledger.held(RuleValue)))
    asked = _Asked(rules, tuple(key for name in names if (key := _compared(name))))
    held = sorted(ledger.held(Credit), key=lambda one: (one.year, one.id))
    serials = {one.id: _serials(one) for one in held}
    twice = _twice(held, serials, ledger.held(SerialsElsewhere))
    entries = []
    for one in held:
        found = [*_checks(one, asked), *_numbers(one, serials[one.id]), *twice.get(one.id, ())]
        entries.append(CreditEntry(one, tuple(sorted(found, key=lambda judged: LEVELS.index(judged.level)))))
    return CreditLedger(tuple(entries))


def _compared(text: str) -> str:
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text)).casefold()


def _said(one: Credit, rule: str, level: str, message: Text, remedy: Text) -> Judged:
    return Judged(f"credit_{rule}", level, one.id, message, remedy)


def _checks(one: Credit, asked: _Asked) -> Iterator[Judged]:
    yield from _retirement(one, asked)
    yield from _time(one, asked)
    yield from _quality(one, asked)
    if one.quantity <= 0:
        yield _said(one, "quantity", STOP, T("The credit has no quantity."), T("Enter its tonnes."))
    if not one.year:
        yield _said(
            one, "no_year", INFO, T("It is not said which year the credit compensates."), T("Assign it to a year.")
        )
    if not one.evidence:
        yield _said(
            one, "unproven", WARNING, T("The retirement of the credit is not proven."),
            T("Keep the statement of the registry as evidence."),
        )  # fmt: skip


def _retirement(one: Credit, asked: _Asked) -> Iterator[Judged]:
    if day_of(one.retired) is None:
        yield _said(
            one, "not_retired", STOP, T("The credit is not retired: somebody could still sell it."),
            T("Have it retired in the registry for this plant and this year."),
        )  # fmt: skip
        return
    written = _compared(one.beneficiary) + _compared(one.purpose)
    if asked.names and not any(name in written for name in asked.names):
        yield _said(
            one, "for_another", STOP,
            T("The credit was retired for “{who}”, not for this plant.", who=one.beneficiary[:80] or "–"),
            T("Only a retirement that names the plant or its company in beneficiary or purpose counts."),
        )  # fmt: skip


def _time(one: Credit, asked: _Asked) -> Iterator[Judged]:
    retired = day_of(one.retired)
    if retired is not None and one.vintage > retired.year:
        yield _said(
            one, "future", STOP,
            T("The vintage {vintage} lies after the retirement: nothing was reduced yet.", vintage=one.vintage),
            T("Use credits of reductions that have happened."),
        )  # fmt: skip
    months = asked.ruling("retirement_months")
    if retired is not None and one.year and months is not None:
        latest = last_day(one.year, int(months.number))
        if retired > latest:
            yield _said(
                one,
                "late",
                STOP,
                T(
                    "The credit was retired on {day}; for {year} the last day was {last}.",
                    day=retired,
                    year=one.year,
                    last=latest,
                ),
                T("Use it for a later year; the source of this rule is: {source}", source=months.source),
            )
    oldest = asked.ruling("vintage_years")
    if one.year and oldest is not None and one.vintage < one.year - oldest.number:
        yield _said(
            one, "old", STOP,
            T("The vintage {vintage} is too old to compensate {year}.", vintage=one.vintage, year=one.year),
            T("Use younger credits; the source of this rule is: {source}", source=oldest.source),
        )  # fmt: skip


def last_day(year: int, months: int) -> date:
    """The last day some months after the end of a year.

    >>> last_day(2025, 12), last_day(2025, 2)
    (datetime.date(2026, 12, 31), datetime.date(2026, 2, 28))
    """
    turns, month = divmod(11 + months, 12)
    return date(year + turns, month + 1, calendar.monthrange(year + turns, month + 1)[1])


def _quality(one: Credit, asked: _Asked) -> Iterator[Judged]:
    wanted = asked.ruling("quality")
    lacking = [] if wanted is None else [key for key in wanted.items if key not in one.quality]
    if lacking and wanted is not None:
        yield _said(
            one, "quality", STOP,
            T("Not proven of the credit: {what}", what=[QUALITIES.get(key, T("“{key}”", key=key)) for key in lacking]),
            T("Prove it with the documents of the project; the source of this rule is: {source}", source=wanted.source),
        )  # fmt: skip
    kinds = asked.ruling("kinds")
    if kinds is not None and one.kind not in kinds.items:
        yield _said(
            one, "kind", STOP, T("Credits of this kind do not compensate."),
            T("Use another kind; the source of this rule is: {source}", source=kinds.source),
        )  # fmt: skip


# ---------------------------------------------------------------------- serial numbers


def _serials(one: Credit) -> tuple[Serials, ...] | UserError:
    try:
        return parse_serials(one.serials)
    except UserError as error:
        return error


def _numbers(one: Credit, serials: tuple[Serials, ...] | UserError) -> Iterator[Judged]:
    if isinstance(serials, UserError):
        remedy = serials.remedy or T("Enter the serial numbers of the retirement.")
        yield _said(one, "serials", STOP, serials.message, remedy)
        return
    count = sum(found.count for found in serials)
    if count != one.quantity:
        level = STOP if count < one.quantity else WARNING
        yield _said(
            one, "count", level,
            T("{count} serial numbers stand for {tonnes} t CO₂e; each is one tonne.", count=count, tonnes=one.quantity),
            T("Correct the quantity or the serial numbers."),
        )  # fmt: skip


def _twice(
    held: Iterable[Credit],
    serials: Mapping[str, tuple[Serials, ...] | UserError],
    elsewhere: Iterable[SerialsElsewhere],
) -> Mapping[str, list[Judged]]:
    found: dict[str, list[Judged]] = defaultdict(list)
    ranges: dict[tuple[str, str], list[tuple[int, int, Credit]]] = defaultdict(list)
    for one in held:
        own = serials[one.id]
        for part in own if not isinstance(own, UserError) else ():
            ranges[_compared(one.registry), part.prefix].append((part.first, part.last, one))
    pairs = {pair for named in ranges.values() for pair in _overlapping(named)}
    for first, second in sorted(pairs):
        for key, other in ((first, second), (second, first)):
            words = T("The serial numbers overlap with those of the credit {other}.", other=other)
            found[key].append(Judged("credit_twice", STOP, key, words, T("Keep each tonne in one record.")))
    for said in sorted(elsewhere, key=lambda one: one.id):
        for key in sorted(_used_elsewhere(said, ranges)):
            words = T("{holder} uses the same serial numbers for {year}.", holder=said.holder, year=said.year)
            remedy = T("Clear up with head office who may use them; the source is: {source}", source=said.source)
            found[key].append(Judged("credit_elsewhere", STOP, key, words, remedy))
    return found


def _overlapping(named: Iterable[tuple[int, int, Credit]]) -> Iterator[tuple[str, str]]:
    """Pairs of credits with a number in common, each pair in the order of ids."""
    reaching: list[tuple[int, str]] = []
    for first, last, one in sorted(named, key=lambda part: (part[0], part[1], part[2].id)):
        reaching = [(end, key) for end, key in reaching if end >= first]
        for _, key in reaching:
            if key != one.id:
                yield (key, one.id) if key < one.id else (one.id, key)
        reaching.append((last, one.id))


def _used_elsewhere(
    said: SerialsElsewhere, ranges: Mapping[tuple[str, str], list[tuple[int, int, Credit]]]
) -> set[str]:
    try:
        others = parse_serials(said.serials)
    except UserError:
        return set()  # the notice of head office says nothing that can be compared
    found: set[str] = set()
    for (_, prefix), own in ranges.items():
        for other in others:
            if other.prefix == prefix:
                found |= {one.id for first, last, one in own if first <= other.last and other.first <= last}
    return found
