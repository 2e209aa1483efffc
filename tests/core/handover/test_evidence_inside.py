"""Proofs travel inside the signed report: which ones, how large, and what is exchanged is named."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest

from core.cli.report import print_receipt, receipt_to_plain
from core.errors import UserError
from core.handover import Draft, prepare, produce, proof_inside, receive
from core.handover.carrying import LARGEST_CARRIED, Travelling, check_sizes, travelling, travelling_with
from core.i18n import T
from core.inventory.carried import carried, file_name
from core.inventory.package import read
from core.ledger import (
    Audit,
    AuditFinding,
    Engagement,
    Evidence,
    Ledger,
    Person,
    Record,
    Sample,
    TestSheet,
    canonical,
)
from core.library import load_library
from core.report import render
from core.report.pdf import Attachment
from core.signing import Identity, Trust, Verification, sign, verify, verify_isolated
from tests.core.handover.conftest import NOW, bills, draft_of, ledger
from tests.core.signing.forging import force

LATER = NOW + timedelta(days=1)
LIBRARY = load_library()
DAY = date(2025, 1, 20)
CHANCE = random.Random(5)
BILL, OTHER, PHOTO, ROWS = (CHANCE.randbytes(3000) for _ in range(4))
BLANK = b"\xff" * 2_000_000
"""An empty scan, which shrinks like a bomb."""


def proof(number: int, name: str, data: bytes, kind: str = "bill", rows: Sequence[str] = ()) -> Evidence:
    digest = hashlib.sha256(data).hexdigest()
    return Evidence(f"e0000{number}", name, kind, digest, len(data), "application/pdf", tuple(rows))


PROOFS = (
    proof(1, "电费 March.pdf", BILL, rows=("a00001",)),
    proof(2, "unsampled.pdf", OTHER, rows=("a00002", "a00003")),
    proof(3, "gauge.jpg", PHOTO, "meter_photo"),
    proof(4, "rows.xlsx", ROWS, "import", ("a00001", "a00002")),
    proof(5, "copy of March.pdf", BILL, "other"),
    proof(6, "blank.tif", BLANK, "other"),
)
BLOBS = {hashlib.sha256(data).hexdigest(): data for data in (BILL, OTHER, PHOTO, ROWS, BLANK)}
AUDITED: tuple[Record, ...] = (
    Person("pe1", "Li Na", ("team_lead",)),
    Sample("s00001", 2024, "First", "judgement", (), 1, "", "0" * 64, ("a00001",)),
    TestSheet("t00001", 2024, "a00001", "traced", "agrees", "pe1", DAY, evidence=("e00003",)),
    AuditFinding("f00001", 2024, "recommendation", "t", "d", DAY, "pe1", proof=("e00005", "e00006")),
)


def audited(carries: str = "sampled", *proofs: Evidence) -> Ledger:
    agreed = Engagement("2024", "Client", "Hillside", "Verify.", "All.", team=("pe1",), carries=carries)
    return ledger(agreed, *AUDITED, *(proofs or PROOFS))


def draft(held: Ledger) -> Draft:
    made = prepare(
        held, 2024, LIBRARY, language="en", issued_by="Li Na", when=NOW, journal=("0" * 64, 1), blob=BLOBS.__getitem__
    )
    # How an audit is concluded is another matter; here its report is signed at once.
    return replace(made, concluding=True, findings=())


@pytest.fixture(scope="module")
def carrying() -> Draft:
    return draft(audited())


@pytest.fixture(scope="module")
def signed_by(carrying: Draft, auditor: Identity) -> bytes:
    return produce(carrying, auditor)


def names(held: Ledger) -> dict[str, str]:
    return carried(Ledger.of([*(r for kind in held.records.values() for r in kind.values()),
                              Audit("2024", date(2024, 1, 1), date(2024, 12, 31))]))  # fmt: skip


def test_what_was_sampled_tested_or_found_travels() -> None:
    assert names(audited()) == {
        "e00001": "e00001-March.pdf",
        "e00003": "e00003-gauge.jpg",
        "e00005": "e00001-March.pdf",  # the same bytes
        "e00006": "e00006-blank.tif",
    }
    assert names(audited("all")).keys() == {one.id for one in PROOFS}
    assert names(audited("none")) == {} and names(ledger(*PROOFS)) == {} and names(audited("some")) == {}


def test_names_are_flat_unique_and_ascii() -> None:
    strange = ["../../etc/passwd", "nul.txt", "账单", "a\\b.PDF", "x" * 300 + ".pdf", ".hidden", "Bill.pdf", "bill.PDF",
               "page\x00.p\u202efd"]  # fmt: skip
    held = [replace(proof(1, name, bytes([n]) * 9), id=f"E{n % 2}") for n, name in enumerate(strange)]
    from core.signing.verification.attachments import safe_name

    assert all(safe_name(file_name(one)) and file_name(one).isascii() for one in held)
    same = [replace(held[0], id=key, sha256=f"{n:064}") for n, key in enumerate(("E1", "e1", "é1"))]
    found = set(names(audited("all", *same)).values())
    assert found == {"E1-etc-passwd", "e1-etc-passwd-2", "e1-etc-passwd-3"}


def test_the_report_carries_them_and_head_office_rebuilds_it(
    signed_by: bytes, carrying: Draft, trust: Trust, capsys: pytest.CaptureFixture[str]
) -> None:
    receipt = receive(signed_by, trust, LIBRARY, LATER, isolated=True)
    inside = receipt.verification.attachments
    assert receipt.problem is None and receipt.verification.valid, str(receipt.reason)
    assert receipt.rebuilt == "equal" and receipt.equal
    assert [(one.file, one.proof.id) for one in receipt.proofs] == [
        ("e00001-March.pdf", "e00001"), ("e00003-gauge.jpg", "e00003"), ("e00006-blank.tif", "e00006"),
    ]  # fmt: skip
    assert receipt_to_plain(receipt, "en")["proofs_inside"] == [
        {"file": one.file, "id": one.proof.id, "name": one.proof.name, "sha256": one.proof.sha256}
        for one in receipt.proofs
    ]
    print_receipt(receipt, "en")
    assert "Proofs inside the report, each as it was signed: 3" in capsys.readouterr().out
    assert {name: inside[name] for name in inside if name != "audit.json"} == {
        "e00001-March.pdf": BILL,
        "e00003-gauge.jpg": PHOTO,
        "e00006-blank.tif": BLANK,
    }
    manifest = carrying.package["manifest"]
    assert isinstance(manifest, dict)
    assert manifest["e00002"] == {
        "name": "unsampled.pdf", "sha256": PROOFS[1].sha256, "size": 3000, "file": "",
    }, "hashes always travel"  # fmt: skip
    assert manifest["e00001"]["file"] == "e00001-March.pdf"


def test_a_proof_is_taken_out_as_it_was_signed_and_a_receipt_without_bytes_says_the_same(
    signed_by: bytes, trust: Trust
) -> None:
    receipt = receive(signed_by, trust, LIBRARY, LATER)
    photo = next(one for one in receipt.proofs if one.file == "e00003-gauge.jpg")
    assert proof_inside(signed_by, photo, trust, LATER) == PHOTO
    assert proof_inside(signed_by, photo, Trust(()), LATER) == PHOTO, "signed by a stranger, but not altered"
    lean = receipt.lean
    assert not lean.verification.original and not lean.verification.attachments
    assert (lean.valid, lean.reason, lean.proofs) == (receipt.valid, receipt.reason, receipt.proofs)
    other = Travelling(photo.file, replace(photo.proof, sha256="0" * 64))
    altered = bytearray(signed_by)
    altered[len(altered) // 3] ^= 1
    for pdf, one in ((signed_by, other), (signed_by[:-2000], photo), (bytes(altered), photo)):
        with pytest.raises(UserError, match="not inside the report as it was signed"):
            proof_inside(pdf, one, trust, LATER)


def test_without_an_audit_nothing_travels_and_nothing_is_said_of_it(auditor: Identity, trust: Trust) -> None:
    made = draft_of(ledger(*PROOFS))
    assert made.attachments == () and travelling_with(made.package) == ()
    manifest = made.package["manifest"]
    assert isinstance(manifest, dict) and set(manifest["e00001"]) == {"name", "sha256", "size"}
    receipt = receive(produce(made, auditor), trust, LIBRARY, LATER)
    assert receipt.valid and list(receipt.verification.attachments) == ["audit.json"]


def test_none_and_all_round_trip_too(auditor: Identity, trust: Trust) -> None:
    for carries, count in (("none", 0), ("all", 5)):
        made = draft(audited(carries))
        assert len(made.attachments) == count
        receipt = receive(produce(made, auditor), trust, LIBRARY, LATER)
        assert receipt.equal and receipt.rebuilt == "equal", str(receipt.reason)
        assert len(receipt.verification.attachments) == count + 1


Change = Callable[[list[Attachment]], object]


def swapped(files: list[Attachment]) -> None:
    files[0] = replace(files[0], data=OTHER)


def crossed(files: list[Attachment]) -> None:
    files[0], files[1] = replace(files[0], data=files[1].data), replace(files[1], data=files[0].data)


def removed(files: list[Attachment]) -> None:
    del files[1]


def renamed(files: list[Attachment]) -> None:
    files[0] = replace(files[0], name="e00001-March2.pdf")


def added(files: list[Attachment]) -> None:
    files.append(Attachment("zz-invoice.pdf", b"forged", "application/pdf"))


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (swapped, "The proof e00001 “电费 March.pdf” inside the report is another file than the one signed."),
        (crossed, "The proof e00001 “电费 March.pdf” inside the report is another file than the one signed."),
        (removed, "The proof e00003 “gauge.jpg” should travel inside the report and is missing."),
        (renamed, "The proof e00001 “电费 March.pdf” should travel inside the report and is missing."),
        (added, "The report carries “zz-invoice.pdf”, which its list of proofs does not name."),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_an_insider_cannot_sign_other_files(
    change: Change, why: str, carrying: Draft, auditor: Identity, trust: Trust
) -> None:
    """Signed with a good certificate, but what is attached is not what the manifest says."""
    files = list(carrying.attachments)
    change(files)
    pdf = render(carrying.package, files)
    with pytest.raises(UserError, match="cannot be signed") as refused:
        sign(pdf, auditor, reason="", location="", when=NOW)
    assert why in refused.value.text("en")
    for judge in (verify, verify_isolated):
        answer: Verification = judge(force(pdf, auditor, when=NOW), trust, when=LATER)
        assert not answer.valid and str(answer.reason) == why and not answer.attachments


def exchanged_in_place(pdf: bytes, old: bytes, new: bytes) -> bytes:
    """Random bytes do not compress, so another file of the same size fits exactly."""
    import zlib

    before, after = zlib.compress(old), zlib.compress(new)
    assert len(before) == len(after) and pdf.count(before) == 1
    return pdf.replace(before, after)


def test_a_file_that_is_exchanged_after_signing_is_named(signed_by: bytes, trust: Trust) -> None:
    answer = receive(exchanged_in_place(signed_by, BILL, OTHER), trust, LIBRARY, LATER).verification
    assert not answer.valid
    assert str(answer.reason) == (
        "The file was changed after it was signed. "
        "The proof e00001 “电费 March.pdf” inside the report is another file than the one signed."
    )


def test_a_file_that_is_spoilt_after_signing_is_named(signed_by: bytes, trust: Trust) -> None:
    at = signed_by.find(PHOTO[100:200])
    assert at > 0
    spoilt = signed_by[:at] + bytes([signed_by[at] ^ 1]) + signed_by[at + 1 :]
    reason = str(verify(spoilt, trust, when=LATER).reason)
    assert reason.startswith("The file was changed after it was signed.") and "e00003-gauge.jpg" in reason


def test_a_manifest_that_lies_about_what_travels_is_noticed(carrying: Draft, auditor: Identity, trust: Trust) -> None:
    """Manifest and attachments agree with each other, but not with samples and engagement."""
    package = read(canonical(dict(carrying.package)))
    plain = {**package.plain, "manifest": {**package.plain["manifest"]}}  # type: ignore[dict-item]
    plain["manifest"]["e00003"] = {**plain["manifest"]["e00003"], "file": ""}  # type: ignore[index]
    files = [one for one in carrying.attachments if one.name != "e00003-gauge.jpg"]
    receipt = receive(force(render(plain, files), auditor, when=NOW), trust, LIBRARY, LATER)
    assert receipt.verification.valid and not receipt.valid
    assert [d.where for d in receipt.differences] == ["manifest.e00003.file"]


def test_a_draft_that_is_looked_at_carries_nothing_and_cannot_be_signed(auditor: Identity) -> None:
    held = audited()
    seen = prepare(held, 2024, LIBRARY, language="en", issued_by="Li Na", when=NOW, journal=("0" * 64, 1), carry=False)
    assert seen.attachments == () and produce(seen, None).startswith(b"%PDF")
    with pytest.raises(ValueError, match="only for looking at"):
        produce(replace(seen, concluding=True, findings=()), auditor)
    with pytest.raises(ValueError, match="their bytes are needed"):
        prepare(held, 2024, LIBRARY, language="en", issued_by="Li Na", when=NOW, journal=("0" * 64, 1))


def test_what_a_report_cannot_take_is_refused_beforehand_with_sizes() -> None:
    large = replace(PROOFS[0], size=LARGEST_CARRIED - 3000)
    draft_size = audited("sampled", large, *PROOFS[2:4])
    with pytest.raises(UserError) as refused:
        draft(audited("sampled", replace(large, size=LARGEST_CARRIED - 2999), *PROOFS[2:4]))
    words = refused.value.text("en")
    assert "The 2 proofs that travel inside the report have 90.0 MB together" in words
    assert "“电费 March.pdf”" in words and "a report takes 90.0 MB" in words
    assert "only the proofs of the samples travel, or none" in words
    check_sizes(travelling(Ledger.of([*(r for k in draft_size.records.values() for r in k.values()),
                                      Audit("2024", date(2024, 1, 1), date(2024, 12, 31))])))  # fmt: skip


def test_too_many_are_refused_beforehand() -> None:
    rows = tuple(one.id for one in bills())
    many = [replace(proof(1, "b.pdf", b"x", rows=rows), id=f"e{n:05}", sha256=f"{n:064}") for n in range(2000)]
    with pytest.raises(UserError, match="2000 proofs would travel inside the report; it takes 1999"):
        draft(audited("sampled", *many))


def test_a_proof_that_was_altered_stops_the_report() -> None:
    def spoilt(sha256: str) -> bytes:
        raise UserError(T("The proof {hash} is missing or was altered.", hash=sha256[:12]))

    with pytest.raises(UserError, match=r"Proof e00001 “电费 March.pdf” is missing or was altered"):
        prepare(audited(), 2024, LIBRARY, language="en", issued_by="Li Na", when=NOW, journal=("0" * 64, 1),
                blob=spoilt)  # fmt: skip
