"""A questionnaire that was received: its codes are matched with a framework, the rest is linked by hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from core.disclosures.catalogue import all_points
from core.disclosures.maps import KEY
from core.disclosures.question import DisclosureMap, Question
from core.entering.plant.disclosures import REQUIREMENTS
from core.errors import UserError
from core.exchange.questionnaires import CODES, Asked, Questionnaire, read_questionnaire
from core.i18n import Name, T
from core.ledger import OwnQuestion
from core.ledger.filing import Records
from gui.asking import Asking, PathField
from gui.disclosures.words import point_name
from gui.entering.fields import SeveralField
from gui.fields import ChoiceField, text_field
from gui.language import _, say
from gui.quality.parts import combo
from gui.settings import Settings
from gui.tables.table import Column, Mark, Table
from gui.tables.whole_rows import choose_whole_rows
from gui.widgets import as_large, button, divided, heading, label

OWN = "*"


class ReceivedDialog(Asking):
    """Asks for a received workbook and reads it in a job. ``done_well`` carries the Questionnaire."""

    def __init__(self, maps: Mapping[str, DisclosureMap], key: str, parent: QWidget | None) -> None:
        super().__init__(
            _("Bring in a questionnaire"),
            _("The workbook that you received is read for the codes of its questions. Known codes are matched; you "
              "link the rest to data points. Of its text only short labels stay in this file."),
            _("Read"), parent,
        )  # fmt: skip
        self._maps = maps
        self.path = PathField(_("Workbook"), _("Excel and CSV files (*.xlsx *.xlsm *.csv)"))
        choices = [(one.key, say(one.title)) for one in maps.values()]
        self.map = ChoiceField(_("Framework"), [*choices, (OWN, _("None of these: a questionnaire of its own"))], key,
                               required=True)  # fmt: skip
        self.own = text_field(_("Key of the questionnaire"), "",
                              _("Small letters, digits and “_”, e.g. customer_2026."), required=True)  # fmt: skip
        self.pattern = text_field(_("What its codes look like"), "",
                                  _("A regular expression; empty: {codes}", codes=CODES))  # fmt: skip
        self.add(_("Workbook"), self.path)
        for one in (self.map, self.own, self.pattern):
            self.fields.addWidget(one)
        self.map.box.currentIndexChanged.connect(lambda _row: self._offer())
        self._offer()

    def _offer(self) -> None:
        self.own.setVisible(self.map.box.currentData() == OWN)
        if self.isVisible():
            self.grow()

    def work(self) -> Callable[[], object]:
        path, key = self.path.needed(), self.map.read()
        asked = self._maps[key] if key != OWN else _begun(self.own.need(), self._maps)
        pattern = self.pattern.read() or CODES
        return lambda: read_questionnaire(path, asked, pattern=pattern)


def _begun(key: str, maps: Mapping[str, DisclosureMap]) -> DisclosureMap:
    """The map of a questionnaire that no framework fits, e.g. of a customer; the one it has if it was begun before."""
    if KEY.fullmatch(key) is None:
        raise UserError(
            T("“{value}” is no key of a map.", value=key[:40]),
            T("Use up to 40 small letters, digits and “_”, such as cdp_2026."),
        )
    return maps.get(key) or DisclosureMap(key, key, "", Name(key, key), ())


# ---------------------------------------------------------------------- matched, and to be linked


@dataclass(frozen=True, slots=True)
class Linked:
    """A question of the workbook, and the data points that answer it."""

    asked: Asked
    question: Question | None
    """That the framework knows by this code."""
    points: tuple[str, ...]

    @property
    def id(self) -> str:
        return self.asked.code


class LinkDialog(QDialog):
    """The questions of a workbook; accepted means: keep the links."""

    def __init__(self, found: Questionnaire, records: Records, settings: Settings, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Link questions"))
        self.setModal(True)
        self.found = found
        before = {one.code: one.points for one in records.held(OwnQuestion) if one.map == found.map.key}
        rows = [*(Linked(one, question, question.points) for question, one in found.matched),
                *(Linked(one, None, before.get(one.code, ())) for one in found.unknown)]  # fmt: skip
        self._first = {one.id: one.points for one in rows}
        self._rows = {one.id: one for one in sorted(rows, key=lambda one: one.question is not None)}
        self.table: Table[Linked] = Table("linked", columns(), settings, editable=False, marks=marks,
                                          name=_("Questions of the workbook"))  # fmt: skip
        choose_whole_rows(self.table)
        self.points = SeveralField(
            _("Data points that answer it"), [(key, f"{say(one.name)} · {key}") for key, one in all_points().items()],
            (), _("Choose with a click or the space bar."),
        )  # fmt: skip
        self.points.changed.connect(self._linked)
        self.table.current.connect(lambda _row: self._moved())
        self.requirement = combo(_("Requirement"), [(say(words), key) for key, words in REQUIREMENTS.items()])
        self.keep_open = QCheckBox(_("Keep questions that are not linked yet as open ones"))
        self.keep_open.setChecked(True)
        self.go = button(_("Keep the links"), self.accept, role="primary")
        self._lay_out()
        self._show()
        if rows:
            self.table.show_record(next(iter(self._rows)))

    def _lay_out(self) -> None:
        last = QHBoxLayout()
        last.addWidget(label(_("Requirement"), "muted"))
        last.addWidget(self.requirement)
        last.addStretch(1)
        last.addWidget(button(_("Cancel"), self.reject))
        last.addWidget(self.go)
        self._words = label("", "muted", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(10)
        column.addWidget(heading(self.found.name))
        column.addWidget(self._words)
        both = divided(self.table, self.points, upright=True)
        both.setSizes([300, 200])
        column.addWidget(both, 1)
        column.addWidget(self.keep_open)
        column.addLayout(last)
        as_large(self, 120, 76)

    def _show(self) -> None:
        self.table.set_rows(list(self._rows.values()))
        left = sum(not one.points for one in self._rows.values())
        self._words.setText(_("{framework}: known by their code: {known}; not linked to a data point: {open}",
                              framework=self.found.map.title, known=len(self.found.matched), open=left))  # fmt: skip

    def _moved(self) -> None:
        row = self.table.current_record()
        self.points.setEnabled(row is not None)
        if row is not None:
            self.points.blockSignals(True)
            self.points.set(row.points)
            self.points.blockSignals(False)

    def _linked(self) -> None:
        row = self.table.current_record()
        if row is not None and (chosen := self.points.read()) != row.points:
            self._rows[row.id] = replace(row, points=chosen)
            self._show()

    @property
    def links(self) -> Mapping[str, Sequence[str]]:
        """By code: what was linked here, and the questions that stay open where those are kept."""
        return {one.id: one.points for one in self._rows.values() if self._to_keep(one)}

    def _to_keep(self, one: Linked) -> bool:
        unknown = one.question is None and (bool(one.points) or self.keep_open.isChecked())
        return unknown or one.points != self._first[one.id]


def columns() -> list[Column[Linked]]:
    """Code, words, what answers it, where it stands."""
    return [
        Column("code", _("Code"), lambda one: one.id, width=12),
        Column("label", _("In the workbook"), lambda one: one.asked.label, width=34, stretch=True),
        Column("state", _("State"), state, width=18),
        Column("points", _("Data points"), lambda one: "; ".join(map(point_name, one.points)), width=30),
        Column("place", _("Where it stands"), place, width=18, hidden=True),
    ]


def state(one: Linked) -> str:
    """How it is linked."""
    if not one.points:
        return _("not linked")
    return _("linked by hand") if one.question is None else _("known")


def place(one: Linked) -> str:
    """Sheet and row."""
    return f"{one.asked.sheet}, {one.asked.row}" if one.asked.sheet else str(one.asked.row)


def marks(one: Linked) -> dict[str, Mark]:
    """What is still to be linked."""
    return {"state": Mark("good" if one.points else "warning", state(one))}
