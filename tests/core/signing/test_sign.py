"""A signed report: what is added, what stays, and that others than we can verify it."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from core.errors import UserError
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
)
from tests.core.signing import pdfs
from tests.core.signing.conftest import ISSUED, LATER, SIGNED, People, person

Judge = Callable[..., Verification]


def test_the_report_stays_as_it_was(pdf: bytes, audited: bytes, approved: bytes) -> None:
    assert audited.startswith(pdf)
    assert approved.startswith(audited)
    assert b"/Producer (pyHanko" not in approved
    assert len(re.findall(rb"/Title \(", approved)) == 1


def test_head_office_believes_both(approved: bytes, pdf: bytes, judged: Judge) -> None:
    answer = judged(approved)
    assert answer.valid, answer.reason
    assert answer.original == pdf
    assert answer.package_bytes == pdfs.PACKAGE
    auditor, manager = answer.signatures
    assert (auditor.field, auditor.signer, auditor.role) == (AUDITOR, "Li Wei 李伟", AUDITOR)
    assert (manager.field, manager.signer) == (PLANT_MANAGER, "Wang Fang")
    assert auditor.signed_at == SIGNED
    assert auditor.sites == ("CN-HE-01",)
    assert auditor.level == "PAdES B-B"
    assert auditor.issuer == "Example Group Root"
    assert [report.covers_whole_file for report in answer.signatures] == [False, True]
    assert all(report.trusted and report.intact and not report.problems for report in answer.signatures)


def test_one_signature_is_enough_if_only_one_is_required(audited: bytes, judged: Judge) -> None:
    answer = judged(audited, (AUDITOR,))
    assert answer.valid
    assert answer.signatures[0].covers_whole_file


@pytest.mark.parametrize("lang", ["en", "zh", "both"])
def test_every_language_of_the_stamp_is_believed(lang: str, pdf: bytes, people: People, judged: Judge) -> None:
    signed = sign(pdf, people.auditor, reason="审核", location="张家口", when=SIGNED, lang=lang)
    assert judged(signed, (AUDITOR,)).valid


def test_progress_ends_at_one_and_may_cancel(pdf: bytes, people: People) -> None:
    told: list[float] = []
    sign(pdf, people.auditor, reason="", location="", when=SIGNED, progress=told.append)
    assert told == sorted(told)
    assert told[-1] == 1.0

    def cancel(done: float) -> None:
        if done > 0.3:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        sign(pdf, people.auditor, reason="", location="", when=SIGNED, progress=cancel)


@pytest.mark.parametrize(
    ("field", "files", "complaint"),
    [
        (AUDITOR, "audited", "already signed as Auditor"),
        (PLANT_MANAGER, "approved", "already signed as Plant manager"),
    ],
)
def test_nobody_signs_twice_for_one_role(
    field: str, files: str, complaint: str, people: People, request: pytest.FixtureRequest
) -> None:
    signer = people.auditor if field == AUDITOR else people.manager
    with pytest.raises(UserError, match=complaint):
        sign(request.getfixturevalue(files), signer, reason="", location="", when=SIGNED, field=field)


def test_the_wrong_person_cannot_sign(pdf: bytes, people: People) -> None:
    with pytest.raises(UserError, match="not for signing as Auditor"):
        sign(pdf, people.manager, reason="", location="", when=SIGNED)


def test_nobody_signs_before_or_after_the_certificate(pdf: bytes, people: People) -> None:
    with pytest.raises(UserError, match="ended on 2028"):
        sign(pdf, people.auditor, reason="", location="", when=SIGNED + timedelta(days=3000))
    with pytest.raises(UserError, match="begins on 2026"):
        sign(pdf, people.auditor, reason="", location="", when=SIGNED - timedelta(days=3000))


@pytest.mark.parametrize("data", [b"", b"hello", b"%PDF-1.7\n%%EOF\n"])
def test_what_is_no_report_is_not_signed(data: bytes, people: People) -> None:
    with pytest.raises(UserError, match="cannot be signed"):
        sign(data, people.auditor, reason="", location="", when=SIGNED)


def test_nobody_approves_what_was_changed(audited: bytes, people: People) -> None:
    changed = audited.replace(b"/Title (Carbon report)", b"/Title (Carbon reform)")
    assert len(changed) == len(audited)
    with pytest.raises(UserError, match="cannot be signed: The file was changed"):
        sign(changed, people.manager, reason="", location="", when=SIGNED, field=PLANT_MANAGER)


@pytest.mark.parametrize("end", [b"%%EOF\n", b"%%EOF\r\n"])
def test_two_ends_of_lines(end: bytes, pdf: bytes, people: People, judged: Judge) -> None:
    original = pdf.removesuffix(b"%%EOF\n") + end
    answer = judged(sign(original, people.auditor, reason="", location="", when=SIGNED), (AUDITOR,))
    assert answer.valid, answer.reason
    assert answer.original == original


def test_a_name_the_font_cannot_write_is_told(pdf: bytes, people: People) -> None:
    thai = person(people.authority, "Somchai สมชาย", AUDITOR)
    with pytest.raises(UserError, match=r"no sign for .* \(U\+0E"):
        sign(pdf, thai, reason="", location="", when=SIGNED)


@pytest.mark.parametrize("lang", ["en", "zh", "both"])
def test_polish_and_czech_names_can_sign(lang: str, pdf: bytes, people: People, judged: Judge) -> None:
    key, request = create_request("Paweł Świątek-Dvořák", "pawel@example.pl", "Krośnieńska Spółka", AUDITOR)
    auditor = Identity(issue(people.authority, request, role=AUDITOR, sites=["CN-HE-01"], when=ISSUED), key)
    answer = judged(sign(pdf, auditor, reason="", location="Żory", when=SIGNED, lang=lang), (AUDITOR,))
    assert answer.valid, answer.reason
    assert answer.signatures[0].signer == "Paweł Świątek-Dvořák"


def test_a_long_name_is_made_smaller(pdf: bytes, people: People, judged: Judge) -> None:
    long = person(people.authority, "Maximiliane-Alexandra von und zu Hohenstein-Wartenburg", AUDITOR)
    assert judged(sign(pdf, long, reason="", location="", when=SIGNED), (AUDITOR,)).valid


def test_a_time_needs_its_zone(pdf: bytes, people: People) -> None:
    with pytest.raises(ValueError, match="time zone"):
        sign(pdf, people.auditor, reason="", location="", when=SIGNED.replace(tzinfo=None))


def test_importing_the_room_does_not_import_pyhanko() -> None:
    code = "import sys, core.signing; sys.exit('pyhanko' in sys.modules or 'cryptography' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_poppler_verifies_the_same_file(approved: bytes, tmp_path: Path) -> None:
    if shutil.which("pdfsig") is None:
        pytest.skip("pdfsig (poppler-utils) is not installed")
    file = tmp_path / "report.pdf"
    file.write_bytes(approved)
    said = subprocess.run(["pdfsig", "-nocert", str(file)], capture_output=True, text=True, check=True).stdout
    assert said.count("Signature is Valid.") == 2
    assert said.count("ETSI.CAdES.detached") == 2
    assert "SHA-256" in said
    assert said.index("Signature Field Name: Auditor") < said.index("Signature Field Name: PlantManager")
    assert said.rstrip().endswith("Signature is Valid.")
    assert said.count("- Total document signed") == 1


def der_of(digits: bytes) -> bytes:
    """The signature without the zeros behind it."""
    padded = bytes.fromhex(digits.decode())
    return padded[: 4 + int.from_bytes(padded[2:4], "big")]


@pytest.mark.parametrize("index", range(len(FIELDS)))
def test_openssl_verifies_the_same_file(index: int, approved: bytes, people: People, tmp_path: Path) -> None:
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed")
    match = list(re.finditer(rb"/Contents <([0-9A-F]+)>\n/ByteRange \[0 (\d+) (\d+) (\d+)\]", approved))[index]
    first, last, length = (int(match[group]) for group in (2, 3, 4))
    (tmp_path / "content").write_bytes(approved[:first] + approved[last : last + length])
    (tmp_path / "signature").write_bytes(der_of(match[1]))
    (tmp_path / "root.pem").write_bytes(people.authority.certificate.public_bytes(Encoding.PEM))
    command = ["openssl", "cms", "-verify", "-cades", "-binary", "-inform", "DER", "-in", "signature",
               "-content", "content", "-CAfile", "root.pem", "-attime", str(int(LATER.timestamp())),
               "-out", "verified"]  # fmt: skip
    said = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert "CAdES Verification successful" in said.stderr, said.stderr
    assert (tmp_path / "verified").read_bytes() == (tmp_path / "content").read_bytes()


def test_accents_have_one_form_in_certificates() -> None:
    authority = create_authority("Test CA", "Test Group", ISSUED)
    key, request = create_request("Pawe\u0142 S\u0301wia\u0328tek", "p@example.org", "Group", "auditor")
    certificate = issue(authority, request, role="auditor", sites=(), when=ISSUED)
    assert Identity(certificate, key).name == "Paweł Świątek"
