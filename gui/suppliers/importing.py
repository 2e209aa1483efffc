"""Workbooks of suppliers before they are taken up: what each declares, how it stands, and whose it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core.errors import UserError
from core.exchange.minerals import Read, read_declaration, supplier_named
from core.exchange.minerals.several import Owned, taking_up_all
from core.i18n import T
from core.ledger import SmelterList, Supplier
from core.ledger.filing import Records
from core.minerals import Examined, Standings, examine
from gui.asking import Stating
from gui.fields import ChoiceField, date_field
from gui.jobs import Progress
from gui.language import _, language
from gui.suppliers.around import Around
from gui.suppliers.declared import problem_words, rows_words
from gui.suppliers.words import DASH, STATUS_LEVELS, day_words, edition_words, status_words
from gui.tables.table import Column, Mark, Table
from gui.widgets import SCREEN_SHARE, button, clear, label, letters, marked, scrolled
from gui.wording import in_turn, named, said

NEW, OWN, LEFT = "*new", "*own", "*left"
"""Whose a workbook may be besides a known supplier's: of one that is new, of the company itself, not taken up."""
WIDE = 120
"""Of the dialog. [digits]"""
MOST_TOLD = 30
"""Reasons that are listed of one workbook."""


@dataclass(frozen=True, slots=True)
class Came:
    """One file."""

    id: int
    name: str
    read: Read | None = None
    error: UserError | None = None
    """Why it cannot be read."""
    whose: str = ""
    """Id of a supplier, one of the words above, or nothing yet."""
    examined: Examined | None = None
    twice: str = ""
    """Name of a file before it that holds the very same bytes."""

    @property
    def possible(self) -> bool:
        """Whether it can be taken up at all."""
        return self.read is not None and self.read.already is None and not self.twice


def reading(
    paths: Sequence[Path], records: Records, today: date, *, own: bool = False
) -> Callable[[Progress, Callable[[], bool]], tuple[Came, ...]]:  # fmt: skip
    """The work of reading files, of which one that is refused stops no other."""

    def work(progress: Progress, _cancelled: Callable[[], bool]) -> tuple[Came, ...]:
        standings = Standings.of(records.held(SmelterList))
        found: list[Came] = []
        for number, path in enumerate(paths):
            progress(number / len(paths), T("Reading “{file}”", file=path.name))
            found.append(_came(number, path, records, standings, today, found, own=own))
        return tuple(found)

    return work


def _came(
    number: int, path: Path, records: Records, standings: Standings, today: date, before: Sequence[Came], *, own: bool
) -> Came:  # fmt: skip
    try:
        read = read_declaration(path, "", records)
    except UserError as error:
        return Came(number, path.name, error=error)
    twice = next((one.name for one in before if one.read is not None and one.read.sha256 == read.sha256), "")
    known = supplier_named(records, read.declaration.company)
    whose = OWN if own else known.id if known is not None else ""
    made = Came(number, path.name, read, whose=whose, twice=twice)
    return replace(made, examined=examined(made, standings, records.held(Supplier), today))


def examined(one: Came, standings: Standings, suppliers: Iterable[Supplier], today: date) -> Examined:
    """How it stands as the declaration of whom it is said to be."""
    assert one.read is not None
    supplier = "" if one.whose in (NEW, OWN, LEFT) else one.whose
    return examine(replace(one.read.declaration, supplier=supplier), standings, suppliers, today)


