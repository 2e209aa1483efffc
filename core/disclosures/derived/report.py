"""The report itself: who answers for it, what belongs to it, by which standards and methods."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal

from core.disclosures.derived._lines import everything, of_portions
from core.disclosures.derived._made import NOTHING, Basis, Row, found, lacking, record, table
from core.disclosures.known import Known
from core.disclosures.value import PointValue
from core.i18n import T, Text
from core.inventory.totals import LOCATION
from core.inventory.views import ghgp_view, iso_view
from core.inventory.views.ghgp import NOT_RELEVANT
from core.inventory.views.iso import SUBCATEGORY
from core.ledger import Audit, Judgement, Opinion, Person, Recalculation
from core.library import policy_named
from core.methods import all_methods, plain

CHANGED = ("structure", "outsourcing", "boundary")
"""Triggers of a recalculation that are changes of the plant."""
METHODS = ("method", "factor", "error")
"""Triggers that are changes of how is calculated."""
STANDARDS = {"ghg_protocol": "GHG Protocol", "iso_14064_1": "ISO 14064-1", "gbt_32150": "GB/T 32150"}
"""By what the criteria of a year name them."""
BOTH = "both"
"""Scope 2 is always told location- and market-based."""


def _audit(known: Known) -> Audit | None:
    return known.ledger.audit(known.year)


def _choices(known: Known) -> Basis:
    words = T("Choices of {year}", year=str(known.year))
    held = _audit(known)
    return NOTHING if held is None else record("audit", (held.id,), words, "report")


def _chosen(key: str, field: Callable[[Audit], str], missing: Text) -> Callable[[Known], PointValue]:
    """What somebody chose or wrote for the year."""

    def derive(known: Known) -> PointValue:
        held = _audit(known)
        said = "" if held is None else field(held).strip()
        return found(key, said, _choices(known)) if said else lacking(key, missing, _choices(known))

    return derive


def _approval(known: Known) -> PointValue:
    """Who signed the conclusion of the audit off, and when."""
    opinion = known.ledger.get("opinion", str(known.year))
    if not isinstance(opinion, Opinion):
        return lacking("report.approval", T("Nobody has decided an opinion about {year} yet: conclude the audit.",
                                            year=str(known.year)))  # fmt: skip
    person = known.ledger.get("person", opinion.by)
    said = [person.name, person.organisation] if isinstance(person, Person) else [opinion.by]
    words = ", ".join(one for one in (*said, opinion.day.isoformat()) if one)
    return found("report.approval", words, record("opinion", (opinion.id,), T("Opinion about the year"), "conclusion"))


# ---------------------------------------------------------------------- boundary


def _reporting(known: Known) -> PointValue:
    """Every source inside the boundary, the scope or category it belongs to, and whether that is significant."""
    if not known.inventory.lines:
        return lacking("boundary.reporting", T("Nothing is calculated yet, so no source is inside the boundary."))
    iso = iso_view(known.inventory)
    judged = {one.number: one for one in iso.categories}
    decided = {one.about: one.reason for one in known.inventory.judgements}
    rows: dict[Row, None] = {}
    for line in known.inventory.lines:
        if line.scope not in LOCATION:
            continue
        number = {"scope1": 1, "scope2_location": 2}.get(line.scope) or int(SUBCATEGORY.get(line.category, "6")[0])
        one = judged[number]
        criteria = decided.get(f"iso:{number}") or _measure(one.share, iso.threshold, number)
        part = line.scope if line.category == 0 else f"scope3:{line.category}"
        rows[line.activity.source, part, _yes(one.significance == "significant"), criteria] = None
    return table("boundary.reporting", sorted(rows), everything(known) + _judgements(known))


def _measure(share: Decimal, threshold: Decimal, number: int) -> str:
    """Share of the total against the threshold; direct emissions are always reported."""
    return "" if number == 1 else f"{plain(round(share, 2))} % / {plain(threshold)} %"


def _yes(said: bool) -> str:
    return "yes" if said else "no"


def _judgements(known: Known) -> Basis:
    held: tuple[Judgement, ...] = tuple(
        one for one in known.inventory.judgements if one.about.startswith(("scope3:", "iso:"))
    )
    if not held:
        return NOTHING
    words = T("Decisions on relevance: {count}", count=len(held))
    return record("judgement", (one.id for one in held), words, "sources")


def _exclusions(known: Known) -> PointValue:
    """Records that no factor covers, whose tonnes nobody knows, and categories declared not relevant.

    That there are none is an answer too.
    """
    left_out = known.inventory.excluded
    rows: dict[Row, None] = {(one.portion.activity.source, one.finding.rule, ""): None for one in left_out}
    basis = of_portions(known, (one.portion for one in left_out), T("what no factor covers"))
    for one in ghgp_view(known.inventory).categories:
        if one.status == NOT_RELEVANT:
            rows[f"scope3:{one.number}", one.reason, ""] = None
            basis = basis + _judgements(known)
    return table("boundary.exclusions", rows, basis, "tCO2e")


def _changes(key: str, triggers: tuple[str, ...], nothing: Text) -> Callable[[Known], PointValue]:
    """What is recorded about the period among what may change the base year."""

    def derive(known: Known) -> PointValue:
        period = known.inventory.choices.period
        held = sorted(
            (one for one in known.ledger.held(Recalculation)
             if one.trigger in triggers and period.start <= one.day <= period.end),
            key=lambda one: (one.day, one.id),
        )  # fmt: skip
        if not held:
            return lacking(key, nothing)
        said = "; ".join(f"{one.day.isoformat()}: {one.description.strip()}" for one in held)
        words = T("What may change the base year: {count}", count=len(held))
        proofs = (proof for one in held for proof in one.evidence)
        return found(key, said, record("recalculation", (one.id for one in held), words, "targets", proofs))

    return derive


# ---------------------------------------------------------------------- method


def _standard(known: Known) -> PointValue:
    """What the criteria of the year name; without them the standard of the policy that chooses factors."""
    held = _audit(known)
    criteria = policy_named(known.inventory.choices.policy).name.en if held is None else held.criteria
    named = [key for key, word in STANDARDS.items() if word in criteria]
    value = "several" if len(named) > 1 else named[0] if named else "other"
    return found("method.standard", value, _choices(known))


def _gwp(known: Known) -> PointValue:
    return found("method.gwp", known.inventory.choices.gwp_set.lower(), _choices(known))


def _scope2(known: Known) -> PointValue:
    return found("method.s2", BOTH, _choices(known))


def _factors(known: Known) -> PointValue:
    """Every factor that a line uses, once."""
    rows: dict[Row, None] = {}
    for line in known.inventory.lines:
        one = line.factor
        source = ", ".join(part for part in (one.publisher, one.edition) if part)
        rows[line.activity.item, plain(one.value), one.unit, str(one.year), source] = None
    if not rows:
        return lacking("method.factors", T("Nothing is calculated yet, so no factor is used."))
    return table("method.factors", sorted(rows), everything(known))


def _approach(known: Known) -> PointValue:
    """By which method each source is calculated, and where the method is from."""
    methods = all_methods()
    rows: dict[Row, None] = {}
    for line in known.inventory.lines:
        said = line.activity
        rows[said.source, said.method, methods[said.method].source if said.method in methods else ""] = None
    if not rows:
        return lacking("method.approach", T("Nothing is calculated yet, so no method is used."))
    plan = [one.id for one in known.inventory.plan]
    basis = everything(known)
    if plan:
        basis = basis + record("plan_item", plan, T("Lines of the management plan: {count}", count=len(plan)), "plan")
    return table("method.approach", sorted(rows), basis)


def _uncertainty(known: Known) -> PointValue:
    """Half of the 95 % interval of each scope and total, by error propagation; only where an input is quantified."""
    from core.inventory.uncertainty.result import uncertainty_of

    if not known.inventory.lines:
        return lacking("method.uncertainty", T("Nothing is calculated yet, so nothing can be said of its uncertainty."))
    rows = []
    for key, view in uncertainty_of(known.inventory, draws=0).formula.items():
        one = view.estimate
        if one.percent is not None and one.coverage.neither < one.coverage.total:
            half = plain(round(one.percent, 6))
            rows.append((key, plain(one.tonnes), half, half))
    if not rows:
        return lacking("method.uncertainty", T("Nobody has said how accurate meters and factors are: enter the "
                                               "uncertainty of activity data."), everything(known))  # fmt: skip
    return table("method.uncertainty", rows, everything(known), "%")


DERIVED: Mapping[str, Callable[[Known], PointValue]] = {
    "report.responsible": _chosen(
        "report.responsible", lambda one: one.preparer, T("Enter who prepared the report on the page “Report”.")
    ),
    "report.approval": _approval,
    "boundary.approach": _chosen(
        "boundary.approach", lambda one: one.approach, T("Choose period and approach of the year on the page “Report”.")
    ),
    "boundary.org": _chosen(
        "boundary.org", lambda one: one.boundary, T("Describe what belongs to the site on the page “Report”.")
    ),
    "boundary.reporting": _reporting,
    "boundary.exclusions": _exclusions,
    "boundary.structural": _changes(
        "boundary.structural", CHANGED,
        T("No structural change is recorded on the page “Targets”: answer whether there was one."),
    ),
    "method.standard": _standard,
    "method.gwp": _gwp,
    "method.s2": _scope2,
    "method.factors": _factors,
    "method.approach": _approach,
    "method.changes": _changes(
        "method.changes", METHODS,
        T("No change of method is recorded on the page “Targets”: answer whether there was one."),
    ),
    "method.uncertainty": _uncertainty,
}  # fmt: skip
ALSO_ASKED = ("boundary.structural", "method.changes")
