"""The forms of a meter and of its exchange: what stands on the plate, where it hangs, and what its values may be.

What is missing or wrong stands at its field; what contradicts the rest of the plant stands below the fields.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QWidget

from core.errors import UserError
from core.exchange.ids import next_ids
from core.i18n import T, Text
from core.ledger import Meter, MeterExchange, Record
from core.series.entering import DIRECTIONS, MOST_DIGITS, checked_exchange, checked_meter, descendants, in_place
from core.series.media import MEDIA
from gui.asking import Asking
from gui.fields import ChoiceField, Field, ParsedField, date_field, number_field, text_field
from gui.language import _, say
from gui.meters.parts import slim
from gui.meters.words import unit_sign
from gui.session import Session
from gui.widgets import suggest
from gui.wording import item_name

NOTHING = Decimal(0)


class RecordDialog(Asking):
    """Fields that make a record, which is kept when nothing forbids it."""

    def __init__(self, title: str, explained: str, session: Session, parent: QWidget | None) -> None:
        super().__init__(title, explained, _("Keep"), parent)
        self._session = session
        self.keeps = True
        """False: the record is only described, and kept as part of something larger."""
        self.kept: Record | None = None
        """What was kept or described, once the dialog is accepted."""

    def rows(self) -> Sequence[Sequence[Field]]:
        """The fields, those of a row beside each other."""
        raise NotImplementedError

    def draft(self) -> tuple[Text, Record]:
        """Why, and the record.

        Raises
        ------
        UserError
            for what is wrong between the fields.
        """
        raise NotImplementedError

    def lay_out(self) -> None:
        """Put the fields into the dialog."""
        for row in self.rows():
            self.fields.addWidget(side_by_side(*row))

    def work(self) -> Callable[[], object]:
        wrong = self._unreadable()
        if wrong is not None:
            wrong.setFocus()
            self._area.ensureWidgetVisible(wrong)
            raise UserError(
                T("Some fields are missing or cannot be read."), T("What is wrong stands below each field.")
            )
        made = self.draft()
        return lambda: made

    def _unreadable(self) -> Field | None:
        found: Field | None = None
        for field in (field for row in self.rows() for field in row if field.isVisibleTo(self)):
            try:
                field.read()  # type: ignore[attr-defined]
            except UserError:
                found = found or field
        return found

    def succeeded(self, result: object) -> None:
        assert isinstance(result, tuple)
        why, record = result
        try:
            if self.keeps:
                self._session.put(why, record)
        except UserError as error:
            self.complain(error)
            return
        self.kept = record
        super().succeeded(result)


class MeterDialog(RecordDialog):
    """Adds a meter, or alters one."""

    def __init__(
        self, session: Session, meter: Meter | None = None, parent: QWidget | None = None, wish: Meter | None = None
    ) -> None:
        """``wish`` is what a new meter begins with."""
        title = _("Add a meter") if meter is None else _("Edit the meter")
        words = _("As its plate and its certificate describe it. Only name, medium, direction and unit are needed.")
        super().__init__(title, words, session, parent)
        self._meter = meter
        known = meter or wish or Meter("", "", "electricity", "consumption", "kWh")
        self._identity()
        self._make_fields(known)
        self.medium.changed.connect(self._medium_changed)
        self._offer(known)
        for field in (self.medium, self.direction, self.unit, self.parent_meter, self.item):
            slim(field)
        self.lay_out()

    def _identity(self) -> None:
        self.key = self._meter.id if self._meter is not None else next_ids(self._session.ledger, 1, "meter")[0]

    def _make_fields(self, known: Meter) -> None:
        media = [(key, say(medium.title)) for key, medium in MEDIA.items()]
        self.name = text_field(_("Name"), known.name, required=True)
        self.serial = text_field(_("Serial number"), known.serial)
        self.medium = ChoiceField(_("What it measures"), media, known.medium, required=True)
        self.direction = ChoiceField(
            _("Direction"), [(key, say(name)) for key, name in DIRECTIONS.items()], known.direction, required=True
        )
        self.unit = ChoiceField(_("Unit"), (), known.unit, required=True)
        self.location = text_field(_("Location"), known.location)
        self.parent_meter = ChoiceField(_("Meter above it"), (), "", _("It counts the same energy before this one."))
        self.multiplier = number_field(
            _("Multiplier"), known.multiplier, _("Ratio of the transformers"), required=True
        )  # fmt: skip
        self.digits = whole_field(
            _("Digits of the counter"), known.digits or None, _("Before the point; then it begins at zero")
        )
        self.accuracy = text_field(_("Accuracy class"), known.accuracy, _("e.g. 0.5S"))
        self.calibrated = date_field(_("Calibration holds to"), _day(known.calibrated_to), end=True)
        self.lowest = number_field(_("Smallest plausible value"), known.lowest, _("Per hour, or the level"))
        self.highest = number_field(_("Largest plausible value"), known.highest, _("Per hour, or the level"))
        self.source = text_field(_("Emission source"), known.source, _("Whose activity data it counts"))
        sources = sorted({activity.source for activity in self._session.ledger.activities})
        completer = QCompleter(sources, self.source.line)
        suggest(completer)
        self.source.line.setCompleter(completer)
        library = self._session.library
        items = sorted(((key, item_name(library, key)) for key in library.items), key=lambda pair: pair[1])
        if known.item and known.item not in library.items:
            items.append((known.item, known.item))
        self.item = ChoiceField(_("Item"), items, known.item, _("Of that activity data"))
        self.note = text_field(_("Remark"), known.note)

    def rows(self) -> Sequence[Sequence[Field]]:
        return (
            (self.name, self.serial),
            (self.medium, self.direction, self.unit),
            (self.location, self.parent_meter),
            (self.multiplier, self.digits),
            (self.accuracy, self.calibrated),
            (self.lowest, self.highest),
            (self.source, self.item),
            (self.note,),
        )

    # ------------------------------------------------------------------ what fits

    def _medium_changed(self) -> None:
        try:
            medium = MEDIA[self.medium.read()]
        except (UserError, KeyError):
            return
        if medium.level:
            self.direction.set("sensor")
        elif self.direction.box.currentData() == "sensor":
            self.direction.set("consumption")
        self._offer(None)

    def _offer(self, known: Meter | None) -> None:
        """Units of the medium, and meters of it that may stand above."""
        key = str(self.medium.box.currentData() or "")
        units = MEDIA[key].units if key in MEDIA else ()
        unit = known.unit if known is not None else str(self.unit.box.currentData() or "")
        self.unit.offer([(one, unit_sign(one) or _("none")) for one in units],
                        unit if unit in units else units[0] if units else "")  # fmt: skip
        meters = self._session.ledger.held(Meter)
        below = descendants(meters, self.key)
        fitting = [("", _("none"))]
        fitting += [(one.id, one.name) for one in meters if one.medium == key and one.id not in below]
        above = known.parent if known is not None else str(self.parent_meter.box.currentData() or "")
        self.parent_meter.offer(fitting, above if above in {one for one, _name in fitting} else "")

    # ------------------------------------------------------------------ keep

    def draft(self) -> tuple[Text, Record]:
        known = self._meter or Meter(self.key, "", "", "", "")
        ends = self.calibrated.read()
        made = replace(
            known,
            name=self.name.need(),
            serial=self.serial.read() or "",
            medium=self.medium.read(),
            direction=self.direction.read(),
            unit=self.unit.read(),
            location=self.location.read() or "",
            parent=self.parent_meter.read(),
            multiplier=self.multiplier.need(),
            digits=self.digits.read() or 0,
            accuracy=self.accuracy.read() or "",
            calibrated_to="" if ends is None else ends.isoformat(),
            lowest=self.lowest.read(),
            highest=self.highest.read(),
            source=self.source.read() or "",
            item=self.item.read(),
            note=self.note.read() or "",
        )
        ledger = self._session.ledger
        if self._meter is None:
            return T("Meter {name} added", name=made.name), checked_meter(made, ledger)
        return T("Meter {name} edited", name=made.name), checked_meter(made, ledger)


class ExchangeDialog(RecordDialog):
    """The day on which another meter was put in."""

    def __init__(
        self, session: Session, meter: Meter, exchange: MeterExchange | None = None, parent: QWidget | None = None
    ) -> None:
        title = _("Exchange of the meter") if exchange is None else _("Edit the exchange")
        words = _("What both counters showed when they were exchanged: nothing is lost between them.")
        super().__init__(title, words, session, parent)
        self._meter, self._exchange = meter, exchange
        known = exchange
        _serial, multiplier, digits = in_place(meter, session.ledger)
        self.day = date_field(_("First day of the new meter"), known.day if known else None, required=True)
        self.serial = text_field(_("Serial number of the new meter"), known.serial if known else "")
        self.last = number_field(_("Last state of the old counter"), known.last if known else None, required=True)
        self.first = number_field(_("First state of the new counter"), known.first if known else NOTHING, required=True)
        self.multiplier = number_field(
            _("Multiplier of the new meter"), known.multiplier if known else multiplier, required=True
        )
        self.digits = whole_field(
            _("Digits of the new counter"),
            (known.digits if known else digits) or None,
            _("Before the point; then it begins at zero"),
        )
        self.note = text_field(_("Remark"), known.note if known else "")
        self.lay_out()

    def rows(self) -> Sequence[Sequence[Field]]:
        return (
            (self.day, self.serial),
            (self.last, self.first),
            (self.multiplier, self.digits),
            (self.note,),
        )

    def draft(self) -> tuple[Text, Record]:
        ledger = self._session.ledger
        key = self._exchange.id if self._exchange is not None else next_ids(ledger, 1, "meter_exchange")[0]
        made = MeterExchange(
            key,
            self._meter.id,
            self.day.need(),
            self.last.need(),
            self.first.need(),
            self.serial.read() or "",
            self.multiplier.need(),
            self.digits.read() or 0,
            self.note.read() or "",
        )
        if self._exchange is None:
            return T("Exchange of {name} entered", name=self._meter.name), checked_exchange(made, ledger)
        return T("Exchange of {name} edited", name=self._meter.name), checked_exchange(made, ledger)


def whole_field(title: str, value: int | None, hint: str) -> ParsedField[int]:
    """A small whole number."""
    made = ParsedField(title, _whole, str, value, hint)
    made.line.setAlignment(Qt.AlignmentFlag.AlignRight)
    return made


def _whole(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and 0 < int(text) <= MOST_DIGITS):
        raise UserError(T("“{text}” is no number of digits.", text=text[:20]), T("Enter a whole number from 1 to 15."))
    return int(text)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def side_by_side(*fields: QWidget) -> QWidget:
    """Fields of one row."""
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(12)
    for field in fields:
        row.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
    return made