class ImportDialog(Stating):
    """Files above, what is known of the current one below; ``stated`` carries the change."""

    def __init__(self, came: tuple[Came, ...], around: Around, parent: QWidget) -> None:
        super().__init__(
            _("Import declarations of minerals"),
            _("Each workbook was read and checked, and nothing is taken up yet. Say whose each is; then all of them "
              "become one change that can be undone."),
            _("Take up"), parent,
        )  # fmt: skip
        self.around, self.came = around, {one.id: one for one in came}
        self._standings = Standings.of(around.desk.records.held(SmelterList))
        self.table: Table[Came] = Table("declarations_read", self._made_columns(), around.settings,
                                        name=_("Workbooks read"), editable=False, marks=self._marks)  # fmt: skip
        self.rest = button(_("Enter all unknown companies as suppliers"), self.enter_rest, picture="plus")
        self.table.add_tool(self.rest)
        self.whose = ChoiceField(_("Whose declaration it is"), self._choices(), "", required=True)
        self.received = date_field(_("Received on"), around.today(), required=True)
        self._told = QWidget()
        self._lines = QVBoxLayout(self._told)
        self._lines.setContentsMargins(0, 0, 8, 0)
        self._lines.setSpacing(4)
        self._showing = False
        self.table.current.connect(lambda _one: self._show())
        self.whose.changed.connect(self._chosen)
        self._lay_out()
        self.refresh()
        self.table.view.go(0, 0)

    def _lay_out(self) -> None:
        self.table.setMinimumHeight(self.fontMetrics().height() * 12)
        area = scrolled(self._told)
        area.setAccessibleName(_("About the workbook"))
        area.setMinimumHeight(self.fontMetrics().height() * 9)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.whose, 3, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.received, 1, Qt.AlignmentFlag.AlignTop)
        self.fields.addWidget(self.table, 3)
        self.fields.addLayout(row)
        self.fields.addWidget(area, 2)

    def sizeHint(self) -> QSize:
        """As wide as the table needs it, never wider than the screen."""
        found = super().sizeHint()
        return QSize(max(found.width(), letters(self, WIDE)), found.height()).boundedTo(
            self.screen().availableSize() * SCREEN_SHARE
        )

    # ------------------------------------------------------------------ table

    def _made_columns(self) -> list[Column[Came]]:
        return [
            Column("file", _("File"), lambda one: one.name, width=26, stretch=True),
            Column("whose", _("Belongs to"), self._whose, width=22),
            Column("state", _("By the rules"), self._state, width=16),
            Column("template", _("Template"), lambda one: DASH if one.read is None
                   else edition_words(one.read.declaration), width=11),
            Column("company", _("Company as declared"), lambda one: DASH if one.read is None
                   else one.read.declaration.company, width=22),
            Column("effective", _("Effective date"), lambda one: DASH if one.read is None
                   else day_words(one.read.declaration.effective) or DASH, width=14),
        ]  # fmt: skip

    def _state(self, one: Came) -> str:
        if one.read is None:
            return _("not readable")
        return "" if one.examined is None else status_words(one.examined.status)

    def _whose(self, one: Came) -> str:
        if not one.possible:
            return _("is not taken up")
        return dict(self._choices()).get(one.whose, "") or _("not said yet")

    def _marks(self, one: Came) -> Mapping[str, Mark]:
        if one.error is not None:
            return {"state": Mark("bad", one.error.text(language()))}
        found: dict[str, Mark] = {}
        if one.examined is not None:
            found["state"] = Mark(STATUS_LEVELS[one.examined.status], status_words(one.examined.status))
        if not one.possible:
            found["whose"] = Mark("info", _reason(one))
        elif not one.whose:
            found["whose"] = Mark("warning", _("Choose below whose declaration it is."))
        return found

    def _choices(self) -> list[tuple[str, str]]:
        held = sorted(self.around.desk.records.held(Supplier), key=lambda one: one.name.casefold())
        return [
            *((one.id, one.name) for one in held),
            (NEW, _("A new supplier, with the name of the workbook")),
            (OWN, _("Nobody: it is the own declaration")),
            (LEFT, _("Leave it out")),
        ]

    # ------------------------------------------------------------------ show

    def refresh(self) -> None:
        """The table, the fields, and whether it can be taken up."""
        self.table.set_rows(list(self.came.values()))
        chosen, open_ = self._taken(), self._open()
        self.rest.setVisible(any(self._nameable(one) for one in self.came.values()))
        self.go.setText(_("Take up {count} declarations", count=len(chosen)) if len(chosen) != 1
                        else _("Take up 1 declaration"))  # fmt: skip
        self.go.setEnabled(bool(chosen) and not open_)
        why = _("Say of each workbook whose it is, or leave it out.") if open_ else ""
        self.go.setToolTip(why)
        self.go.setAccessibleDescription(why)
        self._show()

    def _taken(self) -> list[Came]:
        return [one for one in self.came.values() if one.possible and one.whose not in ("", LEFT)]

    def _open(self) -> list[Came]:
        return [one for one in self.came.values() if one.possible and not one.whose]

    def _nameable(self, one: Came) -> bool:
        return one.possible and not one.whose and one.read is not None and bool(one.read.declaration.company.strip())

    def _show(self) -> None:
        """The current file: the choice, and everything that is known of it."""
        one = self.table.current_record()
        clear(self._lines)
        self.whose.setEnabled(one is not None and one.possible)
        self._showing = True
        self.whose.set(one.whose if one is not None and one.possible else "")
        self._showing = False
        if one is not None:
            for line in about(one):
                self._lines.addWidget(line)
        self._lines.addStretch(1)

    def _chosen(self) -> None:
        one = self.table.current_record()
        if self._showing or one is None or not one.possible:
            return
        try:
            whose = self.whose.read()
        except UserError:
            return
        self.say(one.id, whose)

    def say(self, key: int, whose: str) -> None:
        """Whose a workbook is."""
        one = replace(self.came[key], whose=whose)
        suppliers = self.around.desk.records.held(Supplier)
        self.came[key] = replace(one, examined=examined(one, self._standings, suppliers, self.around.today()))
        self.refresh()

    def enter_rest(self) -> None:
        """Every company that is no supplier yet becomes one."""
        for one in list(self.came.values()):
            if self._nameable(one):
                self.came[one.id] = replace(one, whose=NEW)
        self.refresh()

    # ------------------------------------------------------------------ take up

    def work(self) -> Callable[[], object]:
        records, received = self.around.desk.records, self.received.need()
        owned = [self._owned(one, records) for one in self._taken()]
        return lambda: taking_up_all(owned, records, received)

    def _owned(self, one: Came, records: Records) -> Owned:
        assert one.read is not None
        if one.whose == OWN:
            return one.read, None
        if one.whose == NEW:
            return one.read, Supplier("", one.read.declaration.company.strip(), minerals=True)
        held = records.get("supplier", one.whose)
        return one.read, held if isinstance(held, Supplier) else Supplier(one.whose, "")


