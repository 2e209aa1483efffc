"""What the inspector says of a supplier, of a text that suppliers sign, and of a smelter."""

from __future__ import annotations

from core.disclosures.undertakings import ASKED, TEXTS, Coverage, holds
from core.i18n import show_number
from core.ledger import DataRequest, Ledger, SmelterList, Supplier, Undertaking
from core.minerals.standing import ABSENT, NO_LIST
from gui.explain import Explanation
from gui.icons import LEVELS
from gui.language import _, say
from gui.suppliers.answer import Answer
from gui.suppliers.around import Go
from gui.suppliers.desk import SupplierDesk, files_of, history_of
from gui.suppliers.words import (
    STANDING_LEVELS,
    day_words,
    edition_words,
    minerals_words,
    percent_words,
    risk_words,
    standing_words,
    status_words,
    text_words,
    verdict_words,
)
from gui.tables.model import Level
from gui.widgets import button, label, marked
from gui.wording import listed, named, region_name

LONGEST = 46
"""Letters of a link: a button does not go on in a second line."""


class Said(Explanation):
    """Sections with lines of an icon and words, and links to other records."""

    def __init__(self, desk: SupplierDesk, answer: Answer, go: Go) -> None:
        super().__init__(desk.library)
        self.desk, self.answer, self.go = desk, answer, go

    def sign(self, level: Level, words: str, more: str = "") -> None:
        """An icon with words, and what to do about it below."""
        self.column.addWidget(marked(LEVELS[level], "accent" if level == "info" else level, words))
        if more:
            below = label(more, "muted", wrap=True)
            below.setContentsMargins(22, 0, 0, 4)
            self.column.addWidget(below)

    def link(self, words: str, key: str) -> None:
        """The way to a record."""
        shown = words if len(words) <= LONGEST else f"{words[: LONGEST - 1]}…"
        made = button(shown, lambda: self.go(key), role="link", tip=words if shown != words else "")
        made.setAccessibleName(words)
        self.column.addWidget(made)

    def words(self, text: str, role: str = "") -> None:
        """One more sentence."""
        self.column.addWidget(label(text, role, wrap=True))


class SupplierExplanation(Said):
    """Who it is, what it signed and declared, what it was asked."""

    def __init__(self, one: Supplier, desk: SupplierDesk, answer: Answer, go: Go) -> None:
        super().__init__(desk, answer, go)
        self._one = one
        self.title(one.name, " · ".join(filter(None, (region_name(one.country) if one.country else "", one.goods))))
        spend = "" if one.spend is None else f"{show_number(one.spend)} {one.currency}".strip()
        self.pairs((
            (_("Supplier number"), one.number),
            (_("Risk"), risk_words(one.risk)),
            (_("Paid in a year"), spend or _("not known")),
            (_("Contact"), one.contact),
            (_("Delivers until"), day_words(one.until) if one.until else ""),
            (_("Remark"), one.note),
        ))  # fmt: skip
        self._signed()
        self._declared()
        if isinstance(answer.records, Ledger):
            self._asked(answer.records)
        self.history(history_of(desk, one), one.id)

    def _signed(self) -> None:
        self.section(_("Undertakings"))
        own = [one for one in self.answer.records.held(Undertaking) if one.supplier == self._one.id]
        for text in (key for key in TEXTS if key in ASKED or any(one.text == key for one in own)):
            papers = sorted((one for one in own if one.text == text), key=lambda one: one.signed, reverse=True)
            if not papers:
                self.sign("warning", _("{text}: not signed", text=text_words(text)))
            for one in papers:
                self._paper(one)

    def _paper(self, one: Undertaking) -> None:
        parts = [_("signed {day}", day=day_words(one.signed))]
        if one.valid_to:
            parts.append(_("holds until {day}", day=day_words(one.valid_to)))
        if not files_of(self.answer.records, one.evidence):
            parts.append(_("no scan is kept"))
        level: Level = "good" if holds(one, self.answer.today) else "warning"
        self.sign(level, named(f"{text_words(one.text)} {one.version}".strip(), listed(parts)))

    def _declared(self) -> None:
        held = self.answer.declarations(self._one.id)
        if not held and not self._one.minerals:
            return
        self.section(_("Declarations of minerals"))
        if self._one.id in self.answer.silent:
            self.sign("warning", _("No answer that counts yet."))
        for one in held:
            state = listed((status_words(self.answer.examined[one.id].status), verdict_words(one)))
            self.link(named(listed(filter(None, (edition_words(one), day_words(one.effective)))), state), one.id)

    def _asked(self, ledger: Ledger) -> None:
        held = sorted((one for one in ledger.held(DataRequest) if one.supplier == self._one.id),
                      key=lambda one: one.sent, reverse=True)  # fmt: skip
        if not held:
            return
        self.section(_("Data requests"))
        for one in held:
            state = _("answered {day}", day=day_words(one.answered)) if one.answered else _("not answered yet")
            self.link(named(str(one.year), state), one.id)


