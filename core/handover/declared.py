"""Do the signatures under the declarations of independence hold? Asked before the verification begins."""

from __future__ import annotations

from collections.abc import Iterator

from core.audit.declaring import signature_of, to_sign
from core.audit.people import name_of
from core.errors import RefusedError
from core.handover.binding import same_name
from core.i18n import T, Text, verbatim
from core.ledger import Declaration, Ledger, Person
from core.signing import verify_statement


def false_declarations(ledger: Ledger, year: int) -> tuple[Text, ...]:
    """Every signed declaration of a year that is not what its person signed, with the reason."""
    held = (one for one in ledger.held(Declaration) if one.year == year and one.signature)
    return tuple(words for one in held for words in _against(ledger, one))


def check_declarations(ledger: Ledger, year: int) -> None:
    """Refuse to go on with declarations that do not hold.

    Raises
    ------
    RefusedError
        naming the first one.
    """
    if wrong := false_declarations(ledger, year):
        raise RefusedError(wrong[0], T("It is declared and signed again."))


def _against(ledger: Ledger, declaration: Declaration) -> Iterator[Text]:
    name = name_of(ledger, declaration.person)
    try:
        signature = signature_of(declaration)
    except ValueError:
        yield T("The declaration of {name} does not hold: {why}", name=name, why=T("The signature cannot be read."))
        return
    signer = verify_statement(to_sign(declaration), signature)
    for problem in signer.problems[:1]:
        yield T("The declaration of {name} does not hold: {why}", name=name, why=problem)
    if not signer.problems and not _is_theirs(ledger, declaration, signer.name, signer.fingerprint):
        why = T("It was signed by {signer}.", signer=verbatim(signer.name))
        yield T("The declaration of {name} does not hold: {why}", name=name, why=why)


def _is_theirs(ledger: Ledger, declaration: Declaration, signer: str, fingerprint: str) -> bool:
    """By the certificate they are bound to, or by name: a certificate may have been renewed since."""
    person = ledger.get("person", declaration.person)
    digits = "".join(c for c in fingerprint.lower() if c in "0123456789abcdef")
    return isinstance(person, Person) and (person.certificate == digits or same_name(signer, person.name))
