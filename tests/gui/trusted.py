"""Keys and a signed report for the tests of the window; made once for all of them."""

from __future__ import annotations

import atexit
import hashlib
import shutil
import tempfile
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path

from core.handover import prepare, produce
from core.i18n import T
from core.ledger import (
    Activity,
    Audit,
    Engagement,
    Evidence,
    Ledger,
    Opinion,
    Person,
    Plant,
    Step,
    kind_of,
)
from core.library import load_library
from core.signing import (
    Identity,
    create_authority,
    create_request,
    issue,
    load_p12,
    save_certificate,
)
from core.store import PlantFile
from gui.session import Session
from tests.carried import quick_p12

PASSPHRASE = "four small blue words"
NOW = datetime.now(UTC).replace(microsecond=0) - timedelta(hours=1)
"""Before every test: what a test itself signs must be judged by the clock, or it lies in the future."""


@dataclass(frozen=True, slots=True)
class Keys:
    """Files of a head office and an auditor."""

    authority: Path
    """PEM, public."""
    authority_key: Path
    auditor: Path
    stranger: Path
    """PEM of another authority."""
    manager: Path
    """Of the plant: Wang Fang."""


@cache
def keys() -> Keys:
    """One authority, its auditor, and somebody else's authority."""
    folder = Path(tempfile.mkdtemp(prefix="keys-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    made = Keys(folder / "office.pem", folder / "office.p12", folder / "auditor.p12", folder / "stranger.pem",
                folder / "manager.p12")  # fmt: skip
    authority = create_authority("Test Office", "Test Group", NOW)
    save_certificate(made.authority, authority.certificate)
    quick_p12(made.authority_key, authority, PASSPHRASE)
    key, request = create_request("Li Na", "li.na@example.com", "Test Group", "auditor")
    certificate = issue(authority, request, role="auditor", sites=(), when=NOW)
    quick_p12(made.auditor, Identity(certificate, key), PASSPHRASE)
    key, request = create_request("Wang Fang", "wang.fang@example.com", "Test Plant", "plant-manager")
    certificate = issue(authority, request, role="plant-manager", sites=(), when=NOW)
    quick_p12(made.manager, Identity(certificate, key), PASSPHRASE)
    save_certificate(made.stranger, create_authority("Stranger", "Elsewhere", NOW).certificate)
    return made


def ledger(plant: str = "Test plant 测试工厂", year: int = 2023, kwh: str = "120000") -> Ledger:
    """Twelve electricity bills."""
    bills = [
        Activity(f"a{m:02d}", "Main meter", "purchased_electricity", "electricity", date(year, m, 1), date(year, m, 28),
                 Decimal(kwh) + m, "kWh", evidence=f"B-{m}")
        for m in range(1, 13)
    ]  # fmt: skip
    audit = Audit(str(year), date(year, 1, 1), date(year, 12, 31), preparer="Li Na")
    return Ledger.of([Plant(plant, "CN", "CN-HE", organisation="Test Group"), audit, *bills])


@cache
def _billed() -> bytes:
    """The file of a plant with these bills in 2024."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "billed.plant"
        held = ledger(year=2024)
        PlantFile.create(path, held.plant, "Li Na", NOW)
        session = Session(PlantFile.open(path), "Li Na", 2024)
        session.put(T("Bills"), *held.held(Audit), *held.activities)
        session.close()
        return path.read_bytes()


def billed(path: Path) -> Session:
    """A plant with these bills in 2024, in a file of the test's own: a tenth of the work of the demo's to report."""
    path.write_bytes(_billed())
    return Session(PlantFile.open(path), "Li Na", 2024)


@cache
def report(plant: str = "Test plant 测试工厂", year: int = 2023, kwh: str = "120000") -> bytes:
    """A signed report."""
    identity = load_p12(keys().auditor, PASSPHRASE)
    draft = prepare(
        ledger(plant, year, kwh),
        year,
        load_library(),
        language="en",
        issued_by="Li Na",
        when=NOW,
        journal=("ab" * 32, 3),
    )
    return produce(draft, identity)


PROOF = b"%PDF-1.7 bill of January".ljust(2048, b"\n")


@cache
def audited_report(plant: str = "Test plant 测试工厂") -> bytes:
    """A signed report of an audit that was concluded, with a proof inside."""
    digest = hashlib.sha256(PROOF).hexdigest()
    day = date(2024, 3, 5)
    held = ledger(plant).apply(
        Step(kind_of(one), one.id, None, one)
        for one in (
            Person("pe00001", "Li Na", ("team_lead",)),
            Engagement("2023", "Client", "Test plant", "Verify.", "All.", team=("pe00001",), state="concluded",
                       carries="all"),
            Evidence("e00001", "账单 January.pdf", "bill", digest, len(PROOF), "application/pdf", ("a01",)),
            Opinion("2023", "unmodified", "unmodified", "Nothing stands against it.", "pe00001", day),
        )
    )  # fmt: skip
    draft = prepare(held, 2023, load_library(), language="en", issued_by="Li Na", when=NOW, journal=("ab" * 32, 3),
                    blob={digest: PROOF}.__getitem__)  # fmt: skip
    # How an audit is concluded is another matter; here its report is signed at once.
    return produce(replace(draft, concluding=True, findings=()), load_p12(keys().auditor, PASSPHRASE))


def tampered() -> bytes:
    """A signed report with one byte of its first page changed."""
    data = bytearray(report())
    place = data.index(b"stream\n") + 40
    data[place] ^= 1
    return bytes(data)
