"""The form that begins a plant with as few questions as an inventory needs, and corrects its description later."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from core.entering.templates import Template, all_templates
from core.errors import UserError
from core.ledger import Plant
from core.library.places import check_place, countries, regions
from core.series.zones import zone_names, zone_of
from gui.expected.words import brings
from gui.fields import ChoiceField, Form, text_field
from gui.language import _, language, say
from gui.widgets import SCREEN_SHARE, button, heading, label, letters


class PlantForm(QDialog):
    """Asks for name and place of a plant; ``plant`` is the answer."""

    def __init__(self, person: str, parent: QWidget | None = None, known: Plant | None = None) -> None:
        super().__init__(parent)
        self._known = known or Plant("", "CN")
        self.plant: Plant | None = None
        self.template: Template | None = None
        """What is to be expected of a new plant; None: nothing."""
        self.person = person
        title = _("New plant") if known is None else _("Description of the plant")
        self.setWindowTitle(title)
        self.name = text_field(
            _("Name of the plant"), self._known.name, _("As it shall stand on the report."), required=True
        )
        names = sorted(((code, say(name)) for code, name in countries().items()), key=lambda pair: pair[1])
        hint = _("Chooses the default fuel factors.")
        self.country = ChoiceField(_("Country"), names, self._known.country, hint, required=True)
        self.region = ChoiceField(_("Province or state"), (), "", _("Chooses the factor of the regional grid."))
        zones = [(name, name) for name in zone_names()]
        hint = _("By which its days, months and tariffs begin.")
        self.zone = ChoiceField(_("Time zone"), zones, self._known.timezone, hint)
        self.organisation = text_field(_("Legal entity"), self._known.organisation, "")
        self.who = text_field(_("Your name"), person, _("Stands beside each of your changes."), required=True)
        kinds = [(one.key, say(one.name)) for one in all_templates().values()]
        hint = _("Says which sources to look for; may stay empty.")
        self.kind = ChoiceField(_("Kind of plant"), kinds, "", hint)
        self.form = Form(self.name, self.country, self.region, self.zone, self.organisation, self.who, self.kind)
        self.who.setVisible(known is None)
        self.kind.setVisible(known is None)
        self._brings = label("", "muted", wrap=True)
        self._brings.hide()
        self.kind.changed.connect(self._show_kind)
        self.encrypt = QCheckBox(_("Encrypt the file: it opens with a passphrase alone"))
        self.encrypt.setVisible(known is None)
        self._problem = label("", "bad", wrap=True)
        self._problem.hide()
        self.country.changed.connect(self._offer_regions)
        self.region.changed.connect(self._ask_for_zone)
        self._offer_regions()
        self.region.set(self._known.region)
        self._ask_for_zone()
        self._lay_out(title, _("Choose where to save") if known is None else _("Keep"))

    def _lay_out(self, title: str, done: str) -> None:
        """``done`` is what the last button says."""
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(button(_("Cancel"), self.reject))
        self.go_on = button(done, self.accept, role="primary")
        self.go_on.setDefault(True)
        buttons.addWidget(self.go_on)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(14)
        column.addWidget(heading(title))
        column.addWidget(self.form)
        column.addWidget(self._brings)
        column.addWidget(self.encrypt)
        column.addWidget(self._problem)
        column.addLayout(buttons)
        self.setMinimumWidth(letters(self, 60))

    def accept(self) -> None:
        """Close only on a plant that can be."""
        wrong = self.form.wrong()
        if wrong is not None:
            wrong.setFocus()
            return
        plant = replace(
            self._known,
            name=self.name.need(),
            country=self.country.read(),
            region=self.region.read(),
            timezone=self.zone.read() if self.zone.isVisibleTo(self) else self._known.timezone,
            organisation=self.organisation.read() or "",
        )
        try:
            check_place(plant)
        except UserError as error:
            self._problem.setText(error.text(language()))
            self._problem.show()
            return
        self.plant, self.person = plant, self.who.need()
        self.template = all_templates().get(self.kind.read())
        super().accept()

    def _show_kind(self) -> None:
        """What a template brings, in two lines."""
        try:
            template = all_templates().get(self.kind.read())
        except UserError:
            template = None
        self._brings.setText("" if template is None else brings(template))
        self._brings.setVisible(template is not None)
        self._make_room()

    def _make_room(self) -> None:
        """Words that come up push the fields together otherwise; the screen is the limit."""
        layout = self.layout()
        if layout is not None:
            layout.activate()
            wanted = max(self.sizeHint().height(), layout.totalHeightForWidth(self.width()))
            most = int(self.screen().availableSize().height() * SCREEN_SHARE)
            self.resize(self.width(), max(self.height(), min(wanted, most)))

    def _offer_regions(self) -> None:
        try:
            country = self.country.read()
        except UserError:
            return
        own = [(code, say(name)) for code, name in regions().items() if code.startswith(f"{country}-")]
        self.region.offer(own)
        self.region.setVisible(bool(own))
        self._ask_for_zone()

    def _ask_for_zone(self) -> None:
        """Only where the place does not say it, or somebody chose one already."""
        try:
            zone_of(Plant("", self.country.read(), self.region.read()))
            alone = not self._known.timezone
        except UserError:
            alone = False
        self.zone.setVisible(not alone)
