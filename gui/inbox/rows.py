"""Rows of the inbox: files on their way in and filed ones, with what was decided and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from core.errors import UserError
from core.group.inbox.against import total_of
from core.i18n import T, Text
from core.store import Filed
from gui.language import _, language, say
from gui.tables.table import Column, Mark
from gui.wording import TONNES, signed_percent, tonnes

if TYPE_CHECKING:
    from core.handover import Receipt
    from gui.office.office import Incoming

DECISIONS: dict[str, Text] = {
    "accepted": T("Accepted"),
    "held": T("Held for a decision"),
    "rejected": T("Rejected"),
    "superseded": T("Superseded"),
    "waiting": T("Waiting"),
    "working": T("Verifying…"),
    "stopped": T("Stopped"),
    "failed": T("Not readable"),
}
REBUILT: dict[str, Text] = {
    "equal": T("Equal"),
    "differs": T("Differs"),
    "unknown-renderer": T("Other program version"),
    "not-checked": T("Not checked"),
}
UNKNOWN = "–"
ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Row:
    """A file on its way in, or filed."""

    id: str
    """Hash of a filed report, path of one on its way."""
    name: str
    state: str
    """A key of ``DECISIONS``."""
    filed: Filed | None = None
    receipt: Receipt | None = None
    error: UserError | None = None
    moved: Decimal | None = None
    """Change of the total on the plant's year before; None where there is none to tell. [%]"""

    @property
    def total(self) -> Decimal | None:
        """What the plant reported in all, scope 2 by location; None where the file does not say. [t CO2e]"""
        return total_of(self.filed) if self.filed is not None and self.filed.totals else None

    @property
    def reasons(self) -> str:
        """Why it was decided so."""
        if self.error is not None:
            return self.error.text(language())
        return " ".join(say(reason) for reason in self.filed.reasons) if self.filed else ""


def arriving(one: Incoming) -> Row:
    """A file that is not filed yet, as a row."""
    return Row(str(one.path), one.path.name, one.state, error=one.error)


def columns() -> list[Column[Row]]:
    """Of the table of arrivals."""
    return [
        Column("decision", _("Decision"), lambda r: say(DECISIONS[r.state]), width=19),
        Column("plant", _("Plant"), lambda r: r.filed.plant if r.filed else "", width=20),
        Column("year", _("Year"), lambda r: str(r.filed.year or "") if r.filed else "", align="right", width=6),
        Column("revision", _("Revision"), lambda r: str(r.filed.revision or "") if r.filed else "", align="right",
               width=7),
        Column("total", _("Total"), lambda r: "" if r.total is None else tonnes(r.total), TONNES, "right",
               lambda r: (r.total is not None, r.total or ZERO), lambda r: "" if r.total is None else f"{r.total:f}",
               width=10),
        Column("moved", _("Year on year"), lambda r: signed_percent(r.moved), "%", "right",
               lambda r: (r.moved is not None, r.moved or ZERO), width=8),
        Column("reasons", _("Reason"), lambda r: r.reasons, width=28),
        Column("file", _("File"), lambda r: r.name, width=22),
        Column("signer", _("Signed by"), lambda r: ", ".join(r.filed.signed_by) if r.filed else "", width=14),
        Column("equal", _("Recalculated"), recalculated, width=12),
        Column("rebuilt", _("Rebuilt"), rebuilt, width=12),
        Column("received", _("Received"), received, width=16),
        Column("trusted", _("Trusted"), lambda r: of_signatures(r, "trusted"), width=8, hidden=True),
        Column("intact", _("Intact"), lambda r: of_signatures(r, "intact"), width=8, hidden=True),
        Column("whole", _("Whole file"), lambda r: of_signatures(r, "covers_whole_file"), width=10, hidden=True),
        Column("country", _("Country"), lambda r: r.filed.country if r.filed else "", width=8, hidden=True),
        Column("organisation", _("Organisation"), lambda r: r.filed.organisation if r.filed else "", width=20,
               hidden=True),
    ]  # fmt: skip


def received(row: Row) -> str:
    """Day and minute, by the clock of this computer."""
    return f"{datetime.fromisoformat(row.filed.received).astimezone():%Y-%m-%d %H:%M}" if row.filed else ""


def of_signatures(row: Row, what: str) -> str:
    """Yes, no, or unknown until somebody looks; the last signature must cover the whole file, the others all count."""
    if row.receipt is not None and row.receipt.signatures:
        signatures = row.receipt.signatures
        asked = signatures[-1:] if what == "covers_whole_file" else signatures
        return yes_no(all(getattr(s, what) for s in asked))
    if row.filed is not None and row.filed.state != "rejected":
        return yes_no(True)
    return UNKNOWN if row.filed else ""


def recalculated(row: Row) -> str:
    """Whether the recalculation gave the same."""
    if row.filed is None:
        return ""
    if not row.filed.plant:
        return UNKNOWN
    return _("Equal") if row.filed.recalculated_equal else _("Differs")


def rebuilt(row: Row) -> str:
    """Whether the pages show what the data say."""
    if row.filed is None:
        return ""
    found = row.receipt.rebuilt if row.receipt is not None else row.filed.rebuilt
    return say(REBUILT[found]) if found in REBUILT else UNKNOWN


def yes_no(answer: bool) -> str:
    """A word, for colour alone says nothing."""
    return _("Yes") if answer else _("No")


def marks(row: Row) -> Mapping[str, Mark]:
    """An icon where somebody has to look."""
    if row.state in ("rejected", "failed"):
        return {"decision": Mark("bad", row.reasons)}
    if row.receipt is not None and row.state == "accepted" and not row.receipt.sound:
        words = _("Judged again, it would be rejected: {why}", why=row.receipt.reason)
        return {"decision": Mark("bad", words)}
    if row.state == "held":
        return {"decision": Mark("warning", row.reasons)}
    return {}
