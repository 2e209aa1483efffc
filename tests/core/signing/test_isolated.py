"""Verification in a process of its own gives the same answer, and survives what kills that process."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime
from pathlib import Path

import pytest

from core.errors import UserError
from core.i18n import T, Text, verbatim
from core.signing import (
    FIELDS,
    PACKAGE_NAME,
    SignatureReport,
    Trust,
    Verification,
    make_crl,
    verify,
    verify_isolated,
    wire,
)
from core.signing import isolated as room
from core.signing.layout import ROLE_NAMES
from core.signing.verification import limits
from tests.core.signing import pdfs
from tests.core.signing.conftest import ISSUED, LATER, People


@pytest.fixture
def file(approved: bytes, tmp_path: Path) -> Path:
    path = tmp_path / "报告.pdf"
    path.write_bytes(approved)
    return path


def test_the_same_answer(file: Path, approved: bytes, people: People) -> None:
    trust = Trust((people.authority.certificate,), (make_crl(people.authority, [], ISSUED),))
    answer = verify_isolated(file, trust, when=LATER, required=FIELDS)
    assert answer == verify(approved, trust, when=LATER, required=FIELDS)
    assert answer.valid
    assert answer.package_bytes == pdfs.PACKAGE


def test_the_same_refusal(file: Path, people: People) -> None:
    file.write_bytes(b"hello")
    answer = verify_isolated(file, [people.authority.certificate], when=LATER)
    assert answer == Verification(False, T("The file is not a PDF."))


def test_bytes_instead_of_a_file(approved: bytes, people: People) -> None:
    assert verify_isolated(approved, [people.authority.certificate], when=LATER).valid


def test_too_slow(file: Path, people: People) -> None:
    answer = verify_isolated(file, [people.authority.certificate], when=LATER, seconds=0.01)
    assert not answer.valid
    assert "longer than" in str(answer.reason)


def test_a_file_that_is_too_large_is_not_examined(file: Path, people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "LARGEST_FILE", 10)
    assert "larger than" in str(verify_isolated(file, [people.authority.certificate], when=LATER).reason)
    assert limits.LARGEST_FILE == 100_000_000


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"nowhere\.pdf” cannot be opened: it is not there"):
        verify_isolated(tmp_path / "nowhere.pdf", [], when=LATER)


REPORT = SignatureReport(
    field="Auditor",
    signer="Li Wei 李伟",
    issuer="Root",
    signed_at=datetime(2026, 3, 5, 10, tzinfo=UTC),
    trusted=False,
    intact=True,
    covers_whole_file=True,
    fingerprint="00",
    role="Auditor",
    email="li@example.com",
    organisation="Plant",
    sites=("A", "B"),
    revocation_checked=True,
    problems=(T("The certificate was revoked on {day}.", day=verbatim("2026-01-01")), T("Nothing."), T("{n}", n=3)),
)


def test_an_answer_survives_the_wire() -> None:
    answer = Verification(
        False, T("Because {why}.", why=T("so")), (REPORT,), b"orig", {PACKAGE_NAME: b"\0\1", "b": b""}
    )
    assert wire.unpack(wire.pack(answer), b"original") == answer
    roles = dataclasses.replace(answer, reason=T("{roles}", roles=[ROLE_NAMES["Auditor"], T("Nothing.")]))
    assert wire.unpack(wire.pack(roles), b"original").reason.in_language("zh") == roles.reason.in_language("zh")


@pytest.mark.parametrize("messages", [[b""], [b"[]"], [b"{}"], [b'{"valid":true}']])
def test_nonsense_on_the_wire_is_no_answer(messages: list[bytes]) -> None:
    with pytest.raises((ValueError, KeyError, TypeError)):
        wire.unpack(messages, b"")


def test_missing_attachments_are_no_answer() -> None:
    head, *_ = wire.pack(dataclasses.replace(Verification(True, Text("x")), attachments={"a": b""}))
    with pytest.raises(ValueError, match="argument"):
        wire.unpack([head], b"")
