"""Signed reports, made once: keys and pages cost time."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from cryptography.x509 import Certificate

from core.handover import produce
from core.signing import create_authority
from tests.core.group.inbox.test_filing import revisions
from tests.core.handover.conftest import NOW, draft_of, ledger, person

__all__ = ["NOW", "Reports", "reports"]


@dataclass(frozen=True, slots=True)
class Reports:
    """What lies in the folder that head office takes up."""

    authority: Certificate
    files: dict[str, bytes]


@cache
def reports() -> Reports:
    """Two revisions of one audit, another plant's, an altered one, and none at all."""
    authority = create_authority("Test Head Office", "Test Group", NOW)
    auditor = person(authority)
    first, second = revisions(auditor, 2)
    other = produce(draft_of(ledger(quantity="2000")), auditor)
    found = (b"", first, second, other, other[:-100], b"junk")
    return Reports(authority.certificate, {f"{number:02}.pdf": data for number, data in enumerate(found)})
