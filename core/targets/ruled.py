"""What a rule set asks of a target, and the target lacks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from core.i18n import T
from core.instruments import Judged
from core.library import EXACT
from core.targets.case import INFO, LONG_KINDS, OUTSIDE, STOP, WARNING, Case, Rule, coverage_now, day_of
from core.targets.coverage import CoverageCheck
from core.targets.parts import SCOPE_1, SCOPE_2, SCOPE_3, is_category, part_title
from core.targets.pathway import HUNDRED, decimal_of, minimum_reduction, residual
from core.targets.rulesets import KEYS, SCOPE_12


def _ruleset(case: Case) -> Iterator[Judged]:
    ruleset, target = case.ruleset, case.target
    if ruleset is None:
        yield case.said(
            "ruleset",
            STOP,
            T("There is no rule set “{key}”.", key=target.ruleset[:60]),
            T("Choose one of: {known}.", known=list(KEYS)),
        )
        return
    if ruleset.entered:
        yield case.said(
            "entered",
            INFO,
            T("Numbers of {ruleset} are entered by hand; no check here says that it is kept.", ruleset=ruleset.title),
            T("Read the standard, and leave the judgement to those who validate."),
        )
    if ruleset.key != "own" and ruleset.unknown:
        yield case.said(
            "not_checked",
            INFO,
            T(
                "Not known of {ruleset} and not checked: {rules}",
                ruleset=ruleset.title,
                rules=[one.title for one in ruleset.unknown],
            ),
            T("Enter the numbers with their clause among the rules."),
        )


def _valid(case: Case) -> Iterator[Judged]:
    if case.ruleset is None or case.target.status == "withdrawn":
        return
    declared = day_of(case.target.declared)
    first, last = day_of(case.ruleset.day("valid_from")), day_of(case.ruleset.day("valid_to"))
    if declared is not None and ((first is not None and declared < first) or (last is not None and declared > last)):
        if case.target.status in OUTSIDE:
            yield case.said(
                "not_in_force",
                STOP,
                T("On {day} no targets were submitted under {ruleset}.", day=declared, ruleset=case.ruleset.title),
                T("Correct the day, or choose the rule set that held on it."),
            )
    elif last is not None and case.year > last.year and case.target.status not in OUTSIDE:
        yield case.said(
            "expired",
            WARNING,
            T("Since {day} no targets are submitted under {ruleset}.", day=last, ruleset=case.ruleset.title),
            T("Hold the target against the version that follows."),
        )


def _range(case: Case) -> Iterator[Judged]:
    target, span = case.target, case.target.year - case.submitted
    least, most = case.ruling("near_term_least"), case.ruling("near_term_most")
    if (
        target.kind == "near_term"
        and least is not None
        and most is not None
        and not least.number <= span <= most.number
    ):
        yield case.said(
            "range",
            STOP,
            T(
                "A near-term target lies {least} to {most} years after its submission ({year}), not {span}.",
                least=least.number,
                most=most.number,
                year=case.submitted,
                span=span,
            ),
            T("Choose a year in this range."),
        )
    latest = case.ruling("long_term_latest")
    if target.kind in LONG_KINDS and latest is not None and target.year > latest.number:
        yield case.said(
            "latest",
            STOP,
            T("The target year {year} lies after {latest}.", year=target.year, latest=int(latest.number)),
            T("Choose {latest} or earlier.", latest=int(latest.number)),
        )


def _minimum(case: Case) -> Iterator[Judged]:
    target, ruleset = case.target, case.ruleset
    if ruleset is None or target.intensity or target.year <= target.base_year or target.kind == "renewable":
        return
    if target.kind in LONG_KINDS:
        asked = ruleset.ruling("long_term_reduction")
        if asked is not None and target.reduction < asked.number:
            yield _too_little(case, asked.number, asked.source)
        return
    for scope, name in scopes_of(target.parts):
        asked = ruleset.ruling(name)
        least = minimum_reduction(ruleset, scope, target.base_year, target.year)
        if asked is not None and least is not None and target.reduction < least * HUNDRED:
            yield _too_little(case, least * HUNDRED, asked.source)
            return


def scopes_of(parts: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Rates that hold for some parts, the steeper one first."""
    named = set(parts)
    if named & {SCOPE_1, *SCOPE_2.values()}:
        yield SCOPE_12, "rate_scope12"
    if any(part == SCOPE_3 or is_category(part) for part in named):
        yield SCOPE_3, "rate_scope3"


def _too_little(case: Case, least: Decimal, source: str) -> Judged:
    return case.said(
        "minimum",
        STOP,
        T(
            "{percent} % from {base} to {year} is less than the {least} % that the rule set asks for.",
            percent=case.target.reduction,
            base=case.target.base_year,
            year=case.target.year,
            least=least,
        ),
        T("Reduce by at least {least} %; the source of this rule is: {source}", least=least, source=source),
    )


def _joint(case: Case) -> Iterator[Judged]:
    asked, parts = case.ruling("joint_scope12"), set(case.target.parts)
    if asked is not None and not asked.flag and SCOPE_1 in parts and parts & set(SCOPE_2.values()):
        yield case.said(
            "joint",
            WARNING,
            T("The rule set wants scope 1 and scope 2 in targets of their own."),
            T("Split the target; the source of this rule is: {source}", source=asked.source),
        )


def _covered(case: Case) -> Iterator[Judged]:
    target = case.target
    if case.ruleset is None or target.kind == "renewable" or target.status == "withdrawn":
        return
    found = coverage_now(case)
    if found is None:
        return
    for check in found.checks:
        if not check.holds:
            yield _uncovered(case, check)


def _uncovered(case: Case, check: CoverageCheck) -> Judged:
    return case.said(
        f"coverage_{check.key}",
        WARNING,
        T(
            "{scope}: the targets cover {percent} %, at least {least} % are asked for.",
            scope=check.title,
            percent=check.percent or Decimal(0),
            least=check.asked.number,
        ),
        T("Cover also: {parts}", parts=[part_title(part) for part in check.missing]),
    )


def _net_zero(case: Case) -> Iterator[Judged]:
    target = case.target
    if target.kind != "net_zero":
        return
    near = [
        one for one in case.others if one.kind == "near_term" and one.status != "withdrawn" and one.year < target.year
    ]
    if not near:
        yield case.said(
            "no_near_term",
            WARNING,
            T("Nothing is promised on the way to net zero in {year}.", year=target.year),
            T("Add a near-term target; most of the way is decided in the next ten years."),
        )
    base = case.series.tonnes(target.parts, target.base_year)
    if base is not None and 0 <= target.reduction < HUNDRED and target.year > target.base_year:
        yield case.said(
            "residual",
            INFO,
            T(
                "In {year} there remain {percent} % of the base year, {tonnes} t CO₂e, to be removed for ever.",
                year=target.year,
                percent=HUNDRED - target.reduction,
                tonnes=decimal_of(residual(target, base)).quantize(Decimal("0.1"), context=EXACT),
            ),
            T("Plan removals for them; credits of reductions elsewhere do not do it."),
        )


RULED: tuple[Rule, ...] = (_ruleset, _valid, _range, _minimum, _joint, _covered, _net_zero)
"""In the order in which they speak, within one level."""
