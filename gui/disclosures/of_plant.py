"""Disclosures: how far the plant can answer those who ask, what is missing, where each number is from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal

from core.disclosures.value import Origin, PointValue
from core.entering.naming import title_of_record
from core.entering.plant import FORMS
from core.library import EXACT
from gui.disclosures.found import Found, asking, asking_before
from gui.disclosures.origins import Named
from gui.disclosures.page import DisclosuresBase
from gui.language import _, say
from gui.session import Session
from gui.settings import Settings

PAGES = {"external_audit": "checklist"}
"""Of kinds of records whose origins name no page."""
WITHOUT = frozenset({"report", "overview"})
"""Pages that show one thing only."""


class DisclosuresPage(DisclosuresBase):
    """Of a plant: every value leads to the page of its records."""

    def __init__(self, session: Session, settings: Settings) -> None:
        self._session = session
        super().__init__(session, settings)

    def basis(self) -> tuple[object, ...]:
        session = self._session
        return session.ledger, session.library, session.inventory, session.findings

    def work(self) -> Callable[[], Found]:
        return asking(self._session, self.today())

    def work_before(self) -> Callable[[], Mapping[str, PointValue]] | None:
        return asking_before(self._session, self.today())

    # ------------------------------------------------------------------ down

    def named(self, origin: Origin) -> Named:
        """Bills by their tonnes of the year shown, for these are asked about first."""
        ledger = self._session.ledger
        kind = "activity" if origin.kind == "line" else origin.kind
        tonnes: dict[str, Decimal] = {}
        for line in self._session.inventory.lines:
            tonnes[line.activity.id] = EXACT.add(tonnes.get(line.activity.id, Decimal(0)), abs(line.tco2e))
        found = []
        for key in sorted(origin.ids, key=lambda key: -tonnes.get(key, Decimal(0))):
            record = ledger.get(kind, key)
            found.append((key, key if record is None else say(title_of_record(ledger, FORMS, record))))
        return found

    def go_origin(self, value: PointValue, origin: Origin, key: str) -> None:
        """An answer is asked anew; of everything else the record on its page, in its year."""
        page = origin.page or PAGES.get(origin.kind, "")
        if origin.kind == "answer" and page == "disclosures":
            self.acts.answer(value.point)
            return
        session = self._session
        if origin.year and origin.year != session.year and origin.kind in ("line", "activity"):
            before = session.year
            session.show_year(origin.year)
            self.tell("info", _("The year {year} is shown now.", year=str(origin.year)),
                      (_("Back to {year}", year=str(before)), lambda: session.show_year(before)))  # fmt: skip
        self.wanted.emit(page, None if page in WITHOUT else key)

    def proof(self) -> Callable[[str], object]:
        return lambda key: self.wanted.emit("evidence", key)
