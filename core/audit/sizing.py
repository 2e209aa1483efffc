"""The size of a sample from risk and materiality, and why it is what it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from core.audit.choosing import ALL, JUDGEMENT, MONETARY_UNIT, RANDOM, by_level, strata_of
from core.audit.frame import Frame
from core.audit.ladder import ladder
from core.audit.materiality import threshold
from core.audit.risk import DETECTION, SourceRisk, audited, risks_of
from core.audit.sizes import attribute_size, check_confidence, monetary_unit_size, planning_factor, size_by_expansion
from core.audit.wishes import Wish
from core.errors import UserError
from core.i18n import T, Text
from core.inventory import Inventory
from core.ledger import Ledger
from core.library import EXACT
from core.methods import plain

TOLERABLE_RATE = Decimal(10)
"""Of a random sample, where nothing else is said; ours. [%]"""
LARGEST_LEVEL = 100
LEVEL = "level:"
"""Before the name of a source, as the key of a setting."""
_TONNE, _NANO = Decimal("0.001"), Decimal("1e-9")


@dataclass(frozen=True, slots=True)
class Sizing:
    """How many are drawn, and why so many."""

    size: int
    settings: tuple[tuple[str, str], ...]
    """What is recorded; see :mod:`core.audit.sampling`."""
    why: tuple[Text, ...]
    notes: tuple[Text, ...] = ()
    """What else to think of."""


def sized(ledger: Ledger, inventory: Inventory, year: int, wish: Wish, frame: Frame) -> Sizing:
    """The size that a wish comes to.

    Parameters
    ----------
    ledger, inventory
        with engagement and risks.
    year
        of the audit.
    wish
        what is asked.
    frame
        what is drawn from.

    Raises
    ------
    UserError
        when the wish contradicts itself, or nothing follows and no size is given.
    """
    if wish.size < 0 or not 0 <= wish.level <= LARGEST_LEVEL:
        raise UserError(T("Sizes count from 1, levels go from 1 to 100 %."), T("Correct the size or the level."))
    if wish.level and wish.method != RANDOM:
        raise UserError(
            T("Levels are shares of random records."), T("Choose the method “random records”, or no level.")
        )
    if wish.size and wish.by_level:
        raise UserError(T("The level gives the size."), T("Give a level or a size, not both."))
    count = len(frame.items)
    common = (("population", str(count)), ("weight", plain(frame.tonnes)))
    if wish.method == ALL:
        return Sizing(count, common, (T("All records are tested: {count}.", count=count),))
    if wish.method == JUDGEMENT:
        size = len(set(wish.activities))
        return Sizing(size, common, (T("Chosen by the auditor: {count} of {of} records.", count=size, of=count),))
    if wish.by_level:
        return _by_level(ledger, inventory, year, wish, frame, common)
    return _by_risk(ledger, inventory, year, wish, frame, common)


def _by_level(
    ledger: Ledger, inventory: Inventory, year: int, wish: Wish, frame: Frame, common: tuple[tuple[str, str], ...]
) -> Sizing:
    levels = wish.levels_in(frame) or {}
    size = len(by_level(frame, levels, wish.seed, wish.earlier))
    highest = max(levels.values())
    others = {source: level for source, level in sorted(levels.items()) if level != highest}
    pairs = (*common, *((f"{LEVEL}{source}", str(level)) for source, level in others.items()))
    why = T("{level} % of the records of each source, rounded up: {size} of {of}.", level=highest, size=size,
            of=len(frame.items))  # fmt: skip
    if others:
        named = [source for source, level in sorted(levels.items()) if level == highest]
        why = T("{level} % of the records of {sources}, the others as before: {size} of {of}.", level=highest,
                sources=named, size=size, of=len(frame.items))  # fmt: skip
    return Sizing(
        size,
        pairs,
        (why, T("Source: {source}", source=ladder().source)),
        _large(ledger, inventory, year, frame, levels),
    )


def _large(
    ledger: Ledger, inventory: Inventory, year: int, frame: Frame, levels: Mapping[str, int]
) -> tuple[Text, ...]:
    """Sources that would not be sampled where the levels come from."""
    limit = ladder().sampled_below
    found = [
        risk.source
        for risk in _risks(ledger, inventory, year, frame)
        if risk.share.percent >= limit and levels.get(risk.source, 0) < LARGEST_LEVEL
    ]
    if not found:
        return ()
    words = T(
        "Verifiers in Beijing sample only sources below {limit} % of the total and look at all records of larger ones: "
        "{sources}.",
        limit=limit,
        sources=found,
    )
    return (words,)


@dataclass(frozen=True, slots=True)
class _Basis:
    """What a size by risk follows from."""

    confidence: Decimal
    why: Text
    tolerable: Decimal
    expected: Decimal


def _by_risk(
    ledger: Ledger, inventory: Inventory, year: int, wish: Wish, frame: Frame, common: tuple[tuple[str, str], ...]
) -> Sizing:
    basis = _basis(ledger, inventory, year, wish, frame)
    if basis is None:
        if not wish.size:
            raise UserError(
                T("With agreed-upon procedures no size follows from risk: it was agreed."),
                T("Give the size, or a confidence."),
            )
        return _given(Sizing(wish.size, common, ()), wish, frame)
    found = _of_records(wish, basis, frame) if wish.method == RANDOM else _of_tonnes(wish, basis, frame)
    return _given(Sizing(found.size, (*common, *found.settings), found.why, found.notes), wish, frame)


def _given(proposal: Sizing, wish: Wish, frame: Frame) -> Sizing:
    """A size that the auditor gives, in the place of what would follow; and what follows from any size."""
    size, pairs, why = wish.size or proposal.size, proposal.settings, proposal.why
    if wish.size and proposal.why:
        pairs = (*pairs, ("proposed", str(proposal.size)))
        why = (
            *why,
            T("Given by the auditor: {size}, where {proposed} would follow.", size=size, proposed=proposal.size),
        )
    elif wish.size:
        why = (T("Given by the auditor: {size}.", size=size),)
    notes = proposal.notes
    if wish.method == MONETARY_UNIT:
        interval = EXACT.divide(frame.tonnes, Decimal(size)).quantize(_NANO, context=EXACT)
        pairs = (*pairs, ("interval", plain(interval)))
        large = sum(item.tonnes >= interval for item in frame.items)
        light = sum(not item.tonnes for item in frame.items)
        shown = interval.quantize(_TONNE, context=EXACT)
        why = (*why, T("One draw for each {interval} t CO₂e; records at least as large: {large}, all of them certain.",
                       interval=shown, large=large))  # fmt: skip
        if light:
            notes = (*notes, T("Records that weigh nothing and cannot be drawn by tonnes: {count}.", count=light))
    if size >= len(frame.items):
        notes = (
            *notes,
            T("So many are nearly all of the {count} records: testing all says more.", count=len(frame.items)),
        )
    return Sizing(size, pairs, why, notes)


def _of_tonnes(wish: Wish, basis: _Basis, frame: Frame) -> Sizing:
    """Of a sample by tonnes, and of a stratified one, which shares the same number out."""
    needed = monetary_unit_size(frame.tonnes, basis.tolerable, basis.expected, basis.confidence)
    factor = planning_factor(basis.confidence, EXACT.divide(basis.expected, basis.tolerable))
    settings = (
        ("confidence", plain(basis.confidence)),
        ("tolerable", plain(basis.tolerable)),
        ("expected", plain(basis.expected)),
        ("factor", plain(factor)),
    )
    why = [
        basis.why,
        T(
            "{weight} t CO₂e × factor {factor} / tolerable misstatement of {tolerable} t CO₂e, rounded up: {size}.",
            weight=_short(frame.tonnes),
            factor=round(factor, 3),
            tolerable=_short(basis.tolerable),
            size=needed,
        ),
    ]
    older = size_by_expansion(frame.tonnes, basis.tolerable, basis.expected, basis.confidence)
    if older is not None and basis.expected:
        why.append(T("By the older formula with expansion factors it would be {size}.", size=older))
    if wish.method == MONETARY_UNIT:
        return Sizing(needed, settings, tuple(why))
    strata = strata_of(frame, wish.strata)
    size = min(len(frame.items), max(needed, len(strata)))
    shared = (("strata", wish.strata), ("allocation", wish.allocation))
    why.append(T("Shared among {count} strata, at least one record of each: {size}.", count=len(strata), size=size))
    return Sizing(size, (*settings, *shared), tuple(why))


def _of_records(wish: Wish, basis: _Basis, frame: Frame) -> Sizing:
    count = len(frame.items)
    size = attribute_size(basis.confidence, basis.tolerable, basis.expected, count)
    settings = (
        ("confidence", plain(basis.confidence)),
        ("tolerable_rate", plain(basis.tolerable)),
        ("expected_rate", plain(basis.expected)),
    )
    if basis.expected:
        why = T(
            "Of {count} records no more than {tolerable} % may be wrong, and {expected} % are expected: {size}.",
            count=count,
            tolerable=basis.tolerable,
            expected=basis.expected,
            size=size,
        )
    else:
        why = T(
            "If more than {tolerable} % of {count} records were wrong, {size} would show at least one of them.",
            count=count,
            tolerable=basis.tolerable,
            size=size,
        )
    return Sizing(size, settings, (basis.why, why))


def _basis(ledger: Ledger, inventory: Inventory, year: int, wish: Wish, frame: Frame) -> _Basis | None:
    """Confidence and what is tolerable; None where procedures were agreed and no confidence is given."""
    risks = _risks(ledger, inventory, year, frame)
    known = [risk for risk in risks if risk.confidence is not None]
    if wish.confidence is not None:
        check_confidence(wish.confidence)
        confidence, why = (
            wish.confidence,
            T("Confidence of {percent} %, given by the auditor.", percent=wish.confidence),
        )
    elif known:
        sharpest = max(known, key=lambda risk: risk.confidence or Decimal(0))
        confidence = sharpest.confidence or Decimal(0)
        why = T(
            "Confidence of {percent} %: detection risk of {source} may be {level} ({detection} %).",
            percent=confidence,
            source=sharpest.source,
            level=DETECTION[sharpest.detection],
            detection=100 - confidence,
        )
    else:
        return None
    if wish.tolerable is not None:
        tolerable = wish.tolerable
    elif wish.method == RANDOM:
        tolerable = TOLERABLE_RATE
    else:
        tolerable = threshold(audited(ledger, year), inventory).total
    return _Basis(confidence, why, tolerable, wish.expected)


def _risks(ledger: Ledger, inventory: Inventory, year: int, frame: Frame) -> list[SourceRisk]:
    own = frame.by_source
    return [risk for risk in risks_of(ledger, inventory, year) if risk.source in own]


def _short(tonnes: Decimal) -> Decimal:
    return tonnes.quantize(_TONNE, context=EXACT)
