"""How sure the group's total is: each error with the plants that share it, the one to know better first."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.group.out.words import factor_title
from core.group.year.uncertainty import GroupInput, GroupView
from core.i18n import T, show_number
from core.library import EXACT, Library
from core.methods import plain
from gui.language import _, say
from gui.settings import Settings
from gui.tables.table import Column, Table
from gui.tables.whole_rows import choose_whole_rows
from gui.widgets import label
from gui.wording import TONNES, item_name, named, shown_percent, tonnes

KINDS = {"activity": T("Activity data"), "factor": T("Factor")}
ZERO = Decimal(0)


class Sure(QWidget):
    """One sentence and one table."""

    def __init__(self, settings: Settings, library: Library) -> None:
        super().__init__()
        self.said = label("", wrap=True)
        self.meaning = label(
            _("Errors of what plants measured are independent; a factor that several plants use is one error and is "
              "added before it is squared. What is not quantified counts as certain."),
            "muted", wrap=True,
        )  # fmt: skip
        self.table: Table[GroupInput] = Table("group_sure", columns(library), settings, name=_("Uncertainty"),
                                              identity=lambda i: (i.kind, i.key, i.plants))  # fmt: skip
        choose_whole_rows(self.table)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 10, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.said)
        column.addWidget(self.meaning)
        column.addWidget(self.table, 1)

    def show_found(self, view: GroupView | None) -> None:
        """None: nothing is known."""
        self.said.setText(sentence(view))
        self.table.set_rows(view.inputs if view is not None else ())


def half(view: GroupView | None) -> str:
    """``± 4.2 %``; a dash where nobody knows."""
    percent = view.estimate.percent if view is not None else None
    return "–" if percent is None else f"± {shown_percent(percent)} %"


def quantified(view: GroupView) -> Decimal:
    """Tonnes of which something is known. [%]"""
    coverage = view.estimate.coverage
    return coverage.percent(EXACT.subtract(coverage.total, coverage.neither))


def sentence(view: GroupView | None) -> str:
    """The interval, what sharing does, and how much is quantified."""
    if view is None or view.estimate.percent is None:
        return _("Nothing is known of the uncertainty.")
    one = view.estimate
    return _(
        "{half}: from {low} to {high} {unit} with 95 %. If no plant shared a factor it would look like ± {apart} %. "
        "Quantified: {share} % of the tonnes.",
        half=half(view), low=tonnes(one.low), high=tonnes(one.high), unit=TONNES,
        apart=shown_percent(view.apart * 100 / abs(one.tonnes)), share=shown_percent(quantified(view)),
    )  # fmt: skip


def columns(library: Library) -> list[Column[GroupInput]]:
    """What it is, whose tonnes it moves, and how much of the uncertainty is its own."""

    def name(one: GroupInput) -> str:
        if one.kind == "factor":
            return say(factor_title(one.key, library))
        source, _slash, item = one.key.rpartition("/")
        return named(source, item_name(library, item)) if source else one.key

    return [
        Column("kind", _("Kind"), lambda i: say(KINDS[i.kind]), width=12),
        Column("name", _("Source or factor"), name, width=34, stretch=True),
        Column("plants", _("Plants"), plants_words, plain=lambda i: ", ".join(i.plants), width=22),
        Column("tonnes", _("Depends on it"), lambda i: tonnes(i.tonnes), TONNES, "right", lambda i: i.tonnes,
               lambda i: plain(i.tonnes), width=12),
        Column("error", _("Half of the interval"), lambda i: tonnes(i.error), TONNES, "right", lambda i: i.error,
               lambda i: plain(i.error), width=14),
        Column("variance", _("Share of the variance"), lambda i: shown_percent(i.variance), "%", "right",
               lambda i: ZERO if i.variance is None else i.variance,
               lambda i: "" if i.variance is None else show_number(i.variance), width=14),
    ]  # fmt: skip


def plants_words(one: GroupInput) -> str:
    """One by name, several by number."""
    return one.plants[0] if len(one.plants) == 1 else _("Plants: {count}", count=len(one.plants))
