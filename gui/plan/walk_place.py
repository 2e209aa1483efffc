"""One place of a site walk: its meters with room for readings, pictures and what was noticed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from core.audit.walk import Stop, WalkMeter
from core.exchange.proofs import PHOTOS, Proof
from core.exchange.walk import PHOTO
from core.i18n import show_number
from core.methods import plain
from gui.evidence.intake import clipped_picture
from gui.evidence.keeping import Keeper
from gui.fields import words_field
from gui.language import _, say
from gui.panes import dropped, local_files
from gui.plan.walk_state import WalkState
from gui.quality.parts import combo
from gui.widgets import button, clear, label, marked, number, subheading
from gui.wording import TONNES, shown_percent, tonnes

NOTE_LINES = 5


class WalkPlace(QWidget):
    """Shows the place that is chosen and keeps what is typed in the state of the walk."""

    read = Signal(str, bool)
    """Id of a meter, and whether a reading of it stands there."""

    def __init__(self, state: WalkState, keeper: Keeper) -> None:
        super().__init__()
        self._state, self._keeper = state, keeper
        self.stop: Stop | None = None
        self.title = label("", size=1.15, strong=True, wrap=True)
        self.about = QVBoxLayout()
        self.meters = QVBoxLayout()
        self.meters.setSpacing(4)
        self.readings: dict[str, QLineEdit] = {}
        """Lines for readings, by id of the meter."""
        self.note = words_field("", NOTE_LINES)
        self.note.setAccessibleName(_("What was noticed here"))
        self.note.textChanged.connect(self._noted)
        self.of = combo(_("What the pictures show"), [])
        self.add_photos = button(
            _("Add pictures…"), self._ask_photos, picture="image", tip=_("Or drop them here, or paste with Ctrl+V")
        )
        self.photos = label("", "muted", wrap=True)
        self._lay_out()
        self.setAcceptDrops(True)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 0, 4, 0)
        column.setSpacing(8)
        column.addWidget(self.title)
        column.addLayout(self.about)
        column.addLayout(self.meters)
        column.addWidget(subheading(_("What was noticed here")))
        column.addWidget(self.note)
        column.addWidget(subheading(_("Pictures")))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.of, 1)
        row.addWidget(self.add_photos)
        column.addLayout(row)
        column.addWidget(self.photos)
        column.addStretch(1)

    def show_stop(self, stop: Stop) -> None:
        """Show a place."""
        if self.stop is not None and stop.location == self.stop.location and self.stop == stop:
            return
        self.stop = None  # what is set now is nobody's typing
        self.title.setText(say(stop.title))
        clear(self.about)
        for one in stop.sources[:6]:
            words = _("{source}: {tonnes} {unit}, {percent} %", source=one.source, tonnes=tonnes(one.tonnes),
                      unit=TONNES, percent=shown_percent(one.percent))  # fmt: skip
            self.about.addWidget(label(words, "muted", wrap=True))
        self._show_meters(stop.meters)
        self.note.setPlainText(self._state.notes.get(stop.location, ""))
        self.of.clear()
        self.of.addItem(_("View of the place"), f"@{stop.location}")
        for meter in stop.meters:
            self.of.addItem(f"{meter.meter.name} {meter.serial}".strip(), meter.meter.id)
        self.stop = stop
        self._show_photos()

    def _show_meters(self, meters: Sequence[WalkMeter]) -> None:
        clear(self.meters)
        self.readings = {}
        for one in meters:
            self.meters.addWidget(label(f"{one.meter.name} × {plain(one.multiplier)}", strong=True, wrap=True))
            facts = number(_between(self._facts(one)))
            facts.setWordWrap(True)
            self.meters.addWidget(facts)
            if one.overdue:
                words = _("The calibration ended on {day}", day=one.meter.calibrated_to)
                self.meters.addWidget(marked("warning", "warning", words))
            line = QLineEdit(self._state.readings.get(one.meter.id, ""))
            line.setAccessibleName(_("Reading of {meter}", meter=one.meter.name))
            line.setPlaceholderText(_("Reading now, with time"))
            line.textEdited.connect(lambda text, key=one.meter.id: self._read(key, text))
            self.readings[one.meter.id] = line
            self.meters.addWidget(line)

    def _facts(self, one: WalkMeter) -> list[str]:
        facts = [_("Number {serial}", serial=one.serial or "–")]
        until = one.meter.calibrated_to
        if not one.overdue:
            facts.append(_("calibrated until {day}", day=until) if until else _("calibration not known"))
        if one.last is not None:
            facts.append(_("last value {value} {unit} on {day}", value=show_number(one.last), unit=one.meter.unit,
                           day=one.last_day))  # fmt: skip
        elif one.last_day:
            facts.append(_("values until {day}", day=one.last_day))
        return facts

    def _read(self, meter: str, text: str) -> None:
        self._state.readings[meter] = text.strip()
        self.read.emit(meter, bool(text.strip()))

    def pick(self, meter: str) -> None:
        """Pictures show this meter from now on; empty, or one of another place: the place itself."""
        self.of.setCurrentIndex(max(0, self.of.findData(meter)))

    def _noted(self) -> None:
        if self.stop is not None:
            self._state.notes[self.stop.location] = self.note.toPlainText().strip()

    # ------------------------------------------------------------------ pictures

    def _ask_photos(self) -> None:
        names, _kind = QFileDialog.getOpenFileNames(
            self, _("Add pictures…"), "", f"{_('Pictures')} (*.jpg *.jpeg *.png *.heic *.webp *.tif *.tiff *.bmp)"
        )
        self.take_photos([Path(name) for name in names])

    def take_photos(self, paths: Sequence[Path]) -> None:
        """Pictures of what is chosen beside the button."""
        place = str(self.of.currentData())
        self._keeper.look(paths, lambda found: self._keep(place, found), PHOTO)

    def paste(self) -> None:
        """The pictures in the clipboard, files or what was copied out of another program."""
        if paths := local_files(QGuiApplication.clipboard().mimeData()):
            self.take_photos(paths)
        elif (picture := clipped_picture(PHOTO)) is not None:
            self._keep(str(self.of.currentData()), [picture])

    def _keep(self, place: str, found: Sequence[Proof]) -> None:
        held = self._state.photos.setdefault(place, [])
        for one in found:
            if one.media_type in PHOTOS and all(kept.sha256 != one.sha256 for kept in held):
                held.append(one)
        self._show_photos()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.take_photos(dropped(event))

    def _show_photos(self) -> None:
        lines = []
        for place in range(self.of.count()):
            taken = self._state.photos.get(str(self.of.itemData(place)), [])
            if taken:
                lines.append(_("{what}: {names}", what=self.of.itemText(place), names=[one.name for one in taken]))
        self.photos.setText("\n".join(lines))
        self.photos.setVisible(bool(lines))


def _between(parts: Sequence[str]) -> str:
    return " · ".join(parts)
