"""What the inspector says about a factor: number, source, how far to trust it, who uses it, other editions."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QWidget

from core.i18n import show_date, show_number
from core.ledger import Activity, FactorFile, OwnFactor
from core.library import Factor, Library
from core.library.editions import Edition, editions, gas_of
from gui.explain import Explanation, breakable
from gui.language import _, language, say
from gui.library.words import (
    FILE_ORIGINS,
    ORIGINS,
    STATUS_SENTENCES,
    area_name,
    brief,
    gas_name,
    percent,
    unit_of,
    use_name,
)
from gui.widgets import button, label, number
from gui.wording import item_name, status_name

MOST_SOURCES = 8
MOST_EDITIONS = 6

Act = tuple[str, Callable[[], object]]


class FactorExplanation(Explanation):
    """Sections about one factor."""

    def __init__(self, library: Library) -> None:
        super().__init__(library)
        self._known = library

    def of(self, factor: Factor) -> None:
        """The number, its gases and limits, its source."""
        name = say(factor.name) if factor.name is not None else item_name(self._known, factor.item)
        year = str(factor.data_year or "")
        below = " · ".join(part for part in (use_name(factor.use), area_name(factor.region), year) if part)
        self.title(name, below)
        value = number(f"{show_number(factor.headline)} {unit_of(self._known, factor)}".rstrip(), size=1.25,
                       strong=True)  # fmt: skip
        value.setWordWrap(True)
        self.column.addWidget(value)
        self.gases_of(factor)
        if factor.lower is not None and factor.upper is not None:
            words = _("95 % of the values lie between {lower} and {upper}.", lower=show_number(factor.lower),
                      upper=show_number(factor.upper))  # fmt: skip
            self.column.addWidget(label(words, "muted", wrap=True))

    def gases_of(self, factor: Factor) -> None:
        """Every gas that is printed, where there is more than the headline."""
        others = [gas for gas in factor.amounts if gas != gas_of(factor)]
        if not others:
            return
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 2, 0, 2)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(1, 1)
        for row, gas in enumerate(factor.amounts):
            grid.addWidget(label(gas_name(gas), "muted", size=0.92), row, 0)
            amount = number(f"{show_number(factor.amounts[gas])} {unit_of(self._known, factor, gas)}", size=0.95)
            amount.setWordWrap(True)
            grid.addWidget(amount, row, 1)
        self.column.addWidget(holder)

    def source(self, factor: Factor) -> None:
        """The full citation."""
        publication = factor.set
        self.section(_("Publication"))
        self.pairs(
            (
                (_("Title"), say(publication.title)),
                (_("Publisher"), publication.publisher),
                (_("Edition"), publication.edition),
                (_("Published"), publication.published),
                (_("Where it stands"), factor.place),
                (_("GWP set"), publication.gwp),
                (_("Licence"), publication.licence),
                (_("Remark"), factor.note),
                (_("About the set"), publication.note),
            )
        )
        self.key(factor.key)

    def status(self, factor: Factor) -> None:
        """How far to trust it, in words."""
        self.section(_("Status"))
        words = status_name(factor.status)
        if factor.status in STATUS_SENTENCES:
            words = _("{status}. {meaning}", status=words, meaning=say(STATUS_SENTENCES[factor.status]))
        self.column.addWidget(label(words, wrap=True))

    def used(self, records: Sequence[Activity], year: int, go: Callable[[str], object]) -> None:
        """The sources whose tonnes rest on it; a click goes to the first record."""
        self.section(_("Used in {year}", year=str(year)))
        if not records:
            self.column.addWidget(label(_("No line of the inventory uses it."), "muted", wrap=True))
        sources: dict[str, list[Activity]] = {}
        for record in records:
            sources.setdefault(record.source, []).append(record)
        for source, held in list(sources.items())[:MOST_SOURCES]:
            words = _("{source}: {count} records", source=source, count=len(held)) if len(held) > 1 else source
            self.links((words, lambda key=held[0].id: go(key)))  # type: ignore[misc]
        if len(sources) > MOST_SOURCES:
            more = _("More sources: {count}", count=len(sources) - MOST_SOURCES)
            self.column.addWidget(label(more, "muted", wrap=True))

    def editions(self, factor: Factor, compare: Callable[[], object]) -> None:
        """The same question in other editions and areas, and how much they differ."""
        found = editions(self._known, factor)
        others = [one for one in found if one.factor.key != factor.key]
        self.section(_("Other editions and areas"))
        if not others:
            self.column.addWidget(label(_("Nobody else answers the same question."), "muted", wrap=True))
            return
        near = [one for one in others if one.value is not None]
        self._listed(near[:MOST_EDITIONS])
        made = button(_("Compare {count} editions and areas…", count=len(found)), compare)
        row = QHBoxLayout()
        row.setContentsMargins(0, 4, 0, 0)
        row.addWidget(made)
        row.addStretch(1)
        self.column.addLayout(row)

    def _listed(self, found: Sequence[Edition]) -> None:
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(0, 1)
        for row, one in enumerate(found):
            year = str(one.factor.data_year or one.factor.set.year)
            grid.addWidget(label(f"{area_name(one.factor.region)} · {year}", size=0.92, wrap=True), row, 0)
            grid.addWidget(number(brief(one.value or Decimal(0)), size=0.92), row, 1)
            grid.addWidget(label(percent(one.difference), "muted", size=0.92), row, 2)
        self.column.addWidget(holder)

    def own(self, own: OwnFactor, listing: QWidget | None, *acts: Act) -> None:
        """What the plant states about its own factor, its proof, and what can be done."""
        self.section(_("Stated by the plant"))
        every = _("all records of the item") if own.general else _("only records that name it")
        self.pairs(
            (
                (_("Name"), own.name),
                (_("Origin"), say(ORIGINS[own.origin]) if own.origin in ORIGINS else own.origin),
                (_("Stated by"), own.publisher),
                (_("Document"), own.document),
                (_("Where it stands"), own.place),
                (_("Valid from"), _day(own.valid_from)),
                (_("Valid to"), _day(own.valid_to)),
                (_("Uncertainty"), f"± {show_number(own.uncertainty)} %" if own.uncertainty else ""),
                (_("Holds for"), every),
                (_("Remark"), own.note),
                (_("Key"), own.id),
            )
        )
        if listing is not None:
            self.column.addWidget(listing)
        self.links(*acts)

    def file(self, file: FactorFile, factors: int, *acts: Act) -> None:
        """A factor set that was brought in."""
        self.title(breakable(file.name), _("Factors: {count}", count=f"{factors:,}"))
        self.pairs(
            (
                (_("Publisher"), file.publisher),
                (_("Edition"), file.edition),
                (_("Origin"), say(FILE_ORIGINS[file.origin]) if file.origin in FILE_ORIGINS else file.origin),
                (_("Signed by"), file.signer),
                (_("Remark"), _short(file.note)),
                (_("Key of the set"), file.id),
                ("SHA-256", _short(file.sha256)),
            )
        )
        self.links(*acts)

    def links(self, *acts: Act) -> None:
        """Buttons that look like words, one below the other."""
        for words, act in acts:
            made: QPushButton = button(words, act, role="link")
            made.setToolTip(words)
            policy = made.sizePolicy()
            policy.setHorizontalPolicy(policy.Policy.Ignored)  # long names end where the pane ends
            made.setSizePolicy(policy)
            self.column.addWidget(made)


def _short(text: str) -> str:
    """Hashes by their beginning."""
    return re.sub(r"[0-9a-f]{40,}", lambda found: f"{found[0][:16]}…", text)


def _day(value: date) -> str:
    return show_date(value, language())
