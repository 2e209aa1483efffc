"""How it stands with the proof of a report, for the inspector; and of all of them, as a table."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from core.i18n import T, show_date
from gui.language import _, language, say
from gui.office.proving import Judged, Proof
from gui.settings import Settings
from gui.tables.table import Column, Mark, Table
from gui.widgets import as_large, button, heading, label, marked, rule, subheading

if TYPE_CHECKING:
    from core.signing import Later

NO_RECEIPT = T("No receipt")
PROVEN = T("Proven")


def proof_widgets(
    proof: Proof | None, writable: bool, preserve: Callable[[], object], prove: Callable[[], object]
) -> Iterator[QWidget]:
    """Whether it can be proven when its certificates have ended, since when, and the ways to that."""
    if proof is None:
        return
    yield rule()
    yield subheading(_("Proof for later"))
    if not proof.kept:
        yield marked("info", "accent", _("Not preserved: it is provable only as long as its certificates are valid."))
        if writable:
            yield button(_("Preserve the proof…"), preserve, picture="sign")
        return
    yield from _receipts(proof)
    if proof.later is not None:
        yield verdict(proof.later)
    yield button(_("Prove by the receipts"), prove, picture="check")
    if writable:
        yield button(_("Extend the proof…"), preserve, role="link")


def _receipts(proof: Proof) -> Iterator[QWidget]:
    stated = proof.stated
    if stated is None:
        yield marked("error", "bad", _("The receipts that are kept with it cannot be read."))
        return
    yield label(_("Preserved since {day}; receipts: {count}", day=_day(stated.since), count=stated.count), strong=True,
                wrap=True)  # fmt: skip
    yield label(_("The last one was signed by {name} on {day}.", name=stated.by or "–", day=_day(stated.last)), "muted",
                wrap=True)  # fmt: skip
    if stated.until is not None:
        yield label(_("Another one is due before {day}.", day=_day(stated.until)), "muted", wrap=True)


def verdict(later: Later) -> QWidget:
    """What the receipts prove, in a line."""
    if later.valid and later.proven_at is not None:
        return marked("check", "good", _("Proven: the file existed on {day}, and was signed by people who were "
                                         "believed then.", day=_day(later.proven_at)))  # fmt: skip
    return marked("error", "bad", _("Not proven: {reason}", reason=say(later.problem or later.verification.reason)))


class ProofsDialog(QDialog):
    """What the receipts of all reports prove."""

    def __init__(self, found: Sequence[Judged], settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Proofs of accepted reports"))
        self.table: Table[Judged] = Table(
            "proofs", columns(), settings, name=_("Proofs of accepted reports"), editable=False,
            identity=lambda r: r.filed.sha256, marks=marks,
        )  # fmt: skip
        self.table.set_rows(found)
        good = sum(proven(one) for one in found)
        told = _("Proven: {good} of {all}", good=good, all=len(found))
        close = button(_("Close"), self.accept, role="primary")
        close.setDefault(True)
        last = QHBoxLayout()
        last.addStretch(1)
        last.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(10)
        column.addWidget(heading(_("Proofs of accepted reports")))
        column.addWidget(marked("check", "good", told) if good == len(found) else marked("warning", "warning", told))
        column.addWidget(self.table, 1)
        column.addLayout(last)
        as_large(self, 120, 60)


def proven(one: Judged) -> bool:
    """Whether its receipts prove it."""
    return one.later is not None and one.later.valid


def columns() -> list[Column[Judged]]:
    """As ``office prove`` tells it."""
    return [
        Column("result", _("Result"), _result, width=24),
        Column("file", _("File"), lambda r: r.filed.name, width=26),
        Column("since", _("Proven since"), lambda r: _day(_moment(r, "proven_at")),
               sort=lambda r: str(_moment(r, "proven_at") or ""), width=14),
        Column("by", _("By"), lambda r: r.later.proven_by if r.later else "", width=16),
        Column("next", _("Next receipt by"), lambda r: _day(_moment(r, "renew_by")),
               sort=lambda r: str(_moment(r, "renew_by") or ""), width=15),
        Column("plant", _("Plant"), lambda r: r.filed.plant, width=20, stretch=True),
        Column("year", _("Year"), lambda r: str(r.filed.year or ""), width=7),
    ]  # fmt: skip


def marks(one: Judged) -> dict[str, Mark]:
    """What is not proven is marked."""
    if one.later is None:
        return {"result": Mark("warning", say(NO_RECEIPT))}
    return {} if one.later.valid else {"result": Mark("bad", _result(one))}


def _result(one: Judged) -> str:
    if one.later is None:
        return say(NO_RECEIPT)
    return say(PROVEN if one.later.valid else one.later.problem or one.later.verification.reason)


def _moment(one: Judged, name: str) -> datetime | None:
    found = getattr(one.later, name, None)
    return found if isinstance(found, datetime) else None


def _day(moment: datetime | None) -> str:
    return "" if moment is None else show_date(moment.date(), language())
