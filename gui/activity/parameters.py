"""What a method asks for besides quantity and unit, as a small form about one record.

Each edited field becomes one undoable change. After it the inspector is made anew, and this form with it: what the
person had opened and where the keyboard was is remembered for the session.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import partial
from weakref import WeakKeyDictionary

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QApplication, QComboBox, QVBoxLayout, QWidget

from core.errors import UserError
from core.exchange.extras import ordered
from core.i18n import T, Text, show_number
from core.inventory.views import CATEGORY_TITLES
from core.ledger import Activity
from core.methods import COMMON, Method, Parameter, all_methods, check_extras, plain
from gui.fields import Field, ParsedField, number_field
from gui.language import _, language, say
from gui.session import Session
from gui.widgets import button, subheading

CATEGORY = "category"
FACTOR = "factor"
MORE = "more"
FEW = 3
"""So many fields are shown at once; of more, those that are needed or filled in, and the others on demand."""


@dataclass(slots=True)
class _Place:
    """What outlives a form."""

    every: bool = False
    """The person asked to see all fields."""
    focus: tuple[str, str] = field(default=("", ""))
    """Record and field that had the keyboard when the form was made anew."""


_PLACES: WeakKeyDictionary[Session, _Place] = WeakKeyDictionary()


class ChosenField(Field):
    """One of a few, or nothing."""

    def __init__(self, title: str, choices: list[tuple[str, str]], value: str, nothing: str, hint: str = "") -> None:
        self.box = QComboBox()
        self.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.box.setMinimumContentsLength(16)
        super().__init__(title, self.box, hint)
        self.box.addItem(nothing, "")
        for key, words in choices:
            self.box.addItem(words, key)
        if value and self.box.findData(value) < 0:  # something that no longer exists is shown, not dropped
            self.box.addItem(value, value)
        self.set(value)
        self.box.activated.connect(lambda _row: self.changed.emit())

    def set(self, value: str) -> None:
        """Choose a key; empty: nothing."""
        self.box.setCurrentIndex(self.box.findData(value))

    @property
    def value(self) -> str:
        """Key of what is chosen; empty for nothing."""
        return str(self.box.currentData())


class ParameterForm(QWidget):
    """Fields of the method of one record."""

    def __init__(self, activity: Activity, method: Method, session: Session) -> None:
        super().__init__()
        self._activity, self._method, self._session = activity, method, session
        self._place = _PLACES.setdefault(session, _Place())
        self.fields: dict[str, Field] = {}
        """Those shown, by key."""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 6, 0, 4)
        column.setSpacing(8)
        column.addWidget(subheading(_("Inputs of {method}", method=say(method.title))))
        self._rest = QWidget()
        self._add_fields(column)
        self._more = button("", self._show_rest, role="link")
        column.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._rest)
        self._place_rest()

    def _add_fields(self, column: QVBoxLayout) -> None:
        """Fields that matter first; of many the others wait below."""
        said = dict(self._activity.parameters)
        rest = QVBoxLayout(self._rest)
        rest.setContentsMargins(0, 0, 0, 0)
        rest.setSpacing(8)
        if len(self._method.categories) > 1:
            self._add(column, CATEGORY, self._category_field())
        few = len(self._method.parameters) <= FEW
        for parameter in (*self._method.parameters, *COMMON):
            own = few and parameter not in COMMON
            matters = own or parameter.required or parameter.key in said
            made = self._field(parameter, said.get(parameter.key, ""))
            self._add(column if matters else rest, parameter.key, made)

    def _add(self, column: QVBoxLayout, key: str, made: Field) -> None:
        self.fields[key] = made
        column.addWidget(made)

    def _show_rest(self) -> None:
        self._place.every = True
        self._place_rest()
        first = next((one for one in self.fields.values() if one.parentWidget() is self._rest), None)
        if first is not None:
            first.editor.setFocus()

    def _place_rest(self) -> None:
        layout = self._rest.layout()
        count = layout.count() if layout is not None else 0
        words = _("{count} more inputs", count=count)
        self._more.setText(words)
        self._more.setAccessibleName(words)
        self._more.setVisible(bool(count) and not self._place.every)
        self._rest.setVisible(bool(count) and self._place.every)

    def showEvent(self, event: QShowEvent) -> None:
        """Give the keyboard back to the field that had it before the change."""
        super().showEvent(event)
        record, key = self._place.focus
        if record == self._activity.id and key:
            at = self._more if key == MORE else self.fields[key].editor
            at.setFocus(Qt.FocusReason.OtherFocusReason)

    # ------------------------------------------------------------------ fields

    def _field(self, parameter: Parameter, said: str) -> Field:
        if parameter.key == FACTOR:
            return self._factor_field(said)
        if parameter.choices:
            return self._choice_field(parameter, said)
        return self._number_field(parameter, said)

    def _number_field(self, parameter: Parameter, said: str) -> Field:
        title = f"{say(parameter.title)} ({parameter.unit})" if parameter.unit else say(parameter.title)
        made: ParsedField[Decimal] = number_field(title, _number(said), _hint(parameter))
        made.line.editingFinished.connect(lambda: self._number_edited(parameter, made))
        if parameter.required and not said:
            made.complain(_("Missing: the record is not calculated without it."))
        return made

    def _choice_field(self, parameter: Parameter, said: str) -> Field:
        choices = [(key, say(title)) for key, title in parameter.choices]
        usual = _("not stated: {usual}", usual=choices[0][1])
        if parameter.required:
            usual = _("not stated")
        made = ChosenField(say(parameter.title), choices, said, usual, _hint(parameter))
        made.changed.connect(lambda: self._commit(parameter, made, made.value))
        if parameter.required and not said:
            made.complain(_("Missing: the record is not calculated without it."))
        return made

    def _factor_field(self, said: str) -> Field:
        own = self._session.ledger.own_factors
        choices = [(one.id, f"{one.name} ({one.id})") for one in own if one.item == self._activity.item]
        parameter = next(one for one in COMMON if one.key == FACTOR)
        hint = "" if choices else _("The plant has no own factor for this item; the page “Library” takes one.")
        made = ChosenField(say(parameter.title), choices, said, _("none: of the library"), hint)
        made.changed.connect(lambda: self._commit(parameter, made, made.value))
        return made

    def _category_field(self) -> Field:
        titles = [(str(n), f"{n} {say(CATEGORY_TITLES[n])}") for n in self._method.categories]
        said = str(self._activity.category or "")
        made = ChosenField(_("Scope 3 category"), titles, said, _("not stated: {usual}", usual=titles[0][1]))
        made.changed.connect(lambda: self._categorise(made))
        return made

    # ------------------------------------------------------------------ change

    def _number_edited(self, parameter: Parameter, made: ParsedField[Decimal]) -> None:
        try:
            value = made.read()
        except UserError:
            return  # the field has said so
        said = dict(self._activity.parameters).get(parameter.key, "")
        text = "" if value is None else plain(value)
        if _number(said) != value:
            self._commit(parameter, made, text)
        elif parameter.required and value is None:
            made.complain(_("Missing: the record is not calculated without it."))

    def _commit(self, parameter: Parameter, made: Field, text: str) -> None:
        """Put one parameter into the record; a refusal stands at the field and changes nothing."""
        kept = {key: value for key, value in self._activity.parameters if key != parameter.key}
        pairs = ordered([*kept.items(), *([(parameter.key, text)] if text else [])])
        why = T("{parameter} of a record changed", parameter=parameter.title)
        self._put(made, replace(self._activity, parameters=pairs), why)

    def _categorise(self, made: ChosenField) -> None:
        after = replace(self._activity, category=int(made.value or 0))
        self._put(made, after, T("Category of a record changed"))

    def _put(self, made: Field, after: Activity, why: Text) -> None:
        if after == self._activity:
            return
        try:
            check_extras(self._method, after.category, after.parameters)
        except UserError as error:
            made.complain(error.text(language()))
            return
        # The form dies with the change, so the event that caused it has to be over before.
        QTimer.singleShot(0, self, partial(self._happen, made, after, why))

    def _happen(self, made: Field, after: Activity, why: Text) -> None:
        self._place.focus = (self._activity.id, self._key_of_focus())
        try:
            self._session.put(why, after)
        except UserError as error:
            made.complain(error.text(language()))
        finally:
            self._place.focus = ("", "")  # the forms made meanwhile have taken it

    def _key_of_focus(self) -> str:
        """The field that has the keyboard; empty when it is elsewhere."""
        at = QApplication.focusWidget()
        if at is self._more:
            return MORE
        return next((key for key, one in self.fields.items() if at is not None and one.isAncestorOf(at)), "")


def _number(said: str) -> Decimal | None:
    try:
        return Decimal(said) if said else None
    except ArithmeticError:
        return None


def _hint(parameter: Parameter) -> str:
    """What it means, and what counts when nothing is said."""
    parts = [] if parameter.help is None else [say(parameter.help)]
    if parameter.default is not None:
        value = f"{show_number(parameter.default)} {parameter.unit}".strip()
        parts.append(_("Without it {value} counts.", value=value))
    return " ".join(parts)


def form_of(activity: Activity, session: Session) -> ParameterForm | None:
    """The form of a record; None where nothing can be edited or the method is unknown."""
    method = all_methods().get(activity.method)
    return None if method is None or not session.writable else ParameterForm(activity, method, session)
