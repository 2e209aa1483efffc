"""Private keys on disk."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12

from core.errors import UserError
from core.signing import Identity, create_request, keys, load_key, load_p12, save_certificate, save_key, save_p12
from tests.core.signing.conftest import ISSUED, People

PASSPHRASE = "correct horse 电池"


@pytest.fixture(scope="module")
def made(people: People, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Sealed once, as dear as the program makes it."""
    path = tmp_path_factory.mktemp("made") / "auditor.p12"
    save_p12(path, people.auditor, PASSPHRASE)
    return path


@pytest.fixture
def file(tmp_path: Path, made: Path) -> Path:
    return Path(shutil.copy2(made, tmp_path / made.name))


def test_there_and_back(file: Path, people: People) -> None:
    identity = load_p12(file, PASSPHRASE, ISSUED)
    assert identity.certificate == people.auditor.certificate
    assert identity.key.private_numbers() == people.auditor.key.private_numbers()


@pytest.mark.skipif(os.name == "nt", reason="Windows has other permissions")
def test_only_the_owner_reads_it(file: Path, tmp_path: Path) -> None:
    key, _ = create_request("A", "a@example.com", "P", "auditor")
    save_key(tmp_path / "a.key", key, PASSPHRASE)
    for path in (file, tmp_path / "a.key"):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert {path.name for path in tmp_path.iterdir()} == {"auditor.p12", "a.key"}


def test_the_passphrase_matters(file: Path) -> None:
    with pytest.raises(UserError, match=r"passphrase of auditor\.p12 is wrong"):
        load_p12(file, "another one")
    with pytest.raises(UserError, match="wrong"):
        load_p12(file, "")


@pytest.mark.parametrize("passphrase", ["", "short"])
def test_nothing_is_written_without_a_passphrase(passphrase: str, tmp_path: Path, people: People) -> None:
    with pytest.raises(UserError, match="at least 8 characters"):
        save_p12(tmp_path / "a.p12", people.auditor, passphrase)
    with pytest.raises(UserError, match="at least 8 characters"):
        save_key(tmp_path / "a.key", people.auditor.key, passphrase)
    assert not list(tmp_path.iterdir())


def test_nothing_of_the_key_is_readable(file: Path, people: People) -> None:
    secret = people.auditor.key.private_numbers().private_value.to_bytes(32, "big")
    assert secret not in file.read_bytes()
    assert b"PRIVATE" not in file.read_bytes()


@pytest.mark.parametrize("data", [b"", b"hello", b"\x30\x03\x02\x01\x01", b"-----BEGIN CERTIFICATE-----"])
def test_what_is_no_p12(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "x.p12"
    path.write_bytes(data)
    with pytest.raises(UserError, match=r"x\.p12 is not a PKCS#12 file"):
        load_p12(path, PASSPHRASE)


def test_a_p12_that_is_cut_off(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-30])
    with pytest.raises(UserError, match="not a PKCS#12"):
        load_p12(file, PASSPHRASE)


def test_a_file_that_is_missing_or_too_large(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="it is not there"):
        load_p12(tmp_path / "none.p12", PASSPHRASE)
    (tmp_path / "big.p12").write_bytes(b"\x30" * 1_000_001)
    with pytest.raises(UserError, match="too large"):
        load_p12(tmp_path / "big.p12", PASSPHRASE)


def test_a_p12_without_a_key(tmp_path: Path, people: People) -> None:
    encryption = BestAvailableEncryption(PASSPHRASE.encode())
    data = pkcs12.serialize_key_and_certificates(None, None, None, [people.auditor.certificate], encryption)
    (tmp_path / "x.p12").write_bytes(data)
    with pytest.raises(UserError, match="no private key"):
        load_p12(tmp_path / "x.p12", PASSPHRASE)


def test_key_and_certificate_of_two_people(tmp_path: Path, people: People) -> None:
    mixed = Identity(people.auditor.certificate, people.manager.key)
    with pytest.raises((UserError, ValueError)):
        save_p12(tmp_path / "x.p12", mixed, PASSPHRASE)
        load_p12(tmp_path / "x.p12", PASSPHRASE)


