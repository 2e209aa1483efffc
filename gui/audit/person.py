"""The form of a person: name, roles and what the audit needs to know of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from core.audit.roles import ROLES
from core.ledger import Person
from gui.asking import Asking
from gui.fields import text_field, words_field
from gui.language import _, say


class PersonDialog(Asking):
    """Gives the person to ``decide``, whose refusal stands inside the dialog."""

    def __init__(
        self, known: Person, decide: Callable[[Person], object], parent: QWidget | None, *, fresh: bool
    ) -> None:
        super().__init__(
            _("Add a person") if fresh else _("Change a person"),
            _("Changes are journalled under the name, so it stays. Roles say what somebody may do."),
            _("Add") if fresh else _("Keep"),
            parent,
        )
        self._known, self._decide = known, decide
        self.name = text_field(_("Name"), known.name, _("As in the certificate with which the person signs."),
                               required=True)  # fmt: skip
        self.roles = {role: QCheckBox(say(title)) for role, title in ROLES.items()}
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for role, box in self.roles.items():
            box.setChecked(role in known.roles)
            column.addWidget(box)
        self.organisation = text_field(_("Organisation"), known.organisation)
        self.email = text_field(_("E-mail"), known.email)
        self.competence = words_field(known.competence, 4)
        self.active = QCheckBox(_("Takes part"))
        self.active.setChecked(known.active)
        self.fields.addWidget(self.name)
        self.add(_("Roles"), holder)
        self.fields.addWidget(self.organisation)
        self.fields.addWidget(self.email)
        self.add(_("Competence"), self.competence, _("Qualification and experience that the audit needs."))
        if not fresh:
            self.fields.addWidget(self.active)

    def work(self) -> Callable[[], object]:
        made = replace(
            self._known,
            name=self.name.need(),
            roles=tuple(role for role, box in self.roles.items() if box.isChecked()),
            organisation=self.organisation.read() or "",
            email=self.email.read() or "",
            competence=self.competence.toPlainText().strip(),
            active=self.active.isChecked(),
        )
        self._decide(made)  # on this thread, for it edits the session; a refusal is shown here
        return lambda: made
