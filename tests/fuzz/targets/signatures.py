"""What is signed: reports, files of head office, trust, requests, key files. Nobody gets in with other bytes."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from core.errors import UserError
from core.group.trust.believing import believing
from core.group.trust.naming import naming
from core.group.trust.people import enrolling, recorded, renewing
from core.group.trust.roots import founding, own_authority
from core.handover.factor_sets import receive_set
from core.handover.noticed import open_items, receive_notice
from core.handover.notices import kept_notice, sign_notice, verify_notice
from core.handover.updates import judge_update, take_up, which_installer
from core.i18n import T
from core.ledger import Ledger, Register, Step, canonical
from core.library import load_library
from core.signing import read_bundle, read_renewal, take_bundle, verify, verify_later, verify_set
from core.signing.bundle import _PURPOSE
from core.signing.certificates import load_request
from core.signing.keys import load_certificate, load_key, load_p12
from core.signing.longterm import stated
from core.signing.statement import signer_in, verify_statement
from core.signing.trust import load_trust
from tests.core.handover.conftest import ledger
from tests.core.signing import pdfs
from tests.core.signing.forging import der_of, force, with_container
from tests.fuzz import signed
from tests.fuzz.files import on_disk
from tests.fuzz.signed import NOW, PASSPHRASE, SIGNED, person, start, trust
from tests.fuzz.target import Target

_WHO = "Wang Fang"
REPORTS = ("audited.pdf", "approved.pdf", "stamped.pdf")


def _only(name: str, data: bytes) -> None:
    """Believed is what was signed, and not one byte else."""
    assert data == start(name), f"other bytes than those of {name} are believed"


@cache
def _plant() -> Ledger:
    return ledger()


@cache
def _register() -> Register:
    """Of a head office with the root of these files, and one person it gave a certificate."""
    empty = Register.of(())
    founded = empty.apply(founding(empty, person("root"), signed.ISSUED).steps)
    root = own_authority(founded, person("root"), signed.ISSUED)
    li = recorded(person("auditor").certificate, root)
    return founded.apply((Step("certificate", li.id, None, li),))


@cache
def _with_company() -> Register:
    """It believes a company besides."""
    held = _register()
    return held.apply(believing(held, start("company.pem"), NOW, source="Company").steps)


# ---------------------------------------------------------------------- reports


def report(data: bytes) -> None:
    """No change of a signed report leaves it valid."""
    found = verify(data, trust(), when=NOW)
    if not found.valid:
        raise UserError(found.reason)
    assert data in map(start, REPORTS), "other bytes are believed"


def pages(data: bytes) -> None:
    """Somebody with a good key signs any file at all."""
    try:
        made = force(data, person("auditor"))
    except Exception as error:  # no program could have signed that
        raise UserError(T("{why}", why=f"{type(error).__name__}: {error}"[:200] or "no")) from error
    found = verify(made, trust(), when=NOW)
    if not found.valid:
        raise UserError(found.reason)
    assert found.attachments


def container(data: bytes) -> None:
    """A report with another signature in the place of its own: only what it was signed with is believed."""
    made = start("audited.pdf")
    try:
        changed = with_container(made, 0, data)
    except AssertionError as error:  # it has no room there
        raise UserError(T("A signature is not written in its one right form.")) from error
    found = verify(changed, trust(), when=NOW)
    if not found.valid:
        raise UserError(found.reason)
    assert changed == made, "other bytes are believed"


def later(data: bytes) -> None:
    """Receipts beside a report: who changes them proves nothing."""
    stated(data)
    found = verify_later(start("audited.pdf"), data, trust(), NOW)
    if found.problem is not None:
        raise UserError(found.problem)
    _only("audited.ltv", data)
    assert found.valid


# ---------------------------------------------------------------------- files of head office


def notice(data: bytes) -> None:
    """As it was received."""
    judged = verify_notice(data, trust(), NOW)
    if judged.notice is None:
        raise UserError(judged.reason)
    assert data in (start("asked.request"), start("small.map")), "other bytes are believed"


def notice_inside(data: bytes) -> None:
    """Somebody of head office signs any content: a plant takes it up and asks what is open, or it was not signed."""
    found = kept_notice(_spelled(data, signature="AAAA"))
    if found is None:
        raise UserError(T("This is no signed file of head office."))
    made = sign_notice(found, person("office"), SIGNED)
    plant, blobs = _plant(), dict[str, bytes]()
    taken = receive_notice(made, "x.request", trust(), plant, blobs.__getitem__, _WHO, NOW).taken
    assert taken is not None, "what head office may sign, plants take up"
    blobs |= {hashlib.sha256(one).hexdigest(): one for one in taken.blobs}
    after = plant.apply(taken.change.steps)
    assert Ledger.from_plain(after.to_plain()) == after
    open_items(after, blobs.__getitem__, load_library())


def update(data: bytes) -> None:
    """A notice of a newer version: what was signed, and installers are those that it names."""
    with on_disk(data, "newer.update") as path, on_disk(signed.INSTALLER, "setup.exe") as installer:
        judged = judge_update(path, [trust()], NOW)
        if judged.update is None:
            raise UserError(judged.reason)
        _only("newer.update", data)
        assert take_up(judged, path.parent).read_bytes() == data
        assert which_installer(installer, judged.update) == "setup.exe"


def factor_set(data: bytes) -> None:
    """As it was received."""
    judged = verify_set(data, trust(), NOW)
    if not judged.valid:
        raise UserError(judged.reason)
    _only("grid.factors", data)
    assert receive_set(data, "x.factors", trust(), _plant(), load_library(), _WHO, NOW).taken is not None


def bundle(data: bytes) -> None:
    """A file of trust: from this root, and only forward."""
    root = "".join(f"{one:02x}" for one in person("root").certificate.fingerprint(hashes.SHA256()))
    found = take_bundle(data, None, NOW, root=root)
    _only("group.trust", data)
    assert take_bundle(data, found, NOW) == found


def bundle_inside(data: bytes) -> None:
    """The root signs any content."""
    plain = json.loads(_spelled(data))
    content = {name: one for name, one in plain.items() if name not in ("signature", "signer")}
    signature = person("root").key.sign(_PURPOSE + canonical(content), ec.ECDSA(hashes.SHA256()))
    plain["signature"] = base64.b64encode(signature).decode()
    found = read_bundle(canonical(plain))
    assert found.number >= 1 and found.signer in found.own


def pem(data: bytes) -> None:
    """Certificates and lists that somebody chooses, as a file to believe and into the register."""
    with on_disk(data, "roots.pem") as path:
        found = load_trust(path)
        assert found.authorities
    believing(_register(), data, NOW, source="roots.pem")


def certificate(data: bytes) -> None:
    """The certificate that a person gets back, or that a company made."""
    with on_disk(data, "me.pem") as path:
        load_certificate(path)
    naming(_with_company(), data, role="auditor", when=NOW)


def request(data: bytes) -> None:
    """A request for a certificate: what is issued holds the names that head office gives."""
    load_request(data)
    made = enrolling(_register(), person("root"), data, name="Li Na", email="li@example.com",
                     organisation="Wood Group", role="auditor", when=NOW)  # fmt: skip
    after = _register().apply(made.steps)
    assert Register.from_plain(after.to_plain()) == after


def _armoured(data: bytes, what: str) -> bytes:
    """Bytes as the text that certificates travel in."""
    return f"-----BEGIN {what}-----\n{base64.encodebytes(data).decode()}-----END {what}-----\n".encode()


def _der(*names: str) -> Callable[[], Iterable[bytes]]:
    return lambda: [base64.b64decode(b"".join(start(name).splitlines()[1:-1])) for name in names]


def renewal(data: bytes) -> None:
    """As it was received."""
    read_renewal(data, trust(), NOW)
    _only("auditor.renewal", data)


def renewed(data: bytes) -> None:
    """The same at head office, which knows nobody of these files."""
    renewing(_register(), person("root"), data, when=NOW)


def statement(data: bytes) -> None:
    """A bare signature over a statement."""
    said, _ = _signature()
    judged = verify_statement(said, data, trust(), when=NOW)
    signer_in(said, data)
    if judged.problems or not judged.trusted:
        raise UserError(next(iter(judged.problems), T("The signer is not trusted.")))


def p12(data: bytes) -> None:
    """A key file: the key of its certificate, or the person is told."""
    with on_disk(data, "key.p12") as path:
        found = load_p12(path, PASSPHRASE)
    assert found.key.public_key() == found.certificate.public_key()


def key(data: bytes) -> None:
    """A key that waits for its certificate."""
    with on_disk(data, "key.key") as path:
        load_key(path, PASSPHRASE)
    _only("renewed.key", data)


# ---------------------------------------------------------------------- where they start


def _object(data: bytes) -> dict[str, Any]:
    try:
        plain = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise UserError(T("This is no signed file of head office.")) from error
    if not isinstance(plain, dict):
        raise UserError(T("This is no signed file of head office."))
    return plain


def _spelled(data: bytes, **more: str) -> bytes:
    """Any JSON in the only form that is read."""
    try:
        return canonical({**_object(data), **more})
    except (ValueError, TypeError) as error:
        raise UserError(T("This is no signed file of head office.")) from error


def _starting(*names: str) -> Callable[[], Iterable[bytes]]:
    return lambda: [start(name) for name in names]


def _statements() -> Iterable[bytes]:
    yield _signature()[1]


@cache
def _signature() -> tuple[bytes, bytes]:
    """What was said, and who signed it."""
    plain = json.loads(start("asked.request"))
    signature = base64.b64decode(plain.pop("signature"))
    return canonical(plain), signature


def _authorities() -> Iterable[bytes]:
    yield start("company.pem")
    yield start("root.pem") + start("company.pem") + start("root.crl")


WORDS = ("/JavaScript", "/Launch", "1 0 R", "99999999999999999999", "endobj", "stream", "/Length -1", "/Prev 0",
         "startxref\n0\n%%EOF\n", "xref\n0 99999999\n", "<<", "[", "(", "/ByteRange", "/Contents <")  # fmt: skip
JSON = ('"', "null", "true", "-1", "1e999", "\\u0000", "\\ud800", "[]", "{}", "2026-02-30")
TARGETS = (
    Target("report", report, _starting(*REPORTS), longest=50_000, words=WORDS, runs=300),
    Target("report_pages", pages, lambda: [pdfs.report().build()], words=WORDS, runs=150),
    Target("containers", container, lambda: [der_of(start("audited.pdf"), 0)], longest=8_000, runs=200),
    Target("receipts", later, _starting("audited.ltv"), words=JSON),
    Target("notices", notice, _starting("asked.request", "small.map"), words=JSON, runs=300),
    Target("notices_inside", notice_inside, _starting("asked.request", "small.map"), words=JSON, runs=150),
    Target("updates", update, _starting("newer.update"), words=JSON),
    Target("factor_files", factor_set, _starting("grid.factors"), words=JSON, runs=300),
    Target("trust_files", bundle, _starting("group.trust"), words=JSON),
    Target("trust_files_inside", bundle_inside, _starting("group.trust"), words=JSON),
    Target("authorities", pem, _authorities, longest=4_000),
    Target(
        "authorities_inside",
        lambda data: pem(_armoured(data, "CERTIFICATE")),
        _der("company.pem"),
        longest=3_000,
    ),
    Target(
        "revoked_inside",
        lambda data: pem(start("root.pem") + start("company.pem") + _armoured(data, "X509 CRL")),
        _der("root.crl"),
        longest=3_000,
    ),
    Target(
        "certificates_inside", lambda data: certificate(_armoured(data, "CERTIFICATE")), _der("card.pem"), longest=3_000
    ),
    Target(
        "requests_inside",
        lambda data: request(_armoured(data, "CERTIFICATE REQUEST")),
        _der("manager.csr"),
        longest=3_000,
    ),
    Target("certificates", certificate, _starting("card.pem"), longest=4_000),
    Target("requests", request, _starting("manager.csr", "office.csr"), longest=4_000),
    Target("renewals", renewal, _starting("auditor.renewal"), words=JSON),
    Target("renewals_at_office", renewed, _starting("auditor.renewal"), words=JSON),
    Target("statements", statement, _statements, longest=4_000),
    Target("key_files", p12, _starting("auditor.p12"), longest=4_000, runs=150),
    Target("waiting_keys", key, _starting("renewed.key"), longest=400, runs=6),
)
