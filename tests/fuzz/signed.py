"""Starting files that are signed or encrypted. Each comes out otherwise every time, so they are kept in ``starts``.

``python -m tests.fuzz.signed`` makes them anew when their form changes. The keys follow from small numbers: whoever
has this file can sign with them, and nobody believes them.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding

from core.disclosures.maps import all_maps, head_cells, question_cells
from core.group.out.package import gather
from core.group.out.report import produce
from core.handover.notices import Notice, sign_notice
from core.ledger import canonical
from core.library import load_library
from core.passphrase import Passphrase
from core.report.group import GroupPackage
from core.signing import (
    PLANT_MANAGER,
    Identity,
    Listed,
    Revocation,
    Trust,
    create_authority,
    create_request,
    fingerprint,
    issue,
    make_bundle,
    make_crl,
    make_renewal,
    preserve,
    renewal_request,
    save_p12,
    sign,
    sign_set,
)
from core.signing.keys import save_key
from core.store import PlantFile
from tests.carried import quick_age
from tests.core.group.filled import filled
from tests.core.handover.conftest import PLANT, draft_of, ledger
from tests.core.signing import pdfs, pki, tsa

STARTS = Path(__file__).resolve().parent / "starts"
ISSUED = datetime(2026, 1, 1, tzinfo=UTC)
SIGNED = ISSUED + timedelta(days=60)
NOW = ISSUED + timedelta(days=90)
"""When the files are received."""
PASSPHRASE = "four words in row"
PEOPLE = ("root", "auditor", "manager", "office", "renewed")
SET = "cn_test_2026"


ASKED = (
    {"what": "figure", "subject": "production", "unit": "piece", "years": "2024", "words": "all lines"},
    {"what": "words", "subject": "", "unit": "", "years": "2024", "words": "Who owns the roof?"},
)


INSTALLER = b"an installer"
NEWER = (
    {"what": "version", "words": "9.1.0", "sha256": ""},
    {"what": "released", "words": "2026-02-27", "sha256": ""},
    {"what": "en", "words": "Factors of 2026", "sha256": ""},
    {"what": "zh", "words": "2026年排放因子", "sha256": ""},
    {"what": "where_en", "words": "Ask in Room 4.", "sha256": ""},
    {"what": "where_zh", "words": "请到四号房间。", "sha256": ""},
    {"what": "installer", "words": "setup.exe", "sha256": sha256(INSTALLER).hexdigest()},
)


def start(name: str) -> bytes:
    """One of the kept files."""
    return (STARTS / name).read_bytes()


def key_of(name: str) -> ec.EllipticCurvePrivateKey:
    """The key of a person of this file."""
    return ec.derive_private_key(1_000 + PEOPLE.index(name), ec.SECP256R1())


@cache
def person(name: str) -> Identity:
    """Key and certificate."""
    return Identity(x509.load_pem_x509_certificate(start(f"{name}.pem")), key_of(name))


@cache
def trust() -> Trust:
    """What head office believes: its one root and its list of the revoked, and a company's time stamps."""
    stamper = x509.load_pem_x509_certificate(start("company.pem"))
    return Trust((person("root").certificate,), (x509.load_pem_x509_crl(start("root.crl")),), stampers=(stamper,))


@cache
def package() -> bytes:
    """The data of a small plant, as a report carries them."""
    return canonical(draft_of(ledger(), when=SIGNED).package)


# ---------------------------------------------------------------------- made once


@contextmanager
def _known_keys() -> Iterator[None]:
    numbers = map(key_of, PEOPLE)
    with patch.object(ec, "generate_private_key", lambda curve: next(numbers)):
        yield


def _people() -> Iterator[tuple[str, bytes]]:
    with _known_keys():
        root = create_authority("Head Office Root", "Wood Group", ISSUED)
        yield "root.pem", root.certificate.public_bytes(Encoding.PEM)
        for name, role in (("auditor", "auditor"), ("manager", "plant-manager"), ("office", "auditor")):
            _, request = create_request(f"{name.title()} 李", f"{name}@example.com", "Wood Group", role)
            yield f"{name}.csr", request
            yield f"{name}.pem", issue(root, request, role=role, sites=[], when=ISSUED).public_bytes(Encoding.PEM)
    gone = make_crl(root, [Revocation(12_345, SIGNED)], SIGNED)
    yield "root.crl", gone.public_bytes(Encoding.PEM)