def test_keys_of_another_kind(tmp_path: Path) -> None:
    key = rsa.generate_private_key(65537, 2048)
    save_key(tmp_path / "x.key", key, PASSPHRASE)  # type: ignore[arg-type]
    with pytest.raises(UserError, match="not a P-256 key"):
        load_key(tmp_path / "x.key", PASSPHRASE)


def test_a_certificate_that_ended_is_told(file: Path) -> None:
    with pytest.raises(UserError, match="ended on 2028-01-01"):
        load_p12(file, PASSPHRASE, ISSUED + timedelta(days=800))
    with pytest.raises(UserError, match="begins on 2026-01-01"):
        load_p12(file, PASSPHRASE, ISSUED - timedelta(days=1))


def test_a_key_that_waits_for_its_certificate(tmp_path: Path) -> None:
    key, _ = create_request("A", "a@example.com", "P", "auditor")
    path = tmp_path / "a.key"
    save_key(path, key, PASSPHRASE)
    assert load_key(path, PASSPHRASE).private_numbers() == key.private_numbers()
    with pytest.raises(UserError, match=r"passphrase of a\.key is wrong, or the file is damaged"):
        load_key(path, "another one")
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    with pytest.raises(UserError, match="damaged"):
        load_key(path, PASSPHRASE)


@pytest.mark.parametrize("data", [b"", b"hello", b"plant-audit-key-1\n"])
def test_what_is_no_key_file(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "x.key").write_bytes(data)
    with pytest.raises(UserError):
        load_key(tmp_path / "x.key", PASSPHRASE)


def test_writing_again_replaces(file: Path, people: People) -> None:
    save_p12(file, people.manager, PASSPHRASE)
    assert load_p12(file, PASSPHRASE).name == "Wang Fang"


def test_openssl_reads_the_p12(file: Path, tmp_path: Path) -> None:
    command = ["openssl", "pkcs12", "-in", str(file), "-passin", f"pass:{PASSPHRASE}", "-nokeys", "-info"]
    try:
        said = subprocess.run(command, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        pytest.skip("openssl is not installed")
    assert said.returncode == 0, said.stderr
    assert "-----BEGIN CERTIFICATE-----" in said.stdout
    assert "AES-256-CBC" in said.stderr
    assert "Iteration 600000" in said.stderr


def test_a_certificate_is_public(tmp_path: Path, people: People) -> None:
    save_certificate(tmp_path / "a.pem", people.auditor.certificate)
    assert (tmp_path / "a.pem").read_bytes().startswith(b"-----BEGIN CERTIFICATE-----")
    assert isinstance(people.auditor.key, ec.EllipticCurvePrivateKey)


@pytest.mark.parametrize(
    ("asked", "more", "place"),
    [
        (b"\x02\x02\x08\x00", b"\x02\x02\x7f\xff", -1),
        (b"\x02\x03\x09\x27\xc0", b"\x02\x03\x7f\xff\xff", 0),
        (b"\x02\x03\x09\x27\xc0", b"\x02\x03\x7f\xff\xff", 1),
    ],
)
def test_a_p12_that_asks_for_too_much_work_is_refused_before_it_begins(
    file: Path, monkeypatch: pytest.MonkeyPatch, asked: bytes, more: bytes, place: int
) -> None:
    """Rounds stand in it three times: for the whole, for the certificate and for the key."""
    data = file.read_bytes()
    at = [one for one in range(len(data)) if data.startswith(asked, one)][place]
    file.write_bytes(data[:at] + more + data[at + len(more) :])
    found, before = list(keys._rounds(file.read_bytes())), list(keys._rounds(data))
    assert before == [2_048, 600_000, 600_000] and found != before
    monkeypatch.setattr("core.signing.keys._MOST_ROUNDS", max(found) - 1)
    monkeypatch.setattr(pkcs12, "load_key_and_certificates", lambda *_: pytest.fail("it was tried"))
    with pytest.raises(UserError, match="more work than any key file needs"):
        load_p12(file, PASSPHRASE)
