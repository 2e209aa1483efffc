"""What is compared with what: the question a person asks, and the answer as values, without any widget."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from core.i18n import Localised, T, Text, verbatim
from core.inventory import Inventory, compile_inventory
from core.inventory.closing import Candidate, Closed
from core.inventory.side_by_side import Row, rows_of
from core.inventory.views import LOCATION, MARKET, Years, by_source
from core.inventory.waterfall import CAUSES, TITLES, Waterfall, difference
from core.library import EXACT, policy_named
from core.methods import SCOPES as SCOPE_KEYS
from core.methods import Line
from gui.chart_data import BarData, Series
from gui.language import _, say
from gui.session import Session
from gui.theme import tokens
from gui.wording import SCOPES, TONNES, minus

MODES: dict[str, Text] = {
    "years": T("Two years"),
    "policies": T("Two choices of factors"),
    "gwp": T("Two sets of warming potentials"),
    "closed": T("As closed, and as it would be now"),
}
VIEWS: dict[str, tuple[Text, tuple[str, ...]]] = {
    "location": (T("Total, location-based"), LOCATION),
    "market": (T("Total, market-based"), MARKET),
    **{key: (SCOPES[key], (key,)) for key in ("scope1", "scope2_location", "scope2_market", "scope3")},
}
"""Title and scopes of what the figures are about."""
PLACES = 3
"""Decimals of exact tonnes: kilograms."""
ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Question:
    """What a person wants to see."""

    mode: str
    """A key of ``MODES``."""
    left: str = ""
    """Year, policy or GWP set before; empty for ``closed``."""
    right: str = ""

    def titles(self) -> tuple[str, str]:
        """The two sides in words."""
        if self.mode == "closed":
            return _("As closed"), _("As it would be now")
        if self.mode == "policies":
            return tuple(say(policy_named(key).name) for key in (self.left, self.right))  # type: ignore[return-value]
        return self.left, self.right


@dataclass(frozen=True, slots=True)
class CauseRow:
    """One source or scope: before, what each cause adds, after."""

    id: str
    title: Localised
    before: Decimal
    causes: dict[str, Decimal]
    after: Decimal
    record: str = ""
    """A record to go to: the one that matters most."""

    @property
    def change(self) -> Decimal:
        """After without before. [t CO2e]"""
        return EXACT.subtract(self.after, self.before)


@dataclass(frozen=True, slots=True)
class Seen:
    """The difference in some scopes: the whole, and each source of either side, the largest change first."""

    whole: CauseRow
    sources: tuple[CauseRow, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two inventories and what makes the difference, sorted for every view."""

    question: Question
    before: Inventory
    after: Inventory
    waterfall: Waterfall
    views: dict[str, Seen]
    """By the keys of ``VIEWS``."""
    scopes: tuple[CauseRow, ...]
    """Each scope, then the totals."""
    rows: tuple[Row, ...]
    """Line by line; empty for two years, whose records are others."""
    differing: tuple[Row, ...]
    """Those of them that differ."""


def work_of(question: Question, session: Session) -> Callable[[], Comparison]:
    """What answers a question on another thread; the plant file is only read now."""
    before, after = _sides(question, session)

    def work() -> Comparison:
        old, new = before(), after()
        return compared(question, old, new, difference(old, new))

    return work


def compared(question: Question, old: Inventory, new: Inventory, fall: Waterfall) -> Comparison:
    """Sort a difference for every view; for ten thousand lines that takes longer than a person waits at ease."""
    views = {
        key: Seen(_whole(key, fall), tuple(_source_rows(old, new, fall, scopes)))
        for key, (_title, scopes) in VIEWS.items()
    }
    rows = () if question.mode == "years" else rows_of((old, new))
    differing = tuple(row for row in rows if row.differs)
    return Comparison(question, old, new, fall, views, tuple(_scope_rows(fall)), rows, differing)


def _whole(key: str, fall: Waterfall) -> CauseRow:
    title, scopes = VIEWS[key]
    return CauseRow(key, title, fall.start(scopes), fall.causes(scopes), fall.end(scopes))


def _sides(question: Question, session: Session) -> tuple[Callable[[], Inventory], Callable[[], Inventory]]:
    if question.mode == "years":
        return session.to_inventory_of(int(question.left)), session.to_inventory_of(int(question.right))
    if question.mode == "closed":
        shown, now = session.inventory, session.to_candidate()
        return lambda: shown, lambda: found.inventory if (found := now()) else shown
    return _under(question, question.left, session), _under(question, question.right, session)


def _under(question: Question, key: str, session: Session) -> Callable[[], Inventory]:
    ledger, library, choices = session.ledger, session.library, session.choices
    other = replace(choices, policy=key) if question.mode == "policies" else replace(choices, gwp_set=key)
    return lambda: compile_inventory(ledger, other, library)


