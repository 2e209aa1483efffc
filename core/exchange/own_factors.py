"""The plant's own factors: from a supplier or a laboratory, checked, proven by a kept file, and saved as one change."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from decimal import Decimal

from core.blob import Content
from core.errors import UserError
from core.exchange.ids import next_ids
from core.exchange.keeping import keeping_files
from core.exchange.proofs import Proof, is_named
from core.i18n import T, Text, verbatim
from core.ledger import Change, Evidence, Ledger, OwnFactor, Step
from core.ledger.codec import read_decimal
from core.library import EXACT, Factor, Library, Want, own_rows, policy_named
from core.library.library import regions_of
from core.library.load import AMOUNTS
from core.library.own import LONGEST

ORIGINS = ("supplier", "laboratory", "other")
VALUE = "value"
"""Instead of a gas: a bare number such as a calorific value."""
FAR = 3
"""Times the library's factor from which on somebody should look twice."""
_USE = re.compile(r"[a-z][a-z0-9_]{1,39}")
_LONGEST_TEXT = 300
_MOST_UNCERTAIN = Decimal(1000)


@dataclass(frozen=True, slots=True)
class Issue:
    """Something about a factor that is typed in."""

    field: str
    """Of :class:`OwnFactor`, so that a form can point at it."""
    severity: str
    """``error`` forbids saving, ``warning`` asks to look twice."""
    message: Text
    remedy: Text


@dataclass(frozen=True, slots=True)
class OwnFactorChange:
    """One change, what is kept with it, and what to look at."""

    change: Change
    factor: OwnFactor
    warnings: tuple[Issue, ...]
    data: tuple[Content, ...] = field(repr=False)
    """Blobs, to be appended with the change."""

    @property
    def why(self) -> Text:
        """Of the change."""
        return self.change.why

    @property
    def steps(self) -> tuple[Step, ...]:
        """Of the change."""
        return self.change.steps


def issues_of(draft: OwnFactor, ledger: Ledger, library: Library, *, documented: bool = False) -> tuple[Issue, ...]:
    """Everything that speaks against a factor, errors first.

    Parameters
    ----------
    draft
        as it was typed; a new one has an empty id. Its evidence may be empty when it is ``documented``.
    ledger, library
        what is known now.
    documented
        whether a file that states it is to be kept with it.
    """
    found = [
        *_words(draft),
        *_subject(draft, library),
        *_numbers(draft),
        *_unit(draft, library),
        *_validity(draft),
        *_evidence(draft, ledger, documented=documented),
    ]
    if not any(issue.severity == "error" for issue in found):
        found.extend(_plausible(draft, ledger, library))
    return tuple(sorted(found, key=lambda issue: issue.severity != "error"))


def uses_of(item: str, library: Library) -> tuple[str, ...]:
    """What a factor of an item can be for, to choose from in a form: what is published, and what suppliers state."""
    published = {factor.use for factor in library.with_own(()).about(item)}
    return tuple(sorted(published | {"supplier", "spend"}))


def saving(
    draft: OwnFactor, ledger: Ledger, library: Library, who: str, when: datetime, proof: Proof | None = None
) -> OwnFactorChange:
    """The one change that creates a factor (empty id) or alters it, with its proof.

    Raises
    ------
    UserError
        with the first error of :func:`issues_of`, or when the factor to be altered does not exist.
    """
    issues = issues_of(draft, ledger, library, documented=proof is not None)
    for issue in issues:
        if issue.severity == "error":
            raise UserError(issue.message, issue.remedy)
    before = ledger.get("factor", draft.id) if draft.id else None
    if draft.id and not isinstance(before, OwnFactor):
        raise UserError(T("The plant has no factor {id}.", id=draft.id), T("Look at the list again."))
    kept = keeping_files(ledger, () if proof is None else (proof,))
    after = replace(
        draft, id=draft.id or next_ids(ledger, 1, "factor")[0], evidence=next(iter(kept.ids), draft.evidence)
    )
    name = verbatim(after.name)
    why = T("Own factor “{name}” altered", name=name) if draft.id else T("Own factor “{name}” added", name=name)
    change = Change(who, when, why, (*kept.steps, Step("factor", after.id, before, after)))
    return OwnFactorChange(change, after, issues, kept.data)


