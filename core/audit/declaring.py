"""Declarations of independence, signed with a key or on paper; ISO 14064-3:2019, 4.2 and 5.2."""

from __future__ import annotations

import base64
from dataclasses import replace
from datetime import date

from core.audit.enrolling import bound
from core.audit.people import person
from core.audit.roles import titles
from core.errors import UserError
from core.i18n import T, Text
from core.inventory.judging import Decision
from core.ledger import Declaration, Ledger, Step, canonical, to_plain

_SIGNED = ("id", "year", "person", "text", "day")
"""The fields that a signature is over."""


def wording(ledger: Ledger, year: int, key: str) -> Text:
    """What a person declares, ready to be said in either language.

    Raises
    ------
    UserError
        when nobody audits the year, or there is no such person.
    """
    engagement, who = ledger.engagement(year), person(ledger, key)
    if engagement is None:
        raise UserError(T("Nobody audits {year} yet.", year=str(year)), T("Agree on the audit first."))
    return T(
        "I, {name}, take part in the audit of the greenhouse gas inventory {year} of {site} as: {roles}. I declare "
        "that I am independent of {client}; that I had no part in preparing the inventory; that I have no financial, "
        "business or family interest that could influence my judgement, and was offered none. I shall judge by "
        "evidence alone, keep what I learn confidential, and report at once whatever could change this declaration.",
        name=who.name,
        year=engagement.id,
        site=engagement.site or ledger.plant.name,
        roles=titles(who.roles),
        client=engagement.client or ledger.plant.name,
    )


def drafted(ledger: Ledger, year: int, key: str, text: str, day: date) -> Declaration:
    """A declaration that is still to be signed.

    Raises
    ------
    UserError
        when there is no such person, or the declaration says nothing.
    """
    who = person(ledger, key)
    if not text.strip():
        raise UserError(T("The declaration says nothing."), T("Take the usual text, or write one."))
    return Declaration(f"{year}:{who.id}", year, who.id, text.strip(), day)


def to_sign(declaration: Declaration) -> bytes:
    """The bytes that a signature is over: canonical JSON of who declares what, for which year, on which day."""
    plain = to_plain(declaration)
    return canonical({name: plain[name] for name in _SIGNED})


def signed(ledger: Ledger, declaration: Declaration, signature: bytes, fingerprint: str) -> Decision:
    """A declaration with its signature; the person is bound to the certificate.

    Parameters
    ----------
    ledger
        with the person.
    declaration
        as it was signed.
    signature
        detached CMS over :func:`to_sign`.
    fingerprint
        SHA-256 of the certificate.

    Raises
    ------
    UserError
        when the person signs with another certificate.
    """
    binding = bound(ledger, declaration.person, fingerprint)
    made = replace(declaration, signature=base64.b64encode(signature).decode(), evidence="")
    return _entered(ledger, made, binding)


def on_paper(ledger: Ledger, declaration: Declaration, evidence: str, kept: tuple[Step, ...] = ()) -> Decision:
    """A declaration signed on paper, with the id of its scan, and the steps that keep the scan if it is new."""
    return _entered(ledger, replace(declaration, signature="", evidence=evidence), kept)


def signature_of(declaration: Declaration) -> bytes:
    """The signature in its own form; empty when it was signed on paper."""
    return base64.b64decode(declaration.signature)


def _entered(ledger: Ledger, made: Declaration, more: tuple[Step, ...]) -> Decision:
    step = Step("declaration", made.id, ledger.get("declaration", made.id), made)
    why = T("{name} declared to be independent, {year}", name=person(ledger, made.person).name, year=str(made.year))
    return Decision(why, (*more, step))
