"""What is in no total, as a table."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from core.i18n import show_number
from core.inventory.views import Exclusion
from gui.language import _, say
from gui.session import Session
from gui.tables.table import Column
from gui.wording import unit_name


def left_out_columns(session: Session) -> list[Column[Any]]:
    """What is in no total, and why."""
    kinds = {
        "record": _("Record without factor"),
        "category": _("Declared not relevant"),
        "gap": _("Nothing said yet"),
    }

    def quantity(row: Exclusion) -> str:
        if row.quantity is None:
            return ""
        return f"{show_number(row.quantity)} {unit_name(session.library, row.unit)}"

    return [
        Column("kind", _("Kind"), lambda r: kinds[r.kind], width=20),
        Column("title", _("Source or category"), lambda r: say(r.title), width=28),
        Column("quantity", _("Quantity"), quantity, align="right",
               sort=lambda r: r.quantity or Decimal(0), width=14),
        Column("reason", _("Reason"), lambda r: say(r.reason), width=40, stretch=True),
    ]  # fmt: skip