class CoverageExplanation(Said):
    """A text: who is covered, who was, who never signed."""

    def __init__(self, one: Coverage, desk: SupplierDesk, answer: Answer, go: Go) -> None:
        super().__init__(desk, answer, go)
        self.title(text_words(one.text), _("On {day}, of the suppliers that deliver", day=day_words(answer.today)))
        signed = _("{count} of {total} suppliers ({share})", count=len(one.signed), total=one.suppliers,
                   share=percent_words(one.percent))  # fmt: skip
        self.sign("good" if one.suppliers and not one.missing and not one.expired else "info", signed)
        for spent in one.spend:
            words = _("{signed} of {whole} {currency} ({share})", signed=show_number(spent.signed),
                      whole=show_number(spent.whole), currency=spent.currency,
                      share=percent_words(spent.percent))  # fmt: skip
            self.words(named(_("Paid to them in a year"), words))
        if one.unknown:
            self.words(_("Suppliers of which it is not known what is paid: {count}.", count=len(one.unknown)), "muted")
        self._listed(_("Run out"), one.expired)
        self._listed(_("Never signed"), one.missing)
        self._listed(_("Have signed"), one.signed)

    def _listed(self, title: str, ids: tuple[str, ...]) -> None:
        if not ids:
            return
        self.section(f"{title} ({len(ids)})")
        for key in ids:
            self.link(self.answer.names.get(key, key), key)


class SmelterExplanation(Said):
    """A smelter: what lists say, who named it, what does not fit."""

    def __init__(self, key: str, desk: SupplierDesk, answer: Answer, go: Go) -> None:
        super().__init__(desk, answer, go)
        one = next(each for each in answer.smelters if each.id == key)
        self.title(
            one.name or _("Smelters that nobody has identified"), " · ".join(filter(None, (one.number, one.country)))
        )
        self.pairs(((_("Minerals"), minerals_words(one.minerals)),))
        self.section(_("Published lists"))
        if one.number:
            self._standing(one.standing.key, one.standing.said)
        else:
            self.sign("warning", _("Without a number it cannot be looked up."),
                      _("Ask who named it for the number, or for name and country."))  # fmt: skip
        source = self.answer.records.get("smelter_list", one.standing.source) if one.standing.source else None
        if isinstance(source, SmelterList):
            self.words(_("By “{name}” of {day}", name=source.name, day=day_words(source.day)), "muted")
        if one.standing.names:
            self.words(named(_("Called there"), listed(one.standing.names)), "muted")
        if one.odd:
            self.section(_("What does not fit"))
            for text in one.odd:
                self.sign("warning", say(text))
        self.section(_("Declared by"))
        for supplier in one.suppliers:
            self.link(self.answer.names.get(supplier, supplier), supplier)
        waiting = sum(each.supplier in one.suppliers for each in answer.undecided())
        if waiting:
            self.words(_("Declarations of them that nobody has decided about: {count}.", count=waiting), "muted")

    def _standing(self, key: str, written: str) -> None:
        remedy = {
            ABSENT: _("Look whether the list is the newest; else ask the supplier to use other smelters."),
            NO_LIST: _("Download the list of the initiative that vouches for smelters, and import it here."),
        }.get(key, "")
        said = f" (“{written}”)" if written else ""
        self.sign(STANDING_LEVELS[key], standing_words(key) + said, remedy)