def _reason(one: Came) -> str:
    """Why a workbook that was read is not taken up."""
    if one.read is not None and one.read.already is not None:
        return _("This very file was taken up before, as {id}.", id=one.read.already.id)
    return _("It is the same file as “{name}”.", name=one.twice)


def about(one: Came) -> list[QWidget]:
    """Lines about one file."""
    if one.error is not None:
        lines = [marked("error", "bad", said(one.error.message))]
        if one.error.remedy is not None:
            lines.append(label(said(one.error.remedy), "muted", wrap=True))
        return lines
    if one.read is None or one.examined is None:
        return []
    if not one.possible:
        return [marked("info", "accent", _reason(one))]
    found = one.examined
    words = _("Smelters listed: {smelters}; products listed: {products}", smelters=len(found.smelters),
              products=len(one.read.declaration.products))  # fmt: skip
    lines = [label(words, "muted", wrap=True)]
    problems = (*one.read.problems, *found.problems)
    for problem in problems[:MOST_TOLD]:
        level = STATUS_LEVELS[problem.level]
        icon, token = {"info": ("info", "accent"), "warning": ("warning", "warning")}.get(level, ("error", "bad"))
        more = in_turn(filter(None, (said(problem.remedy), rows_words(problem))))
        lines.append(marked(icon, token, in_turn((problem_words(problem), more))))
    if len(problems) > MOST_TOLD:
        lines.append(label(_("{count} more", count=len(problems) - MOST_TOLD), "muted"))
    if not problems:
        lines.append(marked("check", "good", named(_("By the rules"), status_words(found.status))))
    return lines
