"""What is compared: one line that asks for the kind of comparison and its two sides."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from core.i18n import Localised
from core.library import all_policies
from gui.combo import Combo
from gui.compare.comparing import MODES, Question
from gui.language import _, say
from gui.session import Session
from gui.widgets import label


class Choosing(QWidget):
    """Offers only what the plant has; its question is asked anew with each choice."""

    chosen = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.answered: Question | None = None
        """The last one whose answer is shown."""
        self.mode = combo_of(_("What is compared"), MODES)
        self.left, self.right = combo_of(_("Before"), {}), combo_of(_("After"), {})
        self.mode.activated.connect(lambda _row: self._mode_chosen())
        self.left.activated.connect(lambda _row: self._side_chosen(self.left, self.right))
        self.right.activated.connect(lambda _row: self._side_chosen(self.right, self.left))
        self._arrow = label("→", "muted")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for widget in (self.mode, self.left, self._arrow, self.right):
            row.addWidget(widget)

    @property
    def question(self) -> Question:
        """As the lists say."""
        mode = str(self.mode.currentData())
        if mode == "closed":
            return Question(mode)
        return Question(mode, str(self.left.currentData()), str(self.right.currentData()))

    def possible(self, mode: str) -> bool:
        """Whether the plant has what it compares."""
        if mode == "closed":
            return self._session.closed is not None
        return mode != "years" or len(self._session.years()) > 1

    def offer(self) -> None:
        """What can be asked now; what was chosen stays where it still can."""
        model = self.mode.model()
        assert isinstance(model, QStandardItemModel)
        why = {"years": _("There is data of one year only."), "closed": _("The year is not closed.")}
        for place in range(self.mode.count()):
            key = str(self.mode.itemData(place))
            model.item(place).setEnabled(self.possible(key))
            tip = "" if self.possible(key) else why.get(key, "")
            self.mode.setItemData(place, tip, Qt.ItemDataRole.ToolTipRole)
        if not self.possible(str(self.mode.currentData())):
            self.mode.setCurrentIndex(self.mode.findData("policies"))
        self._offer_sides()

    def choose(self, mode: str) -> None:
        """As if a person had chosen it."""
        self.mode.setCurrentIndex(self.mode.findData(mode))
        self._mode_chosen()

    def _mode_chosen(self) -> None:
        self._offer_sides()
        self.chosen.emit()

    def _offer_sides(self) -> None:
        """Fill both lists for the mode; what was chosen stays where it still can."""
        mode = str(self.mode.currentData())
        choices, first, second = self._sides(mode)
        kept = (self.left.currentData(), self.right.currentData())
        stay = self.left.property("mode") == (mode, self._session.year) and all(one in choices for one in kept)
        for box, chosen in ((self.left, kept[0] if stay else first), (self.right, kept[1] if stay else second)):
            box.clear()
            for key, words in choices.items():
                box.addItem(words, key)
            box.setCurrentIndex(max(0, box.findData(chosen)))
            box.setVisible(mode != "closed")
        self.left.setProperty("mode", (mode, self._session.year))
        self._arrow.setVisible(mode != "closed")

    def _sides(self, mode: str) -> tuple[dict[str, str], str, str]:
        """What can be chosen, and what is shown first: the base year or last year, another policy, another set."""
        session = self._session
        if mode == "years":
            base, now = session.audit.base_year, str(session.year)
            known = [str(year) for year in session.years()]
            names = {year: _("{year}, base year", year=year) if year == base else year for year in known}
            others = [year for year in known if year != now]
            last = str(session.year - 1)
            first = base if base in others else last if last in others else (others or [now])[0]
            older, newer = sorted((first, now))
            return names, older, newer
        choices = session.choices
        if mode == "policies":
            named = {policy.key: say(policy.name) for policy in all_policies()}
            mine = choices.policy
        elif mode == "gwp":
            named = {key: key for key in session.library.gwp}
            mine = choices.gwp_set
        else:
            return {}, "", ""
        return named, mine, next((key for key in named if key != mine), mine)

    def _side_chosen(self, changed: QComboBox, other: QComboBox) -> None:
        """Two equal sides would say nothing: the other one takes what this one was."""
        if changed.currentData() == other.currentData() and self.answered is not None:
            before = self.answered.left if changed is self.left else self.answered.right
            other.setCurrentIndex(max(0, other.findData(before)))
        self.chosen.emit()


def combo_of(name: str, choices: Mapping[str, Localised]) -> QComboBox:
    """A list that is as wide as what was chosen."""
    made = Combo()
    made.setAccessibleName(name)
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    for key, title in choices.items():
        made.addItem(say(title), key)
    return made
