"""Widening a sample because of what was found: 30, 50, 80, 100 % of the records of a source.

The wider sample is drawn with the seed of the earlier one and contains it whole; the sources in which nothing was found
stay as they are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import count

from core.audit.choosing import RANDOM, level_size
from core.audit.finding import RECOMMENDATION, WITHDRAWN, number_of
from core.audit.ladder import ladder
from core.audit.procedures import samples_of
from core.audit.sampling import Drawn, drawing, levels_of
from core.audit.wishes import Wish
from core.errors import UserError
from core.i18n import T, Text
from core.inventory import Inventory, choices_of
from core.inventory.period import portion_of
from core.ledger import Activity, AuditFinding, Ledger, Sample

ARROW = " → "
"""Between the name of a sample and the level to which it was widened."""


@dataclass(frozen=True, slots=True)
class Wider:
    """What is proposed after findings."""

    level: int
    """The next step. [%]"""
    sources: tuple[str, ...]
    """In which something was found."""
    findings: tuple[AuditFinding, ...]
    why: Text


def findings_in(ledger: Ledger, sample: Sample) -> tuple[AuditFinding, ...]:
    """Findings that came of a sample; recommendations and withdrawn ones widen nothing."""
    return tuple(
        one
        for one in ledger.held(AuditFinding)
        if one.sample == sample.id and one.kind != RECOMMENDATION and one.status != WITHDRAWN
    )


def next_level(ledger: Ledger, sample: Sample) -> Wider | None:
    """What follows from the findings of a sample.

    Parameters
    ----------
    ledger
        with the findings.
    sample
        drawn by levels.

    Returns
    -------
    Wider or None
        None when nothing was found, the sample was not drawn by levels, was widened already, or holds all records.
    """
    found, levels = findings_in(ledger, sample), _levels(ledger, sample)
    if not found or not levels or wider_than(ledger, sample) is not None:
        return None
    steps = _steps(ledger, sample, levels)
    sources = tuple(source for source in _sources(ledger, sample, found) if steps[source] > levels[source])
    if not sources:
        return None
    level = max(steps[source] for source in sources)
    why = T("Findings in {sources}: {count}. Of its records {level} % are tested next.", sources=list(sources),
            count=len(found), level=level)  # fmt: skip
    return Wider(level, sources, found, why)


def _levels(ledger: Ledger, sample: Sample) -> dict[str, int]:
    """The level of each source of a sample, in the order of names; a level draws from every source. [%]"""
    held = (ledger.get("activity", key) for key in sample.activities)
    sources = {one.source for one in held if isinstance(one, Activity)} | set(sample.sources)
    return levels_of(sample, sorted(sources))


def _steps(ledger: Ledger, sample: Sample, levels: Mapping[str, int]) -> dict[str, int]:
    """The next step of each source that adds a record; its level where none does: 50 % of four quarters are no more
    than 30 % of them. [%]"""
    period = choices_of(ledger.audit(sample.year), sample.year).period
    counts = Counter(one.source for one in ledger.activities if portion_of(one, period) is not None)
    held = (ledger.get("activity", key) for key in set(sample.activities))
    drawn = Counter(one.source for one in held if isinstance(one, Activity))

    def after(source: str, level: int) -> int:
        more = (step for step in ladder().steps if step > level and level_size(counts[source], step) > drawn[source])
        return next(more, level)

    return {source: after(source, level) for source, level in levels.items()}


def wider_than(ledger: Ledger, sample: Sample) -> Sample | None:
    """The sample that widens this one."""
    return next((one for one in samples_of(ledger, sample.year) if one.previous == sample.id), None)


def _sources(ledger: Ledger, sample: Sample, found: Iterable[AuditFinding]) -> tuple[str, ...]:
    """In which something was found: of the records that findings name, else all."""
    named = (ledger.get("activity", key) for one in found for key in one.activities)
    sources = {one.source for one in named if isinstance(one, Activity)}
    levels = _levels(ledger, sample)
    return tuple(source for source in levels if source in sources) or tuple(levels)


def escalating(
    ledger: Ledger,
    inventory: Inventory,
    sample: Sample,
    key: str,
    *,
    reason: str = "",
    level: int = 0,
    sources: tuple[str, ...] = (),
) -> Drawn:
    """Draw the wider sample.

    Parameters
    ----------
    ledger, inventory
        what is known now.
    sample
        that is widened.
    key
        free id for the wider one.
    reason
        needed where no finding came of the sample; else the numbers of the findings stand for it.
    level
        to which; 0: the next step. [%]
    sources
        in which; none: those with findings, or all.

    Raises
    ------
    UserError
        without finding and reason, for a sample that was not drawn by levels or was widened already, or when nothing
        would be added.
    """
    levels = _levels(ledger, sample)
    _check(ledger, sample, levels, reason)
    proposal = next_level(ledger, sample)
    wanted = sources or (proposal.sources if proposal is not None else tuple(levels))
    raised = _raised(ledger, sample, levels, wanted, level)
    wish = Wish(
        name=_name(ledger, sample, max(raised[source] for source in wanted)),
        method=RANDOM,
        sources=sample.sources,
        seed=sample.seed,
        reason=reason.strip() or ", ".join(number_of(ledger, one) for one in findings_in(ledger, sample)),
        previous=sample.id,
        earlier=sample.activities,
        levels=raised,
    )
    made = drawing(ledger, inventory, sample.year, wish, key)
    more = set(made.sample.activities) - set(sample.activities)
    if not more:
        raise UserError(T("“{name}” holds all these records already.", name=sample.name), T("Choose a higher level."))
    why = T("Sample “{name}” widened to {level} %, records added: {count}", name=sample.name, level=made.sample.level,
            count=len(more))  # fmt: skip
    return Drawn(why, made.steps, made.sample, made.sizing)


def _raised(
    ledger: Ledger, sample: Sample, levels: Mapping[str, int], wanted: tuple[str, ...], level: int
) -> dict[str, int]:
    """The levels after widening: those of the wanted sources go up, the others stay. [%]"""
    strange = [source for source in wanted if source not in levels]
    if strange:
        raise UserError(
            T("“{name}” was not drawn from {sources}.", name=sample.name, sources=strange),
            T("Choose a sample that was drawn from these sources."),
        )
    steps = _steps(ledger, sample, levels)
    raised = {
        source: max(before, level or steps[source]) if source in wanted else before for source, before in levels.items()
    }
    if raised == levels:
        raise UserError(
            T("“{name}” holds so many records already.", name=sample.name),
            T("Choose a higher level. When all records are tested, there is nothing to widen."),
        )
    return raised


def _check(ledger: Ledger, sample: Sample, levels: dict[str, int], reason: str) -> None:
    if not levels:
        raise UserError(
            T("“{name}” was not drawn by levels.", name=sample.name),
            T("Draw another sample beside it: random records with a level."),
        )
    wider = wider_than(ledger, sample)
    if wider is not None:
        raise UserError(
            T("“{name}” was widened by “{wider}”.", name=sample.name, wider=wider.name), T("Widen that one.")
        )
    if not findings_in(ledger, sample) and not reason.strip():
        raise UserError(
            T("Nothing was found in “{name}”, so it is not widened without a reason.", name=sample.name),
            T("Say why, or raise the finding first."),
        )


def _name(ledger: Ledger, sample: Sample, level: int) -> str:
    """The name of the first sample, and the level; counted where it is taken."""
    base = f"{sample.name.partition(ARROW)[0]}{ARROW}{level} %"
    taken = {one.name for one in samples_of(ledger, sample.year)}
    return next(name for n in count(1) if (name := base if n == 1 else f"{base} ({n})") not in taken)
