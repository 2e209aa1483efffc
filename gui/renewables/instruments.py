"""The ledger of instruments: entered, imported from registries, judged, proven."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QWidget

from core.entering.keeping import keeping
from core.entering.plant import FORMS
from core.exchange.instruments import FoundLots, read_instruments, taking_up, write_instruments
from core.exchange.keeping import KeptFiles
from core.instruments import Judged, judge
from core.inventory.judging import Decision
from core.ledger import Instrument
from core.ledger.records import Record
from core.library import EXACT
from core.methods import plain
from core.renewables.allocating import THOUSAND, given_of, has
from gui.choosing import PROOFS, asked_for_files
from gui.entering.known import known_of_new
from gui.entering.lots import LotsImport
from gui.entering.part import RecordsPart
from gui.entering.rows import found_columns
from gui.evidence.keeping import Keeper as FileKeeper
from gui.language import _, language
from gui.page import Page
from gui.renewables import words
from gui.renewables.instrument_inspector import explained
from gui.session import Session
from gui.settings import Settings
from gui.tables.import_dialog import of_record
from gui.tables.table import Column, Mark
from gui.undoing import tell_change
from gui.widgets import allow, button, letters

MOST_REASONS = 4
"""Of rows that speak of something else."""
HIDDEN = (
    "market", "scheme", "technology", "serials", "generator", "commissioned", "supplier", "contract", "factor",
    "expires", "beneficiary", "purpose", "attributes", "price", "currency", "system", "evidence", "note",
)  # fmt: skip
"""Columns that are off at first; the inspector and the form show all."""
NAME = 28
"""Least width of the name, in digits."""


class InstrumentsPart(RecordsPart):
    """Instruments with the rules' judgement, what is allocated and what is left."""

    def __init__(self, page: Page, session: Session, settings: Settings) -> None:
        self.judged: Mapping[str, Sequence[Judged]] = {}
        self.given: Mapping[str, Decimal] = {}
        self.plant: Session = session
        self.attach_button = button(_("Attach proof"), self._offer_proofs, picture="evidence")
        sentence = _(
            "Here stand certificates, contracts, direct lines and own generation. Import the export of a registry, or "
            "add them one by one; rules say of each whether it counts, and why not."
        )
        super().__init__(
            page, session, settings, "instrument", sentence, hidden=HIDDEN, picture="renewables",
            beside={"name": [self._judgement()], "quantity": [self._allocated(), self._left()]}, marks=self._marks,
            known=lambda: known_of_new(session, "instrument"),
        )  # fmt: skip
        if 0 in self.table.view.least:  # many columns stand beside the name, which never gives its room away to them
            self.table.view.least[0] = letters(self.table, NAME)
        self.keeper = FileKeeper(page, session)
        self.table.add_spare_tool(self.attach_button)

    def refresh(self) -> None:
        """Judged anew; the core keeps what it knows of this ledger."""
        ledger = self.plant.ledger
        self.judged, self.given = judge(ledger), given_of(ledger)
        super().refresh()

    def _offer(self) -> None:
        super()._offer()
        none = "" if self.table.current_record() is not None else _("Select a row first.")
        allow(self.attach_button, self._why_not() or none)

    # ------------------------------------------------------------------ columns

    def _judgement(self) -> Column[Record]:
        order = ("stop", "warning", "ok")
        return Column(
            "judgement", _("Rules say"), lambda r: words.worst_words(self._worst(r)),
            sort=lambda r: order.index(self._worst(r)), width=11,
        )  # fmt: skip

    def _allocated(self) -> Column[Record]:
        return Column(
            "allocated", _("Allocated"), lambda r: words.mwh(self._given(r)), "MWh", "right", self._given,
            lambda r: plain(self._given(r)), width=11,
        )  # fmt: skip

    def _left(self) -> Column[Record]:
        return Column(
            "left", _("Left"), lambda r: words.mwh(self.left(r)), "MWh", "right", self.left,
            lambda r: plain(self.left(r)), width=11,
        )  # fmt: skip

    def _worst(self, record: Record) -> str:
        return words.worst(self.judged.get(record.id, ()))

    def _given(self, record: Record) -> Decimal:
        return EXACT.divide(self.given.get(record.id, Decimal(0)), THOUSAND)

    def left(self, record: Record) -> Decimal:
        """Of an instrument, what is not allocated. [MWh]"""
        assert isinstance(record, Instrument)
        return EXACT.divide(EXACT.subtract(has(record), self.given.get(record.id, Decimal(0))), THOUSAND)

    def _marks(self, record: Record) -> dict[str, Mark]:
        judged = self.judged.get(record.id, ())
        level = words.worst(judged)
        if level == "ok":
            return {}
        said = "\n".join(one.message.in_language(language()) for one in judged if one.level == level)
        return {"judgement": Mark(words.LEVELS[level][0], said)}

    # ------------------------------------------------------------------ page

    def inspect(self) -> QWidget | None:
        record = self.table.current_record()
        if not isinstance(record, Instrument):
            return None
        return explained(record, self.judged.get(record.id, ()), self.plant)

    # ------------------------------------------------------------------ files

    def read_table(self, source: Path | bytes, name: str = "") -> None:
        """Exports of registries and the own table, recognised by their headings."""
        ledger = self.plant.ledger
        self.reading(source, name, lambda: read_instruments(source, ledger, name), self._show_lots)

    def _show_lots(self, found: FoundLots[Instrument]) -> None:
        columns = [one for one in found_columns(FORMS["instrument"], lambda: self.plant.ledger) if one.key != "system"]
        kept = [one for one in columns if one.key not in HIDDEN or one.key in ("market", "generator", "beneficiary")]
        becomes = _("{rows} rows become {records} instruments; consecutive certificates of one lot are one.",
                    rows=len(found.rows), records=len(found.records))  # fmt: skip
        dialog = LotsImport(_("Import instruments"), found, becomes, of_record(kept), self.settings, self,
                            most=MOST_REASONS)  # fmt: skip
        self.importing = dialog
        dialog.accepted.connect(lambda: self.take_file(lambda: taking_up(dialog.found, self.plant.ledger)))
        dialog.open()

    def write_records(self, path: Path) -> None:
        """With what is allocated and judged."""
        write_instruments(path, self.plant.ledger, language())

    def proof_menu(self) -> QMenu:
        """What a file may be: rules ask for a contract and its settlement, or for the retirement of certificates."""
        menu = QMenu(self)
        for kind, words_ in (
            ("certificate", _("Certificate or statement of retirement…")), ("contract", _("Contract…")),
            ("bill", _("Settlement or bill…")),
        ):  # fmt: skip
            menu.addAction(words_, lambda kind=kind: self.ask_proof(kind))  # type: ignore[misc]
        return menu

    def _offer_proofs(self) -> None:
        menu = self.proof_menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        below = self.more if self.attach_button.isHidden() else self.attach_button
        menu.popup(below.mapToGlobal(below.rect().bottomLeft()))

    def ask_proof(self, kind: str) -> None:
        """Ask for files that prove what is selected."""
        if not self.plant.writable or self.table.current_record() is None:
            return
        if paths := asked_for_files(self, _("Attach proof"), "", self.settings, PROOFS, self.plant.path):
            self.attach(paths, kind)

    def attach(self, paths: Sequence[Path], kind: str) -> None:
        """Keep files of a kind and name them at the selected instruments, as one change."""
        chosen = [one for one in self.table.chosen if isinstance(one, Instrument)]

        def act(files: KeptFiles) -> Decision:
            named = [replace(one, evidence=tuple(dict.fromkeys((*one.evidence, *files.ids)))) for one in chosen]
            return keeping(files.ledger, self.forms, *named)

        if chosen:
            self.keeper.take_naming(
                paths, act, lambda made, changed: tell_change(self.page, self.plant, made.why, changed=changed), kind
            )
