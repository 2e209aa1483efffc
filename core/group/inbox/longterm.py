"""Long-term validation: head office signs receipts for the reports it accepted, and judges them by these later."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from core.errors import UserError
from core.group.trust.believing import trust_of
from core.i18n import Text
from core.ledger import Register
from core.signing import Identity, Later, extend, preserve, verify_later
from core.signing.longterm import PART
from core.store import ACCEPTED, SUPERSEDED, Filed


class Shelf(Protocol):
    """Where reports and what is kept beside them stand: the group file, or whoever asks it from another thread."""

    @property
    def register(self) -> Register:
        """What head office says."""

    def all(self) -> tuple[Filed, ...]:
        """Everything received."""

    def original(self, sha256: str) -> bytes:
        """A report as it was received."""

    def part(self, sha256: str, name: str) -> bytes | None:
        """What is kept beside it."""

    def keep_part(self, sha256: str, name: str, data: bytes) -> None:
        """Keep something beside it."""


DAYS_BEFORE = 90
"""Another receipt is due so long before the certificate of the last one ends. [d]"""


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of one report."""

    filed: Filed
    done: bool
    """A receipt was added; False: there is one that lasts, or there is a reason against it."""
    problem: Text | None = None


def preserving(
    group: Shelf, signer: Identity, when: datetime, chosen: Iterable[Filed] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Iterator[Kept]:  # fmt: skip
    """Add a receipt to every report that has none, or whose last one ends soon; what was kept stays kept on a cancel.

    Parameters
    ----------
    group
        open for writing.
    signer
        of head office: an auditor for all plants, who signed none of these reports.
    when
        now.
    chosen
        which reports; None: all that are accepted, or were until a later revision came.
    cancelled
        asked before each.

    Yields
    ------
    Kept
        for each report, as it is done; a reason against one never stops the rest.
    """
    trust = trust_of(group.register, when)
    reports = tuple(group.all() if chosen is None else chosen)
    for filed in (one for one in reports if chosen is not None or one.state in (ACCEPTED, SUPERSEDED)):
        if cancelled is not None and cancelled():
            return
        before = group.part(filed.sha256, PART)
        try:
            pdf = group.original(filed.sha256)
            if before is None:
                made = preserve(pdf, trust, signer, when)
            else:
                later = verify_later(pdf, before, trust, when)
                if later.valid and later.renew_by is not None and later.renew_by > when + timedelta(days=DAYS_BEFORE):
                    yield Kept(filed, False)
                    continue
                made = extend(pdf, before, trust, signer, when)
        except UserError as error:
            yield Kept(filed, False, error.message)
            continue
        group.keep_part(filed.sha256, PART, made)
        yield Kept(filed, True)


def judged_later(group: Shelf, filed: Filed, when: datetime) -> Later | None:
    """What can be said of a filed report now by what was kept with it; None when nothing was.

    Raises
    ------
    UserError
        when the original is missing or altered.
    """
    kept = group.part(filed.sha256, PART)
    if kept is None:
        return None
    return verify_later(group.original(filed.sha256), kept, trust_of(group.register, when), when)