def removing(ledger: Ledger, key: str, who: str, when: datetime) -> Change:
    """The change that removes a factor; a proof that proves nothing else goes with it.

    Raises
    ------
    UserError
        when there is none, or a record names it.
    """
    held = ledger.get("factor", key)
    if not isinstance(held, OwnFactor):
        raise UserError(T("The plant has no factor {id}.", id=key), T("Look at the list again."))
    naming = [one.id for one in ledger.activities if ("factor", key) in one.parameters]
    if naming:
        raise UserError(
            T("“{name}” is named by records: {ids}", name=verbatim(held.name), ids=naming[:10]),
            T("Let them use another factor first."),
        )
    steps = [Step("factor", key, held, None)]
    proof = ledger.get("evidence", held.evidence)
    if isinstance(proof, Evidence) and not proof.activities and not is_named(ledger, proof.id, but=held):
        steps.append(Step("evidence", proof.id, proof, None))
    return Change(who, when, T("Own factor “{name}” removed", name=verbatim(held.name)), tuple(steps))


def _error(name: str, message: Text, remedy: Text) -> Issue:
    return Issue(name, "error", message, remedy)


def _words(draft: OwnFactor) -> Iterator[Issue]:
    needed = {
        "name": T("The factor needs a name."),
        "publisher": T("It must be said who states the factor: the supplier or the laboratory."),
        "document": T("The document that states the factor needs its number or date."),
    }
    for name, message in needed.items():
        if not str(getattr(draft, name)).strip():
            yield _error(name, message, T("Fill it in."))
    for one in fields(draft):
        text = getattr(draft, one.name)
        if isinstance(text, str) and (len(text) > _LONGEST_TEXT or any(ord(letter) < 32 for letter in text)):
            yield _error(
                one.name,
                T("The text is longer than {most} characters or has more than one line.", most=_LONGEST_TEXT),
                T("Keep the long text as evidence."),
            )
    if draft.origin not in ORIGINS:
        yield _error(
            "origin", T("“{origin}” is no origin of a factor.", origin=draft.origin), T("Choose one of the list.")
        )


def _subject(draft: OwnFactor, library: Library) -> Iterator[Issue]:
    if draft.item not in library.items:
        yield _error("item", T("Unknown item “{item}”.", item=draft.item), T("Choose one of the list."))
        return
    if not _USE.fullmatch(draft.use):
        yield _error("use", T("It is not known what the factor is used for."), T("Choose one of the list."))


def _numbers(draft: OwnFactor) -> Iterator[Issue]:
    names = [name for name, _ in draft.amounts]
    if not names or (VALUE in names and len(names) > 1) or len(set(names)) != len(names):
        yield _error("amounts", T("Give either amounts of gases or one value."), T("Fill in at least one number."))
        return
    for name in names:
        if name != VALUE and name not in AMOUNTS:
            yield _error(
                "amounts",
                T("“{gas}” cannot stand in a factor.", gas=name),
                T("Use one of: {known}.", known=list(AMOUNTS)),
            )
    try:
        numbers = [read_decimal(text) for _, text in draft.amounts]
    except ValueError:
        yield _error(
            "amounts",
            T("A number of the factor is not written in plain digits."),
            T("Write only digits and a decimal point, like 0.5366."),
        )
        return
    if min(numbers) < 0 or max(numbers) == 0:
        yield _error(
            "amounts",
            T("A factor must be greater than zero."),
            T("Electricity without emissions is entered as renewable electricity with its proof, not as a zero."),
        )
    if not 0 <= draft.uncertainty <= _MOST_UNCERTAIN:
        yield _error(
            "uncertainty",
            T("The uncertainty must lie between 0 and {most} %.", most=_MOST_UNCERTAIN),
            T("Give half of the 95 % interval in %, or 0 when it is unknown."),
        )


