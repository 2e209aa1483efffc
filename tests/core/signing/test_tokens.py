"""Keys on tokens: made there, certified, and signing there; everything a token refuses is told with a way out."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pkcs11
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from pkcs11.util.ec import encode_named_curve_parameters

from core.errors import UserError
from core.signing import (
    AUDITOR,
    PLANT_MANAGER,
    Identity,
    Trust,
    Verification,
    create_token_request,
    fingerprint,
    issue,
    load_request,
    plugged_tokens,
    sign,
    sign_statement,
    store_token_certificate,
    token_certificates,
    token_identity,
    verify_statement,
)
from core.signing.certificates import add_months
from core.signing.token_access import opened, opened_library, single_token
from core.signing.token_errors import refused_politely
from tests.core.signing.conftest import ISSUED, LATER, SIGNED, People
from tests.softhsm import PIN, SoftTokens, soft_tokens

Judge = Callable[..., Verification]


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SoftTokens:
    """One token without a key."""
    made = soft_tokens(tmp_path, monkeypatch)
    made.add()
    return made


@dataclass(frozen=True)
class Ready:
    """A token that signs."""

    place: SoftTokens
    key: str
    certificate: x509.Certificate

    @property
    def module(self) -> Path:
        return self.place.module


def request_on(
    place: SoftTokens, role: str = AUDITOR, name: str = "Li Wei 李伟", email: str = "li@example.com"
) -> tuple[str, bytes]:
    return create_token_request(place.module, PIN, name=name, email=email, organisation="Zhangjiakou Plant", role=role)


def certified(place: SoftTokens, people: People, role: str = AUDITOR, *who: str) -> Ready:
    key, request = request_on(place, role, *who)
    certificate = issue(people.authority, request, role=role, sites=["CN-HE-01"], when=ISSUED)
    assert store_token_certificate(place.module, PIN, certificate) == key
    return Ready(place, key, certificate)


@pytest.fixture
def ready(place: SoftTokens, people: People) -> Ready:
    return certified(place, people)


def opening(place: SoftTokens | Ready, pin: str = PIN, **chosen: Any) -> Identity:
    """Open and close a token."""
    with token_identity(place.module, pin, **chosen) as identity:
        return identity


# ---------------------------------------------------------------------- from the key to the signature


def test_a_token_signs_a_report_that_head_office_believes(
    ready: Ready, pdf: bytes, people: People, judged: Judge
) -> None:
    with token_identity(ready.module, PIN, when=SIGNED) as identity:
        assert (identity.name, identity.role) == ("Li Wei 李伟", AUDITOR)
        signed = sign(pdf, identity, reason="Audit", location="", when=SIGNED)
    answer = judged(signed, (AUDITOR,))
    assert answer.valid, answer.reason
    assert answer.signatures[0].fingerprint == fingerprint(ready.certificate)


@pytest.mark.parametrize("first", [AUDITOR, PLANT_MANAGER])
def test_token_and_key_file_sign_one_report(
    first: str, place: SoftTokens, pdf: bytes, people: People, judged: Judge
) -> None:
    certified(place, people, PLANT_MANAGER, "Zhao Min", "zhao@example.com")
    signed = pdf
    for field in (first, AUDITOR if first == PLANT_MANAGER else PLANT_MANAGER):
        if field == AUDITOR:
            signed = sign(signed, people.auditor, reason="", location="", when=SIGNED)
        else:
            with token_identity(place.module, PIN) as identity:
                signed = sign(signed, identity, reason="", location="", when=SIGNED, field=PLANT_MANAGER)
    answer = judged(signed)
    assert answer.valid, answer.reason
    assert answer.signatures[0].field == first
    assert {report.signer for report in answer.signatures} == {"Li Wei 李伟", "Zhao Min"}


def test_many_signatures_in_one_session_are_all_low(ready: Ready) -> None:
    with token_identity(ready.module, PIN) as identity:
        cms = [sign_statement(bytes([number]), identity) for number in range(40)]
    for number, signature in enumerate(cms):
        assert verify_statement(bytes([number]), signature).problems == ()  # refuses the larger form


def test_a_token_signs_statements(ready: Ready, people: People) -> None:
    with token_identity(ready.module, PIN) as identity:
        cms = sign_statement(b"I am independent.", identity)
    trust = Trust((people.authority.certificate,))
    assert verify_statement(b"I am independent.", cms, trust, when=LATER, signed=SIGNED).trusted


def test_the_request_says_what_was_asked_and_proves_the_key(place: SoftTokens) -> None:
    key, pem = request_on(place)
    request = load_request(pem)  # checks its signature
    assert request.subject.get_attributes_for_oid(x509.NameOID.COMMON_NAME)[0].value == "Li Wei 李伟"
    assert len(bytes.fromhex(key)) == 8
    other, _pem = request_on(place)
    assert other != key


def test_the_key_never_leaves(ready: Ready) -> None:
    with opened_library(ready.module) as library, opened(single_token(library, ""), PIN) as session:
        (key,) = session.get_objects({pkcs11.Attribute.CLASS: pkcs11.ObjectClass.PRIVATE_KEY})
        assert key[pkcs11.Attribute.SENSITIVE]
        assert not key[pkcs11.Attribute.EXTRACTABLE]
        with pytest.raises(pkcs11.PKCS11Error):
            key[pkcs11.Attribute.VALUE]
    with token_identity(ready.module, PIN) as identity:
        for take in (
            identity.key.private_numbers,
            lambda: identity.key.private_bytes(
                serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            ),
            lambda: identity.key.exchange(ec.ECDH(), ec.generate_private_key(ec.SECP256R1()).public_key()),
        ):
            with pytest.raises(UserError, match="never leaves"):
                take()
        assert copy.deepcopy(identity.key) is copy.copy(identity.key) is identity.key
        assert identity.key.key_size == 256
        with pytest.raises(ValueError, match="SHA-256"):
            identity.key.sign(b"", ec.ECDSA(hashes.SHA512()))


def test_nothing_is_left_when_a_request_cannot_be_made(place: SoftTokens) -> None:
    with pytest.raises(UserError, match="not an e-mail address"):
        create_token_request(place.module, PIN, name="A", email="nobody", organisation="P", role=AUDITOR)
    with opened_library(place.module) as library, opened(single_token(library, ""), PIN) as session:
        assert list(session.get_objects()) == []


# ---------------------------------------------------------------------- what lies on tokens


def test_what_is_plugged_in(place: SoftTokens) -> None:
    (one,) = plugged_tokens(place.module)
    assert (one.label, one.pad) == ("Li Wei", False)
    assert one.serial
    place.add("Wang Fang")  # seen at once
    assert [each.label for each in plugged_tokens(place.module)].count("Wang Fang") == 1
    assert len(plugged_tokens(place.module)) == 2


def test_certificates_are_listed_without_a_pin(ready: Ready) -> None:
    (one,) = token_certificates(ready.module)
    assert (one.id, one.certificate, one.name) == (ready.key, ready.certificate, "Li Wei 李伟")
    assert one.token == plugged_tokens(ready.module)[0].serial
    assert token_certificates(ready.module, "Li Wei") == (one,)


def test_several_certificates_are_told_apart_by_their_id(ready: Ready, people: People) -> None:
    second = certified(ready.place, people, PLANT_MANAGER, "Zhao Min")
    with pytest.raises(UserError, match="several certificates on the token") as refused:
        opening(ready)
    assert ready.key in str(refused.value) and second.key in str(refused.value)
    for one in (ready, second):
        with token_identity(ready.module, PIN, key=one.key.upper()) as identity:
            assert identity.certificate == one.certificate
            assert identity.key.public_key() == one.certificate.public_key()


def test_several_tokens_are_told_apart_by_their_name(ready: Ready) -> None:
    ready.place.add("Wang Fang")
    with pytest.raises(UserError, match="Several tokens are plugged in"):
        opening(ready)
    with token_identity(ready.module, PIN, token="Li Wei") as identity:
        assert identity.certificate == ready.certificate
    with pytest.raises(UserError, match="no certificate on the token"):
        opening(ready, token="Wang Fang")
    with pytest.raises(UserError, match="“Nobody” is not plugged in"):
        token_certificates(ready.module, "Nobody")


def test_a_renewed_certificate_takes_the_place_of_the_old_one(ready: Ready, people: People) -> None:
    with token_identity(ready.module, PIN) as identity:
        builder = x509.CertificateSigningRequestBuilder(identity.certificate.subject)
        mail = identity.certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
        request = builder.add_extension(mail, False).sign(identity.key, hashes.SHA256())
    renewed = issue(
        people.authority, request.public_bytes(serialization.Encoding.PEM), role=AUDITOR, sites=(), when=LATER
    )
    assert store_token_certificate(ready.module, PIN, renewed) == ready.key
    assert [one.certificate for one in token_certificates(ready.module)] == [renewed]


# ---------------------------------------------------------------------- what is refused


@pytest.mark.parametrize("pin", ["9", "271829", "x" * 400])
def test_a_wrong_pin(pin: str, ready: Ready) -> None:
    with pytest.raises(UserError, match="PIN is wrong") as refused:
        opening(ready, pin)
    assert "few tries are left" in str(refused.value.remedy)
    opening(ready)  # and the right one still opens it


def test_no_pin(ready: Ready) -> None:
    with pytest.raises(UserError, match="PIN of the token is empty"):
        opening(ready, "")


def test_no_library(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"nowhere\.so, was not found"):
        plugged_tokens(tmp_path / "nowhere.so")
    text = tmp_path / "text.so"
    text.write_text("hello")
    with pytest.raises(UserError, match=r"text\.so is no library of a token"):
        plugged_tokens(text)


def test_no_token(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    empty = soft_tokens(tmp_path, monkeypatch)
    assert plugged_tokens(empty.module) == ()
    with pytest.raises(UserError, match="No token is plugged in"):
        opening(empty)


def test_no_certificate(place: SoftTokens) -> None:
    request_on(place)
    with pytest.raises(UserError, match="no certificate on the token"):
        opening(place)
    with pytest.raises(UserError, match="no certificate abcd on the token"):
        opening(place, key="abcd")


def test_a_certificate_that_is_not_valid_now(ready: Ready) -> None:
    with pytest.raises(UserError, match="ended on 2028"):
        opening(ready, when=ISSUED + timedelta(days=1000))


def test_a_certificate_of_another_key_is_not_taken_in(place: SoftTokens, people: People) -> None:
    request_on(place)
    with pytest.raises(UserError, match="issued for another key"):
        store_token_certificate(place.module, PIN, people.auditor.certificate)
    assert token_certificates(place.module) == ()


def put(place: SoftTokens, certificate: x509.Certificate, key: bytes) -> None:
    """Store a certificate under an ID without asking whether that is right."""
    from pkcs11.util.x509 import decode_x509_certificate

    with opened_library(place.module) as library, opened(single_token(library, ""), PIN, writing=True) as session:
        values = decode_x509_certificate(certificate.public_bytes(serialization.Encoding.DER))
        session.create_object({**values, pkcs11.Attribute.TOKEN: True, pkcs11.Attribute.ID: key,
                               pkcs11.Attribute.LABEL: "put"})  # fmt: skip


def test_a_certificate_without_its_key(place: SoftTokens, people: People) -> None:
    put(place, people.auditor.certificate, b"\1\2")
    with pytest.raises(UserError, match="holds the certificate 0102 without a key"):
        opening(place)


def test_a_key_that_is_not_the_certificates(place: SoftTokens, people: People, pdf: bytes) -> None:
    key, _request = request_on(place)
    put(place, people.auditor.certificate, bytes.fromhex(key))
    with (
        token_identity(place.module, PIN) as identity,
        pytest.raises(UserError, match="does not belong to the certificate"),
    ):
        sign(pdf, identity, reason="", location="", when=SIGNED)


def test_a_key_of_another_curve(place: SoftTokens, people: People) -> None:
    key = ec.generate_private_key(ec.SECP384R1())
    builder = (
        x509.CertificateBuilder(people.authority.certificate.subject, people.auditor.certificate.subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(ISSUED)
        .not_valid_after(add_months(ISSUED, 24))
    )
    put(place, builder.sign(people.authority.key, hashes.SHA256()), b"\3")
    with pytest.raises(UserError, match="not a P-256 key"):
        opening(place)


def test_a_key_of_another_curve_is_no_key_of_ours(place: SoftTokens, people: People) -> None:
    curve = {pkcs11.Attribute.EC_PARAMS: encode_named_curve_parameters("secp384r1")}
    with opened_library(place.module) as library, opened(single_token(library, ""), PIN, writing=True) as session:
        session.create_domain_parameters(pkcs11.KeyType.EC, curve, local=True).generate_keypair(store=True, id=b"\4")
        session.generate_keypair(pkcs11.KeyType.RSA, 1024, store=True, id=b"\5")
    with pytest.raises(UserError, match="issued for another key"):
        store_token_certificate(place.module, PIN, people.auditor.certificate)


def test_a_token_that_is_pulled_out_while_it_signs(ready: Ready, pdf: bytes) -> None:
    with token_identity(ready.module, PIN) as identity:
        ready.place.remove()
        with pytest.raises(UserError, match="removed while it signed; nothing was signed"):
            sign(pdf, identity, reason="", location="", when=SIGNED)


def test_the_next_one_can_use_the_library_after_an_accident(ready: Ready, pdf: bytes) -> None:
    test_a_token_that_is_pulled_out_while_it_signs(ready, pdf)
    ready.place.folder.mkdir()
    ready.place.add("Another")
    assert [one.label for one in plugged_tokens(ready.module)] == ["Another"]


class Told:
    """A token that tells how many tries are left."""

    def __init__(self, flags: pkcs11.TokenFlag) -> None:
        self.flags, self.slot = flags, self

    def get_token(self) -> Told:
        return self


@pytest.mark.parametrize(
    ("flags", "remedy"),
    [
        (pkcs11.TokenFlag(0), "Type it again"),
        (pkcs11.TokenFlag.USER_PIN_COUNT_LOW, "Only a few tries"),
        (pkcs11.TokenFlag.USER_PIN_COUNT_LOW | pkcs11.TokenFlag.USER_PIN_FINAL_TRY, "One try is left"),
        (pkcs11.TokenFlag.USER_PIN_LOCKED, "locked now"),
    ],
)
def test_how_many_tries_are_left(flags: pkcs11.TokenFlag, remedy: str) -> None:
    token: Any = Told(flags)
    with pytest.raises(UserError, match="PIN is wrong") as refused, refused_politely(token):
        raise pkcs11.PinIncorrect
    assert remedy in str(refused.value.remedy)


@pytest.mark.parametrize(
    ("error", "signing", "sentence"),
    [
        (pkcs11.PinLocked, False, "locked after too many"),
        (pkcs11.UserPinNotInitialized, False, "has no PIN yet"),
        (pkcs11.DeviceRemoved, False, "token was removed"),
        (pkcs11.DeviceRemoved, True, "nothing was signed"),
        (pkcs11.TokenWriteProtected, False, "protected against writing"),
        (pkcs11.MechanismInvalid, True, "cannot sign with keys of the kind P-256"),
        (pkcs11.HostMemory, False, r"refused \(HostMemory\)"),
    ],
)
def test_every_refusal_is_a_sentence(error: type[pkcs11.PKCS11Error], signing: bool, sentence: str) -> None:
    with pytest.raises(UserError, match=sentence) as refused, refused_politely(signing=signing):
        raise error
    assert refused.value.remedy is not None
