"""What a person decides about a declaration: accept it, send it back, or take the decision back."""

from __future__ import annotations

from dataclasses import replace

from core.errors import UserError
from core.i18n import T, Text, verbatim
from core.ledger import MineralDeclaration, Step
from core.ledger.filing import Records
from core.minerals.problem import COMPLETE, REVIEW
from core.minerals.status import ACCEPTED, SENT_BACK, Examined

LONGEST = 2000
"""Characters of a reason."""


def deciding(
    records: Records, key: str, verdict: str, reason: str, by: str, examined: Examined
) -> tuple[Text, tuple[Step, ...]]:  # fmt: skip
    """The change that decides about a declaration.

    Parameters
    ----------
    records
        of a plant or of head office.
    key
        id of the declaration.
    verdict
        ``accepted``, ``sent_back``, or empty to take a decision back.
    reason
        needed to send one back, and to accept one that is incomplete or rejected by the rules.
    by
        who decides.
    examined
        what the rules say of it.

    Raises
    ------
    UserError
        when there is no such declaration, a reason is missing, or nothing would change.
    """
    held = records.get("mineral_declaration", key)
    if not isinstance(held, MineralDeclaration):
        raise UserError(T("There is no declaration “{id}”.", id=verbatim(key)), T("Look into the list."))
    said = reason.strip()
    if len(said) > LONGEST:
        raise UserError(T("The reason is longer than {most} characters.", most=LONGEST), T("Shorten it."))
    if not said and verdict == SENT_BACK:
        raise UserError(
            T("A declaration is sent back with a reason."), T("Say what is wrong; the supplier has to correct it.")
        )
    if not said and verdict == ACCEPTED and examined.status not in (COMPLETE, REVIEW):
        raise UserError(
            T("The rules speak against this declaration."), T("Say why it is accepted all the same, or send it back.")
        )
    made = replace(held, verdict=verdict, reason=said if verdict else "", by=by if verdict else "")
    if made == held:
        raise UserError(T("Nothing changes: it was decided so already."), T("Look at it again."))
    return _why(held, verdict), (Step("mineral_declaration", key, held, made),)


def _why(held: MineralDeclaration, verdict: str) -> Text:
    what = verbatim(f"{held.template} {held.edition} {held.company}".strip())
    if verdict == ACCEPTED:
        return T("Declaration accepted: {what}", what=what)
    if verdict == SENT_BACK:
        return T("Declaration sent back: {what}", what=what)
    return T("Decision taken back: {subject}", subject=what)
