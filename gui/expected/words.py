"""What a template brings, in a few lines."""

from __future__ import annotations

from core.entering.templates import OWN, ExpectedSource, Template
from gui.language import _, say

FEW = 4


def brings(template: Template) -> str:
    """What comes with it, for somebody who chooses."""
    usual = [one for one in template.sources if not one.optional]
    names = [say(one.name) for one in usual[:FEW]]
    return _(
        "{summary} Brings {count} expected sources without any amount: {names} …",
        summary=template.summary,
        count=len(usual),
        names=names,
    )


def basis(one: ExpectedSource) -> str:
    """Who says so."""
    return _("our own experience") if one.basis == OWN else one.basis


def told(one: ExpectedSource) -> str:
    """Why it is expected, on what proof and who says so."""
    return _("{why} Proof: {evidence}. Basis: {basis}.", why=one.why, evidence=one.evidence, basis=basis(one))
