"""Targets of all plants: those that can be added up, every single one, and what may be said of neutrality."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.group.ways.standing import PlantWay, RollUp, Standing
from core.group.ways.way import Aim, Neutral
from gui.language import _, say
from gui.settings import Settings
from gui.tables.table import Column, Mark, Table
from gui.tables.whole_rows import choose_whole_rows
from gui.tabs import FrontTabs
from gui.ways import words
from gui.ways.tables import number_column
from gui.widgets import empty_state, label
from gui.wording import TONNES, listed


@dataclass(frozen=True, slots=True)
class Row:
    """A target of a plant."""

    plant: PlantWay
    aim: Aim

    @property
    def tonnes(self) -> bool:
        """It is absolute."""
        return not self.aim.intensity

    def part(self, value: Decimal | None) -> Decimal | None:
        """As far as the plant counts; a ratio stays what it is."""
        return value if value is None or not self.tonnes else self.plant.part(value)


@dataclass(frozen=True, slots=True)
class Said:
    """A commitment of a plant."""

    plant: PlantWay
    one: Neutral


class Targets(QWidget):
    """Three tables; each row leads to the report."""

    report_wanted = Signal(str)
    """SHA-256 of a report."""
    chosen = Signal()

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.said = label("", "muted", wrap=True)
        self.sums: Table[RollUp] = Table("ways_sums", sum_columns(), settings, name=_("Targets added up"),
                                         identity=lambda one: (one.year, one.parts), marks=sum_marks)  # fmt: skip
        self.every: Table[Row] = Table("ways_targets", columns(), settings, name=_("Targets by plant"),
                                       identity=lambda row: (row.plant.key, row.aim.id), marks=marks)  # fmt: skip
        self.neutral: Table[Said] = Table("ways_neutral", neutral_columns(), settings, name=_("Carbon neutrality"),
                                          identity=lambda row: (row.plant.key, row.one.subject),
                                          marks=neutral_marks)  # fmt: skip
        for table in (self.sums, self.every, self.neutral):
            choose_whole_rows(table)
            table.setContentsMargins(0, 8, 0, 0)  # below the names of the tabs
            table.current.connect(lambda _row: self.chosen.emit())
        self.every.view.doubleClicked.connect(lambda _index: self._open(self.every.current_record()))
        self.neutral.view.doubleClicked.connect(lambda _index: self._open(self.neutral.current_record()))
        self.sums.set_empty(_nothing(_("Targets for the same parts of the emissions and the same year are added up.")))
        self.every.set_empty(_nothing(_("Plants enter targets on their page Targets; they travel in the report.")))
        self.neutral.set_empty(_nothing(_("Commitments to carbon neutrality of the plants stand here.")))
        self.tabs = FrontTabs()
        for named in (self.tabs, self.tabs.tabBar()):
            named.setAccessibleName(_("Targets of the group"))
        for table in (self.sums, self.every, self.neutral):
            self.tabs.addTab(table, "")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 10, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.said)
        column.addWidget(self.tabs, 1)

    def show_found(self, found: Standing) -> None:
        """Another answer."""
        rows = rows_of(found)
        said = [Said(plant, one) for plant, one in found.neutral]
        self.sums.set_rows(found.rollups)
        self.every.set_rows(rows)
        self.neutral.set_rows(tuple(said))
        for place, words_ in enumerate((
            _("Added up ({count})", count=len(found.rollups)),
            _("By plant ({count})", count=len(rows)),
            _("Carbon neutrality ({count})", count=len(said)),
        )):  # fmt: skip
            self.tabs.setTabText(place, words_)
        self.said.setText(_(
            "Emissions of {year} were calculated again by head office; those of base years are what the plants state.",
            year=str(found.year),
        ))  # fmt: skip

    def current(self) -> Row | Said | None:
        """The row of a plant that the person stands on."""
        front = self.tabs.currentWidget()
        if front is self.every:
            return self.every.current_record()
        return self.neutral.current_record() if front is self.neutral else None

    def _open(self, row: Row | Said | None) -> None:
        if row is not None:
            self.report_wanted.emit(row.plant.filed.sha256)


def _nothing(sentence: str) -> QWidget:
    return empty_state("targets", _("No targets yet"), sentence)


def rows_of(found: Standing) -> tuple[Row, ...]:
    """Who misses most first, then the others by plant."""
    missed = [Row(one.plant, one.aim) for one in found.missed]
    others = [Row(plant, aim) for plant in found.plants for aim in plant.way.aims if not aim.missed]
    return (*missed, *others)


def sum_columns() -> list[Column[RollUp]]:
    """Parts, year, how many plants, and the tonnes."""
    return [
        Column("parts", _("Parts of the emissions"), lambda one: words.parts_words(one.parts), width=28, stretch=True),
        Column("year", _("Target year"), lambda one: str(one.year), align="right", sort=lambda one: one.year, width=10),
        Column("plants", _("Plants"), lambda one: str(len(one.aims)), align="right", sort=lambda one: len(one.aims),
               width=7),
        number_column("actual", _("Actual"), lambda one: one.actual, TONNES),
        number_column("allowed", _("By the pathway"), lambda one: one.allowed, TONNES),
        number_column("gap", _("Gap"), lambda one: one.gap, TONNES, show=words.signed),
        number_column("base", _("Base year"), lambda one: one.base, TONNES),
        number_column("final", _("In the target year"), lambda one: one.final, TONNES),
        number_column("forecast", _("Forecast for it"), lambda one: one.forecast.get(one.year), TONNES),
        Column("without", _("Not known of"), lambda one: listed(one.without), width=16, hidden=True),
    ]  # fmt: skip


def columns() -> list[Column[Row]]:
    """A target and how it stands."""
    return [
        Column("plant", _("Plant"), lambda row: row.plant.name, width=20),
        Column("name", _("Target"), lambda row: row.aim.name, width=26, stretch=True),
        Column("parts", _("Parts of the emissions"), lambda row: words.parts_words(row.aim.parts), width=20,
               hidden=True),
        Column("year", _("Target year"), lambda row: str(row.aim.year), align="right", sort=lambda row: row.aim.year,
               width=10),
        number_column("reduction", _("Reduction"), lambda row: row.aim.reduction, "%", width=9),
        number_column("actual", _("Actual"), lambda row: row.part(row.aim.actual)),
        number_column("allowed", _("By the pathway"), lambda row: row.part(row.aim.allowed)),
        number_column("gap", _("Gap"), lambda row: row.part(row.aim.gap), show=words.signed),
        Column("unit", _("Unit"), lambda row: TONNES if row.tonnes else _("per unit of the key figure"), width=9),
        Column("state", _("State"), lambda row: words.aim_words(row.aim), width=22),
    ]  # fmt: skip


def neutral_columns() -> list[Column[Said]]:
    """What is said, and what may be said."""

    def state(key: str) -> str:
        return say(words.STATES[key]) if key in words.STATES else key

    return [
        Column("plant", _("Plant"), lambda row: row.plant.name, width=20),
        Column("subject", _("Subject"), lambda row: row.one.subject, width=24, stretch=True),
        Column("year", _("From"), lambda row: str(row.one.year), align="right", sort=lambda row: row.one.year, width=7),
        Column("stated", _("What is said"), lambda row: state(row.one.stated), width=14),
        Column("attainable", _("What may be said"), lambda row: state(row.one.attainable), width=16),
        number_column("footprint", _("Footprint"), lambda row: row.one.footprint, TONNES),
        number_column("credits", _("Credits that count"), lambda row: row.one.credits, TONNES),
    ]


def sum_marks(one: RollUp) -> dict[str, Mark]:
    """Above the pathways together; and who is not in the sum."""
    found = {}
    if one.aims:
        found["gap"] = (
            Mark("bad", _("Together above their pathways")) if one.missed
            else Mark("good", _("Together on their pathways"))
        )  # fmt: skip
    if one.without:
        found["plants"] = Mark("warning", _("Not in the sum, for emissions or pathway are not known: {plants}.",
                                            plants=list(one.without)))  # fmt: skip
    return found


def marks(row: Row) -> dict[str, Mark]:
    """How it stands; never by colour alone."""
    if row.aim.missed:
        return {"state": Mark("bad", "\n".join(say(one) for one in row.aim.stops) or words.aim_words(row.aim))}
    return {} if row.aim.gap is None else {"state": Mark("good", words.aim_words(row.aim))}


def neutral_marks(row: Said) -> dict[str, Mark]:
    """Whether more is said than may be."""
    if row.one.holds:
        return {"stated": Mark("good", _("This may be said."))}
    return {"stated": Mark("bad", _("More is said than may be said."))}
