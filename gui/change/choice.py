"""What is compared with what: two years of the group, or two versions of one audit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from core.i18n import T, Text
from core.store import ACCEPTED, HELD, SUPERSEDED, Filed
from gui.combo import Combo
from gui.language import _, say
from gui.widgets import label

YEARS, VERSIONS = "years", "versions"
MODES: dict[str, Text] = {YEARS: T("Two years of the group"), VERSIONS: T("Two versions of one report")}


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the lists say."""

    mode: str
    left: str
    """Year, or SHA-256 of the report."""
    right: str
    audit: str = ""


class Choice(QWidget):
    """Lists side by side, only those that the mode needs."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._audits: dict[str, tuple[Filed, ...]] = {}
        self._years: tuple[int, ...] = ()
        self._year = 0
        """That is looked at."""
        self.mode = _combo(_("What is compared"))
        for key, words in MODES.items():
            self.mode.addItem(say(words), key)
        self.audit, self.left, self.right = _combo(_("Report")), _combo(_("Before")), _combo(_("After"))
        self.mode.activated.connect(lambda _row: self._mode_chosen())
        self.audit.activated.connect(lambda _row: self._audit_chosen())
        self.left.activated.connect(lambda _row: self._side_chosen(self.left, self.right))
        self.right.activated.connect(lambda _row: self._side_chosen(self.right, self.left))
        self._kept: tuple[str, str] = ("", "")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for widget in (self.mode, self.audit, self.left, label("→", "muted"), self.right):
            row.addWidget(widget)

    # ------------------------------------------------------------------ offer

    def offer(self, filed: Sequence[Filed], base_year: int, year: int) -> None:
        """What can be compared now; what was chosen stays where it still can, until another year is looked at."""
        turned = year != self._year
        self._years = tuple(sorted({one.year for one in filed if one.state == ACCEPTED}))
        self._audits = audits_of(filed)
        self._base, self._year = base_year, year
        model = self.mode.model()
        assert isinstance(model, QStandardItemModel)
        for place, possible in enumerate((len(self._years) > 1, bool(self._audits))):
            model.item(place).setEnabled(possible)
        if not self.possible(self.chosen.mode):
            other = VERSIONS if self.chosen.mode == YEARS else YEARS
            self.mode.setCurrentIndex(self.mode.findData(other))
        kept = self.audit.currentData()
        self.audit.clear()
        for key, revisions in self._audits.items():
            self.audit.addItem(_("{plant} {year}", plant=revisions[-1].plant, year=str(revisions[-1].year)), key)
        self.audit.setCurrentIndex(max(0, self.audit.findData(kept)))
        self._fill(anew=turned)

    def possible(self, mode: str) -> bool:
        """Whether there are two of these."""
        return len(self._years) > 1 if mode == YEARS else bool(self._audits)

    @property
    def anything(self) -> bool:
        """Whether anything can be compared."""
        return self.possible(YEARS) or self.possible(VERSIONS)

    def _fill(self, *, anew: bool = False) -> None:
        mode = str(self.mode.currentData())
        self.audit.setVisible(mode == VERSIONS)
        kept = (self.left.currentData(), self.right.currentData())
        choices, first, second = self._sides(mode)
        stay = not (anew and mode == YEARS) and all(one in choices for one in kept) and kept[0] != kept[1]
        for box, chosen in ((self.left, kept[0] if stay else first), (self.right, kept[1] if stay else second)):
            box.clear()
            for key, words in choices.items():
                box.addItem(words, key)
            box.setCurrentIndex(max(0, box.findData(chosen)))
        self._kept = (str(self.left.currentData()), str(self.right.currentData()))

    def _sides(self, mode: str) -> tuple[dict[str, str], str, str]:
        if mode == YEARS:
            names = {
                str(year): _("{year}, base year", year=str(year)) if year == self._base else str(year)
                for year in self._years
            }
            known = list(names)
            now = str(self._year) if str(self._year) in known else (known or [""])[-1]
            earlier = [key for key in known if key < now]
            before = earlier[-1] if earlier else next((key for key in known if key != now), now)
            return names, *sorted((before, now))  # type: ignore[return-value]
        revisions = self._audits.get(str(self.audit.currentData()), ())
        return {one.sha256: revision_words(one) for one in revisions}, *(
            (revisions[-2].sha256, revisions[-1].sha256) if len(revisions) > 1 else ("", "")
        )

    # ------------------------------------------------------------------ chosen

    def choose(self, mode: str) -> None:
        """Another kind of comparison."""
        if self.possible(mode):
            self.mode.setCurrentIndex(self.mode.findData(mode))
            self._mode_chosen()

    def choose_years(self, before: int, after: int) -> None:
        """These two years of the group, where both have reports."""
        if {before, after} <= set(self._years) and self.possible(YEARS):
            self.mode.setCurrentIndex(self.mode.findData(YEARS))
            self._fill()
            for box, year in ((self.left, before), (self.right, after)):
                box.setCurrentIndex(box.findData(str(year)))
            self._kept = (str(before), str(after))
            self.changed.emit()

    def choose_audit(self, key: str) -> None:
        """Two versions of this audit."""
        if key in self._audits:
            self.audit.setCurrentIndex(self.audit.findData(key))
            self.choose(VERSIONS)

    def _mode_chosen(self) -> None:
        self._fill()
        self.changed.emit()

    def _audit_chosen(self) -> None:
        self._fill()
        self.changed.emit()

    def _side_chosen(self, changed: QComboBox, other: QComboBox) -> None:
        """Two equal sides would say nothing: the other one takes what this one was."""
        if changed.currentData() == other.currentData():
            other.setCurrentIndex(max(0, other.findData(self._kept[0 if changed is self.left else 1])))
        self._kept = (str(self.left.currentData()), str(self.right.currentData()))
        self.changed.emit()

    @property
    def chosen(self) -> Chosen:
        """As the lists say."""
        mode = str(self.mode.currentData())
        audit = str(self.audit.currentData() or "") if mode == VERSIONS else ""
        return Chosen(mode, str(self.left.currentData() or ""), str(self.right.currentData() or ""), audit)

    def report(self, sha256: str) -> Filed:
        """One of the reports that are offered."""
        return next(one for own in self._audits.values() for one in own if one.sha256 == sha256)

    @property
    def titles(self) -> tuple[str, str]:
        """The two sides in words."""
        return self.left.currentText(), self.right.currentText()


def audits_of(filed: Sequence[Filed]) -> dict[str, tuple[Filed, ...]]:
    """Audits with more than one revision that counts or may come to count, oldest first; the newest audit first."""
    found: dict[str, list[Filed]] = {}
    for one in filed:
        if one.state in (ACCEPTED, SUPERSEDED, HELD) and one.audit_id:
            found.setdefault(one.audit_id, []).append(one)
    several = {key: tuple(sorted(own, key=lambda f: (f.revision, f.received))) for key, own in found.items()
               if len(own) > 1}  # fmt: skip
    return dict(sorted(several.items(), key=lambda pair: (-pair[1][-1].year, pair[1][-1].plant, pair[0])))


def revision_words(one: Filed) -> str:
    """A revision with its state."""
    words = {ACCEPTED: _("accepted"), HELD: _("held"), SUPERSEDED: _("superseded")}
    return _("Revision {number}, {state}", number=one.revision, state=words[one.state])


def _combo(name: str) -> QComboBox:
    made = Combo()
    made.setAccessibleName(name)
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    return made
