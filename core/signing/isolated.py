"""Verification in a process of its own, with limits on time and memory, for files from outside.

``multiprocessing`` also works in a frozen program whose start calls ``multiprocessing.freeze_support()``.
"""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from core.errors import UserError
from core.i18n import T, verbatim
from core.signing import wire
from core.signing.layout import AUDITOR
from core.signing.records import Verification
from core.signing.trust import Trust
from core.signing.verification.limits import LARGEST_FILE, LARGEST_INFLATED, MB

SECONDS = 60.0
MEMORY_MB = 2_000
_PRELOADED = [__name__, "core.signing.verification.examine", "core.signing.verification.oracle"]


@dataclass(frozen=True, slots=True)
class _Order:
    """What the other process is asked; plain values only."""

    pdf: bytes
    roots: tuple[bytes, ...]
    crls: tuple[bytes, ...]
    when: datetime
    required: tuple[str, ...]
    seconds: float
    memory_mb: int


def verify_isolated(
    source: Path | bytes,
    trust: Trust | Sequence[x509.Certificate],
    crls: Iterable[x509.CertificateRevocationList] = (),
    *,
    when: datetime,
    required: Sequence[str] = (AUDITOR,),
    seconds: float = SECONDS,
    memory_mb: int = MEMORY_MB,
) -> Verification:
    """Like :func:`core.signing.verify`, for a file (or its bytes) that may be hostile.

    A file that takes too long, too much memory or brings the other process down is refused with that reason.
    Where the system knows no limit on memory (Windows) only the one on time holds.
    """
    pdf = source if isinstance(source, bytes) else _read(source)
    if len(pdf) > LARGEST_FILE:
        return Verification(False, T("The file is larger than {limit} MB.", limit=LARGEST_FILE // MB))
    believed = trust if isinstance(trust, Trust) else Trust(tuple(trust))
    order = _Order(
        pdf=pdf,
        roots=tuple(root.public_bytes(Encoding.DER) for root in believed.authorities),
        crls=tuple(crl.public_bytes(Encoding.DER) for crl in (*believed.crls, *crls)),
        when=when,
        required=tuple(required),
        seconds=seconds,
        memory_mb=memory_mb,
    )
    return _ask(order)


def _read(path: Path) -> bytes:
    """The file, or as much of it as is needed to see that it is too large."""
    try:
        with path.open("rb") as stream:
            return stream.read(LARGEST_FILE + 1)
    except OSError as error:
        raise UserError(
            T("{file} could not be read: {reason}", file=path.name, reason=verbatim(error.strerror or "")),
            T("Check that the file exists and that you may read it."),
        ) from error


@cache
def _context() -> Any:
    """How the other process is started.

    Where the system can, a server that has loaded pyHanko once and never sees a file forks a fresh process for each:
    the first file takes as long as before, each one after it a second less.
    """
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(_PRELOADED)
    return context


def _ask(order: _Order) -> Verification:
    context = _context()
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_answer, args=(sender, order), daemon=True)
    process.start()
    sender.close()
    try:
        return wire.unpack(_messages(receiver, time.monotonic() + order.seconds), order.pdf)
    except TimeoutError:
        return Verification(
            False, T("Examining the file took longer than {seconds} seconds.", seconds=int(order.seconds))
        )
    except (EOFError, OSError, ValueError, KeyError, TypeError):
        return Verification(False, T("Examining the file broke off; it may be made to do harm."))
    finally:
        receiver.close()
        _end(process)


def _messages(receiver: Connection, deadline: float) -> list[bytes]:
    head = _message(receiver, deadline, 10 * MB)
    return [head, *(_message(receiver, deadline, LARGEST_INFLATED) for _ in range(wire.count(head)))]


def _message(receiver: Connection, deadline: float, largest: int) -> bytes:
    if not receiver.poll(max(0.0, deadline - time.monotonic())):
        raise TimeoutError
    return receiver.recv_bytes(largest)


def _end(process: BaseProcess) -> None:
    process.join(0.5)
    if process.is_alive():
        process.kill()
        process.join()
    process.close()


def _answer(sender: Connection, order: _Order) -> None:
    """Runs in the other process."""
    _limit(order.seconds, order.memory_mb)
    from core.signing.verification.examine import verify

    trust = Trust(
        tuple(x509.load_der_x509_certificate(root) for root in order.roots),
        tuple(x509.load_der_x509_crl(crl) for crl in order.crls),
    )
    for message in wire.pack(verify(order.pdf, trust, when=order.when, required=order.required)):
        sender.send_bytes(message)
    sender.close()


def _limit(seconds: float, memory_mb: int) -> None:
    try:
        import resource
    except ImportError:  # Windows
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds) + 1, int(seconds) + 2))
    resource.setrlimit(resource.RLIMIT_AS, (memory_mb * MB, memory_mb * MB))
