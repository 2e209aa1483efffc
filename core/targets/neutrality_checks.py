"""What forbids carbon neutrality by ISO 14068-1: each check one function, for the state that it forbids."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal

from core.i18n import T, Text
from core.inventory import Inventory
from core.ledger import AuditFinding, Commitment, Ledger, Target
from core.library import EXACT
from core.library.rulebook import Ruling
from core.methods import Finding
from core.targets.case import day_of
from core.targets.credits import CreditLedger
from core.targets.gap import gap
from core.targets.parts import PARTS, SCOPE_1, SCOPE_2, SCOPE_3, counted, is_category, part_title
from core.targets.pathway import HUNDRED, chained
from core.targets.series import Series

ZERO, TENTH = Decimal(0), Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Case:
    commitment: Commitment
    ledger: Ledger
    series: Series
    year: int
    credits: CreditLedger
    findings: tuple[Finding, ...]
    inventory: Inventory | None
    targets: tuple[Target, ...]
    """Of the plant that cover some of the boundary, absolute and not withdrawn."""
    base_year: int | None
    least: Ruling | None

    @property
    def parts(self) -> tuple[str, ...]:
        return counted(self.commitment.parts)

    def tonnes(self, year: int | None, parts: Iterable[str] | None = None) -> Decimal | None:
        return None if year is None else self.series.tonnes(self.parts if parts is None else parts, year)

    @property
    def reduced(self) -> bool | None:
        """Whether the year lies below the base year by more than the least reduction; None: not known."""
        return below(self.tonnes(self.base_year), self.tonnes(self.year), self.least)


Said = tuple[str, Text, Text]
"""Key of a rule in ``resources/rules/iso_14068.toml``, message, remedy."""


def below(before: Decimal | None, after: Decimal | None, least: Ruling | None) -> bool | None:
    """Whether something fell by more than the least reduction; None: not known."""
    if before is None or after is None:
        return None
    asked = ZERO if least is None else least.number
    allowed = EXACT.divide(EXACT.multiply(before, EXACT.subtract(Decimal(HUNDRED), asked)), Decimal(HUNDRED))
    return after < allowed


# ---------------------------------------------------------------------- committed


def _committing(case: Case) -> Iterator[Said]:
    one = case.commitment
    if day_of(one.declared) is None:
        yield "undeclared", T("It is not said when the commitment was made."), T("Enter the day of the decision.")
    if not any(case.ledger.get("evidence", key) is not None for key in one.plan):
        yield (
            "no_plan",
            T("There is no carbon neutrality management plan."),
            T("Keep the plan as evidence: boundary, base year, reductions by year, what remains, credits."),
        )
    if case.base_year is None or case.tonnes(case.base_year) is None:
        yield (
            "no_base",
            T("Of the base year the emissions inside the boundary are not known."),
            T("Choose a base year and close it, or enter its emissions with their source."),
        )


def _bounding(case: Case) -> Iterator[Said]:
    parts = set(case.commitment.parts)
    lacking = []
    if SCOPE_1 not in parts:
        lacking.append(T("Scope 1"))
    if not parts & set(SCOPE_2.values()):
        lacking.append(T("Scope 2"))
    if lacking:
        yield (
            "boundary",
            T("The boundary leaves out: {scopes}", scopes=lacking),
            T("Take scopes 1 and 2 in; other emissions belong in it where they are significant."),
        )
    if set(SCOPE_2.values()) <= parts or parts - set(PARTS):
        yield (
            "boundary_unclear",
            T("The boundary names scope 2 twice, or parts that there are not."),
            T("Choose one view of scope 2, and state the other beside it."),
        )


# ---------------------------------------------------------------------- on path


def _reducing(case: Case) -> Iterator[Said]:
    if case.tonnes(case.year) is None:
        yield (
            "year_unknown",
            T("Of {year} the emissions inside the boundary are not known.", year=case.year),
            T("Enter the activity data of the year."),
        )
    elif case.reduced is None:
        return  # the base year is not known, which is said already
    elif not case.reduced:
        yield (
            "no_reduction",
            T(
                "Emissions of {year} are not more than {percent} % below those of {base}; reductions come first.",
                year=case.year,
                base=case.base_year or 0,
                percent=ZERO if case.least is None else case.least.number,
            ),
            T("Reduce inside the boundary first; see the action plan."),
        )
        if case.credits.counting(case.year) > 0:
            yield (
                "credits_alone",
                T("Credits are all that speaks for neutrality; they alone never make the claim."),
                T("Reduce inside the boundary first; see the action plan."),
            )
    elif SCOPE_2["market"] in case.parts and not _without_certificates(case):
        yield (
            "certificates_alone",
            T("Only the market-based figure fell: certificates alone never make the claim."),
            T("Reduce consumption or direct emissions, so that the location-based figure falls too."),
        )


def _without_certificates(case: Case) -> bool:
    """Whether the boundary fell with scope 2 location-based too; where that is not known, nothing shows that it did."""
    parts = [SCOPE_2["location"] if part == SCOPE_2["market"] else part for part in case.parts]
    return bool(below(case.tonnes(case.base_year, parts), case.tonnes(case.year, parts), case.least))


def _targeting(case: Case) -> Iterator[Said]:
    promised = {part for one in case.targets for part in one.parts}
    if promised & set(SCOPE_2.values()):
        promised |= set(SCOPE_2.values())
    lacking = [part for part in case.parts if not _promised(part, promised) and case.tonnes(case.year, (part,)) != 0]
    if lacking:
        yield (
            "no_target",
            T("No target says by how much these fall: {parts}", parts=[part_title(part) for part in lacking]),
            T("Set targets over the whole boundary, year by year in the plan."),
        )


def _promised(part: str, promised: set[str]) -> bool:
    return part in promised or (is_category(part) and SCOPE_3 in promised)


def _on_pathway(case: Case) -> Iterator[Said]:
    groups: dict[tuple[tuple[str, ...], int], list[Target]] = {}
    for one in case.targets:
        if one.year > one.base_year and 0 < one.reduction <= HUNDRED:
            groups.setdefault((counted(one.parts), one.base_year), []).append(one)
    for (parts, base_year), held in groups.items():
        base, now = case.tonnes(base_year, parts), case.tonnes(case.year, parts)
        found = None if base is None else gap(chained(held, base), now, case.year)
        if found is not None and not found.on_track:
            yield (
                "behind",
                T("{year} lies above the pathway of “{target}”.", year=case.year, target=held[0].name),
                T("Catch up with the pathway; see what the target requires from now on."),
            )


# ---------------------------------------------------------------------- claimed


def _inventoried(case: Case) -> Iterator[Said]:
    if case.year < case.commitment.year:
        yield (
            "too_early",
            T(
                "Neutrality is promised from {first}; {year} lies before it.",
                first=case.commitment.year,
                year=case.year,
            ),
            T("Claim it for {first} at the earliest, or change the commitment.", first=case.commitment.year),
        )
    if case.ledger.closing(case.year) is None:
        yield (
            "year_open",
            T("The inventory of {year} is not closed.", year=case.year),
            T("Close the year; a claim rests on numbers that no longer change."),
        )
    errors = sum(one.severity == "error" for one in case.findings)
    raised = sum(one.year == case.year and one.status in ("open", "answered") for one in case.ledger.held(AuditFinding))
    if errors or raised:
        yield (
            "findings_open",
            T("Findings about the inventory of {year} are open: {count}", year=case.year, count=errors + raised),
            T("Correct what they name, and close them."),
        )
    if case.inventory is not None and case.inventory.excluded:
        yield (
            "incomplete",
            T(
                "{count} records of {year} have no factor: the footprint is incomplete.",
                count=len(case.inventory.excluded),
                year=case.year,
            ),
            T("Find a factor for them, or enter one with its source."),
        )


def _saying(case: Case) -> Iterator[Said]:
    lowered = case.commitment.text.casefold()
    if any(word in lowered for word in ("net zero", "net-zero", "净零")):
        yield (
            "net_zero_said",
            T("Carbon neutral is not net zero: what remains was compensated, not removed."),
            T("Say “carbon neutral” with subject, period and standard."),
        )


def _compensating(case: Case) -> Iterator[Said]:
    footprint = case.tonnes(case.year)
    left = None if footprint is None else EXACT.subtract(footprint, case.credits.counting(case.year))
    if footprint is not None and left is not None and left > 0:
        yield (
            "not_compensated",
            T(
                "Of {total} t CO₂e, {left} t are not compensated by retired credits of sufficient quality.",
                total=footprint.quantize(TENTH, ROUND_HALF_EVEN),
                left=max(left.quantize(TENTH, ROUND_HALF_EVEN), TENTH),  # what is there is never said to be nothing
            ),
            T("Reduce them, or retire credits for this plant and {year}.", year=case.year),
        )
    if any(not entry.counts for entry in case.credits.of(case.year)):
        yield (
            "credit_stopped",
            T("Credits that may not be used are assigned to {year}.", year=case.year),
            T("Take them off that year, or put right what stops them."),
        )


CHECKS: tuple[Callable[[Case], Iterator[Said]], ...] = (
    _committing, _bounding, _reducing, _targeting, _on_pathway, _inventoried, _saying, _compensating,
)  # fmt: skip
"""Each yields what is missing, with the key of the rule that it breaks."""
