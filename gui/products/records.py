"""What belongs to a product as tables: its outputs, its bill of materials, its transport legs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, TypedDict

from core.i18n import Text
from core.ledger import Component, Leg
from core.ledger.records import Record
from gui.actions.filed import FiledPart
from gui.entering.part import RecordsPart
from gui.language import _, say
from gui.page import Page
from gui.products.answer import Answer
from gui.products.words import kilograms
from gui.session import Session
from gui.settings import Settings
from gui.tables.table import Column, Mark, Table
from gui.widgets import letters

WIDTHS = {"product": 20, "item": 16}
"""Of columns, in digits."""


class Known(TypedDict):
    """What these parts ask of their page."""

    answer: Callable[[], Answer | None]
    product: Callable[[], str]


class OfProductPart(RecordsPart):
    """Records of products; a new one begins with the product that one stands on."""

    def __init__(
        self, page: Page, session: Session, settings: Settings, kind: str, sentence: str, *,
        answer: Callable[[], Answer | None], product: Callable[[], str], hidden: tuple[str, ...],
        after: str = "",
    ) -> None:  # fmt: skip
        """``product`` names the one that is looked at elsewhere; ``after`` is the field behind which it stands what a
        record adds to the footprint."""
        self._answer, self._product = answer, product
        beside = {after: [self._effect()]} if after else {}
        super().__init__(page, session, settings, kind, sentence, hidden=hidden, picture="products", beside=beside,
                         marks=self._marks, known=self.of_new)  # fmt: skip
        widen(self.table, f"records_{kind}", settings, WIDTHS)

    def of_new(self) -> dict[str, object]:
        """Of a new record: the product of the row one stands on, else the one that is looked at, else the only one."""
        current: Any = self.table.current_record()
        held = self.session.records.records["product"]
        key = self._product() if current is None else current.product
        if not key and len(held) == 1:
            (key,) = held
        return {"product": key} if key in held else {}

    def _effect(self) -> Column[Record]:
        def value(one: Record) -> Decimal | None:
            answer = self._answer()
            return None if answer is None else answer.effects.get(one.id)

        return Column(
            "effect", _("Adds to the footprint"), lambda one: kilograms(value(one)), _("kg CO₂e/unit"), "right",
            lambda one: Decimal("-Infinity") if (known := value(one)) is None else known,
            lambda one: "" if (known := value(one)) is None else f"{known:f}", width=13,
        )  # fmt: skip

    def _marks(self, one: Record) -> Mapping[str, Mark]:
        """What stands in the way of a footprint because of this line."""
        answer, name = self._answer(), getattr(one, "name", "")
        if answer is None or not isinstance(one, Component | Leg):
            return {}
        row = answer.of(one.product)
        said = [say(why) for why in (() if row is None else row.problems) if _names(why, name)]
        return {"name": Mark("warning", "\n".join(said))} if said else {}


class FiledOfProductPart(OfProductPart, FiledPart):
    """The same for records that files prove."""


class OutputsPart(FiledOfProductPart):
    """How much was made; a new one is of the whole period shown."""

    def of_new(self) -> dict[str, object]:
        session = self.session
        assert isinstance(session, Session)
        period = session.choices.period
        return super().of_new() | {"start": period.start, "end": period.end}


def widen(table: Table[Any], key: str, settings: Settings, widths: Mapping[str, int]) -> None:
    """Columns of the table of this key as wide as their words need, but for those that somebody dragged."""
    kept = settings.column_widths(key)
    for place, column in enumerate(table.model.columns):
        if column.key in widths and column.key not in kept and place not in table.view.least:
            table.view.setColumnWidth(place, letters(table, widths[column.key]))


def _names(why: Text, name: str) -> bool:
    return name in (why.args.get("part"), why.args.get("leg"))
