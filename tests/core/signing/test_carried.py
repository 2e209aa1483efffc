"""Attachments against the manifest that travels with them, whatever a stranger wrote there."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest

from core.ledger import canonical
from core.signing.verification.carried import check_carried
from core.signing.verification.refusal import Refused

BILL = b"%PDF a bill"
DIGEST = hashlib.sha256(BILL).hexdigest()


def package(**manifest: Any) -> bytes:
    return canonical({"manifest": manifest})


GOOD = package(e1={"file": "e1.pdf", "name": "bill.pdf", "sha256": DIGEST, "size": 11},
               e2={"file": "", "name": "other.pdf", "sha256": "0" * 64, "size": 1})  # fmt: skip


def test_what_fits_passes() -> None:
    check_carried({"audit.json": GOOD, "e1.pdf": BILL})
    check_carried({"audit.json": package(e1={"name": "bill.pdf", "sha256": DIGEST, "size": 11})})
    check_carried({})


@pytest.mark.parametrize(
    ("attachments", "why"),
    [
        ({"audit.json": GOOD}, "The proof e1 “bill.pdf” should travel inside the report and is missing."),
        ({"audit.json": GOOD, "e1.pdf": b"x"}, "The proof e1 “bill.pdf” inside the report is another file"),
        (
            {"audit.json": GOOD, "e1.pdf": BILL, "b.exe": b"x"},
            "carries “b.exe”, which its list of proofs does not name",
        ),
        ({"audit.json": package(), "b.exe": b"x"}, "carries “b.exe”"),
        ({"audit.json": package(e1="e1.pdf"), "e1.pdf": BILL}, "carries “e1.pdf”"),
        ({"audit.json": package(e1={"file": ["e1.pdf"]}), "e1.pdf": BILL}, "carries “e1.pdf”"),
        ({"audit.json": package(e1={"file": "e1.pdf", "name": "b"}), "e1.pdf": BILL}, "is another file"),
        ({"audit.json": package(e1={"file": "e1.pdf"})}, "is missing"),
    ],
)
def test_what_does_not_fit_is_named(attachments: dict[str, bytes], why: str) -> None:
    with pytest.raises(Refused) as refused:
        check_carried(attachments)
    assert why in str(refused.value.reason)


@pytest.mark.parametrize("data", [b"{}", b"[]", b"not json", b'{"manifest":[1]}', b'{"a":1,"a":2}', b"\xff"])
def test_what_is_no_package_is_left_to_those_who_read_packages(data: bytes) -> None:
    check_carried({"audit.json": data, "more.pdf": b"x"})


def test_a_name_without_end_is_cut() -> None:
    long = package(**{"e" * 5000: {"file": "e1.pdf", "name": "n" * 5000, "sha256": DIGEST}})
    with pytest.raises(Refused) as refused:
        check_carried({"audit.json": long})
    assert len(str(refused.value.reason)) < 500
