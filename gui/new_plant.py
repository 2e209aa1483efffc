"""The form that begins a plant: as few questions as an inventory needs."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from core.errors import UserError
from core.ledger import Plant
from core.library.places import check_place, countries, regions
from gui.fields import ChoiceField, Form, text_field
from gui.language import _, language, say
from gui.widgets import button, heading, label, letters


class NewPlant(QDialog):
    """Asks for name and place of a plant; ``plant`` is the answer."""

    def __init__(self, person: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("New plant"))
        self.plant: Plant | None = None
        self.person = person
        self.name = text_field(_("Name of the plant"), "", _("As it shall stand on the report."), required=True)
        names = sorted(((code, say(name)) for code, name in countries().items()), key=lambda pair: pair[1])
        self.country = ChoiceField(_("Country"), names, "CN", _("Chooses the default fuel factors."), required=True)
        self.region = ChoiceField(_("Province or state"), (), "", _("Chooses the factor of the regional grid."))
        self.organisation = text_field(_("Legal entity"), "", "")
        self.who = text_field(_("Your name"), person, _("Stands beside each of your changes."), required=True)
        self.form = Form(self.name, self.country, self.region, self.organisation, self.who)
        self._problem = label("", "bad", wrap=True)
        self._problem.hide()
        self.country.changed.connect(self._offer_regions)
        self._offer_regions()
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(button(_("Cancel"), self.reject))
        self.go_on = button(_("Choose where to save"), self.accept, role="primary")
        self.go_on.setDefault(True)
        buttons.addWidget(self.go_on)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(14)
        column.addWidget(heading(_("New plant")))
        column.addWidget(self.form)
        column.addWidget(self._problem)
        column.addLayout(buttons)
        self.setMinimumWidth(letters(self, 60))

    def accept(self) -> None:
        """Close only on a plant that can be."""
        wrong = self.form.wrong()
        if wrong is not None:
            wrong.setFocus()
            return
        plant = Plant(
            name=self.name.need(),
            country=self.country.read(),
            region=self.region.read(),
            organisation=self.organisation.read() or "",
        )
        try:
            check_place(plant)
        except UserError as error:
            self._problem.setText(error.text(language()))
            self._problem.show()
            return
        self.plant, self.person = plant, self.who.need()
        super().accept()

    def _offer_regions(self) -> None:
        try:
            country = self.country.read()
        except UserError:
            return
        own = [(code, say(name)) for code, name in regions().items() if code.startswith(f"{country}-")]
        self.region.offer(own)
        self.region.setVisible(bool(own))
