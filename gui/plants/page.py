"""Plants: who has reported what, and the register of companies, plants, stakes and deadlines behind it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QTabWidget, QVBoxLayout, QWidget

from core.group.register.choices import APPROACHES
from core.group.register.fields import FORMS
from core.group.register.reported import taking_reported, unknown_plants
from core.i18n import show_number
from core.ledger import Group, Site
from gui.commands import Command
from gui.entering.form import RecordForm
from gui.entering.part import RecordsPart, state
from gui.language import _, say
from gui.page import Page
from gui.plants.known import known_of
from gui.plants.matrix import STATES, Matrix, told
from gui.sending.list import SentPart
from gui.settings import Settings
from gui.widgets import allow, button, clear, empty_state, heading, label, marked, subheading
from gui.wording import clauses, some_of

if TYPE_CHECKING:
    from gui.office.office import Office

HIDDEN = {"site": ("note",), "transfer": ("note",)}
"""Columns that are off at first, by kind."""
MOST_NAMED = 6
"""Plants named in a sentence."""


class PlantsPage(Page):
    """The group in one line, the matrix, and a tab for each kind of record."""

    def __init__(self, office: Office, settings: Settings) -> None:
        super().__init__()
        self._office, self._settings = office, settings
        self.form: RecordForm
        """About the group, when it was opened."""
        self._about = label("", "muted", wrap=True)
        self.edit_group = button(_("Change the group…"), self.ask_group)
        self.add_reported = button(_("Add all plants that have reported"), self.take_reported, role="primary",
                                   picture="plus")  # fmt: skip
        self.sent = SentPart(self, office, settings)
        self.send = button(_("Send to plants…"), self.ask_send, picture="sign")
        self._hint = QVBoxLayout()
        self.matrix = Matrix(office, settings, self._nobody())
        self.matrix.report_wanted.connect(lambda sha256: self.wanted.emit("inbox", sha256))
        self.matrix.chosen.connect(self.selected)
        self.matrix.addresses_copied.connect(self._addresses_copied)
        self.tabs = QTabWidget()
        self.parts: dict[str, RecordsPart] = {}
        self._lay_out()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(heading(_("Plants")))
        head.addWidget(self._about, 1)
        head.addWidget(self.send)
        head.addWidget(self.edit_group)
        head.addWidget(self.add_reported)
        for named in (self.tabs, self.tabs.tabBar()):
            named.setAccessibleName(_("Reports and register"))
        self.tabs.addTab(self.matrix, _("Reports"))
        for kind, sentence in sentences().items():
            first: tuple[QPushButton, ...] = ()
            if kind == "site":
                self._begin = button(_("Add all plants that have reported"), self.take_reported, role="primary")
                first = (self._begin,)
            part = RecordsPart(
                self,
                self._office,
                self._settings,
                kind,
                sentence,
                *first,
                forms=FORMS,
                hidden=HIDDEN.get(kind, ()),
                picture="plant",
                known=partial(known_of, self._office, kind),
            )
            self.parts[kind] = part
            self.tabs.addTab(part, say(FORMS[kind].plural))
        self.tabs.addTab(self.sent, _("Sent to plants"))
        self.tabs.currentChanged.connect(lambda _tab: self._show_tab())
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 16)
        column.setSpacing(10)
        column.addLayout(head)
        column.addLayout(self._hint)
        column.addWidget(self.tabs, 1)

    # ------------------------------------------------------------------ page

    def refresh(self) -> None:
        office = self._office
        group = office.register.group
        self._about.setText(group_words(group))
        words = _("Change the group…") if group.name else _("Name the group…")
        self.edit_group.setText(words)
        self.edit_group.setAccessibleName(words)
        locked = "" if office.writable else _("The file is open read-only.")
        for one in (self.edit_group, self.send):
            allow(one, locked)
        new = unknown_plants(office.register, office.filed)
        nobody = locked or ("" if new else _("Every plant that has reported is in the register already."))
        for one in (self.add_reported, self._begin):
            allow(one, nobody)
        self.add_reported.setVisible(bool(new))
        self._show_hint(len(new))
        self._show_tab()

    def _nobody(self) -> QWidget:
        begin = button(_("Add a plant…"), lambda: self.begin("site"), role="primary", picture="plus")
        allow(begin, "" if self._office.writable else _("The file is open read-only."))
        return empty_state(
            "plant",
            _("No plants yet"),
            _("Here stands which plant has reported in which year, and which is late. Enter the plants, or wait for "
              "their reports: whoever has reported is proposed here."),
            begin,
            button(_("Go to the inbox"), lambda: self.wanted.emit("inbox", None), picture="inbox"),
        )  # fmt: skip

    def _show_hint(self, new: int) -> None:
        clear(self._hint)
        if not self._office.register.group.name and not self._office.register.held(Site):
            words = _(
                "Nobody has said yet what the group is: its name, its plants, who holds them, when reports are due."
            )
            self._hint.addWidget(marked("info", "accent", words))
        elif new:
            words = _("Plants that have reported and are not in the register: {count}. They count wholly.", count=new)
            self._hint.addWidget(marked("warning", "warning", words))

    def _show_tab(self) -> None:
        part = self.tabs.currentWidget()
        self.send.setVisible(part is not self.sent)  # it has the button itself
        if isinstance(part, RecordsPart | SentPart):
            part.refresh()
        else:
            self.matrix.refresh()

    def commands(self) -> list[Command]:
        return [
            Command(_("Change the group…"), self.ask_group, icon="group", enabled=lambda: self._office.writable),
            Command(_("Send to plants…"), self.ask_send, icon="sign", enabled=lambda: self._office.writable),
            Command(_("Copy the addresses of the plants shown"), self.matrix.copy_addresses, icon="export"),
            Command(_("Add all plants that have reported"), self.take_reported, icon="plus",
                    enabled=self.add_reported.isEnabled),
            *(
                Command(_("New: {kind}", kind=FORMS[kind].plural), lambda kind=kind: self.begin(kind),  # type: ignore[misc]
                        icon="plus", enabled=lambda: self._office.writable)
                for kind in self.parts
            ),
        ]  # fmt: skip

    def show_subject(self, subject: object) -> None:
        """The group itself, a kind of record, a state of reports, or the id of a plant or company."""
        if not isinstance(subject, str):
            return
        if subject == "group":
            self.ask_group()
        elif subject == "dispatch":
            self.tabs.setCurrentWidget(self.sent)
        elif subject in STATES:
            self.tabs.setCurrentWidget(self.matrix)
            self.matrix.show_only(subject)
        elif subject in self.parts:
            self.tabs.setCurrentWidget(self.parts[subject])
        for kind in ("site", "company"):
            if self._office.register.get(kind, subject) is not None:
                self.tabs.setCurrentWidget(self.parts[kind])
                self.parts[kind].table.show_record(subject)

    def inspect(self) -> QWidget | None:
        """What is known of the cell of the matrix."""
        found = self.matrix.current() if self.tabs.currentWidget() is self.matrix else None
        if found is None:
            part = self.tabs.currentWidget()
            return part.inspect() if isinstance(part, RecordsPart) else None
        row, year = found
        cell = row.cells[year]
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(label(row.name, size=1.15, strong=True, wrap=True))
        column.addWidget(subheading(str(year)))
        for words in told(cell):
            column.addWidget(label(words, wrap=True))
        if row.site is not None and row.site.contact:
            column.addWidget(label(_("Contact: {address}", address=row.site.contact), "muted", wrap=True))
        if cell.filed:
            column.addWidget(button(_("Show the report"), self.matrix.open_report))
        return made

    def takes(self, path: Path) -> bool:
        """A table, for the kind of record whose tab is in front."""
        part = self.tabs.currentWidget()
        return isinstance(part, RecordsPart) and part.takes_dropped(path)

    def take(self, paths: Sequence[Path]) -> None:
        part = self.tabs.currentWidget()
        if isinstance(part, RecordsPart):
            part.take_dropped(paths)

    # ------------------------------------------------------------------ act

    def begin(self, kind: str) -> None:
        """A new record of a kind."""
        self.tabs.setCurrentWidget(self.parts[kind])
        self.parts[kind].ask_new()

    def ask_group(self) -> None:
        """Ask for name, approach, base year and limits."""
        register = self._office.register
        held = register.get("group", "group")
        self.form = form = RecordForm(register, FORMS["group"], held, self)
        form.stated.connect(lambda decision: state(form, self, self._office, decision))
        form.open()

    def ask_send(self) -> None:
        """Ask what is sent; to the plants that are shown, where the matrix shows those of a state."""
        in_front = self.tabs.currentWidget() is self.matrix
        self.sent.ask(sites=self.matrix.picked() if in_front else ())

    def _addresses_copied(self, count: int, without: tuple[str, ...]) -> None:
        words = _("Addresses copied: {count}", count=count)
        if without:
            names = some_of(without, MOST_NAMED)
            words = clauses([words, _("without one: {count} ({plants})", count=len(without), plants=names)])
        self.tell("good" if count else "warning", words)

    def take_reported(self) -> None:
        """Every plant that has reported, with its company, in one change."""
        office = self._office
        self.parts["site"].do(lambda: taking_reported(office.register, office.filed))


def sentences() -> dict[str, str]:
    """What belongs on the tab of each kind."""
    return {
        "site": _("The plants of the group with the names they report under, their business, and when they worked."),
        "company": _("The legal entities through which the group holds its plants."),
        "stake": _("Who holds and controls a company or a plant, from which day to which. Without any stake a plant "
                   "counts wholly."),
        "transfer": _("Energy and goods that one own plant makes and another uses: they are counted once."),
        "site_figure": _("Headcount, revenue and production by plant and year, where head office knows them better "
                         "than the report."),
        "deadline": _("The day by which the reports of a year are due. From the day after on, a plant is late."),
    }  # fmt: skip


def group_words(group: Group) -> str:
    """The group in one line."""
    if not group.name:
        return ""
    parts = [group.name, say(APPROACHES[group.approach]) if group.approach in APPROACHES else group.approach]
    if group.base_year:
        parts.append(_("base year {year}, recalculated from {number} %", year=str(group.base_year),
                       number=show_number(group.threshold)))  # fmt: skip
    return " · ".join(parts)
