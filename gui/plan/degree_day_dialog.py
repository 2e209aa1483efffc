"""Degree days from the weather or the sensor that the plant keeps."""

from __future__ import annotations

from collections.abc import Callable

from core.audit.degree_days import BASES
from core.audit.key_figures import figure_title
from core.errors import UserError
from core.exchange.degree_days import DegreeDayChange, taking_degree_days, temperatures_of
from core.i18n import T
from gui.asking import Asking
from gui.fields import Form, number_field
from gui.language import _, say
from gui.quality.parts import combo
from gui.session import Session


class DegreeDayDialog(Asking):
    """Chooses where the temperatures come from, what is counted, and the base temperature; ``made`` is the change."""

    def __init__(self, session: Session, parent: object = None) -> None:
        super().__init__(
            _("Degree days of {year}", year=str(session.year)),
            _("Each month of which every day is known becomes a key figure; those of the same months are replaced."),
            _("Work out"),
            parent,  # type: ignore[arg-type]
        )
        self._session = session
        self.made: DegreeDayChange | None = None
        found = temperatures_of(session.ledger)
        self.origin = combo(_("Temperatures"), [(one.name, one.id) for one in found])
        self.figure = combo(_("Key figure"), [(say(figure_title(name)), name) for name in BASES])
        self.base = number_field(_("Base temperature (°C)"), BASES[str(self.figure.currentData())], required=True)
        self.figure.activated.connect(lambda _row: self.base.set(BASES[str(self.figure.currentData())]))
        hint = "" if found else _("The plant keeps neither weather with hours nor a temperature sensor.")
        self.add(_("Temperatures"), self.origin, hint)
        self.add(_("Key figure"), self.figure)
        self.fields.addWidget(Form(self.base))

    def work(self) -> Callable[[], object]:
        base, origin, name = self.base.need(), self.origin.currentData(), str(self.figure.currentData())
        if origin is None:
            raise UserError(
                T("The plant keeps neither weather with hours nor a temperature sensor."),
                T("Add weather on the page “Solar”, a sensor on the page “Meters”, or enter degree days in the table."),
            )
        session = self._session
        metered, library, period = session.metered, session.library, session.choices.period
        made = taking_degree_days(metered, library, str(origin), name, base, period)
        return lambda: made

    def succeeded(self, result: object) -> None:
        assert isinstance(result, DegreeDayChange)
        self.made = result
        super().succeeded(result)
