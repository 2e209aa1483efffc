"""Authorities, requests, certificates and revocation lists."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from core.errors import UserError
from core.signing import (
    AUDITOR,
    PLANT_MANAGER,
    Identity,
    Revocation,
    check_period,
    create_authority,
    create_request,
    fingerprint,
    issue,
    load_request,
    make_crl,
    role_of,
)
from core.signing.certificates import DOCUMENT_SIGNING, add_months, email_of, sites_of
from tests.core.signing.conftest import ISSUED, People


def usage_of(certificate: x509.Certificate) -> x509.KeyUsage:
    return certificate.extensions.get_extension_for_class(x509.KeyUsage).value


def test_an_authority(people: People) -> None:
    root = people.authority.certificate
    constraints = root.extensions.get_extension_for_class(x509.BasicConstraints)
    assert constraints.critical
    assert (constraints.value.ca, constraints.value.path_length) == (True, 0)
    assert usage_of(root).key_cert_sign
    assert usage_of(root).crl_sign
    assert not usage_of(root).digital_signature
    assert root.not_valid_after_utc.year - root.not_valid_before_utc.year == 15
    assert isinstance(people.authority.key.curve, ec.SECP256R1)
    root.verify_directly_issued_by(root)


def test_a_certificate_of_a_person(people: People) -> None:
    certificate = people.auditor.certificate
    usage = usage_of(certificate)
    assert usage.digital_signature
    assert usage.content_commitment
    assert not usage.key_cert_sign
    purposes = certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    assert {each.dotted_string for each in purposes} == {DOCUMENT_SIGNING.dotted_string, "1.3.6.1.5.5.7.3.4"}
    assert certificate.not_valid_after_utc == datetime(2028, 1, 1, tzinfo=UTC)
    assert email_of(certificate) == "li@example.com"
    assert sites_of(certificate) == ("CN-HE-01",)
    assert (people.auditor.name, people.auditor.role) == ("Li Wei 李伟", AUDITOR)
    certificate.verify_directly_issued_by(people.authority.certificate)


def test_serial_numbers_are_not_guessable(people: People) -> None:
    _, request = create_request("A", "a@example.com", "P", AUDITOR)
    made = {issue(people.authority, request, role=AUDITOR, sites=(), when=ISSUED).serial_number for _ in range(5)}
    assert len(made) == 5
    assert all(serial.bit_length() > 100 for serial in made)


def test_head_office_decides_who_somebody_is(people: People) -> None:
    _, request = create_request("The Chairman", "boss@example.com", "Everywhere", AUDITOR)
    certificate = issue(
        people.authority,
        request,
        role="plant manager",
        sites=["A", "B"],
        when=ISSUED,
        name="Wang Fang",
        email="wang@example.com",
        organisation="Plant",
    )
    said = {attribute.oid: attribute.value for attribute in certificate.subject}
    assert said[NameOID.COMMON_NAME] == "Wang Fang"
    assert said[NameOID.TITLE] == PLANT_MANAGER
    assert said[NameOID.ORGANIZATION_NAME] == "Plant"
    assert email_of(certificate) == "wang@example.com"
    assert sites_of(certificate) == ("A", "B")


@pytest.mark.parametrize(
    "data", [b"", b"hello", b"-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----\n"]
)
def test_what_is_no_request(data: bytes) -> None:
    with pytest.raises(UserError, match="not a certificate request"):
        load_request(data)


def test_a_request_whose_signature_is_wrong() -> None:
    _, request = create_request("A", "a@example.com", "P", AUDITOR)
    der = bytearray(x509.load_pem_x509_csr(request).public_bytes(Encoding.DER))
    der[der.index(b"a@example.com")] = ord("b")
    forged = x509.load_der_x509_csr(bytes(der)).public_bytes(Encoding.PEM)
    with pytest.raises(UserError, match="signature of the certificate request is wrong"):
        load_request(forged)


def test_a_request_of_another_program() -> None:
    key = rsa.generate_private_key(65537, 2048)
    request = x509.CertificateSigningRequestBuilder(x509.Name([])).sign(key, hashes.SHA256())
    with pytest.raises(UserError, match="P-256"):
        load_request(request.public_bytes(Encoding.PEM))


def test_a_request_without_an_address(people: People) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "A")])
    request = x509.CertificateSigningRequestBuilder(name).sign(key, hashes.SHA256()).public_bytes(Encoding.PEM)
    with pytest.raises(UserError, match="no e-mail address"):
        issue(people.authority, request, role=AUDITOR, sites=(), when=ISSUED)


@pytest.mark.parametrize(
    ("name", "email", "complaint"),
    [
        ("", "a@example.com", "needs a name"),
        ("  ", "a@example.com", "needs a name"),
        ("x" * 65, "a@example.com", "too long"),
        ("A", "nobody", "not an e-mail address"),
        ("A", "李@example.com", "not an e-mail address"),
    ],
)
def test_requests_that_make_no_sense(name: str, email: str, complaint: str) -> None:
    with pytest.raises(UserError, match=complaint):
        create_request(name, email, "Plant", AUDITOR)


def test_only_an_authority_issues(people: People) -> None:
    _, request = create_request("A", "a@example.com", "P", AUDITOR)
    with pytest.raises(UserError, match="not an authority"):
        issue(people.auditor, request, role=AUDITOR, sites=(), when=ISSUED)
    with pytest.raises(UserError, match="not an authority"):
        make_crl(people.auditor, [], ISSUED)


def test_an_authority_issues_nothing_beyond_its_own_end(people: People) -> None:
    _, request = create_request("A", "a@example.com", "P", AUDITOR)
    with pytest.raises(UserError, match="before the certificate would"):
        issue(people.authority, request, role=AUDITOR, sites=(), when=ISSUED, months=200)
    with pytest.raises(UserError, match="ended on 2041"):
        issue(people.authority, request, role=AUDITOR, sites=(), when=ISSUED + timedelta(days=6000))


def test_a_list_of_the_revoked(people: People) -> None:
    serial = people.auditor.certificate.serial_number
    crl = make_crl(people.authority, [Revocation(serial, ISSUED), Revocation(1, ISSUED)], ISSUED)
    assert len(crl) == 2
    assert crl.get_revoked_certificate_by_serial_number(serial) is not None
    assert crl.is_signature_valid(people.authority.certificate.public_key())  # type: ignore[arg-type]
    later = make_crl(people.authority, [], ISSUED + timedelta(days=1))
    numbers = [each.extensions.get_extension_for_class(x509.CRLNumber).value.crl_number for each in (crl, later)]
    assert numbers == sorted(set(numbers))


def test_openssl_agrees(people: People, tmp_path: Path) -> None:
    (tmp_path / "root.pem").write_bytes(people.authority.certificate.public_bytes(Encoding.PEM))
    (tmp_path / "crl.pem").write_bytes(make_crl(people.authority, [], ISSUED).public_bytes(Encoding.PEM))
    (tmp_path / "one.pem").write_bytes(people.auditor.certificate.public_bytes(Encoding.PEM))
    moment = str(int((ISSUED + timedelta(days=5)).timestamp()))
    command = ["openssl", "verify", "-x509_strict", "-purpose", "smimesign", "-crl_check", "-attime", moment,
               "-CAfile", "root.pem", "-CRLfile", "crl.pem", "one.pem"]  # fmt: skip
    try:
        said = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        pytest.skip("openssl is not installed")
    assert said.stdout.strip() == "one.pem: OK", said.stderr


def test_fingerprints_can_be_read_out(people: People) -> None:
    _, request = create_request("A", "a@example.com", "P", AUDITOR)
    for thing in (people.authority.certificate, request):
        groups = fingerprint(thing).split()
        assert len(groups) == 16
        assert all(len(group) == 4 for group in groups)
    assert fingerprint(people.auditor.certificate) != fingerprint(people.manager.certificate)


def test_the_fingerprint_of_a_request_is_that_of_its_key(people: People) -> None:
    key, request = create_request("A", "a@example.com", "P", AUDITOR)
    other = x509.CertificateSigningRequestBuilder(x509.Name([])).sign(key, hashes.SHA256())
    assert fingerprint(request) == fingerprint(other.public_bytes(Encoding.PEM))


@pytest.mark.parametrize("text", ["auditor", "Auditor", "AUDITOR"])
def test_roles_by_any_spelling(text: str) -> None:
    assert role_of(text) == AUDITOR


def test_there_are_two_roles() -> None:
    assert {role_of(text) for text in ("plant-manager", "Plant manager", "plant_manager")} == {PLANT_MANAGER}
    with pytest.raises(UserError, match="no role “king”"):
        role_of("king")


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (datetime(2024, 2, 29), 12, datetime(2025, 2, 28)),
        (datetime(2025, 12, 31), 2, datetime(2026, 2, 28)),
        (datetime(2025, 1, 15), 24, datetime(2027, 1, 15)),
    ],
)
def test_months_later(start: datetime, months: int, end: datetime) -> None:
    assert add_months(start, months) == end


def test_the_period_of_a_certificate(people: People) -> None:
    check_period(people.auditor.certificate, ISSUED)
    with pytest.raises(UserError, match="ended on 2028-01-01"):
        check_period(people.auditor.certificate, ISSUED + timedelta(days=731))
    with pytest.raises(UserError, match="begins on 2026-01-01"):
        check_period(people.auditor.certificate, ISSUED - timedelta(seconds=1))


def test_times_need_a_zone() -> None:
    with pytest.raises(ValueError, match="time zone"):
        create_authority("Root", "Group", datetime(2026, 1, 1))


def test_a_name_of_an_authority_stays(people: People) -> None:
    assert Identity(people.authority.certificate, people.authority.key).role == ""


def test_a_country_of_three_letters_is_read_without_a_word(tmp_path: Path) -> None:
    """As some authorities write it; in a process of its own, for here another filter stands before ours."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COUNTRY_NAME, "CHN", _validate=False)])
    start = datetime(2026, 1, 1, tzinfo=UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), 7, start, add_months(start, 12))
        .sign(key, hashes.SHA256())
        .public_bytes(Encoding.PEM)
    )
    (tmp_path / "three.pem").write_bytes(made)
    reading = (
        "import sys; from pathlib import Path; from cryptography.x509 import load_pem_x509_certificate as load; "
        "from core.signing.certificates import read_through; "
        "print(read_through(load(Path(sys.argv[1]).read_bytes())).subject.rfc4514_string())"
    )
    told = subprocess.run([sys.executable, "-c", reading, tmp_path / "three.pem"], check=True, capture_output=True)
    assert (told.stdout.decode().strip(), told.stderr) == ("C=CHN", b"")
