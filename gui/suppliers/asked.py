"""What the inspector says of a request: each line with its answer, and the records that came of it."""

from __future__ import annotations

from collections.abc import Callable

from core.exchange.supplier_lines import ANSWERED, PLACES
from core.exchange.supplier_requests import records_of_answer
from core.ledger import DataRequest, Ledger
from gui.language import _, say
from gui.suppliers.answer import Answer
from gui.suppliers.answered import answer_words, shown
from gui.suppliers.around import Go
from gui.suppliers.desk import SupplierDesk, files_of, history_of
from gui.suppliers.inspector import Said
from gui.suppliers.register import late
from gui.suppliers.words import day_words
from gui.widgets import button
from gui.wording import listed, method_name, named

MOST_LINES = 60
"""Lines that are listed."""
Show = Callable[[str, str], object]
"""Goes to a record on another page: its place and id."""


class RequestExplanation(Said):
    """One request."""

    def __init__(
        self, one: DataRequest, ledger: Ledger, desk: SupplierDesk, answer: Answer, go: Go, show: Show
    ) -> None:  # fmt: skip
        super().__init__(desk, answer, go)
        self._one, self._ledger, self._show = one, ledger, show
        self.title(answer.names.get(one.supplier, one.supplier), _("Data request for {year}", year=str(one.year)))
        self._state()
        self.link(_("Go to the supplier"), one.supplier)
        self._lines()
        self._came()
        self._files()
        self.history(history_of(desk, one), one.id)

    def _state(self) -> None:
        one = self._one
        self.pairs((
            (_("Sent"), day_words(one.sent)),
            (_("Due"), day_words(one.due) if one.due else ""),
            (_("Answered"), day_words(one.answered) if one.answered else ""),
            (_("Remark"), one.note),
        ))  # fmt: skip
        if late(one, self.answer.today):
            self.sign("warning", _("The answer is overdue."), _("Ask the supplier again."))

    def _lines(self) -> None:
        self.section(_("Lines ({count})", count=len(self._one.asked)))
        answers = {row[0]: row for row in self._one.answers}
        for number, what, _item, quantity, unit in self._one.asked[:MOST_LINES]:
            words = _("{number}. {what}, {quantity} {unit}", number=number, what=what, quantity=shown(quantity),
                      unit=unit)  # fmt: skip
            row = answers.get(number)
            if row is not None:
                said = [named(say(one.name), answer_words(one.key, row[PLACES[one.key]]))
                        for one in ANSWERED if one.key != "number" and row[PLACES[one.key]]]  # fmt: skip
                self.sign("good", words, "\n".join(said))
            elif self._one.answered:
                self.sign("warning", words, _("without an answer"))
            else:
                self.words(words)

    def _came(self) -> None:
        """Activity data and own factors, each with the way there."""
        factors, activities = records_of_answer(self._ledger, self._one)
        if not factors and not activities:
            return
        self.section(_("What became of it"))
        for made in activities:
            quantity = f"{shown(f'{made.quantity:f}')} {made.unit}"
            self.words(named(method_name(made.method), listed((made.source, quantity))))
            self._away(_("Go to the activity data"), "activity", made.id)
        for factor in factors:
            self.words(named(_("Own factor"), factor.name))
            self._away(_("Go to the factor"), "library", factor.id)

    def _away(self, words: str, place: str, key: str) -> None:
        self.column.addWidget(button(words, lambda: self._show(place, key), role="link"))

    def _files(self) -> None:
        held = files_of(self.answer.records, self._one.evidence)
        if held:
            self.section(_("The workbook that came back"))
            for file in held:
                self.words(file.name)
