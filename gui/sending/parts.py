"""What a signed file for plants is made of, one part for each kind: benchmarks of a year, a factor set, its plants."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from core.audit.key_figures import figure_title
from core.disk import read_within
from core.errors import UserError
from core.exchange.factor_sets import LARGEST_SET
from core.group.out.factors import factors_in
from core.group.out.sending import benchmarks, serials_in_use, too_few
from core.handover.notice_rows import FEWEST_PLANTS, benchmark_of, elsewhere_of
from core.i18n import T, show
from core.ledger import Benchmark, Register, SerialsElsewhere, Site
from core.library import Library
from gui.analytics.rows import benchmark_columns
from gui.asked.columns import serials_columns
from gui.asking import PathField
from gui.fields import Field
from gui.language import _, language, say
from gui.latest import Latest
from gui.quality.parts import combo
from gui.settings import Settings
from gui.tables.table import Column, Table
from gui.widgets import label, letters

if TYPE_CHECKING:
    from gui.office.office import Office

Found = tuple[tuple[Benchmark, ...], tuple[str, ...]]
"""Benchmarks that would be made, and figures of too few plants."""
LINES, AIR = 6, 14
"""Plants that are seen at once, and the room above and below the name of one. [px]"""
NARROW = 12
"""Of a column of the preview, in digits."""


class BenchmarksPart(QWidget):
    """Of which year, and what would come out of it."""

    changed = Signal()

    def __init__(self, office: Office, settings: Settings) -> None:
        super().__init__()
        self._office = office
        self.year = combo(_("Year"), [(str(year), str(year)) for year in office.years_to_show()])
        self.year.setCurrentIndex(self.year.findData(str(office.year)))
        self.year.activated.connect(lambda _row: self._chosen())
        self.table: Table[Benchmark] = Table(
            "sending_benchmarks", _columns(office.library), settings,
            name=_("Benchmarks"), editable=False, identity=lambda r: (r.figure, r.unit, r.subject),
        )  # fmt: skip
        self.words = label("", "muted", wrap=True)
        self._latest = Latest(self)
        self._latest.answered.connect(self._show)
        self._latest.broken.connect(self._tell)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.table.bar.addWidget(label(_("Year"), "muted"))
        self.table.add_tool(self.year)
        column.addWidget(self.table, 1)
        column.addWidget(self.words)
        self.preview()

    @property
    def chosen(self) -> int:
        """The year."""
        return int(self.year.currentData())

    @property
    def busy(self) -> bool:
        """Whether the preview is still being made."""
        return self._latest.busy

    def _chosen(self) -> None:
        self.preview()
        self.changed.emit()

    def preview(self) -> None:
        """Work out what plants would get."""
        register, year = self._office.register, self.chosen
        reports = self._office.file.accepted(year)

        def work() -> Found:
            left = tuple(f"{say(figure_title(name))} [{unit}]: {count}"
                         for (name, unit), count in too_few(register, reports, year))  # fmt: skip
            try:
                rows = benchmarks(register, reports, year, "-").rows
            except UserError:  # said below in the words for a preview
                rows = ()
            return tuple(benchmark_of(row, register.group.name) for row in rows), left

        self._latest.ask(work)

    def _show(self, found: Found) -> None:
        made, left = found
        self.table.set_rows(made)
        words = [_("Low and high are quartiles: a quarter of the plants lies below, a quarter above.")]
        if not made:
            words = [_("No figure of {year} is known of at least {least} plants.", year=str(self.chosen),
                       least=FEWEST_PLANTS),
                     _("Enter headcount, revenue or production of the plants, or ask the plants for them."),
                     ]  # fmt: skip
        if left:
            words.append(_("Not made, for fewer than {least} plants know them and one could be told: {figures}.",
                           least=FEWEST_PLANTS, figures=show(left, language())))  # fmt: skip
        self._tell("\n".join(words))

    def _tell(self, words: str) -> None:
        self.words.setText(words)


class FactorsPart(QWidget):
    """The csv of a factor set, and what it holds."""

    changed = Signal()

    def __init__(self, office: Office) -> None:
        super().__init__()
        self._library = office.library
        self.file = PathField(_("Factor set"), _("Factor files (*.csv)"))
        self.words = label("", "muted", wrap=True)
        self.file.changed.connect(self._look)
        self._latest = Latest(self)
        self._latest.answered.connect(lambda words: self.words.setText(str(words)))
        self._latest.broken.connect(self.words.setText)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(Field(_("Factor set"), self.file, _("A csv in the form that “Export factors” writes")))
        column.addWidget(self.words)
        column.addStretch(1)

    @property
    def key(self) -> str:
        """Name of the set, which is that of its file."""
        return "" if self.file.path is None else self.file.path.stem

    def _look(self) -> None:
        self.changed.emit()
        path, library = self.file.path, self._library
        if path is None or not path.is_file():
            self.words.setText("")
            return

        def work() -> str:
            publication, rows = factors_in(path.stem, read_within(path, LARGEST_SET), library)
            return _("{title}: {count}", title=publication.title, count=f"{len(rows):,}")

        self._latest.ask(work)


class SerialsPart(QWidget):
    """The certificates that reports use, as plants would get them."""

    def __init__(self, office: Office, settings: Settings) -> None:
        super().__init__()
        self.table: Table[SerialsElsewhere] = Table(
            "sending_serials", serials_columns(), settings, name=_("Certificates in use"), editable=False,
            identity=lambda r: (r.serials, r.holder, r.year),
        )  # fmt: skip
        self.words = label("", "muted", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.table, 1)
        column.addWidget(self.words)
        try:
            rows = serials_in_use(office.file, "-").rows
        except UserError as error:
            self.words.setText(error.text(language()))
            return
        self.table.set_rows([elsewhere_of(row, office.register.group.name) for row in rows])
        self.words.setText(_("Of accepted and held reports. A plant sees at once when it enters one of them."))


class PlantsChoice(QWidget):
    """All plants, or those that are ticked."""

    def __init__(self, register: Register) -> None:
        super().__init__()
        self.which: QComboBox = combo(_("For which plants"), [(_("All plants"), ""), (_("Only these"), "some")])
        self.list = QListWidget()
        self.list.setAccessibleName(_("Plants"))
        for site in register.held(Site):
            item = QListWidgetItem(f"{site.name} ({site.country})")
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Unchecked)
            item.setData(Qt.ItemDataRole.UserRole, site.id)
            self.list.addItem(item)
        self.list.setFixedHeight((self.fontMetrics().height() + AIR) * LINES)
        self.list.setMinimumWidth(letters(self, 24))
        self.list.hide()
        self.which.currentIndexChanged.connect(lambda _row: self.list.setVisible(bool(self.which.currentData())))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.which)
        column.addWidget(self.list)
        self.setFocusProxy(self.which)

    def choose(self, ids: set[str]) -> None:
        """Tick these, and show them before the others: of forty plants one would not see which."""
        self.which.setCurrentIndex(1)
        first = 0
        for item in self._items():
            ticked = item.data(Qt.ItemDataRole.UserRole) in ids
            item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
            if ticked:
                self.list.insertItem(first, self.list.takeItem(self.list.row(item)))
                first += 1

    def read(self) -> tuple[str, ...]:
        """Ids of the plants; none: all.

        Raises
        ------
        UserError
            when some shall be chosen and none is.
        """
        if not self.which.currentData():
            return ()
        found = tuple(str(item.data(Qt.ItemDataRole.UserRole)) for item in self._items()
                      if item.checkState() == Qt.CheckState.Checked)  # fmt: skip
        if not found:
            raise UserError(T("No plant is chosen."), T("Tick the plants, or choose all of them."))
        return found

    def _items(self) -> list[QListWidgetItem]:
        return [self.list.item(row) for row in range(self.list.count())]


def _columns(library: Library) -> list[Column[Benchmark]]:
    """Without what is the same in all rows."""
    found = [one for one in benchmark_columns(library) if one.key not in ("publisher", "year")]
    return [one if one.stretch else replace(one, width=min(one.width, NARROW)) for one in found]


def named_sites(register: Register, ids: tuple[str, ...]) -> tuple[str, ...]:
    """Names of plants by their ids, in the order of the register."""
    return tuple(site.name for site in register.held(Site) if site.id in ids)
