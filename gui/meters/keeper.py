"""What the person does to meters: each act asks what it needs, becomes one undoable change, and is told.

The dialogs are loaded when they are first asked for.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from core.errors import UserError
from core.i18n import T
from core.ledger import Meter, MeterExchange, Plant
from core.series.problems import Problem
from core.series.series import Series
from gui.language import _
from gui.meters.activities import ActivitiesDialog
from gui.meters.acts import removing, users_of
from gui.meters.estimate import EstimateDialog
from gui.meters.form import ExchangeDialog, MeterDialog, RecordDialog
from gui.meters.zone import WHY
from gui.page import Page
from gui.session import Session
from gui.settings import Settings
from gui.undoing import undo

if TYPE_CHECKING:
    from gui.meters.form import RecordDialog


class Keeper:
    """Acts on the meters of a session; ``page`` tells what happened."""

    def __init__(self, page: Page, session: Session, settings: Settings) -> None:
        self._page, self._session, self._settings = page, session, settings

    def add(self, wish: Meter | None = None) -> Meter | None:
        """Describe a new meter; None when the person thinks better of it."""

        made = self._ask(MeterDialog(self._session, None, self._page, wish))
        if isinstance(made, Meter):
            self._done(_("Meter {name} was added.", name=made.name))
            return made
        return None

    def edit(self, meter: Meter) -> None:
        """Correct the description of a meter."""

        self._ask(MeterDialog(self._session, meter, self._page))

    def exchange(self, meter: Meter, exchange: MeterExchange | None) -> None:
        """Enter or correct the exchange of a meter."""

        self._ask(ExchangeDialog(self._session, meter, exchange, self._page))

    def _ask(self, dialog: RecordDialog) -> object:
        dialog.exec()
        dialog.deleteLater()
        return dialog.kept

    def remove(self, meter: Meter) -> None:
        """Take a meter away with everything that hangs on it; one change, which can be undone."""
        ledger = self._session.ledger
        systems = users_of(ledger, meter.id)
        steps = removing(ledger, meter)
        why = T("Meter {name} deleted with its values", name=meter.name)
        if self._page.attempt(lambda: self._session.edit(why, steps) or True) is None:
            return
        words = _("Meter {name} was deleted with its values.", name=meter.name)
        if systems:
            names = [one.name for one in systems]
            words = _("Meter {name} was deleted with its values; {systems} no longer go by it.", name=meter.name,
                      systems=names)  # fmt: skip
        self._done(words)

    def estimate(self, meter: Meter, series: Series, gap: Problem) -> None:
        """Fill a gap on purpose."""

        dialog = EstimateDialog(self._session, meter, series, gap, self._page)
        accepted = dialog.exec()
        dialog.deleteLater()
        if accepted and dialog.estimate is not None:
            self._done(_("{count} values were estimated and stay marked.", count=f"{dialog.estimate.count:,}"))

    def enter_months(self, meter: Meter, year: int) -> None:
        """Make activity data of the whole months of a year."""

        sums = self._session.metered.monthly(meter.id, date(year, 1, 1), date(year, 12, 31))
        if self._page.attempt(lambda: check_enterable(meter, bool(sums))) is None:
            return
        dialog = ActivitiesDialog(self._session, self._settings, meter, sums, year, self._page)
        accepted = dialog.exec()
        dialog.deleteLater()
        if accepted and self._session.waits(dialog.entry) is None:  # else the window says what it waits for
            count = 0 if dialog.entry is None else len(dialog.entry.change.steps)
            self._done(_("{count} months were entered as activity data.", count=count))

    def keep_zone(self, plant: Plant) -> None:
        """Keep by which clock the plant lives."""
        self._page.attempt(lambda: self._session.put(WHY, plant))

    def _done(self, sentence: str) -> None:
        self._page.tell("good", sentence, undo(self._page, self._session))


def check_enterable(meter: Meter, counted: bool) -> bool:
    """Whether months of a meter can become activity data at all.

    Raises
    ------
    UserError
        saying what is missing.
    """
    if not meter.source or not meter.item:
        raise UserError(
            T("{meter} belongs to no emission source or item.", meter=meter.name),
            T("Enter both in the description of the meter."),
        )
    if not counted:
        raise UserError(T("{meter} has no interval data.", meter=meter.name), T("Import a file of the meter first."))
    return True