# ---------------------------------------------------------------------- what is shown of it


def _source_rows(old: Inventory, new: Inventory, fall: Waterfall, scopes: tuple[str, ...]) -> list[CauseRow]:
    before, after = (by_source(one.lines, scopes) for one in (old, new))
    causes = fall.by_source(scopes)
    nothing = dict.fromkeys(CAUSES, ZERO)
    records = _largest(old.lines, scopes) | _largest(new.lines, scopes)
    rows = [
        CauseRow(source, verbatim(source), before.get(source, ZERO), causes.get(source, nothing),
                 after.get(source, ZERO), records.get(source, ""))
        for source in dict.fromkeys((*before, *after))
    ]  # fmt: skip
    return sorted(rows, key=lambda row: (-abs(row.change), row.id))


def _largest(lines: Sequence[Line], scopes: tuple[str, ...]) -> dict[str, str]:
    """The record with most tonnes of each source."""
    best: dict[str, Line] = {}
    for line in lines:
        kept = best.get(line.activity.source)
        if line.scope in scopes and (kept is None or abs(line.tco2e) > abs(kept.tco2e)):
            best[line.activity.source] = line
    return {source: line.activity.id for source, line in best.items()}


def _scope_rows(fall: Waterfall) -> list[CauseRow]:
    """Memos only where there are any."""
    causes = fall.by_scope()
    rows = [
        CauseRow(key, SCOPES[key], fall.before[key], causes[key], fall.after[key])
        for key in SCOPE_KEYS
        if not _memo(key) or fall.before[key] or fall.after[key]
    ]
    return [*rows, _whole("location", fall), _whole("market", fall)]


def _memo(scope: str) -> bool:
    return scope not in LOCATION and scope not in MARKET


def signed(value: Decimal, places: int = PLACES) -> str:
    """With its sign, also when it is more: ``+12.500``."""
    text = f"{value:,.{places}f}"
    if not value:
        return "0"
    return f"+{text}" if value > 0 else minus(text)


def chart_of(found: Comparison, view: str) -> BarData:
    """The waterfall as bars: total, what each cause adds or takes, total."""
    whole = found.views[view].whole
    causes = {say(TITLES[key]): value for key, value in whole.causes.items()}
    return fall_of(whole.title, found.question.titles(), whole.before, causes, whole.after)


def fall_of(
    title: Localised, ends: tuple[str, str], start: Decimal, steps: Mapping[str, Decimal], end: Decimal
) -> BarData:
    """A waterfall as bars: what it begins with, what each step that is not zero adds or takes, what it ends with."""
    causes = {key: value for key, value in steps.items() if value}
    before, after = ends
    at, bases, levels = start, [ZERO], [start]
    for value in causes.values():
        bases.append(at)
        at = EXACT.add(at, value)
        levels.append(at)
    changes = list(causes.values())
    none = (ZERO,) * (len(changes) + 2)
    floor = _floor([*levels, end])
    return BarData(
        _("What makes the difference: {what}", what=title),
        (before, *causes, after),
        (
            Series(_("Total"), (start, *none[1:-1], end), tokens().edge),
            Series(_("Increase"), (ZERO, *(max(v, ZERO) for v in changes), ZERO), tokens().series[1]),
            Series(_("Decrease"), (ZERO, *(min(v, ZERO) for v in changes), ZERO), tokens().series[0]),
        ),
        TONNES,
        _("Emissions; the axis begins at {number}", number=f"{floor:,f}") if floor else _("Emissions"),
        lying=True,
        places=PLACES,
        bases=(*bases, ZERO),
        labels=(f"{start:,.1f}", *(signed(v, 1) for v in changes), f"{end:,.1f}"),
        floor=floor,
    )


def _floor(levels: Sequence[Decimal]) -> Decimal:
    """Zero, unless all levels lie so close together that nobody would see the steps from there: a round number."""
    low, high = min(levels), max(levels)
    span = high - low
    if low <= 0 or not span or span > high / 5:
        return ZERO
    step = Decimal(10) ** span.adjusted()
    return max(ZERO, (low - span) // step * step)


def waiting_records(closed: Closed, found: Candidate) -> int:
    """How many records wait for a restatement: entered, removed or changed since, or with other tonnes now."""
    then, now = ({a.id: a for a in one.activities} for one in (closed.inventory, found.inventory))
    changed = {key for key in {**then, **now} if then.get(key) != now.get(key)}
    return len(changed | {part.record for part in found.waterfall.parts})


def with_base(found: Years, base_year: str) -> Years:
    """The same, compared with the base year of the year shown."""
    return replace(found, base_year=int(base_year) if base_year.isdecimal() else None)
