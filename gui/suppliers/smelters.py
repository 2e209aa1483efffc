"""Smelters that suppliers named, held against published lists; the lists are downloaded by whoever uses them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QMenu, QVBoxLayout, QWidget

from core.i18n import T
from core.ledger import SmelterList, Step
from core.minerals import STANDINGS
from core.minerals.standing import NO_LIST
from gui.language import _, say
from gui.quality.parts import combo
from gui.suppliers.around import Around
from gui.suppliers.inspector import SmelterExplanation
from gui.suppliers.naming import NamedSmelter
from gui.suppliers.published import ListDialog, ListPreview
from gui.suppliers.register import roomy
from gui.suppliers.words import STANDING_LEVELS, day_words, few, minerals_words, standing_words
from gui.tables.kinds import is_table, table_kinds
from gui.tables.table import Column, Mark, Table
from gui.undoing import tell_change
from gui.widgets import allow, button, empty_state, label

FILTERS: dict[str, Callable[[NamedSmelter], bool]] = {
    "": lambda _one: True,
    "off_list": lambda one: one.off_list,
    "numberless": lambda one: not one.number,
    "odd": lambda one: bool(one.odd),
}
"""Which rows are shown."""


class SmeltersPart(QWidget):
    """The consolidated list."""

    def __init__(self, around: Around) -> None:
        super().__init__()
        self.around = around
        self.dialog: ListDialog
        """The question about a list that was opened last."""
        self.preview: ListPreview
        """What that list holds."""
        self.table: Table[NamedSmelter] = Table("smelters_named", self._made_columns(), around.settings,
                                                name=_("Smelters"), editable=False, marks=_marks)  # fmt: skip
        roomy(self.table, 1)
        self.show_only = combo(_("Which smelters"), [
            (_("All smelters"), ""), (_("Not on the list or not conformant"), "off_list"),
            (_("Without number"), "numberless"), (_("Contradictions"), "odd"),
        ])  # fmt: skip
        self.show_only.currentIndexChanged.connect(lambda _row: self._show())
        self.bring = button(_("Import a list…"), self.ask_list, role="primary", picture="import",
                            tip=_("A published list of smelters, which you have downloaded"))  # fmt: skip
        self.more = button(_("More"), self._offer_more)
        for one in (self.show_only, self.bring, self.more):
            self.table.add_tool(one)
        self._begin = button(_("Go to the declarations"), lambda: self.around.go("minerals"), role="primary")
        self._begin_list = button(_("Import a list…"), self.ask_list, picture="import")
        self._empty = empty_state(
            "suppliers", _("No smelters yet"),
            _("Here stands every smelter that suppliers name in their declarations, once, and what a published list "
              "says of it. Import declarations first, and the list that you download."),
            self._begin, self._begin_list,
        )  # fmt: skip
        self._nobody = label(_("No smelter is of this kind."), "muted", wrap=True)
        self._lists = label("", "muted", wrap=True)
        self.table.current.connect(lambda _one: self.around.page.selected.emit())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 10, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.table, 1)
        column.addWidget(self._empty, 1)
        column.addWidget(self._nobody)
        column.addWidget(self._lists)

    def _made_columns(self) -> list[Column[NamedSmelter]]:
        return [
            Column("number", _("Smelter ID"), lambda one: one.number or _("none"), sort=lambda one: one.number or "~",
                   width=12),
            Column("name", _("Name"), lambda one: one.name or _("not identified"), width=28, stretch=True),
            Column("country", _("Country"), lambda one: one.country, width=14),
            Column("minerals", _("Minerals"), lambda one: minerals_words(one.minerals), width=14),
            Column("standing", _("Standing"), _standing, sort=_rank, width=20),
            Column("suppliers", _("Declared by"), self._suppliers, sort=lambda one: -len(one.suppliers), width=24),
            Column("own", _("In the own declaration"), lambda one: _("yes") if one.accepted else _("no"), width=12,
                   hidden=True),
        ]  # fmt: skip

    def _suppliers(self, one: NamedSmelter) -> str:
        answer = self.around.known()
        return few(one.suppliers if answer is None else (answer.names.get(key, key) for key in one.suppliers), 2)

    # ------------------------------------------------------------------ page

    def refresh(self) -> None:
        """From the last answer."""
        for one in (self.bring, self._begin_list):
            allow(one, self.around.locked)
        self._show()

    def _show(self) -> None:
        answer = self.around.known()
        every = () if answer is None else answer.smelters
        only = str(self.show_only.currentData())
        shown = [one for one in every if FILTERS[only](one)]
        self.table.set_rows(shown)
        self.table.setVisible(bool(every))
        self._empty.setVisible(not every)
        self._nobody.setVisible(bool(every) and not shown)
        lists = () if answer is None else answer.lists
        told = [_("“{name}” of {day} ({count})", name=one.name, day=day_words(one.day), count=f"{len(one.smelters):,}")
                for one in lists]  # fmt: skip
        self._lists.setText(_("Compared with: {lists}", lists=told) if told else
                            _("No published list is at hand; without one nothing is said of any smelter."))  # fmt: skip
        self._lists.setVisible(answer is not None)

    def show_kind(self, key: str) -> None:
        """Only smelters of one kind, by its key; all without."""
        self.show_only.setCurrentIndex(self.show_only.findData(key))

    def inspect(self) -> QWidget | None:
        one, answer = self.table.current_record(), self.around.known()
        if one is None or answer is None or not any(each.id == one.id for each in answer.smelters):
            return None
        return SmelterExplanation(one.id, self.around.desk, answer, self.around.go)

    # ------------------------------------------------------------------ lists

    def takes(self, path: Path) -> bool:
        """Whether a dropped file may be a list."""
        return self.around.desk.writable and is_table(path)

    def ask_list(self) -> None:
        """Ask for a list that was downloaded."""
        if not self.around.desk.writable:
            return
        kinds = table_kinds()
        name, _kind = QFileDialog.getOpenFileName(self, _("Import a list…"), "", kinds)
        if name:
            self.read(Path(name))

    def read(self, path: Path) -> None:
        """Ask what the file does not say, read it, and show it before it is taken up."""
        self.dialog = ListDialog(path, self.around, self)
        self.dialog.done_well.connect(self._show_found)
        self.dialog.open()

    def _show_found(self, found: object) -> None:
        self.preview = preview = ListPreview(found, self.dialog.source, self.around, self)  # type: ignore[arg-type]
        preview.accepted.connect(lambda: self._take_up(preview))
        preview.open()

    def _take_up(self, preview: ListPreview) -> None:
        page, desk = self.around.page, self.around.desk
        change = page.attempt(preview.change)
        if change is None:
            return
        if page.attempt(lambda: (desk.edit(change.why, change.steps, change.data),)) is not None:
            tell_change(page, desk, change.why)

    def remove(self, key: str) -> None:
        """Take a list away."""
        desk, page = self.around.desk, self.around.page
        held = desk.records.get("smelter_list", key)
        if not isinstance(held, SmelterList) or not desk.writable:
            return
        why = T("List of smelters removed: {name}", name=held.name)
        if page.attempt(lambda: (desk.edit(why, (Step("smelter_list", key, held, None),)),)) is not None:
            tell_change(page, desk, why)

    def more_menu(self) -> QMenu:
        """The lists, to take one away."""
        menu, answer = QMenu(self), self.around.known()
        lists = () if answer is None else answer.lists
        for one in lists:
            words = _("Remove the list “{name}” of {day}", name=one.name, day=day_words(one.day))
            act = menu.addAction(words, lambda key=one.id: self.remove(key))  # type: ignore[misc]
            act.setEnabled(self.around.desk.writable)
        if not lists:
            menu.addAction(_("No published list is at hand.")).setEnabled(False)
        return menu

    def _offer_more(self) -> None:
        menu = self.more_menu()
        menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))


def _standing(one: NamedSmelter) -> str:
    return standing_words(one.standing.key) if one.number else _("cannot be looked up")


def _rank(one: NamedSmelter) -> int:
    return STANDINGS.index(one.standing.key) if one.number else len(STANDINGS)


def _marks(one: NamedSmelter) -> Mapping[str, Mark]:
    found: dict[str, Mark] = {}
    if not one.number:
        found["standing"] = Mark("warning", _("Without a number it cannot be looked up."))
    elif one.standing.key != NO_LIST:
        said = f" ({one.standing.said})" if one.standing.said else ""
        found["standing"] = Mark(STANDING_LEVELS[one.standing.key], standing_words(one.standing.key) + said)
    if one.odd:
        found["name"] = Mark("warning", "\n".join(say(text) for text in one.odd))
    return found
