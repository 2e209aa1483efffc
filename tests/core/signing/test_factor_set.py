"""Signed factor sets: head office's hand is recognised, and nothing else passes."""

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

from core.errors import UserError
from core.ledger import canonical
from core.signing import AUDITOR, Identity, Revocation, Trust, make_crl, sign_set, verify_set
from core.signing.factor_set import LARGEST, LARGEST_TEXT, SignedSet
from tests.core.signing import forging
from tests.core.signing.conftest import ISSUED, LATER, SIGNED, People, person

CSV = "# title_en: A set\nitem,use\n柴油,combustion\n".encode()
KEY = "cn_electricity_2031"


@pytest.fixture(scope="module")
def signed(people: People) -> bytes:
    return sign_set(KEY, CSV, people.auditor, SIGNED)


@pytest.fixture(scope="module")
def trust(people: People) -> Trust:
    return Trust((people.authority.certificate,))


def changed(data: bytes, **fields: object) -> bytes:
    """The file with other fields, again in canonical form."""
    return canonical(json.loads(data) | fields)


def refused(answer: SignedSet) -> str:
    assert not answer.valid and not answer.csv and not answer.key
    return str(answer.reason)


def test_head_office_s_set_arrives_as_it_was_signed(signed: bytes, trust: Trust) -> None:
    answer = verify_set(signed, trust, LATER)
    assert answer.valid, answer.reason
    assert (answer.key, answer.csv) == (KEY, CSV)
    assert (answer.signer, answer.organisation) == ("Li Wei 李伟", "Zhangjiakou Plant")
    assert (answer.issuer, answer.signed_at) == ("Example Group Root", SIGNED)


def test_openssl_verifies_the_same_signature(signed: bytes, people: People, tmp_path: Path) -> None:
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed")
    value = json.loads(signed)
    (tmp_path / "signature").write_bytes(base64.b64decode(value.pop("signature")))
    (tmp_path / "content").write_bytes(canonical(value))
    (tmp_path / "root.pem").write_bytes(people.authority.certificate.public_bytes(Encoding.PEM))
    command = ["openssl", "cms", "-verify", "-cades", "-binary", "-inform", "DER", "-in", "signature",
               "-content", "content", "-CAfile", "root.pem", "-attime", str(int(LATER.timestamp())),
               "-out", "verified"]  # fmt: skip
    said = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert "CAdES Verification successful" in said.stderr, said.stderr


def test_file_is_canonical_json_that_any_program_can_read(signed: bytes) -> None:
    value = json.loads(signed)
    assert set(value) == {"csv", "key", "schema", "signature", "signed_at", "version"}
    assert canonical(value) == signed


@pytest.mark.parametrize(
    "change",
    [
        {"csv": "# title_en: A set\nitem,use\n汽油,combustion\n"},
        {"key": "cn_electricity_2032"},
        {"signed_at": "2026-03-05T10:00:01+08:00"},
        {"version": 2},
        {"version": True},
        {"schema": "plant-audit-package"},
        {"signature": ""},
        {"signature": "AAAA"},
        {"signature": "****"},
        {"csv": None},
        {"csv": {"csv": "x"}},
        {"key": "../../etc/passwd"},
        {"signed_at": "yesterday"},
        {"more": "x"},
    ],
)
def test_every_change_is_noticed(signed: bytes, trust: Trust, change: dict[str, object]) -> None:
    assert refused(verify_set(changed(signed, **change), trust, LATER))


def test_other_spellings_of_the_same_values_are_refused(signed: bytes, trust: Trust) -> None:
    value = json.loads(signed)
    signature = value["signature"]
    spellings = [
        json.dumps(value, indent=1).encode(),
        signed + b"\n",
        b"\xef\xbb\xbf" + signed,
        signed.replace(b'"version":1', b'"version":1,"version":1'),
        signed.replace(b'"version":1', b'"version":1.0'),
        signed.replace(b'"version":1', b'"version":1E0'),
        changed(signed, signature=signature[:40] + "\n" + signature[40:]),
        changed(signed, signature=signature.rstrip("=") + "===="),
    ]
    for spelling in spellings:
        assert refused(verify_set(spelling, trust, LATER))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"null",
        b"[]",
        b"{}",
        b"%PDF-1.7",
        b"PK\x03\x04",
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"csv":' * 5_000 + b"1" + b"}" * 5_000,
        b'{"version":' + b"9" * 10_000 + b"}",
    ],
)
def test_anything_else_is_refused(data: bytes, trust: Trust) -> None:
    assert refused(verify_set(data, trust, LATER))


