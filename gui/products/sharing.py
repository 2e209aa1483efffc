"""Allocation keys, and below them what follows: how each source of the plant was shared among the products."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter, QVBoxLayout, QWidget

from core.i18n import show_number
from core.ledger.records import Record
from core.products import Shared
from gui.entering.form import RecordForm
from gui.entering.part import RecordsPart
from gui.explain import Explanation
from gui.fields import ParsedField
from gui.language import _
from gui.page import Page
from gui.products.answer import Answer, key_of
from gui.products.records import widen
from gui.products.words import key_title, stage_title
from gui.session import Session
from gui.settings import Settings
from gui.tables.table import Column, Mark, Table
from gui.widgets import allow, button, divided, label, number, subheading, with_air
from gui.wording import TONNES, clauses, shown_percent, tonnes

LINES = 12
"""Least height of each table with its tools, in lines of text."""
WIDTHS = {"key": 16, "shares": 26, "reason": 34}
"""Of columns of keys, in digits."""
Go = Callable[[str, str], object]


class KeysPart(RecordsPart):
    """The keys; a form offers the sources of the plant."""

    def __init__(self, page: Page, session: Session, settings: Settings, answer: Callable[[], Answer | None]) -> None:
        self._answer = answer
        super().__init__(
            page, session, settings, "allocation_key",
            _("How the emissions of a source are shared among the products, and why: by mass, pieces, revenue or an "
              "own key. Without one, mass is used."),
            picture="products",
        )  # fmt: skip
        every = _("Every other source")
        self.table.model.columns = tuple(
            replace(one, text=lambda key: getattr(key, "source", "") or every) if one.key == "source" else one
            for one in self.table.model.columns
        )
        widen(self.table, f"records_{self.kind}", settings, WIDTHS)

    def _ask(self, record: Record | None) -> None:
        self._begin(record, "")

    def for_source(self, source: str) -> None:
        """The key of a source in its form: the one that it has, else a new one."""
        held = key_of(self.session.records, source)  # type: ignore[arg-type]  # a page of a plant has its ledger
        if not self.session.writable:
            return
        self._begin(held if held.id and held.source == source else None, source)

    def _begin(self, record: Record | None, source: str) -> None:
        form = RecordForm(self.session.records, self.form, record, self)
        answer, field = self._answer(), form.editors["source"]
        if answer is not None and isinstance(field, ParsedField):
            completer = QCompleter(sorted({one.source for one in answer.sources}), field.line)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            field.line.setCompleter(completer)
        if record is None and source:
            form.prefill({"source": source})
        self.ask(form)


class SharingView(QWidget):
    """Keys above, sources below."""

    def __init__(self, page: Page, session: Session, settings: Settings, answer: Callable[[], Answer | None]) -> None:
        super().__init__()
        self._page, self._session, self._answer = page, session, answer
        self.part = KeysPart(page, session, settings, answer)
        self.table: Table[Shared] = Table(
            "sources_shared", self._columns(), settings, name=_("How each source was shared"), editable=False,
            identity=lambda one: (one.source, one.stage), marks=self._marks,
        )  # fmt: skip
        self.table.view.setSelectionBehavior(self.table.view.SelectionBehavior.SelectRows)
        self.table.current.connect(lambda _one: self._moved())
        self.table.view.doubleClicked.connect(lambda _index: page.inspector_wanted.emit())
        self.key = button(_("Key of this source…"), self._ask_key, tip=_("The one it has, or a new one"))
        self.table.add_tool(self.key)
        self._lay_out()

    def _lay_out(self) -> None:
        below = QWidget()
        inside = QVBoxLayout(below)
        inside.setContentsMargins(0, 10, 0, 0)
        inside.setSpacing(6)
        inside.addWidget(subheading(_("How each source was shared")))
        inside.addWidget(self.table, 1)
        above = with_air(self.part, above=0)
        for one in (above, below):
            one.setMinimumHeight(self.fontMetrics().height() * LINES)
        parts = divided(above, below, upright=True)
        parts.setStretchFactor(0, 2)
        parts.setStretchFactor(1, 3)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(parts)

    # ------------------------------------------------------------------ show

    def refresh(self) -> None:
        """Both tables."""
        self.part.refresh()
        answer = self._answer()
        self.table.set_rows(() if answer is None else answer.sources)
        self._offer()

    def explained(self) -> QWidget | None:
        """The key that one stands on, or how the source below was shared."""
        one, answer = self.table.current_record(), self._answer()
        if one is None or answer is None or (self.part.table.view.hasFocus() and self.part.table.current_record()):
            return self.part.inspect()
        return SharedExplanation(one, answer, self._session, self.part.for_source)

    def _moved(self) -> None:
        self._offer()
        self._page.selected.emit()

    def _offer(self) -> None:
        locked = "" if self._session.writable else _("The file is open read-only.")
        none = "" if self.table.current_record() is not None else _("Select a row first.")
        allow(self.key, locked or none)

    def _ask_key(self) -> None:
        one = self.table.current_record()
        if one is not None:
            self.part.for_source(one.source)

    def _columns(self) -> list[Column[Shared]]:
        return [
            Column("source", _("Source"), lambda one: one.source, width=26, stretch=True),
            Column("stage", _("Stage"), lambda one: stage_title(one.stage), width=18),
            Column("tonnes", _("Emissions"), lambda one: tonnes(one.tonnes), TONNES, "right",
                   lambda one: one.tonnes, lambda one: f"{one.tonnes:f}", width=12),
            Column("key", _("Shared by"), lambda one: key_title(one.key), width=14),
            Column("reason", _("Reason"), lambda one: one.reason.replace("\n", " "), width=26),
            Column("products", _("What each product takes"), self._takes, width=36, hidden=True),
        ]  # fmt: skip

    def _takes(self, one: Shared) -> str:
        answer = self._answer()
        if answer is None:
            return ""
        return clauses(f"{answer.name(product)} {tonnes(part)}" for product, part in one.parts)

    @staticmethod
    def _marks(one: Shared) -> Mapping[str, Mark]:
        if one.reason:
            return {}
        return {"reason": Mark("info", _("Nobody said why it is shared like this; customers ask for it."))}


class SharedExplanation(Explanation):
    """What each product takes of a source."""

    def __init__(self, one: Shared, answer: Answer, session: Session, show_key: Callable[[str], object]) -> None:
        super().__init__(session.library)
        self.title(one.source, stage_title(one.stage))
        shown = number(f"{show_number(one.tonnes)} {TONNES}", size=1.25, strong=True)
        shown.setWordWrap(True)
        self.column.addWidget(shown)
        self.pairs(((_("Shared by"), key_title(one.key)), (_("Reason"), one.reason or _("nobody said"))))
        self.section(_("What each product takes"))
        for product, part in one.parts:
            self.column.addWidget(label(answer.name(product), "muted", size=0.92, wrap=True))
            percent = f" · {shown_percent(part / one.tonnes * 100)} %" if one.tonnes else ""
            self.column.addWidget(number(f"{show_number(part)} t{percent}"))
        if not one.parts:
            words = _("Nothing: it belongs to no product, or could not be shared.")
            self.column.addWidget(label(words, "muted", wrap=True))
        if session.writable:
            link = button(_("Key of this source…"), lambda: show_key(one.source), role="link")
            self.column.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addStretch(1)
