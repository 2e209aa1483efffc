"""Is everything in? Scope, category and source with tonnes, months, proof and what is left out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from core.i18n import Localised, T, Text, verbatim
from core.inventory.compile import Excluded, Inventory
from core.inventory.evidence import KEPT, NOTHING, PROOFS, proof_of, proven_ids
from core.inventory.totals import ZERO
from core.inventory.views.ghgp import CALCULATED, GAP, NOT_RELEVANT, GhgpView, ghgp_view
from core.inventory.views.matrix import MatrixRow, matrix
from core.inventory.views.rows import gathered, nature, percent
from core.inventory.views.titles import CATEGORY_TITLES, NATURE_TITLES, WITHOUT_CATEGORY
from core.library import EXACT
from core.methods import CATEGORIES, SCOPE_TITLES, Line, all_methods, exact_sum

REPORTED = ("scope1", "scope2_location", "scope2_market", "scope3")
UNASSIGNED = "unassigned"


@dataclass(frozen=True, slots=True)
class Node:
    """A scope, a category or a source."""

    level: str
    """``scope``, ``category`` or ``source``."""
    key: str
    """``scope3``, ``scope3:4``, ``scope3:4:Forwarder``; unique in the tree."""
    title: Localised
    status: str
    """``calculated``, ``not_relevant`` (declared) or ``gap`` (nothing recorded)."""
    reason: str
    """Why it was declared (not) relevant."""
    tonnes: Decimal
    """[t CO2e]"""
    share: Decimal
    """Of the total it belongs to: market-based for scope 2 market-based, else location-based. [%]"""
    lines: tuple[Line, ...]
    months_covered: int
    """Of the least complete of its series."""
    months_expected: int
    missing_days: int
    """Days without a record, over all its series. [d]"""
    kept: Decimal
    """Share of its tonnes with a kept file. [%]"""
    proven: Decimal
    """Share of its tonnes with a kept file or a bill number. [%]"""
    estimated: Decimal
    """Share of its tonnes that are estimates. [%]"""
    excluded: tuple[Excluded, ...]
    """Its records that no factor covers."""
    children: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class Exclusion:
    """Something that is not in the totals, with the reason."""

    kind: str
    """``record`` (no factor), ``category`` (declared not relevant) or ``gap`` (nothing recorded nor declared)."""
    subject: str
    """Id of the record, or ``scope3:9``."""
    title: Localised
    """Source, or name of the category."""
    quantity: Decimal | None
    unit: str
    reason: Text


def completeness(inventory: Inventory) -> tuple[Node, ...]:
    """The tree scope - category - source; all fifteen categories of scope 3 are in it.

    Parameters
    ----------
    inventory
        its lines, excluded records, judgements and proofs.

    Returns
    -------
    tuple of Node
        one for each scope with children; where there are any, a last one for excluded records of unknown methods and of
        memos.
    """
    tonnes = {line.id: line.tco2e for line in inventory.lines}
    rows = matrix(inventory, REPORTED).rows
    seen = _Seen(inventory, rows, proven_ids(inventory.evidence), ghgp_view(inventory), tonnes)
    scopes = [_scope(seen, scope) for scope in REPORTED]
    lost = tuple(e for e in inventory.excluded if not _place(e))
    if lost:
        scopes.append(_node(seen, "scope", UNASSIGNED, T("Not assigned"), (), lost, ()))
    return tuple(scopes)


def exclusions(inventory: Inventory) -> tuple[Exclusion, ...]:
    """What is not in the totals: records without factor, categories declared not relevant, categories nobody mentioned.

    Parameters
    ----------
    inventory
        its excluded records and judgements.

    Returns
    -------
    tuple of Exclusion
        in this order.
    """
    records = [
        Exclusion("record", e.portion.activity.id, verbatim(e.portion.activity.source), e.portion.quantity,
                  e.portion.activity.unit, e.finding.message)
        for e in inventory.excluded
    ]  # fmt: skip
    categories = ghgp_view(inventory).categories
    declared = [
        Exclusion("category", c.row.key, c.row.title, None, "", verbatim(c.reason))
        for c in categories
        if c.status == NOT_RELEVANT
    ]
    silent = [
        Exclusion("gap", c.row.key, c.row.title, None, "", T("Nothing is recorded, and nobody declared it irrelevant."))
        for c in categories
        if c.status == GAP and not c.excluded
    ]
    return (*records, *declared, *silent)


@dataclass(frozen=True, slots=True)
class _Seen:
    inventory: Inventory
    series: tuple[MatrixRow, ...]
    proven: frozenset[str]
    ghgp: GhgpView
    tonnes: Mapping[str, Decimal]
    """Of each line, by id."""


def _scope(seen: _Seen, scope: str) -> Node:
    lines = tuple(line for line in seen.inventory.lines if line.scope == scope)
    excluded = tuple(e for e in seen.inventory.excluded if _place(e).partition(":")[0] == scope)
    own = gathered((_category_key(seen.inventory, line), line) for line in lines)
    left = _by_place(excluded)
    keys = [c.row.key for c in seen.ghgp.categories] if scope == "scope3" else sorted({*own, *left}, key=_natural)
    children = tuple(_category(seen, key, own.get(key, ()), left.get(key, ())) for key in keys)
    return _node(seen, "scope", scope, SCOPE_TITLES[scope], lines, excluded, children)


def _by_place(excluded: Iterable[Excluded]) -> dict[str, list[Excluded]]:
    found: dict[str, list[Excluded]] = {}
    for one in excluded:
        found.setdefault(_place(one), []).append(one)
    return found


def _natural(key: str) -> tuple[int, str]:
    order = list(NATURE_TITLES)
    name = key.partition(":")[2]
    return (order.index(name) if name in order else len(order), key)


def _category_key(inventory: Inventory, line: Line) -> str:
    if line.scope == "scope3":
        return f"scope3:{line.category if line.category in CATEGORIES else 0}"
    return f"{line.scope}:{nature(inventory, line)}"


def _place(excluded: Excluded) -> str:
    """Scope and category that an excluded record would have belonged to; empty for an unknown method."""
    activity = excluded.portion.activity
    method = all_methods().get(activity.method)
    scope = "" if method is None else next((s for s in method.scopes if s in REPORTED), "")
    if method is None or not scope:
        return ""
    if scope == "scope3":
        return f"scope3:{activity.category or next(iter(method.categories), 0)}"
    return f"{scope}:{UNASSIGNED}"


def _category(seen: _Seen, key: str, lines: Sequence[Line], excluded: Sequence[Excluded]) -> Node:
    own = gathered((line.activity.source, line) for line in lines)
    left: dict[str, list[Excluded]] = {}
    for one in excluded:
        left.setdefault(one.portion.activity.source, []).append(one)
    children = [
        _node(seen, "source", f"{key}:{source}", verbatim(source), own.get(source, ()), left.get(source, ()), ())
        for source in sorted({*own, *left})
    ]
    largest_first = tuple(sorted(children, key=lambda n: (-n.tonnes, n.key)))
    return _node(seen, "category", key, _title(key), lines, excluded, largest_first)


def _title(key: str) -> Localised:
    scope, _, name = key.partition(":")
    if scope == "scope3":
        return CATEGORY_TITLES.get(int(name), WITHOUT_CATEGORY)
    return NATURE_TITLES.get(name, T("Not assigned"))


def _node(
    seen: _Seen,
    level: str,
    key: str,
    title: Localised,
    lines: Sequence[Line],
    excluded: Sequence[Excluded],
    children: tuple[Node, ...],
) -> Node:
    totals = seen.inventory.totals
    tonnes = exact_sum(seen.tonnes[line.id] for line in lines)
    whole = totals.market if key.startswith("scope2_market") else totals.location
    series = _series(seen, lines, excluded)
    weights = dict.fromkeys((*PROOFS, "estimated"), ZERO)
    for line in lines:
        weight = abs(seen.tonnes[line.id])
        for kind in (proof_of(line.activity, seen.proven), *(("estimated",) if line.activity.estimated else ())):
            weights[kind] = EXACT.add(weights[kind], weight)
    gross = exact_sum(weights[proof] for proof in PROOFS)
    status, reason = _status(seen, key, lines)
    return Node(
        level=level,
        key=key,
        title=title,
        status=status,
        reason=reason,
        tonnes=tonnes,
        share=percent(tonnes, whole),
        lines=tuple(lines),
        months_covered=min((r.months_covered for r in series), default=0),
        months_expected=len(series[0].cells) if series else 0,
        missing_days=sum(r.missing for r in series),
        kept=percent(weights[KEPT], gross),
        proven=percent(EXACT.subtract(gross, weights[NOTHING]), gross),
        estimated=percent(weights["estimated"], gross),
        excluded=tuple(excluded),
        children=children,
    )


def _status(seen: _Seen, key: str, lines: Sequence[Line]) -> tuple[str, str]:
    found = next((c for c in seen.ghgp.categories if c.row.key == key), None)
    if found is not None:
        return found.status, found.reason
    return (CALCULATED if lines else GAP), ""


def _series(seen: _Seen, lines: Sequence[Line], excluded: Sequence[Excluded]) -> tuple[MatrixRow, ...]:
    """Series with holes that matter: those topped up when needed say nothing about months."""
    used = {(x.activity.source, x.activity.method, x.activity.item) for x in lines}
    used |= {(a.source, a.method, a.item) for a in (e.portion.activity for e in excluded)}
    return tuple(r for r in seen.series if (r.source, r.method, r.item) in used and not r.occasional)