def test_oversized_files_are_refused_before_they_are_parsed(signed: bytes, trust: Trust) -> None:
    assert "12 MB" in refused(verify_set(b"x" * (LARGEST + 1), trust, LATER))
    assert "5 MB" in refused(verify_set(changed(signed, csv="x" * (LARGEST_TEXT + 1)), trust, LATER))
    assert "5 MB" in refused(verify_set(changed(signed, signature="A" * 40_000), trust, LATER))


def test_strangers_are_named_and_refused(people: People, trust: Trust) -> None:
    answer = verify_set(sign_set(KEY, CSV, people.stranger, SIGNED), trust, LATER)
    assert "not issued by an authority that is trusted" in refused(answer)
    assert answer.signer == "Li Wei 李伟"
    assert "trusted" in refused(verify_set(sign_set(KEY, CSV, people.auditor, SIGNED), Trust(()), LATER))


def test_plant_managers_may_not_sign_factor_sets(people: People, trust: Trust) -> None:
    with pytest.raises(UserError, match="Auditor"):
        sign_set(KEY, CSV, people.manager, SIGNED)
    forged = force(people.manager)
    assert "role" in refused(verify_set(forged, trust, LATER))


def test_expired_revoked_and_future_signatures_are_refused(people: People, trust: Trust) -> None:
    brief = person(people.authority, "Zhao Min", AUDITOR, months=1)
    with pytest.raises(UserError, match="ended"):
        sign_set(KEY, CSV, brief, SIGNED)
    assert "expired" in refused(verify_set(force(brief), trust, LATER))
    signed = sign_set(KEY, CSV, people.auditor, SIGNED)
    assert "future" in refused(verify_set(signed, trust, SIGNED - timedelta(days=1)))
    serial = people.auditor.certificate.serial_number
    crl = make_crl(people.authority, [Revocation(serial, ISSUED)], ISSUED)
    assert "revoked" in refused(verify_set(signed, Trust(trust.authorities, (crl,)), LATER))
    clean = make_crl(people.authority, [], ISSUED)
    assert verify_set(signed, Trust(trust.authorities, (clean,)), LATER).valid


def test_certificates_for_something_else_are_refused(people: People, trust: Trust) -> None:
    server = forging.certified(people.authority, purposes=[forging.SERVER])
    assert "not made for signing" in refused(verify_set(force(server), trust, LATER))


def test_signature_of_another_set_does_not_fit(people: People, signed: bytes, trust: Trust) -> None:
    other = json.loads(sign_set(KEY, CSV + b"#", people.auditor, SIGNED))
    assert "changed" in refused(verify_set(changed(signed, signature=other["signature"]), trust, LATER))


@settings(max_examples=60, deadline=None)
@given(place=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7))
def test_any_flipped_bit_is_noticed(flipped_base: tuple[bytes, Trust], place: float, bit: int) -> None:
    data, trust = flipped_base
    at = int(place * len(data))
    flipped = data[:at] + bytes([data[at] ^ (1 << bit)]) + data[at + 1 :]
    refused(verify_set(flipped, trust, LATER))


@pytest.fixture(scope="module")
def flipped_base(signed: bytes, trust: Trust) -> tuple[bytes, Trust]:
    return signed, trust


def force(identity: Identity) -> bytes:
    """Sign without asking whether that is right."""
    from core.signing import _writer

    content = {
        "csv": CSV.decode(), "key": KEY, "schema": "plant-audit-factors", "signed_at": SIGNED.isoformat(), "version": 1
    }  # fmt: skip
    signature = _writer.sign_detached(canonical(content), identity)
    return canonical({**content, "signature": base64.b64encode(signature).decode()})


def test_keys_and_sizes_are_checked_before_signing(people: People) -> None:
    with pytest.raises(UserError):
        sign_set("No Key", CSV, people.auditor, SIGNED)
    with pytest.raises(UserError):
        sign_set(KEY, b"x" * (LARGEST_TEXT + 1), people.auditor, SIGNED)
    with pytest.raises(ValueError, match="zone"):
        sign_set(KEY, CSV, people.auditor, SIGNED.replace(tzinfo=None))
