"""What can be done about PV systems: each act asks through a dialog and becomes one undoable change.

The dialogs are loaded when somebody asks for them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from core.errors import UserError
from core.i18n import T, Text, verbatim
from core.ledger import PvArray, PvSystem, Record, Step, Tariff, WeatherFile, kind_of
from gui.language import _, say
from gui.page import Page
from gui.session import Session

if TYPE_CHECKING:
    from gui.solar.system_form import Described, SystemDialog
    from gui.solar.tariff import TariffDialog
    from gui.solar.weather import Chosen, WeatherDialog


class SolarActs(QObject):
    """Dialogs over a page; what happened is told through it, with the way back."""

    def __init__(self, page: Page, session: Session) -> None:
        super().__init__(page)
        self._page, self._session = page, session

    # ------------------------------------------------------------------ system

    def describe(self, known: PvSystem | None, at: str = "") -> SystemDialog:
        """Add a system, or alter one; ``at`` is what the person came for."""
        from gui.solar.system_form import SystemDialog

        dialog = SystemDialog(self._session.ledger, known, self._page, at)
        dialog.done_well.connect(self._described)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog

    def _described(self, found: Described) -> None:
        ledger, system = self._session.ledger, found.system
        before = {one.id: one for one in ledger.held(PvArray) if one.system == system.id}
        after = {one.id: one for one in found.arrays}
        new = ledger.get("pv_system", system.id) is None
        name = verbatim(system.name)
        why = T("PV system added: {name}", name=name) if new else T("PV system altered: {name}", name=name)
        steps = [_step(self._session, system), *(_step(self._session, one) for one in after.values())]
        steps += [Step(kind_of(one), key, one, None) for key, one in before.items() if key not in after]
        self._confirm(why, steps)

    def delete(self, system: PvSystem) -> None:
        """Take a system and its arrays away; its meters and weather stay."""
        own = [one for one in self._session.ledger.held(PvArray) if one.system == system.id]
        gone: tuple[Record, ...] = (*own, system)
        steps = [Step(kind_of(one), one.id, one, None) for one in gone]
        self._confirm(T("PV system deleted: {name}", name=verbatim(system.name)), steps)

    def assume(self, system: PvSystem, what: str) -> None:
        """Keep another assumption of the forecast."""
        why = T("Assumption of the forecast changed: {what}", what=verbatim(what))
        self._confirm(why, [_step(self._session, system)])

    # ------------------------------------------------------------------ weather

    def weather(self, system: PvSystem) -> WeatherDialog:
        """Choose, read or type the weather of a system."""
        from gui.solar.weather import WeatherDialog

        session = self._session
        dialog = WeatherDialog(session.ledger, system, session.file.blob, self._page)
        dialog.done_well.connect(lambda found: self._weather_chosen(system, found))
        dialog.unwanted.connect(self.delete_weather)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog

    def _weather_chosen(self, system: PvSystem, found: Chosen) -> None:
        steps = [_step(self._session, replace(system, weather=found.record.id))]
        if found.blob is not None:
            steps.insert(0, _step(self._session, found.record))
        why = T("Weather of {system}: {name}", system=verbatim(system.name), name=verbatim(found.record.name))
        self._confirm(why, steps, () if found.blob is None else (found.blob,))

    def delete_weather(self, record: WeatherFile) -> None:
        """Take a weather file away, and from the systems that use it."""
        users = [one for one in self._session.ledger.held(PvSystem) if one.weather == record.id]
        steps = [
            *(_step(self._session, replace(one, weather="")) for one in users),
            Step(kind_of(record), record.id, record, None),
        ]
        self._confirm(T("Weather deleted: {name}", name=verbatim(record.name)), steps)

    # ------------------------------------------------------------------ tariff

    def tariff(self, key: str = "") -> TariffDialog:
        """Add a tariff, or alter the one with this id."""
        from gui.solar.tariff import TariffDialog

        session = self._session
        found = session.ledger.get("tariff", key) if key else None
        known = found if isinstance(found, Tariff) else None
        dialog = TariffDialog(session.ledger, session.year, known, self._page)
        dialog.done_well.connect(self._tariff_kept)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog

    def _tariff_kept(self, tariff: Tariff) -> None:
        self._confirm(T("Tariff kept: {name}", name=verbatim(tariff.name)), [_step(self._session, tariff)])

    def delete_tariff(self, key: str) -> None:
        """Take a tariff away."""
        found = self._session.ledger.get("tariff", key)
        if isinstance(found, Tariff):
            why = T("Tariff deleted: {name}", name=verbatim(found.name))
            self._confirm(why, [Step(kind_of(found), found.id, found, None)])

    # ------------------------------------------------------------------ keep

    def _confirm(self, why: Text, steps: Iterable[Step], blobs: tuple[bytes, ...] = ()) -> None:
        entry = self._page.attempt(lambda: self._session.edit(why, steps, blobs))
        if entry is not None and self._session.waits(entry) is None:
            words = say(T("{what}.", what=why))
            self._page.tell("good", words, (_("Undo"), self._undo))

    def _undo(self) -> None:
        try:
            self._session.undo()
        except UserError as error:
            self._page.tell("bad", say(error.message))


def _step(session: Session, record: Record) -> Step:
    """A record as it shall be."""
    return Step(kind_of(record), record.id, session.ledger.get(kind_of(record), record.id), record)
