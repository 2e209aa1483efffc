"""Keys, certificates and signed files, made once for all tests of the room."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone

import pytest
from cryptography import x509

from core.signing import (
    AUDITOR,
    FIELDS,
    PLANT_MANAGER,
    Identity,
    Verification,
    create_authority,
    create_request,
    issue,
    sign,
    verify,
)
from tests.core.signing import pdfs

ISSUED = datetime(2026, 1, 1, tzinfo=UTC)
SIGNED = datetime(2026, 3, 5, 10, 0, 0, tzinfo=timezone(timedelta(hours=8)))
LATER = SIGNED + timedelta(days=30)


@dataclass(frozen=True)
class People:
    """A head office, two people it knows, and somebody else's authority with one of theirs."""

    authority: Identity
    auditor: Identity
    manager: Identity
    stranger: Identity


def person(authority: Identity, name: str, role: str, when: datetime = ISSUED, months: int = 24) -> Identity:
    """Somebody with a certificate of this authority."""
    email = f"{name.split(maxsplit=1)[0].lower()}@example.com"
    key, request = create_request(name, email, "Zhangjiakou Plant", role)
    return Identity(issue(authority, request, role=role, sites=["CN-HE-01"], when=when, months=months), key)


@pytest.fixture(scope="module")
def soon_opened() -> None:
    """Key files are as dear as the program makes them."""


@pytest.fixture(scope="session")
def people() -> People:
    authority = create_authority("Example Group Root", "Example Group", ISSUED)
    other = create_authority("Example Group Root", "Example Group", ISSUED)
    return People(
        authority,
        person(authority, "Li Wei 李伟", AUDITOR),
        person(authority, "Wang Fang", PLANT_MANAGER),
        person(other, "Li Wei 李伟", AUDITOR),
    )


@pytest.fixture(scope="session")
def pdf() -> bytes:
    return pdfs.report().build()


@pytest.fixture(scope="session")
def audited(pdf: bytes, people: People) -> bytes:
    """Signed by the auditor."""
    return sign(pdf, people.auditor, reason="Audit of 2025", location="Zhangjiakou", when=SIGNED)


@pytest.fixture(scope="session")
def approved(audited: bytes, people: People) -> bytes:
    """Signed by both."""
    return sign(audited, people.manager, reason="", location="", when=SIGNED, field=PLANT_MANAGER)


@pytest.fixture(scope="session")
def pledged(pdf: bytes, people: People) -> bytes:
    """Signed by the plant manager, first."""
    return sign(pdf, people.manager, reason="", location="Zhangjiakou", when=SIGNED, field=PLANT_MANAGER)


@pytest.fixture(scope="session")
def confirmed(pledged: bytes, people: People) -> bytes:
    """Signed by both, the auditor last."""
    return sign(pledged, people.auditor, reason="Audit of 2025", location="", when=SIGNED + timedelta(hours=1))


@pytest.fixture(scope="session")
def roots(people: People) -> list[x509.Certificate]:
    return [people.authority.certificate]


@pytest.fixture(scope="session")
def judged(roots: list[x509.Certificate]) -> Callable[..., Verification]:
    """Verification by head office a month later, by default for both signatures."""

    def judge(data: bytes, required: tuple[str, ...] = FIELDS) -> Verification:
        return verify(data, roots, when=LATER, required=required)

    return judge
