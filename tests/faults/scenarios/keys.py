"""The key of an authority, a certificate and a request are written, over older ones."""

from __future__ import annotations

import hashlib
from collections.abc import Generator
from pathlib import Path

from core.disk import write_safely
from core.signing import (
    create_authority,
    create_request,
    keys,
    load_key,
    load_p12,
    save_certificate,
    save_key,
    save_p12,
)
from tests.faults.reports import NOW
from tests.faults.scenario import Scenario, insist

WORD = "four words of a passphrase"
AUTHORITY = create_authority("Test Head Office", "Test Group", NOW)
KEY, REQUEST = create_request("Li Na", "li.na@example.org", "Test Group", "auditor")
OTHER, _ = create_request("Li Na", "li.na@example.org", "Test Group", "auditor")


def prepare(folder: Path) -> None:
    """Nobody guesses here, so opening need not take long."""
    keys._derive = lambda passphrase, salt: hashlib.sha256(passphrase + salt).digest()
    keys._P12_ROUNDS = 1000
    save_key(folder / "li.key", OTHER, WORD)


def work(folder: Path) -> Generator[None]:
    insist(lambda: save_key(folder / "li.key", KEY, WORD))
    yield
    insist(lambda: write_safely(folder / "li.csr", REQUEST))
    yield
    insist(lambda: save_p12(folder / "ca.p12", AUTHORITY, WORD))
    yield
    insist(lambda: save_certificate(folder / "ca.pem", AUTHORITY.certificate))
    yield


def state(folder: Path) -> object:
    """Which key it is; keys and certificates that are there can be used."""
    held = load_key(folder / "li.key", WORD).public_key() == KEY.public_key()
    if (folder / "ca.p12").exists():
        load_p12(folder / "ca.p12", WORD)
    rest = [(folder / name).read_bytes().hex()[:20] for name in ("li.csr", "ca.pem") if (folder / name).exists()]
    return {"new": held, "authority": (folder / "ca.p12").exists(), "rest": rest}


SCENARIO = Scenario(prepare, work, state, weight=1.0)
