"""Ways: who misses 2027 and by how much, targets of all plants, the cheapest next tonne, certificates used twice."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPushButton, QWidget

from core.group.ways.keeping import keep
from core.group.ways.standing import PlantWay
from core.group.year.repeats import doubly_certified
from gui.commands import Command
from gui.group.asking import Asked
from gui.group.cards import notice_lines
from gui.group.year import YearOfGroup
from gui.language import _
from gui.settings import Settings
from gui.ways import cards
from gui.ways.asking import Answer, work_of
from gui.ways.double import DoubleUse
from gui.ways.inspector import about
from gui.ways.renewables import Renewables
from gui.ways.targets import Targets
from gui.ways.tonnes import CheapestTonnes
from gui.widgets import allow, button, clear, in_order

if TYPE_CHECKING:
    from gui.office.office import Office
    from gui.sending.dialog import SendDialog


class WaysPage(YearOfGroup):
    """Year, approach, five figures, and a tab for each question."""

    def __init__(self, office: Office, settings: Settings) -> None:
        super().__init__(office)
        self._settings = settings
        self._answer: Answer | None
        self.dialog: SendDialog
        """The one that was opened last."""
        self.send = button(_("Send certificates in use to plants…"), self.ask_send, picture="sign")
        self.renewables, self.targets = Renewables(settings), Targets(settings)
        self.tonnes, self.double = CheapestTonnes(settings), DoubleUse(settings)
        self.double.send_wanted.connect(self.ask_send)
        for part in (self.renewables, self.targets, self.tonnes, self.double):
            part.report_wanted.connect(lambda sha256: self.wanted.emit("inbox", sha256))
            part.chosen.connect(self.selected)
        tabs = ((_("Renewables"), self.renewables), (_("Targets"), self.targets), (_("Cheapest tonnes"), self.tonnes),
                (_("Double use"), self.double))  # fmt: skip
        self.lay_out(_("Ways of the group"), (self.send,), tabs)
        self.tabs.currentChanged.connect(lambda _tab: self.selected.emit())

    # ------------------------------------------------------------------ page

    def refresh(self) -> None:
        """The button too depends on whether the file may be written."""
        allow(self.send, self._locked())
        super().refresh()

    def title_of(self, year: str) -> str:
        return _("Ways {year}", year=year)

    def nothing(self) -> tuple[str, str]:
        return "targets", _("Here stands which plant has secured its renewable electricity, who is above a target, and "
                            "what the next tonne costs, once signed reports are accepted in the inbox.")  # fmt: skip

    def work_of(self, asked: Asked) -> Callable[[], object]:
        return work_of(asked, self._office.path)

    def _locked(self) -> str:
        return "" if self._office.writable else _("The file is open read-only.")

    def commands(self) -> list[Command]:
        def there() -> bool:
            return self._answer is not None

        named = ((self.renewables, _("Who misses renewable electricity")), (self.targets, _("Targets of all plants")),
                 (self.tonnes, _("Cheapest next tonnes")), (self.double, _("Certificates used twice")))  # fmt: skip
        return [
            *(
                Command(words, lambda part=part: self.tabs.setCurrentWidget(part), icon="targets",  # type: ignore[misc]
                        enabled=there)
                for part, words in named
            ),
            Command(_("Send certificates in use to plants…"), self.ask_send, icon="sign",
                    enabled=lambda: self._office.writable),
        ]  # fmt: skip

    def show_subject(self, subject: object) -> None:
        """A plant by its key, or the name of a tab."""
        tabs = {"renewables": self.renewables, "targets": self.targets, "tonnes": self.tonnes, "double": self.double}
        if isinstance(subject, str) and subject in tabs:
            self.tabs.setCurrentWidget(tabs[subject])
        elif isinstance(subject, str):
            self.tabs.setCurrentWidget(self.renewables)
            self.renewables.table.show_record(subject)

    def inspect(self) -> QWidget | None:
        """What is known of the plant of the row."""
        plant = self._plant()
        return None if plant is None else about(plant, lambda: self.wanted.emit("inbox", plant.filed.sha256))

    def _plant(self) -> PlantWay | None:
        part = self.tabs.currentWidget()
        if part is self.renewables:
            return self.renewables.table.current_record()
        if part is self.targets:
            row = self.targets.current()
            return None if row is None else row.plant
        if part is self.tonnes:
            bar = self.tonnes.current()
            return None if bar is None else bar.plant
        return None

    def ask_send(self) -> None:
        """Sign a file that tells the plants which certificates are in use."""
        from gui.sending.dialog import SendDialog

        if self._office.writable:
            self.dialog = SendDialog(self, self._office, self._settings, "serials")
            self.dialog.open()

    # ------------------------------------------------------------------ ask

    def _show_busy(self) -> None:
        waiting = 0 if self._answer is None else len(self._answer.gathered.waiting)
        if not self.latest.busy:
            self._busy.setText("")
        elif waiting:
            self._busy.setText(_("Earlier reports are read, still to come: {count}", count=waiting))
        else:
            self._busy.setText(_("Calculating…"))

    def _answered(self, answer: Answer) -> None:
        """Show what is known, keep what is new, and go on with the reports that wait."""
        self._answer = answer
        if self._office.writable:
            self.attempt(lambda: keep(self._office.file, answer.gathered))
        if answer.gathered.waiting:
            self.latest.ask(work_of(answer.asked, self._office.path, answer.gathered))
        self._show_busy()
        self._show()

    # ------------------------------------------------------------------ show

    def _show(self) -> None:
        answer = self._answer
        if answer is None:
            return
        self._show_cards(answer)
        self._show_notices()
        self.renewables.show_found(answer.found)
        self.targets.show_found(answer.found)
        self.tonnes.show_found(answer.tonnes, answer.supplies)
        self.double.show_found(self._office.repeats, self._locked())
        self.selected.emit()

    def _show_cards(self, answer: Answer) -> None:
        clear(self._cards)
        doubled = doubly_certified(self._office.repeats)

        def to(part: QWidget) -> None:
            self.tabs.setCurrentWidget(part)

        made = (
            cards.share_card(answer.found, lambda: to(self.renewables)),
            cards.gap_card(answer.found, lambda: to(self.renewables)),
            cards.missed_card(answer.found, lambda: to(self.targets)),
            cards.next_card(answer.tonnes["location"], lambda: to(self.tonnes)),
            cards.double_card(doubled, lambda: to(self.double)),
        )
        self._links = []
        for one in made:
            self._cards.addWidget(one, 1)
            self._links += one.findChildren(QPushButton)

    def _show_notices(self) -> None:
        assert self._answer is not None
        clear(self._notices)
        said = self.said_of(self._answer.found.notices)
        shown = self.first_notices(said)
        for line in notice_lines(shown):
            self._notices.addWidget(line)
        more = self.more_notices(said, shown, self._answer.found.notices)
        in_order(self.send, *self._links, *more)  # what is made anew would come last
