"""One authority, one auditor, one small plant; made once, for keys and pages cost time."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from core.handover import Draft, prepare, produce
from core.ledger import Activity, Ledger, Plant, Record
from core.library import load_library
from core.signing import Identity, Trust, create_authority, create_request, issue

NOW = datetime(2025, 2, 1, 9, 0, tzinfo=UTC)
PLANT = Plant("Hillside", "CN", "CN-HE", note="Invented for tests.")


def bills(quantity: str = "1000000") -> tuple[Activity, ...]:
    """Electricity and diesel of a year."""
    year = (date(2024, 1, 1), date(2024, 12, 31))
    return (
        Activity("a00001", "Main meter", "purchased_electricity", "electricity", *year, Decimal(quantity), "kWh",
                 evidence="E-1"),
        Activity("a00002", "Fork-lifts", "mobile_combustion", "diesel", *year, Decimal("12000"), "l", evidence="D-1"),
        Activity("a00003", "Cooling", "refrigerants", "R-410A", *year, Decimal("3.5"), "kg", evidence="K-1"),
    )  # fmt: skip


def ledger(*more: Record, quantity: str = "1000000") -> Ledger:
    """The small plant."""
    return Ledger.of((PLANT, *bills(quantity), *more))


def draft_of(held: Ledger, language: str = "en", when: datetime = NOW) -> Draft:
    """What its report will say."""
    return prepare(held, 2024, load_library(), language=language, issued_by="Li Na", when=when, journal=("0" * 64, 1))


@pytest.fixture(scope="session")
def authority() -> Identity:
    return create_authority("Test Head Office", "Test Group", NOW)


@pytest.fixture(scope="session")
def trust(authority: Identity) -> Trust:
    return Trust((authority.certificate,))


def person(authority: Identity, name: str = "Li Na", sites: tuple[str, ...] = ()) -> Identity:
    """An auditor with a certificate of the authority."""
    key, request = create_request(name, "li.na@example.org", "Test Group", "auditor")
    return Identity(issue(authority, request, role="auditor", sites=sites, when=NOW), key)


@pytest.fixture(scope="session")
def auditor(authority: Identity) -> Identity:
    return person(authority)


@pytest.fixture(scope="session")
def signed(auditor: Identity) -> bytes:
    """A good signed report."""
    return produce(draft_of(ledger()), auditor)
