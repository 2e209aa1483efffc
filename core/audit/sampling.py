"""Samples: how many records, which ones, and everything needed to draw the same ones again.

What is recorded in ``Sample.settings``, numbers as plain digits:

``population``, ``weight``
    records and tonnes of the frame;
``confidence``
    what the size follows from [%], with ``tolerable`` and ``expected`` misstatement [t CO2e], or ``tolerable_rate`` and
    ``expected_rate`` of wrong records [%];
``factor``, ``interval``
    of a sample by tonnes: the factor of its size, and the tonnes between two points;
``strata``, ``allocation``
    of a stratified sample;
``level:<source>``
    of a sample by levels: the share of the records of a source in which it is not ``Sample.level`` [%];
``proposed``
    the size that would have followed, where another one was given.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from core.audit.choosing import (
    ALL,
    BY_SIZE,
    BY_SOURCE,
    JUDGEMENT,
    MONETARY_UNIT,
    NEYMAN,
    PROPORTIONAL,
    RANDOM,
    STRATIFIED,
    drawn,
)
from core.audit.frame import Frame, frame_of
from core.audit.procedures import samples_of
from core.audit.risk import audited
from core.audit.sizing import LEVEL, Sizing, sized
from core.audit.wishes import Wish
from core.errors import UserError
from core.i18n import T, Text
from core.inventory import Inventory
from core.inventory.judging import Decision, reasoned
from core.ledger import AuditFinding, Ledger, Sample, Step, TestSheet

__all__ = [
    "ALLOCATIONS",
    "METHODS",
    "STRATA",
    "Drawn",
    "Redraw",
    "Sizing",
    "Wish",
    "drawing",
    "drawn",
    "levels_of",
    "redraw",
    "removing",
    "sample_named",
    "sized",
]

METHODS: dict[str, Text] = {
    MONETARY_UNIT: T("By tonnes (monetary unit)"),
    RANDOM: T("Random records"),
    STRATIFIED: T("Stratified"),
    ALL: T("All records"),
    JUDGEMENT: T("By judgement"),
}
"""Ways of choosing, and what they are called."""
STRATA: dict[str, Text] = {BY_SOURCE: T("Emission sources"), BY_SIZE: T("Classes of size")}
ALLOCATIONS: dict[str, Text] = {NEYMAN: T("By number and spread (Neyman)"), PROPORTIONAL: T("By number")}
BY_CHANCE = frozenset({MONETARY_UNIT, RANDOM, STRATIFIED})
LONGEST_SEED, LONGEST_NAME = 200, 200
"""Characters."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A sample, as one change."""

    why: Text
    steps: tuple[Step, ...]
    sample: Sample
    sizing: Sizing


# ---------------------------------------------------------------------- drawing


def drawing(ledger: Ledger, inventory: Inventory, year: int, wish: Wish, key: str) -> Drawn:
    """Draw a sample.

    Parameters
    ----------
    ledger, inventory
        what is known now.
    year
        of the audit.
    wish
        method, sources, size and seed.
    key
        free id for the sample.

    Raises
    ------
    UserError
        when nobody audits the year, or the wish is incomplete or cannot be drawn.
    """
    audited(ledger, year)
    frame = frame_of(inventory, wish.sources)
    _check(ledger, year, wish)
    _check_frame(frame, wish)
    sizing = sized(ledger, inventory, year, wish, frame)
    chosen = tuple(dict.fromkeys(wish.activities)) if wish.method == JUDGEMENT else _choose(frame, wish, sizing)
    sample = Sample(
        id=key,
        year=year,
        name=wish.name.strip(),
        method=wish.method,
        sources=wish.sources,
        size=sizing.size,
        seed=wish.seed.strip() if wish.method in BY_CHANCE else "",
        frame=frame.sha256,
        activities=chosen,
        level=max((wish.levels or {}).values(), default=wish.level),
        previous=wish.previous,
        settings=sizing.settings,
        reason=wish.reason.strip(),
    )
    of = len(frame.items)
    why = T("Sample “{name}” drawn: {count} of {of} records", name=sample.name, count=len(set(chosen)), of=of)
    return Drawn(why, (Step("sample", key, None, sample),), sample, sizing)


def _choose(frame: Frame, wish: Wish, sizing: Sizing) -> tuple[str, ...]:
    return drawn(
        frame,
        wish.method,
        sizing.size,
        wish.seed.strip(),
        levels=wish.levels_in(frame),
        strata=wish.strata,
        allocation=wish.allocation,
        earlier=wish.earlier,
    )


def _check(ledger: Ledger, year: int, wish: Wish) -> None:
    """What a person may have left out."""
    if wish.method not in METHODS:
        raise UserError(
            T("“{method}” is no way of choosing records.", method=wish.method), T("Choose one of the list.")
        )
    if not wish.name.strip():
        raise UserError(T("The sample has no name."), T("Give it one, such as “Electricity”."))
    if len(wish.name) > LONGEST_NAME or len(wish.seed) > LONGEST_SEED:
        raise UserError(
            T("The name or the seed is longer than {most} characters.", most=LONGEST_SEED), T("Shorten it.")
        )
    if any(one.name == wish.name.strip() for one in samples_of(ledger, year)):
        raise UserError(T("There is a sample “{name}” already.", name=wish.name.strip()), T("Give it another name."))
    if wish.method in BY_CHANCE and not wish.seed.strip():
        raise UserError(
            T("Without a seed nobody could draw this sample again."), T("Give any word or number as its seed.")
        )
    if wish.method == JUDGEMENT:
        reasoned(wish.reason)


