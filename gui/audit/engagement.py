"""The form of an engagement: everything that is agreed before an audit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from core.audit.engagement import CARRIES
from core.audit.roles import REVIEWER, TEAM, TEAM_LEAD
from core.audit.statement import ASSURANCE
from core.inventory.closing import SCOPES
from core.ledger import Engagement, Person
from gui.acting import described
from gui.asking import Asking
from gui.fields import ParsedField, date_field, number_field, text_field, words_field
from gui.language import _, say
from gui.quality.parts import combo

_NOBODY = ""


def scope_words() -> dict[str, str]:
    """What the scopes are called."""
    return {
        "scope1": _("Scope 1"),
        "scope2_location": _("Scope 2, location-based"),
        "scope2_market": _("Scope 2, market-based"),
        "scope3": _("Scope 3"),
    }


class EngagementDialog(Asking):
    """Gives the engagement to ``decide``, whose refusal stands inside the dialog."""

    def __init__(
        self,
        known: Engagement,
        people: Sequence[Person],
        decide: Callable[[Engagement], object],
        parent: QWidget | None,
        *,
        fresh: bool,
    ) -> None:
        super().__init__(
            _("Begin the audit of {year}", year=known.id) if fresh else _("Engagement of {year}", year=known.id),
            _("What client and auditor agree before the work begins. It may still be changed until the review."),
            _("Begin") if fresh else _("Keep"),
            parent,
        )
        self._known, self._decide = known, decide
        self._people = [one for one in people if one.active]
        self._say_what()
        self._say_how_sure()
        self._say_who()
        self._say_when()

    # ------------------------------------------------------------------ fields

    def _say_what(self) -> None:
        known = self._known
        self.client = text_field(_("Client"), known.client)
        self.site = text_field(_("Site"), known.site)
        self.objectives, self.scope = words_field(known.objectives, 5), words_field(known.scope, 5)
        self.fields.addWidget(self.client)
        self.fields.addWidget(self.site)
        self.add(_("Objectives"), self.objectives)
        self.add(_("Scope of the audit"), self.scope, _("The criteria stand in the choices of the year."))

    def _say_how_sure(self) -> None:
        known = self._known
        self.assurance = combo(_("Level of assurance"), [(say(words), key) for key, words in ASSURANCE.items()])
        self.assurance.setCurrentIndex(self.assurance.findData(known.assurance))
        self.materiality = number_field(_("Materiality of the total (%)"), known.materiality, required=True)
        self.add(_("Level of assurance"), self.assurance)
        self.fields.addWidget(self.materiality)
        agreed = dict(known.scope_materiality)
        self.scopes: dict[str, ParsedField[Decimal]] = {}
        for scope, words in scope_words().items():
            percent = Decimal(agreed[scope]) if scope in agreed else None
            field = number_field(_("Materiality of {scope} (%)", scope=words), percent, _("Empty: none of its own."))
            self.scopes[scope] = field
            self.fields.addWidget(field)

    def _say_who(self) -> None:
        known = self._known
        leads = [one for one in self._people if TEAM_LEAD in one.roles]
        self.lead = combo(_("Team lead"), [("–", _NOBODY), *((described(one), one.id) for one in leads)])
        self.lead.setCurrentIndex(max(0, self.lead.findData(known.team[0] if known.team else _NOBODY)))
        self.members: dict[str, QCheckBox] = {}
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for one in self._people:
            if TEAM & set(one.roles):
                box = QCheckBox(described(one))
                box.setChecked(one.id in known.team)
                self.members[one.id] = box
                column.addWidget(box)
        reviewers = [one for one in self._people if REVIEWER in one.roles]
        self.reviewer = combo(
            _("Independent reviewer"), [("–", _NOBODY), *((described(one), one.id) for one in reviewers)]
        )
        self.reviewer.setCurrentIndex(max(0, self.reviewer.findData(known.reviewer)))
        self.add(_("Team lead"), self.lead)
        self.add(_("Team"), holder)
        self.add(_("Independent reviewer"), self.reviewer, _("Not of the team, and without a part in the inventory."))

    def _say_when(self) -> None:
        known = self._known
        self.start = date_field(_("First day on site"), _day(known.start))
        self.end = date_field(_("Last day on site"), _day(known.end), end=True)
        self.carries = combo(_("Evidence in the report"), [(say(words), key) for key, words in CARRIES.items()])
        self.carries.setCurrentIndex(self.carries.findData(known.carries))
        self.note = text_field(_("Remark"), known.note)
        self.fields.addWidget(self.start)
        self.fields.addWidget(self.end)
        self.add(_("Evidence in the report"), self.carries, _("Which files travel inside the signed report."))
        self.fields.addWidget(self.note)

    # ------------------------------------------------------------------

    def work(self) -> Callable[[], object]:
        lead = str(self.lead.currentData())
        chosen = [key for key, box in self.members.items() if box.isChecked()]
        team = tuple(dict.fromkeys((lead, *chosen) if lead else chosen))
        percents = ((scope, self.scopes[scope].read()) for scope in SCOPES)
        start, end = self.start.read(), self.end.read()
        made = replace(
            self._known,
            client=self.client.read() or "",
            site=self.site.read() or "",
            objectives=self.objectives.toPlainText(),
            scope=self.scope.toPlainText(),
            assurance=str(self.assurance.currentData()),
            materiality=self.materiality.need(),
            scope_materiality=tuple((scope, f"{percent:f}") for scope, percent in percents if percent is not None),
            team=team,
            reviewer=str(self.reviewer.currentData()),
            start="" if start is None else start.isoformat(),
            end="" if end is None else end.isoformat(),
            carries=str(self.carries.currentData()),
            note=self.note.read() or "",
        )
        self._decide(made)  # on this thread, for it edits the session; a refusal is shown here
        return lambda: made


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
