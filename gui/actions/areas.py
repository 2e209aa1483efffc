"""Areas of the plan: the eight that are shipped and the plant's own, each with its name and its owner."""

from __future__ import annotations

from dataclasses import replace

from core.actions import all_areas
from core.ledger import ActionArea
from gui.entering.part import RecordsPart
from gui.language import _, say
from gui.page import Page
from gui.session import Session
from gui.settings import Settings
from gui.widgets import letters

WIDTHS = {"id": 24, "owner": 24, "note": 40}
"""In digits."""


class AreasPart(RecordsPart):
    """A row for each area; whoever types into one that is shipped gives it a name or an owner of the plant's own."""

    def __init__(self, page: Page, session: Session, settings: Settings) -> None:
        super().__init__(
            page, session, settings, "action_area",
            _("The eight areas of the plan, what the plant calls them, and who answers for each."), picture="actions",
        )  # fmt: skip
        for place, column in enumerate(self.table.model.columns):
            if column.key in WIDTHS:
                self.table.view.setColumnWidth(place, letters(self, WIDTHS[column.key]))

    def refresh(self) -> None:
        """All areas in their order, also those of which nothing is said."""
        held = {one.id: one for one in self.session.records.records["action_area"].values()}
        rows = []
        for area in all_areas(one for one in held.values() if isinstance(one, ActionArea)):
            known = held.get(area.key)
            rows.append(replace(known, name=say(area.name)) if isinstance(known, ActionArea)
                        else ActionArea(area.key, say(area.name)))  # fmt: skip
        self.table.set_rows(rows)
        self._offer()

    def remove_chosen(self) -> None:
        """Areas that are shipped are called again as they were; the plant's own go."""
        held = self.session.records.records["action_area"]
        ids = [one.id for one in self.table.chosen if one.id in held]
        if ids:
            super().remove_chosen()
        elif self.table.chosen:
            self.page.tell("info", _("This area is as it was shipped; it stays."))