def _check_frame(frame: Frame, wish: Wish) -> None:
    """What the records say about the wish."""
    lost = [source for source in wish.sources if source not in frame.by_source]
    if lost:
        raise UserError(T("There are no records of {sources}.", sources=lost), T("Write it as the activity data do."))
    if not frame.items:
        raise UserError(T("There are no records to draw from."), T("Enter or import activity data first."))
    if wish.method == JUDGEMENT and not wish.activities:
        raise UserError(T("No records are chosen."), T("Name the records that are to be tested."))
    strange = sorted(set(wish.activities) - frame.ids)
    if strange:
        raise UserError(
            T("These are no records of the sources and the year: {records}.", records=strange),
            T("Choose records of the list."),
        )


# ---------------------------------------------------------------------- looking and removing


def sample_named(ledger: Ledger, year: int, name: str) -> Sample:
    """A sample by its id or its name.

    Raises
    ------
    UserError
        when there is none.
    """
    found = next((one for one in samples_of(ledger, year) if name in (one.id, one.name)), None)
    if found is None:
        raise UserError(T("There is no sample “{name}” in {year}.", name=name, year=str(year)), T("List the samples."))
    return found


def levels_of(sample: Sample, sources: Iterable[str]) -> dict[str, int]:
    """The level of each of these sources in a sample by levels; empty for another one. [%]"""
    if not sample.level:
        return {}
    own = {key.removeprefix(LEVEL): int(value) for key, value in sample.settings if key.startswith(LEVEL)}
    return {source: own.get(source, sample.level) for source in sources}


def removing(ledger: Ledger, sample: Sample) -> Decision:
    """Take a sample away that nobody has worked with.

    Raises
    ------
    UserError
        when tests or findings came of it, or another sample widens it.
    """
    tests = sum(one.sample == sample.id for one in ledger.held(TestSheet))
    findings = sum(one.sample == sample.id for one in ledger.held(AuditFinding))
    if tests or findings:
        raise UserError(
            T(
                "“{name}” was worked with already: tests {tests}, findings {findings}.",
                name=sample.name,
                tests=tests,
                findings=findings,
            ),
            T("What was tested stays. Draw another sample beside it, or widen it."),
        )
    wider = next((one for one in ledger.held(Sample) if one.previous == sample.id), None)
    if wider is not None:
        raise UserError(
            T("“{name}” was widened by “{wider}”.", name=sample.name, wider=wider.name),
            T("Remove the wider one first."),
        )
    return Decision(T("Sample “{name}” removed", name=sample.name), (Step("sample", sample.id, sample, None),))


# ---------------------------------------------------------------------- drawing again

SAME, CHOSEN, CHANGED, DIFFERS = "same", "chosen", "frame_changed", "differs"


@dataclass(frozen=True, slots=True)
class Redraw:
    """What came of drawing a sample again."""

    state: str
    """``same``; ``chosen``: by a person, so that there is nothing to draw; ``frame_changed``: the records are others
    now, as after a correction, which says nothing about the drawing; ``differs``: same records, yet another sample."""
    words: Text

    @property
    def good(self) -> bool:
        """The sample is what its seed gives."""
        return self.state in (SAME, CHOSEN)


def redraw(ledger: Ledger, inventory: Inventory, sample: Sample) -> Redraw:
    """Draw a recorded sample again from the records as they are now.

    Parameters
    ----------
    ledger
        with the sample that this one widens, if it does.
    inventory
        of the year.
    sample
        as recorded.

    Notes
    -----
    Only when the frame has the recorded hash the same records must come out. Otherwise records were added, corrected or
    deleted since, which is what findings are for: that is said, and accuses nobody.
    """
    frame = frame_of(inventory, sample.sources)
    if frame.sha256 != sample.frame:
        words = T("The records it was drawn from have changed since, so it cannot be drawn again from those of today.")
        return Redraw(CHANGED, words)
    if sample.method == JUDGEMENT:
        return Redraw(CHOSEN, T("The records are those it was chosen from; a person chose, so nothing can be drawn."))
    settings = dict(sample.settings)
    before = ledger.get("sample", sample.previous)
    again = drawn(
        frame,
        sample.method,
        sample.size,
        sample.seed,
        levels=levels_of(sample, frame.by_source) or None,
        strata=settings.get("strata", BY_SOURCE),
        allocation=settings.get("allocation", NEYMAN),
        earlier=before.activities if isinstance(before, Sample) else (),
    )
    if again == sample.activities:
        return Redraw(SAME, T("Drawn again from the same records with the same seed: the same sample."))
    return Redraw(DIFFERS, T("Drawn again from the same records with the same seed it is another sample."))
