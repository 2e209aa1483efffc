"""Verification in a process of its own, with limits on time and memory, for files from outside."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from core.disk import read_within
from core.i18n import T, Text
from core.limited import BrokeOff, TookTooLong, ask, preload
from core.signing import wire
from core.signing.layout import AUDITOR
from core.signing.records import Verification
from core.signing.trust import Trust, with_rest
from core.signing.verification.limits import LARGEST_FILE, MB

SECONDS = 60.0
MEMORY_MB = 2_000
BROKE_OFF = T("Examining the file broke off; it may be made to do harm.")
preload((__name__, "core.signing.verification.examine", "core.signing.verification.oracle"))


@dataclass(frozen=True, slots=True)
class _Order:
    """What the other process is asked; plain values only."""

    pdf: bytes
    roots: tuple[bytes, ...]
    crls: tuple[bytes, ...]
    rest: bytes
    when: datetime
    required: tuple[str, ...]
    proven: datetime | None


def verify_isolated(
    source: Path | bytes,
    trust: Trust | Sequence[x509.Certificate],
    crls: Iterable[x509.CertificateRevocationList] = (),
    *,
    when: datetime,
    required: Sequence[str] = (AUDITOR,),
    seconds: float = SECONDS,
    memory_mb: int = MEMORY_MB,
    proven: datetime | None = None,
) -> Verification:
    """Like :func:`core.signing.verify`, for a file (or its bytes) that may be hostile.

    A file that takes too long, too much memory or brings the other process down is refused with that reason.
    Where the system knows no limit on memory (Windows) only the one on time holds.
    """
    pdf = source if isinstance(source, bytes) else read_within(source, LARGEST_FILE)
    if len(pdf) > LARGEST_FILE:
        return Verification(False, T("The file is larger than {limit} MB.", limit=LARGEST_FILE // MB))
    believed = trust if isinstance(trust, Trust) else Trust(tuple(trust))
    order = _Order(
        pdf=pdf,
        roots=tuple(root.public_bytes(Encoding.DER) for root in believed.authorities),
        crls=tuple(crl.public_bytes(Encoding.DER) for crl in (*believed.crls, *crls)),
        rest=believed.rest,
        when=when,
        required=tuple(required),
        proven=proven,
    )
    try:
        return wire.unpack(ask(_answer, order, seconds=seconds, memory_mb=memory_mb), pdf)
    except TookTooLong:
        return Verification(False, took_longer(seconds))
    except (BrokeOff, ValueError, KeyError, TypeError):
        return Verification(False, BROKE_OFF)


def took_longer(seconds: float) -> Text:
    """The reason against a file that keeps its process busy."""
    return T("Examining the file took longer than {seconds} seconds.", seconds=int(seconds))


def _answer(order: _Order) -> Sequence[bytes]:
    """Runs in the other process."""
    from core.signing.verification.examine import verify

    trust = with_rest(order.roots, order.crls, order.rest)
    return tuple(wire.pack(verify(order.pdf, trust, when=order.when, required=order.required, proven=order.proven)))
