"""How one contribution to a footprint came about: the equation with its numbers, the factor, the records behind it."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Mapping
from decimal import Decimal

from PySide6.QtCore import Qt

from core.i18n import show_date, show_month, show_number
from core.ledger import Activity, Component, Leg, Record
from core.library import EXACT
from core.methods import exact_sum
from core.products import Contribution, Footprint, Shared, mass_of
from core.products.made import Unshared, made_in, weights_by
from core.products.making import per_unit
from gui.explain import Explanation
from gui.language import _, language
from gui.library.words import use_name
from gui.products.answer import Answer, key_of
from gui.products.words import KG, fitting, key_title, stage_title, unit_title
from gui.session import Session
from gui.widgets import button, label, number
from gui.wording import TONNES, item_name, shown_percent, unit_words

MOST = 12
"""Records or factors that are listed."""
NAME = 24
"""Width of a name in a link, in digits."""
Go = Callable[[str, str], object]
"""Goes to what is behind it: ``activity``, ``component``, ``leg``, ``allocation_key`` or ``library``, and its key."""


class ContributionExplanation(Explanation):
    """One thing that a footprint is made of."""

    def __init__(
        self, one: Footprint, part: Contribution, answer: Answer, session: Session, *, back: Callable[[], object],
        go: Go,
    ) -> None:  # fmt: skip
        super().__init__(session.library)
        self._one, self._part, self._answer, self._session, self._go_to = one, part, answer, session, go
        returning = _("← Back to {name}", name=fitting(self, one.product.name, NAME))
        self.column.addWidget(button(returning, back, role="link"), 0, Qt.AlignmentFlag.AlignLeft)
        self.title(part.what, f"{stage_title(part.stage)} · {one.product.name}")
        shown = number(f"{show_number(per_unit(part.tonnes, one.quantity))} {KG}", size=1.25, strong=True)
        shown.setWordWrap(True)
        self.column.addWidget(shown)
        self.column.addWidget(label(_("Per {unit}", unit=unit_title(one.product.unit)), "muted"))
        kind = _("Primary data: of the plant or of the supplier itself") if part.primary else _("Average data")
        self.column.addWidget(label(kind, "muted", wrap=True))
        self._calculated()
        self._factors()
        self._records()
        self.column.addStretch(1)

    # ------------------------------------------------------------------ equation

    def _calculated(self) -> None:
        self.section(_("How it is calculated"))
        held = self._held()
        if isinstance(held, Component):
            self._component(held)
        elif isinstance(held, Leg):
            self._leg(held)
        else:
            self._shared()
        part, made = self._part, self._one.quantity
        self._equation(
            _("What falls on one {unit}", unit=unit_title(self._one.product.unit)),
            f"1000 × {show_number(part.tonnes)} t ÷ {show_number(made)}\n"
            f"= {show_number(per_unit(part.tonnes, made))} {KG}",
        )
        if part.biogenic:
            self._equation(_("Biogenic CO₂, apart"), f"{show_number(part.biogenic)} t CO₂")

    def _shared(self) -> None:
        found = self._source()
        if found is None:
            return
        whole, part = found.tonnes, self._part.tonnes
        self._equation(_("Emitted by the source, with data of this kind"), f"E = {show_number(whole)} {TONNES}")
        weights = self._weights(found)
        mine, every = weights.get(self._one.product.id), exact_sum(weights.values())
        formula = f"E × w ÷ Σw = {show_number(part)} t"
        if mine is not None and every:
            unit = "kg" if found.key == "mass" else ""
            formula = (f"E × w ÷ Σw = E × {show_number(mine)} {unit} ÷ {show_number(every)} {unit}\n"
                       f"= {show_number(part)} t").replace("  ", " ")  # fmt: skip
        self._equation(_("Shared by: {key}", key=key_title(found.key)), formula)
        if whole:
            percent = shown_percent(part / whole * 100)
            self.column.addWidget(label(_("{percent} % of the source", percent=percent), "muted", size=0.92))
        if found.reason:
            self.column.addWidget(label(_("Reason: {reason}", reason=found.reason), wrap=True))
        key = key_of(self._session.ledger, found.source)
        words, to = (_("The allocation key"), key.id) if key.id else (_("Enter a key with its reason"), "")
        self._link(words, "allocation_key", to)

    def _source(self) -> Shared | None:
        """How the source was shared, among those with data of this kind."""
        part, mine = self._part, (self._one.product.id, self._part.tonnes)
        found = (one for one in self._answer.found.sources if (one.source, one.stage) == (part.what, part.stage))
        return next((one for one in found if mine in one.parts), None)

    def _weights(self, found: Shared) -> Mapping[str, Decimal]:
        """Of every product; none where they cannot be worked out any more."""
        period = self._answer.found.period
        try:
            return (
                {}
                if period is None
                else weights_by(key_of(self._session.ledger, found.source), made_in(self._session.ledger, period))
            )
        except Unshared:
            return {}

    def _component(self, held: Component) -> None:
        unit = unit_words(self._library, held.unit)
        what = _("In one {unit}, scrap included", unit=unit_title(self._one.product.unit))
        self._equation(what, f"{show_number(held.quantity)} {unit}")
        amount = EXACT.multiply(held.quantity, self._one.quantity)
        factor = self._factor_words() if held.footprint is None else f"{show_number(held.footprint)} {KG}/{unit}"
        self._times(f"{show_number(amount)} {unit}", factor)

    def _leg(self, held: Leg) -> None:
        mass = held.mass if held.mass is not None else mass_of(self._one.product) or Decimal(0)
        what = _("Carried for one {unit}", unit=unit_title(self._one.product.unit))
        vehicle = item_name(self._library, held.item)
        self._equation(what, f"{show_number(mass)} kg × {show_number(held.distance)} km\n{vehicle}")
        work = EXACT.divide(EXACT.multiply(EXACT.multiply(mass, held.distance), self._one.quantity), Decimal(1000))
        self._times(f"{show_number(work)} tkm", self._factor_words())

    def _times(self, amount: str, factor: str) -> None:
        """All that was made of it."""
        self._equation(_("In all that was made"), f"{amount} × {factor}\n= {show_number(self._part.tonnes)} {TONNES}")

    def _factor_words(self) -> str:
        """The number that it is multiplied with; where there are several, they stand below."""
        keys = self._part.factors
        factor = self._library.factor(keys[0]) if len(keys) == 1 else None
        if factor is None:
            return _("the factors below")
        return f"{show_number(factor.headline)} {unit_words(self._library, factor.unit)}"

    def _equation(self, what: str, words: str) -> None:
        self.column.addWidget(label(what, "muted", size=0.92, wrap=True))
        made = number(words)
        made.setWordWrap(True)
        made.setContentsMargins(10, 0, 0, 4)
        self.column.addWidget(made)

    # ------------------------------------------------------------------ factor, records

    def _factors(self) -> None:
        part, library = self._part, self._library
        if not part.cited and not part.factors:
            return
        self.section(_("Factor"))
        for cited in part.cited:
            self.column.addWidget(label(", ".join(filter(None, (cited.name, cited.edition))), wrap=True))
        for key in part.factors[:MOST]:
            factor = library.factor(key)
            if factor is None:
                self.key(key)  # a potential of a gas, or a contract
                continue
            value = f"{show_number(factor.headline)} {unit_words(library, factor.unit)}"
            self.column.addWidget(number(value, size=0.95))
            self._link(_("In the library: {what}", what=use_name(factor.use)), "library", key)
        self._further(len(part.factors))

    def _records(self) -> None:
        self.section(_("Records"))
        held = self._held()
        if held is not None:
            words = _("In the bill of materials") if isinstance(held, Component) else _("The transport leg")
            self._link(words, "component" if isinstance(held, Component) else "leg", held.id)
            if isinstance(held, Component) and held.source:
                self.pairs(((_("Source"), held.source),))
            self.history(self._session.history(held), held.id)
            return
        ledger = self._session.ledger
        for key in self._part.records[:MOST]:
            one = ledger.get("activity", key)
            if isinstance(one, Activity):
                amount = f"{show_number(one.quantity)} {unit_words(self._library, one.unit)}"
                self._link(f"{_span(one)} · {amount}", "activity", key)
        self._further(len(self._part.records))

    def _further(self, count: int) -> None:
        if count > MOST:
            self.column.addWidget(label(_("… and {count} more", count=count - MOST), "muted"))

    def _held(self) -> Component | Leg | None:
        """The line of the bill of materials or the leg that it is; None: it is a source of the plant."""
        kinds = {"materials": "component", "inbound": "leg", "outbound": "leg"}
        kind = kinds.get(self._part.stage)
        found: Record | None = None if kind is None else self._session.ledger.get(kind, self._part.records[0])
        return found if isinstance(found, Component | Leg) else None

    def _link(self, words: str, kind: str, key: str) -> None:
        link = button(words, lambda: self._go_to(kind, key), role="link")
        self.column.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)


def _span(one: Activity) -> str:
    """Its days; a whole month by its name, for the pane is narrow."""
    lang, last = language(), monthrange(one.start.year, one.start.month)[1]
    if one.start.day == 1 and one.end == one.start.replace(day=last):
        return show_month(one.start, lang)
    return f"{show_date(one.start, lang)} – {show_date(one.end, lang)}"