def _company() -> Iterator[tuple[str, bytes]]:
    """A PKI that knows nothing of our roles."""
    above = pki.authority("Company Root", when=ISSUED)
    yield "company.pem", above.certificate.public_bytes(Encoding.PEM)
    stamper = tsa.time_stamper(above, when=ISSUED)
    with tsa.serving(lambda query: stamper.answer(query, SIGNED)) as url:
        stamped = sign(pdfs.report().build(), person("auditor"), reason="", location="", when=SIGNED, time_stamps=url)
    yield "stamped.pdf", stamped
    yield "card.pem", pki.card(above, when=ISSUED).certificate.public_bytes(Encoding.PEM)


def _of_head_office() -> Iterator[tuple[str, bytes]]:
    root, office = person("root"), person("office")
    listed = Listed(fingerprint(office.certificate), "Office", "o@example.com", "Wood Group", "Auditor", (), "", "")
    own = (root.certificate,)
    yield (
        "group.trust",
        make_bundle(root, group="Wood Group", number=3, trust=trust(), own=own, people=(listed,), when=SIGNED),
    )
    small = replace(all_maps()["cdp_2025"], key="small_2026", questions=all_maps()["cdp_2025"].questions[25:27])
    rows = tuple(map(question_cells, small.questions))
    for name, notice in (
        ("asked.request", Notice("request", "Data 2024", "Wood Group", ASKED, due="2026-04-30")),
        ("newer.update", Notice("update", "Plant Carbon Audit 9.1.0", "Wood Group", NEWER)),
        ("small.map", Notice("map", small.key, "Wood Group", rows, about=head_cells(small))),
    ):
        yield name, sign_notice(notice, office, SIGNED)
    yield "grid.factors", sign_set(SET, start("grid.csv"), office, SIGNED)
    yield (
        "auditor.renewal",
        make_renewal(person("auditor"), renewal_request(person("auditor"), key_of("renewed")), SIGNED),
    )


def _reports() -> Iterator[tuple[str, bytes]]:
    auditor, manager = person("auditor"), person("manager")
    audited = sign(pdfs.report().build(), auditor, reason="Audit", location="Plant", when=SIGNED)
    yield "audited.pdf", audited
    yield "approved.pdf", sign(audited, manager, reason="", location="", when=SIGNED, field=PLANT_MANAGER)
    yield "packaged.pdf", sign(pdfs.report(package()).build(), auditor, reason="", location="", when=SIGNED)
    yield "group.pdf", produce(_of_group(), auditor)
    yield "audited.ltv", preserve(audited, trust(), person("office"), NOW)


def _of_group() -> GroupPackage:
    with TemporaryDirectory() as name, filled(Path(name) / "x.group", (2024,)) as group:
        return gather(group, 2024, load_library(), language="en", issued_by="Li Na", when=SIGNED, compare=False)


def _keys() -> Iterator[tuple[str, bytes]]:
    with TemporaryDirectory() as name:
        file = Path(name) / "key"
        save_p12(file, person("auditor"), PASSPHRASE)
        yield "auditor.p12", file.read_bytes()
        save_key(file, key_of("renewed"), PASSPHRASE)
        yield "renewed.key", file.read_bytes()


def _locked() -> Iterator[tuple[str, bytes]]:
    with TemporaryDirectory() as name:
        file = Path(name) / "locked.plant"
        PlantFile.create(file, PLANT, "Li Na", SIGNED, Passphrase(PASSPHRASE))
        yield file.name, file.read_bytes()
    yield "mailed.age", quick_age(b"a plant file", PASSPHRASE)


def main() -> int:
    STARTS.mkdir(exist_ok=True)
    for make in (_people, _company, _of_head_office, _reports, _keys, _locked):
        for name, data in make():
            (STARTS / name).write_bytes(data)
            print(f"{name:<20} {len(data):>8}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
