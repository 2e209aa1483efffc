"""Targets of emissions and of renewable electricity, and how far they are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from fractions import Fraction

from core.disclosures.derived._made import HUNDRED, Basis, Row, found, lacking, percent, record, table
from core.disclosures.derived._years import basis_of
from core.disclosures.known import Known
from core.disclosures.value import PointValue
from core.i18n import T, Text, verbatim
from core.ledger import Commitment, ExternalAudit, Target
from core.library import EXACT
from core.methods import KG, plain
from core.renewables.shares import CERTIFIED
from core.targets.pathway import decimal_of
from core.targets.status import RENEWABLE, WITHDRAWN, TargetStatus, main_target

PAGE = "targets"
NET_ZERO, NEAR_TERM = "net_zero", "near_term"
SBTI = "sbti"
_UNKNOWN = T("What is known of the targets could not be worked out: look at the page “Targets”.")
_RANK = ("none", "committed", "submitted", NEAR_TERM, NET_ZERO)


def _standing(known: Known, *, renewable: bool) -> list[TargetStatus]:
    """Targets that were not withdrawn, by year."""
    held = () if known.targets is None else known.targets.targets
    return [one for one in held if one.target.status != WITHDRAWN and (one.target.kind == RENEWABLE) is renewable]


def _of(targets: Iterable[Target]) -> Basis:
    held = tuple(targets)
    words = T("Targets: {count}", count=len(held))
    return record("target", (one.id for one in held), words, PAGE, (proof for one in held for proof in one.evidence))


def _nothing(known: Known, words: Text) -> Text:
    return _UNKNOWN if known.targets is None else words


def digits(value: Fraction | Decimal | None) -> str:
    """To nine decimals; empty where it is not known."""
    if value is None:
        return ""
    exact = decimal_of(value) if isinstance(value, Fraction) else value
    return plain(EXACT.quantize(exact, KG))


# ---------------------------------------------------------------------- emissions


def _list(known: Known) -> PointValue:
    key, held = "target.list", _standing(known, renewable=False)
    if not held:
        return lacking(key, _nothing(known, T("No target is entered: set one on the page “Targets”.")), unit="tCO2e")
    return table(key, (_row(one) for one in held), _of(one.target for one in held), "tCO2e")


def _row(one: TargetStatus) -> Row:
    """An intensity target is one per unit of its key figure, so its emissions are left empty."""
    target, points = one.target, one.points if not one.target.intensity else ()
    return (
        target.name, "; ".join(target.parts), "intensity" if target.intensity else "absolute", str(target.base_year),
        digits(points[0].exact if points else None), str(target.year), plain(target.reduction),
        digits(points[-1].exact if points else None), digits(None if one.gap is None else one.gap.achieved),
        target.status,
    )  # fmt: skip


def _progress(known: Known) -> PointValue:
    """Of the target that is looked at first: what of its way is done."""
    key = "target.progress"
    main = None if known.targets is None else main_target(known.targets)
    if main is None:
        return lacking(key, _nothing(known, T("No target is entered: set one on the page “Targets”.")), unit="%")
    gap, target = main.gap, main.target
    basis = _of((target,))
    if gap is None or gap.achieved is None:
        words = verbatim(target.name)
        why = T("“{name}”: the emissions of its base year, or of a year since, are not known.", name=words)
        return lacking(key, why, basis, "%")
    scopes = tuple(dict.fromkeys(part.partition(":")[0] for part in target.parts))
    basis = basis + basis_of(known, target.base_year, *scopes)
    done, way = (decimal_of(part) for part in (gap.base - gap.actual, gap.base - gap.final))
    return percent(key, done, way, basis)


def _net_zero(known: Known) -> PointValue:
    key = "target.netzero"
    held = [one for one in _standing(known, renewable=False) if one.target.kind == NET_ZERO]
    if not held:
        nothing = T("No net-zero target is entered: set one on the page “Targets”.")
        return lacking(key, _nothing(known, nothing), unit="%")
    rows = (
        (one.target.name, "; ".join(one.target.parts), str(one.target.year), plain(one.target.reduction),
         one.target.note, one.target.status)
        for one in held
    )  # fmt: skip
    return table(key, rows, _of(one.target for one in held), "%")


def _sbti(known: Known) -> PointValue:
    """The furthest that a target held against the rules of SBTi, or a record of its validation, has come."""
    key = "target.sbti"
    held = [one for one in known.ledger.held(Target) if one.ruleset.startswith(SBTI)]
    audits = [one for one in known.ledger.held(ExternalAudit) if one.scheme == SBTI]
    if not held and not audits:
        if known.ledger.held(Target):
            return found(key, "none", _of(known.ledger.held(Target)))
        return lacking(key, T("No target is entered: set one on the page “Targets”."))
    states = [_state(one) for one in held if one.status != WITHDRAWN]
    if audits:
        states.append(NET_ZERO if any("net" in one.result.casefold() for one in audits) else NEAR_TERM)
    if not states:
        return found(key, "removed", _of(held))
    basis = _of(held) if held else Basis()
    if audits:
        proofs = (proof for one in audits for proof in one.evidence)
        basis = basis + record("external_audit", (one.id for one in audits), T("Validation by SBTi"), evidence=proofs)
    return found(key, max(states, key=_RANK.index), basis)


def _state(one: Target) -> str:
    if one.status == "validated":
        return NET_ZERO if one.kind == NET_ZERO else NEAR_TERM
    return one.status if one.status in _RANK else "none"


# ---------------------------------------------------------------------- renewable electricity, neutrality


def _renewable(known: Known) -> PointValue:
    """Shares of electricity that are promised, beside that of the year; of the base year nothing is stated."""
    key, held = "target.ren", _standing(known, renewable=True)
    if not held:
        nothing = T("No target for renewable electricity is entered: set one on the page “Targets”.")
        return lacking(key, _nothing(known, nothing), unit="%")
    share = None if known.shares is None or not known.shares.year.used else known.shares.year.exact(CERTIFIED)
    now = digits(None if share is None else share * int(HUNDRED))
    rows = (
        (one.target.name, str(one.target.base_year), "", str(one.target.year), plain(one.target.reduction), now)
        for one in held
    )
    return table(key, rows, _of(one.target for one in held), "%")


def _neutral(known: Known) -> PointValue:
    key, held = "target.neutral_plant", sorted(known.ledger.held(Commitment), key=lambda one: (one.year, one.id))
    if not held:
        return lacking(key, T("No commitment to carbon neutrality is entered: enter it on the page “Targets”."))
    rows = ((one.subject, str(one.year), one.text or one.note, "; ".join(one.parts), one.stated) for one in held)
    proofs = (proof for one in held for proof in (*one.evidence, *one.plan))
    words = T("Commitments to neutrality: {count}", count=len(held))
    return table(key, rows, record("commitment", (one.id for one in held), words, PAGE, proofs))


DERIVED: Mapping[str, Callable[[Known], PointValue]] = {
    "target.list": _list,
    "target.progress": _progress,
    "target.ren": _renewable,
    "target.netzero": _net_zero,
    "target.neutral_plant": _neutral,
    "target.sbti": _sbti,
}
