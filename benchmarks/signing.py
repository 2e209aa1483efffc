"""Signing a report, and judging a signed one as head office does."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path

from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko_certvalidator.registry import SimpleCertificateStore

from benchmarks import data
from benchmarks.harness import Pair, Scale, run_module, timed
from benchmarks.reporting import drafted
from benchmarks.validating import validate
from core.handover import receive
from core.library import load_library
from core.report import render
from core.signing import Identity, Trust, create_authority, create_request, issue, sign, verify, verify_isolated

LATER = data.WHEN + timedelta(days=1)


@dataclass(frozen=True, slots=True)
class People:
    """An authority and an auditor."""

    authority: Identity
    auditor: Identity


def measure(scale: Scale, folder: Path) -> Iterator[Pair]:
    """With the report of the smaller inventory."""
    people, lines = people_of(data.WHEN), f"{scale.few:,} lines"
    pdf = render(drafted(scale.few).package)
    signed = signed_by(pdf, people)
    trust, library = Trust((people.authority.certificate,)), load_library()
    yield Pair(
        f"Sign the report of {lines}, checked before, with stamp",
        "pyHanko `sign_pdf`, invisible",
        timed(lambda: signed_by(pdf, people)),
        timed(_plain_sign(pdf, people)),
        runs=11,
    )
    plain = timed(_plain_validate(signed, people))
    yield Pair(
        f"Verify the signed report of {lines}: our reading and pyHanko's",
        "pyHanko `validate_pdf_signature`",
        timed(lambda: _must(verify(signed, trust, when=LATER).valid)),
        plain,
        runs=11,
    )
    yield Pair(
        "The same in a process of its own, as head office does with files of strangers",
        "pyHanko `validate_pdf_signature` in a new process",
        timed(lambda: _must(verify_isolated(signed, trust, when=LATER).valid)),
        timed(_validate_elsewhere(signed, people, folder)),
        runs=5,
    )
    yield Pair(
        f"Receive the report of {lines}: verify, recalculate all, render again and compare",
        "pyHanko `validate_pdf_signature`",
        timed(lambda: _must(receive(signed, trust, library, LATER).valid)),
        plain,
        runs=5,
    )


def people_of(when: datetime) -> People:
    authority = create_authority("Benchmark Root", "Benchmark group", when)
    key, request = create_request("Li Na", "li.na@example.org", "Benchmark group", "auditor")
    return People(authority, Identity(issue(authority, request, role="auditor", sites=(), when=when), key))


def signed_by(pdf: bytes, people: People) -> bytes:
    return sign(pdf, people.auditor, reason="Audit report", location="", when=data.WHEN)


def _plain_sign(pdf: bytes, people: People) -> Callable[[], object]:
    key = people.auditor.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    store: SimpleCertificateStore = SimpleCertificateStore()  # type: ignore[no-untyped-call]
    signer = signers.SimpleSigner(_certificate(people.auditor), asn1_keys.PrivateKeyInfo.load(key), store)
    about = signers.PdfSignatureMetadata(field_name="Signature", md_algorithm="sha256")

    async def signed() -> object:
        return await signers.async_sign_pdf(IncrementalPdfFileWriter(BytesIO(pdf)), about, signer)

    return lambda: asyncio.run(signed())


def _plain_validate(signed: bytes, people: People) -> Callable[[], object]:
    root = people.authority.certificate.public_bytes(Encoding.DER)
    return lambda: validate(signed, root, data.WHEN)


def _validate_elsewhere(signed: bytes, people: People, folder: Path) -> Callable[[], object]:
    pdf, root = folder / "signed.pdf", folder / "root.der"
    pdf.write_bytes(signed)
    root.write_bytes(people.authority.certificate.public_bytes(Encoding.DER))
    words = (str(pdf), str(root), data.WHEN.isoformat())
    return lambda: run_module("benchmarks.validating", *words, folder=folder)


def _certificate(identity: Identity) -> asn1_x509.Certificate:
    return asn1_x509.Certificate.load(identity.certificate.public_bytes(Encoding.DER))


def _must(good: bool) -> None:
    if not good:
        raise RuntimeError("the signature should be valid")