def _unit(draft: OwnFactor, library: Library) -> Iterator[Issue]:
    above, slash, below = draft.unit.partition("/")
    bare = [name for name, _ in draft.amounts] == [VALUE]
    parts = [above, below] if slash else [above]
    unknown = [part for part in parts if part != "1" and library.units.find(part) is None]
    remedy = T("Write it like kg/kWh, t/t or GJ/t.")
    if unknown or not above:
        yield _error("unit", T("Unknown unit “{unit}”.", unit=unknown[0] if unknown else draft.unit), remedy)
    elif not bare and (not slash or library.units.dimension(above) != "mass"):
        yield _error("unit", T("Amounts of gases are a mass per unit: “{unit}” is not.", unit=draft.unit), remedy)


def _validity(draft: OwnFactor) -> Iterator[Issue]:
    if draft.valid_to < draft.valid_from:
        yield _error(
            "valid_to",
            T("The end, {end}, lies before the start, {start}.", end=draft.valid_to, start=draft.valid_from),
            T("Correct one of the two."),
        )
    elif draft.valid_to.year - draft.valid_from.year >= LONGEST:
        yield _error(
            "valid_to",
            T("A factor of the plant is valid for at most {years} years.", years=LONGEST),
            T("Enter it again when its document is renewed."),
        )


def _evidence(draft: OwnFactor, ledger: Ledger, *, documented: bool) -> Iterator[Issue]:
    if not documented and not isinstance(ledger.get("evidence", draft.evidence), Evidence):
        yield _error(
            "evidence",
            T("A factor of the plant needs the document that states it."),
            T("Attach the file: the supplier's statement or the laboratory's report."),
        )


def _plausible(draft: OwnFactor, ledger: Ledger, library: Library) -> Iterator[Issue]:
    """Compare with what the library would choose for the same item and use."""
    (row, *_) = own_rows((replace(draft, id=draft.id or "draft"),))
    published = _nearest(row, ledger, library)
    if published is None:
        if not library.about(draft.item, draft.use) and draft.use not in ("supplier", "spend"):
            yield Issue(
                "use",
                "warning",
                T("No published factor of this item has the use “{use}”.", use=draft.use),
                T("Check that this is what a method asks for."),
            )
        return
    ratio = _ratio(row, published, library)
    if ratio is not None and not Decimal(1) / FAR <= ratio <= FAR:
        yield Issue(
            "amounts",
            "warning",
            T(
                "The factor is {ratio} times that of {publication} ({place}).",
                ratio=Decimal(f"{ratio:.2g}"),
                publication=published.set.title,
                place=published.place,
            ),
            T("Check number and unit against the document."),
        )


def _nearest(row: Factor, ledger: Ledger, library: Library) -> Factor | None:
    """The published factor for the plant's place and the first year of validity; else any that can be compared."""
    dimension = library.units.dimension(row.per) if row.per else ""
    uses = (row.use, "location", "heat") if row.use == "supplier" else (row.use,)
    regions = regions_of(ledger.plant)
    want = Want(row.item, uses, row.data_year, regions, dimension, tuple(row.amounts))
    chosen = library.with_own(()).choose(want, policy_named("ghg-protocol"))
    if chosen is not None and _ratio(row, chosen.factor, library) is not None:
        return chosen.factor
    candidates = (factor for use in uses for factor in library.about(row.item, use))
    return next((factor for factor in candidates if _ratio(row, factor, library) is not None), None)


def _ratio(own: Factor, published: Factor, library: Library) -> Decimal | None:
    """How many times the published factor the own one is; None where they cannot be compared."""
    if own.value is not None or published.value is not None:
        numbers = (own.value, published.value)
    else:
        gas = next((g for g in ("CO2e", "CO2") if g in own.amounts and g in published.amounts), None)
        gas = gas or next((g for g in own.amounts if g in published.amounts), "")
        numbers = (own.amounts.get(gas), published.amounts.get(gas))
        if not gas and {"CO2e", "CO2"} <= own.amounts.keys() | published.amounts.keys():
            numbers = (own.headline, published.headline)
    first, second = numbers
    if first is None or not second:
        return None
    try:
        one = library.units.convert(Decimal(1), own.of, published.of) if own.of != "1" else Decimal(1)
        other = library.units.convert(Decimal(1), own.per, published.per) if own.per or published.per else Decimal(1)
    except UserError:  # another dimension
        return None
    return EXACT.divide(EXACT.multiply(first, one), EXACT.multiply(second, other))
