"""Checklist of a plant: answered once with proof; what expires; corrective actions shared with the audit."""

from __future__ import annotations

from collections.abc import Callable

from core.audit.allowed import refusal
from core.audit.areas import FINDINGS
from core.disclosures.value import Origin, PointValue
from core.entering.naming import title_of_record
from core.entering.plant import FORMS
from gui.checklist.page import ChecklistBase
from gui.checklist.words import latest
from gui.disclosures.found import Found, asking
from gui.disclosures.origins import Named
from gui.language import _, language, say
from gui.page import NewFinding
from gui.session import Session
from gui.settings import Settings


class ChecklistPage(ChecklistBase):
    """Every answer leads to its records, every corrective action to the findings of the audit."""

    def __init__(self, session: Session, settings: Settings) -> None:
        self._session = session
        super().__init__(session, settings)

    def basis(self) -> tuple[object, ...]:
        session = self._session
        return session.ledger, session.library, session.inventory, session.findings

    def work(self) -> Callable[[], Found]:
        return asking(self._session, self.today())

    def place_of(self, page: str) -> str:
        return page

    # ------------------------------------------------------------------ down

    def named(self, origin: Origin) -> Named:
        ledger = self._session.ledger
        kind = "activity" if origin.kind == "line" else origin.kind
        held = ((key, ledger.get(kind, key)) for key in origin.ids)
        return [(key, key if one is None else say(title_of_record(ledger, FORMS, one))) for key, one in held]

    def go_origin(self, value: PointValue, origin: Origin, key: str) -> None:
        """An answer is asked anew; of everything else the record on its page."""
        if origin.kind == "answer":
            self.answer(value.point)
        elif origin.kind == "external_audit":
            self.show_subject(key)
        elif origin.page:
            self.wanted.emit(origin.page, key)

    # ------------------------------------------------------------------ corrective actions

    def no_action(self) -> str:
        session = self._session
        if not session.writable:
            return _("The file is open read-only.")
        if session.ledger.engagement(session.year) is None:
            return _("Nobody audits {year} yet: agree on the audit first, on the page “Audit”.", year=str(session.year))
        error = refusal(session.ledger, session.year, session.person, FINDINGS)
        return "" if error is None else error.text(language())

    def go_action(self, point: str) -> None:
        one = None if self.checks is None else self.checks.of(point)
        held = None if one is None else latest(one)
        if one is not None and one.open_findings and held is not None:
            self.wanted.emit("audit_findings", held.id)
        elif why := self.no_action():
            self.tell("info", why)
        else:
            self.wanted.emit("audit_findings", NewFinding(point=point))
