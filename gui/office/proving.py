"""Proofs that outlive certificates, at head office: receipts for accepted reports, and what they prove later."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from core.errors import UserError
from core.i18n import T
from core.store import ACCEPTED, SUPERSEDED, Filed, GroupFile
from gui.jobs import Cancelled, Progress, Work
from gui.keys.wish import KeyWish
from gui.office.fetch import Fetch, Shelf

if TYPE_CHECKING:
    from core.group.inbox.longterm import Kept
    from core.signing import Identity, Later
    from core.signing.longterm import Stated


@dataclass(frozen=True, slots=True)
class Proof:
    """How it stands with the proof of one report."""

    stated: Stated | None
    """What its receipts say of themselves; None: there is none, or it cannot be read."""
    later: Later | None
    """What they prove, once somebody asked."""
    kept: bool
    """There are receipts."""


@dataclass(frozen=True, slots=True)
class Preserved:
    """What became of a run."""

    kept: tuple[Kept, ...]
    """In the order of the reports."""
    asked: int
    """How many reports it was to be."""

    @property
    def stopped(self) -> bool:
        """Somebody cancelled it; what was added stays."""
        return len(self.kept) < self.asked


@dataclass(frozen=True, slots=True)
class Judged:
    """A report and what its receipts prove; None: it has none."""

    filed: Filed
    later: Later | None


class Proving:
    """Belongs to the office."""

    def __init__(self, group: GroupFile, fetch: Fetch) -> None:
        self._group = group
        self.shelf = Shelf(fetch)
        self.judged: dict[str, Later | None] = {}
        """What was found out, by hash of the report; forgotten when trust or receipts change."""

    def reports(self) -> tuple[Filed, ...]:
        """Those whose proof is worth keeping."""
        return tuple(one for one in self._group.all() if one.state in (ACCEPTED, SUPERSEDED))

    def without(self) -> int:
        """How many of them have no receipt."""
        kept = self.having()
        return sum(one.sha256 not in kept for one in self.reports())

    def having(self) -> frozenset[str]:
        """Hashes of the reports with a receipt."""
        from core.signing.longterm import PART

        return self._group.having(PART)

    def proof_of(self, filed: Filed) -> Proof | None:
        """How it stands with a report; None where there is nothing to prove."""
        if filed.state not in (ACCEPTED, SUPERSEDED):
            return None
        from core.signing.longterm import PART, stated

        kept = self._group.part(filed.sha256, PART)
        return Proof(None if kept is None else stated(kept), self.judged.get(filed.sha256), kept is not None)


def preserving_work(shelf: Shelf, key: KeyWish, chosen: Sequence[Filed]) -> Work:
    """Receipts for these reports, signed with a key; gives a :class:`Preserved`. A cancel keeps what was added."""

    def work(progress: Progress, cancelled: Callable[[], bool]) -> Preserved:
        from core.group.inbox.longterm import preserving

        progress(0.0, T("Opening the key"))
        when = datetime.now(UTC)
        found: list[Kept] = []
        with key.opened(when) as signer:
            check_signer(shelf, signer, when)
            for kept in preserving(shelf, signer, when, chosen, cancelled):
                found.append(kept)
                with suppress(Cancelled):  # it is noticed before the next one, and what was done is told
                    progress(len(found) / len(chosen), T("Receipts: {number} of {total}", number=len(found),
                                                         total=len(chosen)))  # fmt: skip
        return Preserved(tuple(found), len(chosen))

    return work


def check_signer(shelf: Shelf, signer: Identity, when: datetime) -> None:
    """Refuse at once whose receipts nobody would believe.

    Raises
    ------
    UserError
        when it is not an auditor for all plants.
    """
    from core.group.trust.believing import trust_of
    from core.signing.layout import AUDITOR
    from core.signing.verification.signers import role_in, sites_in

    trust = trust_of(shelf.register, when)
    if role_in(signer.certificate, trust) != AUDITOR or sites_in(signer.certificate, trust):
        raise UserError(
            T("{name} is not an auditor for all plants.", name=signer.name),
            T("Sign with the certificate of an auditor of head office that is for all plants."),
        )


def proving_work(shelf: Shelf, chosen: Sequence[Filed]) -> Work:
    """What the receipts of these reports prove now; gives a tuple of :class:`Judged`."""

    def work(progress: Progress, _cancelled: Callable[[], bool]) -> tuple[Judged, ...]:
        from core.group.inbox.longterm import judged_later

        when = datetime.now(UTC)
        found: list[Judged] = []
        for filed in chosen:
            progress(len(found) / len(chosen), T("Judging by its receipts: {file}", file=filed.name))
            found.append(Judged(filed, judged_later(shelf, filed, when)))
        return tuple(found)

    return work
