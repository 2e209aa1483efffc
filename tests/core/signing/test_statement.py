"""Signatures over statements: who signed is known, and nothing else passes for it."""

from __future__ import annotations

import base64
import json
import shutil
import subprocess
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from hypothesis import given, settings
from hypothesis import strategies as st

from core.ledger import canonical
from core.signing import (
    AUDITOR,
    PLANT_MANAGER,
    Revocation,
    Trust,
    fingerprint,
    make_crl,
    sign_set,
    sign_statement,
    verify_set,
    verify_statement,
)
from core.signing.statement import LARGEST_SIGNATURE, PURPOSE, StatementSigner
from tests.core.signing import forging
from tests.core.signing.conftest import ISSUED, LATER, SIGNED, People, person

SAID = canonical({"year": 2025, "text": "I am independent of the plant. 我与工厂无利害关系。"})


@pytest.fixture(scope="module")
def signature(people: People) -> bytes:
    return sign_statement(SAID, people.auditor)


@pytest.fixture(scope="module")
def trust(people: People) -> Trust:
    return Trust((people.authority.certificate,))


def refused(answer: StatementSigner) -> str:
    assert not answer.trusted
    assert answer.problems
    return str(answer.problems[0])


def test_who_signed_is_known(signature: bytes, people: People, trust: Trust) -> None:
    answer = verify_statement(SAID, signature, trust, when=LATER, signed=SIGNED)
    assert (answer.name, answer.role, answer.trusted, answer.problems) == ("Li Wei 李伟", AUDITOR, True, ())
    assert answer.fingerprint == fingerprint(people.auditor.certificate)


def test_without_roots_the_signature_holds_and_nobody_is_trusted(signature: bytes) -> None:
    answer = verify_statement(SAID, signature)
    assert (answer.name, answer.trusted, answer.problems) == ("Li Wei 李伟", False, ())


def test_a_manager_states_things_too(people: People, trust: Trust) -> None:
    answer = verify_statement(SAID, sign_statement(SAID, people.manager), trust, when=LATER)
    assert (answer.role, answer.trusted) == (PLANT_MANAGER, True)


def test_trust_needs_a_time(signature: bytes, trust: Trust) -> None:
    with pytest.raises(ValueError, match="time"):
        verify_statement(SAID, signature, trust)


@pytest.mark.parametrize("data", [b"", SAID + b" ", SAID.replace(b"2025", b"2026"), PURPOSE + SAID])
def test_another_statement_was_not_signed(data: bytes, signature: bytes, trust: Trust) -> None:
    for believed in (trust, None):
        answer = verify_statement(data, signature, believed, when=LATER)
        assert "changed after it was signed" in refused(answer)
        assert answer.name == "Li Wei 李伟"


@pytest.mark.parametrize("cms", [b"", b"0", b"\x30\x80", b"hello" * 100, b"\x30" * (LARGEST_SIGNATURE + 1)])
def test_what_is_no_signature(cms: bytes, trust: Trust) -> None:
    assert refused(verify_statement(SAID, cms, trust, when=LATER))
    assert verify_statement(SAID, cms).name == ""


@settings(max_examples=80, deadline=None)
@given(place=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7))
def test_any_flipped_bit_is_noticed(signature: bytes, trust: Trust, place: float, bit: int) -> None:
    at = int(place * len(signature))
    flipped = signature[:at] + bytes([signature[at] ^ (1 << bit)]) + signature[at + 1 :]
    assert refused(verify_statement(SAID, flipped, trust, when=LATER, signed=SIGNED))


def test_strangers_and_the_revoked_are_named_and_not_trusted(signature: bytes, people: People, trust: Trust) -> None:
    answer = verify_statement(SAID, sign_statement(SAID, people.stranger), trust, when=LATER)
    assert "not issued by an authority that is trusted" in refused(answer)
    assert answer.name == "Li Wei 李伟"
    crl = make_crl(people.authority, [Revocation(people.auditor.certificate.serial_number, ISSUED)], ISSUED)
    answer = verify_statement(SAID, signature, Trust(trust.authorities, (crl,)), when=LATER, signed=SIGNED)
    assert "revoked" in refused(answer)


def test_a_certificate_that_ended_counts_for_its_own_time(people: People, trust: Trust) -> None:
    brief = person(people.authority, "Zhao Min", AUDITOR, months=1)
    signed = sign_statement(SAID, brief)
    assert verify_statement(SAID, signed, trust, when=LATER, signed=ISSUED + timedelta(days=3)).trusted
    assert "expired" in refused(verify_statement(SAID, signed, trust, when=LATER))


def test_certificates_for_something_else_are_refused(people: People, trust: Trust) -> None:
    king = forging.certified(people.authority, role="King")
    assert "role" in refused(verify_statement(SAID, sign_statement(SAID, king), trust, when=LATER))
    server = forging.certified(people.authority, purposes=[forging.SERVER])
    assert "not made for signing" in refused(verify_statement(SAID, sign_statement(SAID, server), trust, when=LATER))


def test_a_statement_is_no_factor_set_and_the_other_way_round(people: People, trust: Trust) -> None:
    """Whoever is asked to state the text of a factor set has not signed one."""
    content = {
        "csv": "item,use\n", "key": "cn_x", "schema": "plant-audit-factors", "signed_at": SIGNED.isoformat(),
        "version": 1,
    }  # fmt: skip
    stated = sign_statement(canonical(content), people.auditor)
    assert not verify_set(canonical({**content, "signature": base64.b64encode(stated).decode()}), trust, LATER).valid
    signed = sign_set("cn_x", b"item,use\n", people.auditor, SIGNED)
    assert verify_set(signed, trust, LATER).valid
    fields = json.loads(signed)
    taken = base64.b64decode(fields.pop("signature"))
    assert "changed" in refused(verify_statement(canonical(fields), taken, trust, when=LATER))


def test_openssl_verifies_the_same_signature(signature: bytes, people: People, tmp_path: Path) -> None:
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed")
    (tmp_path / "signature").write_bytes(signature)
    (tmp_path / "content").write_bytes(PURPOSE + SAID)
    (tmp_path / "root.pem").write_bytes(people.authority.certificate.public_bytes(Encoding.PEM))
    command = ["openssl", "cms", "-verify", "-cades", "-binary", "-inform", "DER", "-in", "signature",
               "-content", "content", "-CAfile", "root.pem", "-attime", str(int(LATER.timestamp())),
               "-out", "verified"]  # fmt: skip
    said = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert "CAdES Verification successful" in said.stderr, said.stderr
