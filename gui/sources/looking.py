"""An inventory looked at from its sources: three standards sort the same lines, month by month nothing is hidden."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from core.i18n import Localised, T, verbatim
from core.inventory import Inventory
from core.inventory.compile import Excluded
from core.inventory.evidence import KEPT, NOTHING, proof_of, proven_ids
from core.inventory.views import (
    GbtLine,
    Matrix,
    MatrixRow,
    Node,
    completeness,
    exclusions,
    gbt_view,
    iso_view,
    matrix,
)
from core.inventory.views.gbt import BESIDE, DIRECT, EXPORTED
from core.inventory.views.iso import SUBCATEGORY
from core.inventory.views.matrix import FULL, NONE, OUTSIDE, PART
from core.library import EXACT
from core.methods import SCOPES, Line, all_methods
from gui.sources.rows import MEMO, Branch, Looked, Month, MonthRow, Tree

ZERO, HUNDRED = Decimal(0), Decimal(100)


def look(inventory: Inventory) -> Looked:
    """The three views, the months and what is left out; pure, and slow for many lines."""
    seen = _Seen.of(inventory)
    trees = {"ghgp": _ghgp(seen), "iso": _iso(seen), "gbt": _gbt(seen)}
    months = matrix(inventory)
    return Looked(trees, months, month_rows(inventory, months), exclusions(inventory))


# ---------------------------------------------------------------------- facts of some lines


@dataclass(frozen=True, slots=True)
class _Seen:
    inventory: Inventory
    series: Mapping[tuple[str, str, str], tuple[MatrixRow, ...]]
    proven: frozenset[str]

    @staticmethod
    def of(inventory: Inventory) -> _Seen:
        filed: dict[tuple[str, str, str], tuple[MatrixRow, ...]] = {}
        for row in matrix(inventory, SCOPES).rows:
            key = (row.source, row.method, row.item)
            filed[key] = (*filed.get(key, ()), row)
        return _Seen(inventory, filed, proven_ids(inventory.evidence))


def _strip(seen: _Seen, lines: Iterable[Line], excluded: Iterable[Excluded] = ()) -> tuple[tuple[Month, ...], int]:
    """The months of all series behind some lines, and their missing days."""
    activities = (*(line.activity for line in lines), *(e.portion.activity for e in excluded))
    keys = dict.fromkeys((a.source, a.method, a.item) for a in activities)
    rows = [row for key in keys for row in seen.series.get(key, ())]
    if not rows:
        return (), 0
    cells = zip(*(row.cells for row in rows), strict=True)
    months = tuple(Month(together([c.state for c in own]), any(c.estimated for c in own)) for own in cells)
    return months, sum(row.missing for row in rows)


def together(states: Sequence[str]) -> str:
    """The state of several series in one month: what one of them lacks is not hidden by the others.

    >>> together(["full", "hole"]), together(["hole", "hole"]), together(["none", "full"])
    ('part', 'hole', 'full')
    """
    seen = [state for state in states if state not in (NONE, OUTSIDE)]
    if not seen:
        return NONE if NONE in states else OUTSIDE
    return seen[0] if len(set(seen)) == 1 else PART


def _records(lines: Iterable[Line]) -> tuple[str, ...]:
    sums: dict[str, Decimal] = {}
    for line in lines:
        sums[line.activity.id] = EXACT.add(sums.get(line.activity.id, ZERO), abs(line.tco2e))
    return tuple(sorted(sums, key=lambda key: (-sums[key], key)))


def _percent(part: Decimal, whole: Decimal) -> Decimal:
    return EXACT.divide(EXACT.multiply(part, HUNDRED), whole) if whole else ZERO


def _made(
    seen: _Seen,
    key: str,
    level: str,
    title: Localised,
    lines: Sequence[Line],
    *,
    tonnes: Decimal,
    whole: Decimal,
    methods: tuple[str, ...],
    status: str = "calculated",
    decided: bool = False,
    reason: Localised | None = None,
    about: str = "",
    children: tuple[Branch, ...] = (),
) -> Branch:
    """A branch with all that follows from its lines."""
    months, missing = _strip(seen, lines)
    gross, kept, proven, estimated = ZERO, ZERO, ZERO, ZERO
    for line in lines:
        size, proof = abs(line.tco2e), proof_of(line.activity, seen.proven)
        gross = EXACT.add(gross, size)
        kept = EXACT.add(kept, size) if proof == KEPT else kept
        proven = EXACT.add(proven, size) if proof != NOTHING else proven
        estimated = EXACT.add(estimated, size) if line.activity.estimated else estimated
    shares = (_percent(part, gross) for part in (kept, proven, estimated))
    kept, proven, estimated = shares
    return Branch(key, level, title, status, decided, reason or verbatim(""), about, methods, tonnes,
                  _percent(tonnes, whole), months, missing, kept, proven, estimated, _records(lines), (),
                  children)  # fmt: skip


def _by_source(lines: Iterable[Line]) -> dict[str, list[Line]]:
    filed: dict[str, list[Line]] = {}
    for line in lines:
        filed.setdefault(line.activity.source, []).append(line)
    return filed


def _tonnes(lines: Iterable[Line]) -> Decimal:
    total = ZERO
    for line in lines:
        total = EXACT.add(total, line.tco2e)
    return total


def _largest_first(branches: Iterable[Branch]) -> tuple[Branch, ...]:
    return tuple(sorted(branches, key=lambda one: (-abs(one.tonnes), one.id)))


# ---------------------------------------------------------------------- methods


def methods_of(scopes: Sequence[str], categories: Sequence[int] = ()) -> tuple[str, ...]:
    """Keys of the methods whose lines can lie there, by key."""
    found = []
    for key, method in all_methods().items():
        if any(c in method.categories for c in categories) or any(s in scopes and s != "scope3" for s in method.scopes):
            found.append(key)
    return tuple(sorted(found))


def _methods_of_node(key: str) -> tuple[str, ...]:
    scope, _, rest = key.partition(":")
    if scope != "scope3":
        return methods_of((scope,))
    number = rest.partition(":")[0]
    return methods_of((), (int(number),)) if number.isdecimal() else methods_of((), range(1, 16))


# ---------------------------------------------------------------------- views


def _ghgp(seen: _Seen) -> Tree:
    totals = seen.inventory.totals
    return Tree(
        ((T("Total, location-based"), totals.location), (T("Total, market-based"), totals.market)),
        tuple(_of_node(seen, node) for node in completeness(seen.inventory)),
    )


def _of_node(seen: _Seen, node: Node) -> Branch:
    months, missing = _strip(seen, node.lines, node.excluded)
    scope, _, rest = node.key.partition(":")
    about = node.key if node.level == "category" and scope == "scope3" and rest != "0" else ""
    children = tuple(_of_node(seen, child) for child in node.children)
    return Branch(node.key, node.level, node.title, node.status, bool(node.reason), verbatim(node.reason), about,
                  _methods_of_node(node.key), node.tonnes, node.share, months, missing, node.kept, node.proven,
                  node.estimated, _records(node.lines), node.excluded, children)  # fmt: skip


def _iso(seen: _Seen) -> Tree:
    view = iso_view(seen.inventory)

    def sources(key: str, lines: Iterable[Line], methods: tuple[str, ...]) -> tuple[Branch, ...]:
        return _largest_first(
            _made(seen, f"{key}:{source}", "source", verbatim(source), own, tonnes=_tonnes(own), whole=view.total,
                  methods=methods)
            for source, own in _by_source(lines).items()
        )  # fmt: skip

    branches = []
    for one in view.categories:
        methods = _methods_of_iso(str(one.number))
        parts = []
        for part in one.parts:
            own = _methods_of_iso(part.key)
            parts.append(
                _made(seen, f"iso:{part.key}", "category", part.title, part.lines, tonnes=part.tco2e, whole=view.total,
                      methods=own, children=sources(f"iso:{part.key}", part.lines, own))
            )  # fmt: skip
        branches.append(
            _made(seen, f"iso:{one.number}", "scope", one.row.title, one.row.lines, tonnes=one.row.tco2e,
                  whole=view.total, methods=methods, status=one.significance, decided=one.decided, reason=one.reason,
                  about=f"iso:{one.number}" if one.number > 1 else "", children=tuple(parts))
        )  # fmt: skip
    for memo in view.memos:
        if memo.lines:
            branches.append(
                _made(seen, f"iso:{memo.key}", "scope", memo.title, memo.lines, tonnes=memo.tco2e, whole=ZERO,
                      methods=(), status=MEMO, children=sources(f"iso:{memo.key}", memo.lines, ()))
            )  # fmt: skip
    return Tree(
        ((T("Categories 1 to 6"), view.total), (T("with imported energy market-based"), view.total_market)),
        tuple(branches),
    )


def _methods_of_iso(key: str) -> tuple[str, ...]:
    """By the number of the category or subcategory."""
    number = key.partition(".")[0]
    if number in ("1", "2"):
        return methods_of(("scope1",) if number == "1" else ("scope2_location",))
    wanted = [n for n, place in SUBCATEGORY.items() if place == key or place.partition(".")[0] == key]
    return methods_of((), wanted)


def _gbt(seen: _Seen) -> Tree:
    view = gbt_view(seen.inventory)

    def counted(details: Iterable[GbtLine], sign: int) -> Decimal:
        total = ZERO
        for one in details:
            total = EXACT.add(total, one.counted if sign else one.line.tco2e)
        return -total if sign < 0 else total

    branches = []
    for row in view.rows:
        key, beside = row.row.key, row.row.key in BESIDE
        if not row.details and (beside or key in EXPORTED):
            continue
        methods = () if beside else methods_of(_gbt_scopes(key))
        whole = ZERO if beside else view.with_energy
        by_source: dict[str, list[GbtLine]] = {}
        for detail in row.details:
            by_source.setdefault(detail.line.activity.source, []).append(detail)
        children = _largest_first(
            _made(seen, f"gbt:{key}:{source}", "source", verbatim(source), [d.line for d in own],
                  tonnes=counted(own, row.sign), whole=whole, methods=methods)
            for source, own in by_source.items()
        )  # fmt: skip
        status = MEMO if beside else "calculated" if row.details else "gap"
        branches.append(
            _made(seen, f"gbt:{key}", "scope", row.row.title, [d.line for d in row.details],
                  tonnes=counted(row.details, row.sign), whole=whole, methods=methods, status=status,
                  children=children)
        )  # fmt: skip
    return Tree(
        (
            (T("Without purchased and exported energy"), view.without_energy),
            (T("With purchased and exported energy"), view.with_energy),
        ),
        tuple(branches),
    )


def _gbt_scopes(key: str) -> tuple[str, ...]:
    if key in DIRECT:
        return ("scope1",)
    return ("exported",) if key in EXPORTED else ("scope2_location",)


# ---------------------------------------------------------------------- months


def month_rows(inventory: Inventory, months: Matrix) -> tuple[MonthRow, ...]:
    """Every series, most tonnes first, and their sum."""
    one_of: dict[tuple[str, str, str], str] = {}
    for a in inventory.activities:
        one_of.setdefault((a.source, a.method, a.item), a.id)
    rows = [
        MonthRow(
            f"{r.source}|{r.method}|{r.item}|{r.category}|{r.unit}", r.source, r.item, r.method, r.unit,
            tuple(c.tonnes for c in r.cells), tuple(c.quantity for c in r.cells),
            tuple(Month(c.state, c.estimated) for c in r.cells), tuple(c.missing for c in r.cells),
            one_of.get((r.source, r.method, r.item), ""),
        )
        for r in months.rows
    ]  # fmt: skip
    count = len(months.months)
    whole = tuple(Month(FULL, False) for _month in months.months)
    total = MonthRow("total", "", "", "", "", months.by_month, (), whole, (0,) * count, "")
    return (*rows, total) if rows else ()
