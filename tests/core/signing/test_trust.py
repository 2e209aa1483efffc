"""The files in which head office says whom to believe."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from core.errors import UserError
from core.ledger import canonical
from core.signing import Revocation, create_authority, load_trust, make_crl, read_bundle
from core.signing.trust import pem_blocks
from tests.core.signing.conftest import ISSUED, LATER, People
from tests.fuzz.signed import start

PEM = Encoding.PEM


@pytest.fixture
def root(people: People) -> bytes:
    return people.authority.certificate.public_bytes(PEM)


def test_one_file_with_everything(root: bytes, people: People, tmp_path: Path) -> None:
    second = create_authority("New Root", "Group", LATER)
    old, new = (make_crl(people.authority, [], when) for when in (ISSUED, LATER))
    parts = [b"Roots of the group\n", root, root, second.certificate.public_bytes(PEM), new.public_bytes(PEM),
             old.public_bytes(PEM)]  # fmt: skip
    (tmp_path / "trust.pem").write_bytes(b"\n".join(parts))
    trust = load_trust(tmp_path / "trust.pem")
    assert trust.authorities == (people.authority.certificate, second.certificate)
    assert trust.newest_crl(people.authority.certificate) == new
    assert trust.newest_crl(second.certificate) is None


def test_a_folder(root: bytes, people: People, tmp_path: Path) -> None:
    (tmp_path / "root.pem").write_bytes(root)
    crl = make_crl(people.authority, [Revocation(5, ISSUED)], ISSUED)
    (tmp_path / "list.crl").write_bytes(crl.public_bytes(PEM))
    (tmp_path / "readme.txt").write_text("nothing to see")
    trust = load_trust(tmp_path)
    assert trust.authorities == (people.authority.certificate,)
    assert trust.crls == (crl,)


def test_windows_line_ends(root: bytes, people: People, tmp_path: Path) -> None:
    (tmp_path / "root.pem").write_bytes(root.replace(b"\n", b"\r\n"))
    assert load_trust(tmp_path / "root.pem").authorities == (people.authority.certificate,)


@pytest.mark.parametrize("data", [b"", b"hello", b"-----BEGIN CERTIFICATE-----\nAAAA"])
def test_a_file_that_says_nothing(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "x.pem").write_bytes(data)
    with pytest.raises(UserError, match=r"x\.pem holds no certificate of an authority"):
        load_trust(tmp_path / "x.pem")


def test_a_broken_certificate(tmp_path: Path) -> None:
    (tmp_path / "x.pem").write_bytes(b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")
    with pytest.raises(UserError, match="broken certificate"):
        load_trust(tmp_path / "x.pem")


def test_a_broken_list(root: bytes, tmp_path: Path) -> None:
    (tmp_path / "x.pem").write_bytes(root + b"-----BEGIN X509 CRL-----\nAAAA\n-----END X509 CRL-----\n")
    with pytest.raises(UserError, match="broken list of revoked"):
        load_trust(tmp_path / "x.pem")


def test_a_person_is_no_root(people: People, tmp_path: Path) -> None:
    (tmp_path / "x.pem").write_bytes(people.auditor.certificate.public_bytes(PEM))
    with pytest.raises(UserError, match="not that of an authority"):
        load_trust(tmp_path / "x.pem")


def test_a_list_of_a_stranger(root: bytes, tmp_path: Path) -> None:
    other = create_authority("Example Group Root", "Example Group", ISSUED)
    (tmp_path / "x.pem").write_bytes(root + make_crl(other, [], ISSUED).public_bytes(PEM))
    with pytest.raises(UserError, match="signed by nobody who is trusted"):
        load_trust(tmp_path / "x.pem")


def test_a_private_key_is_refused_loudly(root: bytes, people: People, tmp_path: Path) -> None:
    key = people.authority.key.private_bytes(PEM, PrivateFormat.PKCS8, NoEncryption())
    (tmp_path / "x.pem").write_bytes(root + key)
    with pytest.raises(UserError, match="holds a private key"):
        load_trust(tmp_path / "x.pem")


def test_no_file_and_too_large_a_file(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="it is not there"):
        load_trust(tmp_path / "none.pem")
    (tmp_path / "x.pem").write_bytes(b"x" * 10_000_001)
    with pytest.raises(UserError, match="too large"):
        load_trust(tmp_path / "x.pem")


def test_blocks_that_never_end_are_looked_at_once() -> None:
    """A file of a hundred thousand beginnings was searched to its end for each of them."""
    endless = b"-----BEGIN CERTIFICATE-----\nAAAA\n" * 100_000
    assert pem_blocks(endless, "x") == []
    whole = b"-----BEGIN X509 CRL-----\nAAAA\n-----END X509 CRL-----"
    assert pem_blocks(endless + whole, "x") == [(b"X509 CRL", whole, "x")]
    assert pem_blocks(whole * 2, "x") == [(b"X509 CRL", whole, "x")] * 2
    kinds = b"".join(b"-----BEGIN %d-----\n" % number for number in range(50_000))
    assert pem_blocks(kinds + whole, "x") == []


@pytest.mark.parametrize("field", ["authorities", "own", "stampers", "crls"])
@pytest.mark.parametrize("value", [[0], [None], [["x"]], 5, "x", {"a": 1}])
def test_a_trust_file_whose_certificates_are_no_texts_is_refused(field: str, value: object) -> None:
    plain = json.loads(start("group.trust"))
    with pytest.raises(UserError, match="not a trust file"):
        read_bundle(canonical({**plain, field: value}))
