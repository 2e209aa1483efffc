"""Rows and columns of the register of proofs, and of the records without one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.audit.coverage import TITLES, WAIVED, Coverage, Unproven
from core.exchange.register import expired, naming
from core.i18n import show_date, show_number
from core.inventory import Inventory
from core.inventory.evidence import CLASS_NAMES, NO_DOCUMENT, NOTHING
from core.inventory.totals import LOCATION, ZERO
from core.ledger import Evidence, Ledger
from core.library import EXACT, Library
from core.methods import exact_sum, plain
from gui.language import _, language, say
from gui.sheets.rows import days
from gui.tables.table import Column, Mark
from gui.wording import TONNES, item_name, shown_percent, tonnes

KB, MB = Decimal(1_000), Decimal(1_000_000)


@dataclass(frozen=True, slots=True)
class ProofRow:
    """One proof of the register."""

    proof: Evidence
    tonnes: Decimal
    """Of the records it is linked to, location-based, without sign; zero where it proves no quantity. [t CO2e]"""
    expired: bool
    users: tuple[str, ...]
    """Ids of records that name it beside its links."""

    @property
    def id(self) -> str:
        return self.proof.id


@dataclass(frozen=True, slots=True)
class UnprovenRow:
    """A record of which no file is kept."""

    found: Unproven
    library: Library

    @property
    def id(self) -> str:
        return self.found.activity.id


def proof_rows(ledger: Ledger, inventory: Inventory) -> list[ProofRow]:
    """Every proof of the plant, with what it proves of the inventory."""
    by_record: dict[str, Decimal] = {}
    for line in inventory.lines:
        if line.scope in LOCATION:
            key = line.activity.id
            by_record[key] = EXACT.add(by_record.get(key, ZERO), abs(line.tco2e))
    end, users = inventory.choices.period.end, naming(ledger)
    return [_proof_row(proof, by_record, end, users.get(proof.id, ())) for proof in ledger.evidence]


def _proof_row(proof: Evidence, by_record: Mapping[str, Decimal], end: date, users: tuple[str, ...]) -> ProofRow:
    counts = proof.kind not in NO_DOCUMENT
    proven = exact_sum(by_record[key] for key in proof.activities if key in by_record) if counts else ZERO
    return ProofRow(proof, proven, expired(proof, end), users)


def unproven_rows(found: Coverage, library: Library) -> list[UnprovenRow]:
    """Most tonnes first."""
    return [UnprovenRow(one, library) for one in found.unproven]


def kind_words(proof: Evidence) -> str:
    """What it is called."""
    return say(CLASS_NAMES.get(proof.kind, CLASS_NAMES["other"]))


def size_words(size: int) -> str:
    """``1.2 MB`` or ``83.0 kB``."""
    return f"{show_number(size / MB, 1)} MB" if size >= MB else f"{show_number(size / KB, 1)} kB"


def day_words(text: str) -> str:
    """A day of a proof; the text where it is none."""
    try:
        return show_date(date.fromisoformat(text), language()) if text else ""
    except ValueError:
        return text


def period_words(start: str, end: str) -> str:
    """From and to, as far as they are known; whole months and years by their name."""
    if not start and not end:
        return ""
    if start == end:
        return day_words(start)
    try:
        return days(date.fromisoformat(start), date.fromisoformat(end))
    except ValueError:
        return f"{day_words(start) or '…'} – {day_words(end) or '…'}"


def proof_columns() -> list[Column[ProofRow]]:
    """The register."""
    return [
        Column("name", _("File"), lambda r: r.proof.name, width=20, stretch=True),
        Column("kind", _("Kind"), lambda r: kind_words(r.proof), width=13),
        Column("rows", _("Rows"), lambda r: str(len(r.proof.activities)), "", "right",
               lambda r: len(r.proof.activities), width=6),
        Column("tonnes", _("Proven"), _proven, TONNES, "right", lambda r: r.tonnes,
               lambda r: plain(r.tonnes), width=10),
        Column("valid_to", _("Valid to"), lambda r: day_words(r.proof.valid_to), sort=lambda r: r.proof.valid_to,
               width=13 if language() == "zh" else 10),
        Column("period", _("Period"), lambda r: period_words(r.proof.start, r.proof.end),
               sort=lambda r: (r.proof.start, r.proof.end), width=15),
        Column("size", _("File size"), lambda r: size_words(r.proof.size), "", "right", lambda r: r.proof.size,
               lambda r: str(r.proof.size), width=10, hidden=True),
        Column("sha256", "SHA-256", lambda r: r.proof.sha256[:12], plain=lambda r: r.proof.sha256, width=14,
               hidden=True),
        Column("note", _("Remark"), lambda r: r.proof.note, width=20, hidden=True),
        Column("users", _("Named by"), lambda r: ", ".join(r.users), width=14, hidden=True),
        Column("id", _("Id"), lambda r: r.id, width=9, hidden=True),
    ]  # fmt: skip


def _proven(row: ProofRow) -> str:
    """A dash for what proves no quantity: the certificate of a meter, the file rows were imported from."""
    return "–" if row.proof.kind in NO_DOCUMENT else tonnes(row.tonnes)


def proof_marks(row: ProofRow) -> dict[str, Mark]:
    """What has expired, and what proves nothing yet."""
    found: dict[str, Mark] = {}
    if row.expired:
        words = _("It holds to {day} only, which is before the period ends.", day=day_words(row.proof.valid_to))
        found["valid_to"] = Mark("warning", words)
    if not row.proof.activities and not row.users:
        found["rows"] = Mark("info", _("It is linked to no row yet."))
    return found


def unproven_columns() -> list[Column[UnprovenRow]]:
    """Tonnes without proof."""
    return [
        Column("source", _("Source"), lambda r: r.found.activity.source, width=22, stretch=True),
        Column("item", _("Item"), lambda r: item_name(r.library, r.found.activity.item), width=20),
        Column("period", _("Period"), _days, sort=lambda r: (r.found.activity.start, r.found.activity.end), width=22),
        Column("tonnes", _("Tonnes"), lambda r: tonnes(r.found.tonnes), TONNES, "right", lambda r: r.found.tonnes,
               lambda r: plain(r.found.tonnes), width=11),
        Column("percent", _("Share"), lambda r: shown_percent(r.found.percent), "%", "right",
               lambda r: r.found.percent, lambda r: plain(round(r.found.percent, 6)), width=8),
        Column("proof", _("Proof"), lambda r: say(TITLES[r.found.proof]), width=15),
        Column("number", _("Number"), lambda r: r.found.activity.evidence, width=14),
        Column("reason", _("Reason of the waiver"), lambda r: r.found.reason, width=24, hidden=True),
        Column("id", _("Id"), lambda r: r.id, width=9, hidden=True),
    ]  # fmt: skip


def _days(row: UnprovenRow) -> str:
    activity = row.found.activity
    return period_words(activity.start.isoformat(), activity.end.isoformat())


def unproven_marks(row: UnprovenRow) -> dict[str, Mark]:
    """Nothing at all, or waived with a reason."""
    if row.found.proof == WAIVED:
        return {"proof": Mark("info", _("Waived: {reason}", reason=row.found.reason))}
    if row.found.proof == NOTHING:
        return {"proof": Mark("warning", _("Neither a number nor a file proves this record."))}
    return {}
