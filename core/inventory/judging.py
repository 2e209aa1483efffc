"""What a person decides about a category: whether it is relevant (scope 3), whether it is significant (ISO 14064-1).

The steps of one undoable change; the window and the command line decide through the same functions.
"""

from __future__ import annotations

from dataclasses import dataclass

from core.errors import UserError
from core.i18n import T, Text
from core.inventory.compile import Inventory
from core.inventory.views.ghgp import excluded_of_scope3
from core.inventory.views.titles import CATEGORY_TITLES, ISO_TITLES
from core.ledger import Judgement, Ledger, Step

RELEVANT, NOT_RELEVANT, SIGNIFICANT, NOT_SIGNIFICANT = "relevant", "not_relevant", "significant", "not_significant"
VERDICTS = {"scope3": (RELEVANT, NOT_RELEVANT), "iso": (SIGNIFICANT, NOT_SIGNIFICANT)}
"""What can be said, by the first half of what it is said about."""
LONGEST = 2000
"""Characters of a reason."""
_TITLES = {"scope3": CATEGORY_TITLES, "iso": ISO_TITLES}
_DIRECT = "iso:1"


@dataclass(frozen=True, slots=True)
class Decision:
    """What deciding comes to, as one change."""

    why: Text
    steps: tuple[Step, ...]


def reasoned(text: str) -> str:
    """The reason of a decision, without the space around it.

    Raises
    ------
    UserError
        when it is missing or too long.
    """
    said = text.strip()
    if not said:
        raise UserError(T("The reason is missing."), T("Say why in a sentence; it stands in the report."))
    if len(said) > LONGEST:
        raise UserError(T("The reason is longer than {most} characters.", most=LONGEST), T("Shorten it."))
    return said


def deciding(ledger: Ledger, inventory: Inventory, year: int, about: str, verdict: str, reason: str) -> Decision:
    """A judgement in the place of earlier ones.

    Parameters
    ----------
    ledger, inventory
        what is known now; what the inventory calculates or leaves out for want of a factor is relevant.
    year
        for which it is decided.
    about
        ``scope3:9`` or ``iso:3``.
    verdict
        of :data:`VERDICTS`.
    reason
        stands in the report beside the category.

    Raises
    ------
    UserError
        without a reason, when there is nothing to decide, or when nothing would change.
    """
    said = reasoned(reason)
    _check(inventory, about, verdict)
    held = held_about(ledger, year, about)
    if held and (held[-1].verdict, held[-1].reason) == (verdict, said):
        raise UserError(
            T("Nothing changes: it was decided so already, with this reason."), T("Give another reason or decision.")
        )
    key = held[0].id if held else f"{about}@{year}"
    made = Judgement(key, year, about, verdict, said)
    steps = [Step("judgement", one.id, one, None) for one in held[1:]]
    steps.append(Step("judgement", key, held[0] if held else None, made))
    why = T("{decision}: {reason}", decision=decision(about, verdict), reason=said)
    return Decision(why, tuple(steps))


def taking_back(ledger: Ledger, year: int, about: str) -> Decision:
    """The category as if nobody had decided anything about it.

    Raises
    ------
    UserError
        when nobody has.
    """
    held = held_about(ledger, year, about)
    if not held:
        raise UserError(
            T("Nothing was decided about: {subject}.", subject=subject(about)), T("Look at the year and the number.")
        )
    why = T("Decision taken back: {subject}", subject=subject(about))
    return Decision(why, tuple(Step("judgement", one.id, one, None) for one in held))


def held_about(ledger: Ledger, year: int, about: str) -> tuple[Judgement, ...]:
    """What was decided about it in a year; the last one counts, in the order of the inventory."""
    found = (one for one in ledger.judgements(year) if one.about == about)
    return tuple(sorted(found, key=lambda one: one.id))


def subject(about: str) -> Text:
    """The category in words.

    Raises
    ------
    UserError
        when there is none of that number.
    """
    kind, _, text = about.partition(":")
    titles = _TITLES.get(kind, {})
    number = int(text) if text.isdecimal() else 0
    if number not in titles or not number:
        raise UserError(
            T("There is no category {number}.", number=text),
            T("Scope 3 has the categories 1 to 15, ISO 14064-1 has 1 to 6."),
        )
    if kind == "iso":
        return T("ISO 14064-1 category {number}, {title}", number=number, title=titles[number])
    return T("Scope 3 category {number}, {title}", number=number, title=titles[number])


def decision(about: str, verdict: str) -> Text:
    """A category and what is said of it, in words."""
    words = {
        RELEVANT: T("{subject}: relevant", subject=subject(about)),
        NOT_RELEVANT: T("{subject}: not relevant", subject=subject(about)),
        SIGNIFICANT: T("{subject}: significant", subject=subject(about)),
        NOT_SIGNIFICANT: T("{subject}: not significant", subject=subject(about)),
    }
    return words[verdict]


def _check(inventory: Inventory, about: str, verdict: str) -> None:
    """Refuse what cannot be said of a category."""
    named = subject(about)
    kind, _, number = about.partition(":")
    if verdict not in VERDICTS[kind]:
        raise UserError(
            T("This cannot be said of: {subject}.", subject=named),
            T("Categories of scope 3 are relevant or not, those of ISO 14064-1 significant or not."),
        )
    if about == _DIRECT:
        raise UserError(T("Direct emissions are always reported."), T("Nothing is to be decided about them."))
    recorded = int(number) in inventory.totals.categories or int(number) in excluded_of_scope3(inventory)
    if verdict == NOT_RELEVANT and recorded:
        raise UserError(
            T("There are records, so it is relevant: {subject}.", subject=named),
            T("Move the records to the category where they belong, or delete them."),
        )
