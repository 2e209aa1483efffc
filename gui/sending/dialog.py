"""Head office signs something for its plants: one dialog for every kind of file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from core.disk import read_within
from core.errors import UserError
from core.exchange.factor_sets import LARGEST_SET
from core.group.out.factors import signed_factors
from core.group.out.sending import (
    FACTORS,
    Outgoing,
    benchmarks,
    dispatching,
    edition,
    file_name,
    map_notice,
    request,
    sending,
    serials_in_use,
    update_notice,
)
from core.handover.notices import MAP, UPDATE, Notice
from core.i18n import T
from core.ledger import Deadline
from core.running.about import TITLE
from gui.asked.words import KINDS
from gui.asking import Asking, PathField, copyable
from gui.fields import Field, date_field, said, text_field, words_field
from gui.keys.certificates import refuse_existing
from gui.keys.choice import KeyChoice
from gui.language import _, language, say
from gui.library.words import SIGNED
from gui.plants.matrix import today
from gui.quality.parts import combo
from gui.sending.maps import MapsPart
from gui.sending.parts import BenchmarksPart, FactorsPart, PlantsChoice, SerialsPart, named_sites
from gui.sending.rows import RowsPart
from gui.sending.update import UpdatePart
from gui.settings import Settings
from gui.trust.act_dialog import moment
from gui.widgets import SCREEN_SHARE, label, letters, marked

if TYPE_CHECKING:
    from core.signing import Identity
    from gui.office.office import Office
    from gui.page import Page

ORDER = ("request", FACTORS, "benchmarks", MAP, "serials", UPDATE)
WIDE, LEFT, HIGH = 128, 40, 26
"""Of the dialog and its left column in digits, and of the table in lines."""
Make = Callable[["Identity", datetime], Outgoing]


class SendDialog(Asking):
    """What it is at the left, what it says at the right; key and file below."""

    def __init__(self, page: Page, office: Office, settings: Settings, kind: str = ORDER[0]) -> None:
        super().__init__(
            _("Send to plants"),
            _("Head office signs a file, and plants take it up: nothing in it can be changed on the way. A second file "
              "of the same title is its next edition."),
            _("Sign and write"),
            page,
        )  # fmt: skip
        self._page, self._office = page, office
        self._proposed = ""
        """The file name that was proposed last, and may be replaced by another proposal."""
        self.kind = combo(_("Kind"), [(say(KINDS[one]), one) for one in ORDER])
        self.heading = text_field(_("Title"))
        self.plants = PlantsChoice(office.register)
        self._for_plants = Field(_("For which plants"), self.plants)
        self.due = date_field(_("Answer expected by"), due_day(office))
        self.note = words_field(lines=2)
        self._note = Field(_("Remark"), self.note)
        self.rows = RowsPart(settings, office.year)
        self.maps = MapsPart(office, settings)
        self.benchmarks = BenchmarksPart(office, settings)
        self.factors = FactorsPart(office)
        self.serials = SerialsPart(office, settings)
        self.update_part = UpdatePart()
        self._parts: dict[str, QWidget] = {"request": self.rows, "benchmarks": self.benchmarks, FACTORS: self.factors,
                                          MAP: self.maps, "serials": self.serials,
                                          UPDATE: self.update_part}  # fmt: skip
        self._stack = QStackedWidget()
        self.key = KeyChoice(settings)
        self.key.propose()
        self.out = PathField(_("Signed file"), what="save")
        self._lay_out()
        self.kind.setCurrentIndex(self.kind.findData(kind))
        self._connect()
        self._show_kind()

    def _lay_out(self) -> None:
        for part in self._parts.values():
            self._stack.addWidget(part)
        self._stack.setMinimumHeight(self.fontMetrics().height() * HIGH // 2)
        left = _column(Field(_("Kind"), self.kind), self.heading, self._for_plants)
        for one in (left, self.key):
            one.setFixedWidth(letters(self, LEFT))
        below = QHBoxLayout()
        below.setSpacing(12)
        below.addWidget(self.due, 1, Qt.AlignmentFlag.AlignTop)
        below.addWidget(self._note, 2, Qt.AlignmentFlag.AlignTop)
        right = QWidget()
        inside = QVBoxLayout(right)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(10)
        inside.addWidget(self._stack, 1)
        inside.addLayout(below)
        self.fields.addWidget(_beside(left, right), 1)
        self.fields.addWidget(_beside(self.key, _column(Field(_("Signed file"), self.out))))

    def _connect(self) -> None:
        self.kind.currentIndexChanged.connect(lambda _row: self._show_kind())
        self.heading.line.textChanged.connect(lambda _text: self._propose())
        self.benchmarks.changed.connect(self._propose)
        self.factors.changed.connect(self._propose)
        self.maps.changed.connect(self._propose)
        self.update_part.changed.connect(self._propose)
        for part in (self.rows, self.maps, self.update_part):
            part.refused.connect(self.complain)
        self.key.returned.connect(self.go.click)
        self.key.switched.connect(self.grow)

    def sizeHint(self) -> QSize:
        """Wide enough for the table."""
        found = super().sizeHint()
        return QSize(max(found.width(), letters(self, WIDE)), found.height()).boundedTo(
            self.screen().availableSize() * SCREEN_SHARE
        )

    # ------------------------------------------------------------------ show

    @property
    def chosen(self) -> str:
        """The kind."""
        return str(self.kind.currentData())

    def _show_kind(self) -> None:
        kind = self.chosen
        self._stack.setCurrentWidget(self._parts[kind])
        self.due.setVisible(kind == "request")
        self._note.setVisible(kind != FACTORS)
        self.heading.setVisible(kind != MAP)
        self._for_plants.setVisible(kind != UPDATE)
        self._propose()

    def _title(self) -> str:
        """As it is typed; else what the kind is called by itself."""
        if self.chosen == MAP:
            return self.maps.key
        typed = self.heading.line.text().strip()
        if typed:
            return typed
        if self.chosen == "request":
            return _("Data {year}", year=str(self._office.year))
        if self.chosen == FACTORS:
            return self.factors.key
        if self.chosen == "serials":
            return _("Certificates in use")
        if self.chosen == UPDATE:
            return f"{TITLE} {self.update_part.number}".strip()
        return _("Benchmarks {year}", year=str(self.benchmarks.chosen))

    def _propose(self) -> None:
        """A name for the file, unless the person gave another."""
        kind, title = self.chosen, self._title()
        self.heading.line.setPlaceholderText(title)
        if self.out.line.text() != self._proposed:
            return
        name = f"{title or 'factors'}{SIGNED}"
        if kind != FACTORS:
            name = file_name(Notice(kind, title, "", (), edition=edition(self._office.register, kind, title)))
        self._proposed = str(self._office.path.with_name(name))
        self.out.line.setText(self._proposed)

    # ------------------------------------------------------------------ act

    def work(self) -> Callable[[], object]:
        out = self.out.needed()
        make = self._make(out.name)
        refuse_existing(out)
        wish = self.key.wish()

        def work() -> tuple[Outgoing, Path]:
            when = moment()
            with wish.opened(when) as identity:
                return make(identity, when), out

        return work

    def _make(self, name: str) -> Make:
        """What is done with an open key; the fields are read here, on the window's thread."""
        register, person, kind = self._office.register, self._office.person, self.chosen
        ids, note, title = self.plants.read(), said(self.note), self._title()
        if kind == "request":
            due = self.due.read()
            rows = self.rows.read()
            if not rows:
                raise UserError(T("Nothing is in the table yet."), T("Type, paste or read at least one row."))
            notice = request(register, title, rows, sites=ids, due=due.isoformat() if due else "", note=note)
            return lambda identity, when: sending(register, notice, identity, person, when, name=name)
        if kind == MAP:
            mapped = map_notice(register, self.maps.read(), sites=ids, note=note)
            return lambda identity, when: sending(register, mapped, identity, person, when, name=name)
        if kind == FACTORS:
            file, library = self.factors.file.needed(), self._office.library

            def factors(identity: Identity, when: datetime) -> Outgoing:
                held = read_within(file, LARGEST_SET)
                _set, data = signed_factors(file.stem, held, identity, library, when)
                return dispatching(register, FACTORS, title, data, name, person, when, ids)

            return factors
        if kind == UPDATE:
            newer = update_notice(register, self.update_part.read(), title, note)
            return lambda identity, when: sending(register, newer, identity, person, when, name=name)
        if kind == "serials":
            used = replace(serials_in_use(self._office.file, title), sites=named_sites(register, ids), note=note)
            return lambda identity, when: sending(register, used, identity, person, when, name=name)
        year = self.benchmarks.chosen
        reports, sites = self._office.file.accepted(year), named_sites(register, ids)

        def made(identity: Identity, when: datetime) -> Outgoing:
            found = replace(benchmarks(register, reports, year, title), sites=sites, note=note)
            return sending(register, found, identity, person, when, name=name)

        return made

    def succeeded(self, result: object) -> None:
        """Remembered first: what left head office must stand in its register."""
        from core.handover import write_safely

        assert isinstance(result, tuple)
        made, out = result
        self.key.used()
        try:
            self._office.edit(made.change.why, made.change.steps, [made.data])
        except UserError as error:
            self.complain(error)
            return
        self._page.tell("good", _("{what}.", what=made.change.why))  # a word given is not taken back
        try:
            write_safely(out, made.data)
        except UserError as error:
            again = _("It is signed and kept: save it again from the list of what was sent.")
            self._end(marked("error", "bad", error.text(language())), label(again, wrap=True))
            return
        words = _("Signed and written. Send this file to the plants; they drop it on the window of their plant.")
        self._end(marked("check", "good", words), copyable(str(out), out.name))

    def _end(self, *widgets: QWidget) -> None:
        self.show_result(*widgets)
        self.fields.addStretch(1)
        self.resize(self.width(), min(self.height(), Asking.sizeHint(self).height()))


def due_day(office: Office) -> date | None:
    """The day by which the reports of the year are to come, as long as it is ahead."""
    held = office.register.get("deadline", str(office.year))
    return held.due if isinstance(held, Deadline) and held.due >= today() else None


def _column(*widgets: QWidget) -> QWidget:
    made = QWidget()
    inside = QVBoxLayout(made)
    inside.setContentsMargins(0, 0, 0, 0)
    inside.setSpacing(10)
    for one in widgets:
        inside.addWidget(one)
    inside.addStretch(1)
    return made


def _beside(left: QWidget, right: QWidget) -> QWidget:
    made = QWidget()
    inside = QHBoxLayout(made)
    inside.setContentsMargins(0, 0, 0, 0)
    inside.setSpacing(20)
    inside.addWidget(left, 0, Qt.AlignmentFlag.AlignTop)
    inside.addWidget(right, 1)
    return made
