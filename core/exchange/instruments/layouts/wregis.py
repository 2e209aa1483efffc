"""Western US and Canadian RECs in WREGIS: the report of retired certificates."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from core.errors import UserError
from core.exchange.instruments.layouts._numbers import agreeing, based
from core.exchange.instruments.layouts._types import Layout, Said, certificate_of, day_of, text_of
from core.exchange.instruments.layouts._words import technology_of
from core.exchange.tables import Field
from core.i18n import Name, T, verbatim
from core.instruments import Serials
from core.ledger import Instrument
from core.library.units import normal

_NUMBERS = re.compile(r"(.+?-)([0-9]+)\s*(?:to|–|~|至|\s-\s)\s*(?:\1)?([0-9]+)", re.IGNORECASE)
_CANADA = ("bc", "ab", "britishcolumbia", "alberta")
FIELDS = (
    Field("unit_id", Name("WREGIS GU ID", "WREGIS 机组编号"), required=True, aliases=("WREGIS ID", "GU ID")),
    Field(
        "serials",
        Name("Certificate Serial Numbers", "证书编号"),
        "serial",
        True,
        (
            "certificate serial number",
            "serial numbers",
            "serial number",
            "serial number range",
            "certificate serial numbers range",
        ),
    ),
    Field(
        "count",
        Name("Quantity", "数量"),
        "count",
        True,
        ("certificate quantity", "number of certificates", "# of certificates"),
    ),
    Field(
        "generator",
        Name("Generator Plant-Unit Name", "发电机组"),
        required=True,
        aliases=("generator", "generating unit", "generator name", "facility name", "plant unit name"),
    ),
    Field(
        "vintage",
        Name("Vintage", "产生时间"),
        "span",
        True,
        ("vintage month", "certificate vintage", "vintage month/year", "generation month"),
    ),
    Field("fuel", Name("Fuel Type", "燃料类型"), aliases=("fuel", "fuel source", "fuel/project type", "resource type")),
    Field(
        "state",
        Name("State", "州"),
        aliases=("state/province", "state province", "location of generator", "state of generator"),
    ),
    Field(
        "retired",
        Name("Retirement Date", "注销日期"),
        "moment",
        aliases=("date retired", "retired on", "transfer date", "transaction date"),
    ),
    Field(
        "beneficiary",
        Name("Beneficiary", "受益方"),
        aliases=(
            "retired on behalf of",
            "on behalf of",
            "beneficial owner",
            "retirement subaccount",
            "compliance entity",
        ),
    ),
    Field(
        "purpose", Name("Retirement Reason", "注销原因"), aliases=("reason", "retirement type", "reason for retirement")
    ),
    Field(
        "commissioned",
        Name("Commenced Operation Date", "投产日期"),
        "moment",
        aliases=("commenced operation", "commercial operation date"),
    ),
    Field("note", Name("Additional Details", "备注"), aliases=("notes", "note")),
)


def _make(said: Said) -> Instrument:
    words = text_of(said, "fuel")
    market = "CA" if normal(text_of(said, "state")) in _CANADA else "US"
    return replace(
        certificate_of(said, said["vintage"], market=market, scheme="REC"),
        technology=technology_of(words) if words else "",
        generator=f"{said['generator']} ({said['unit_id']})",
        retired=day_of(said, "retired"),
    )


def _numbers(said: Said) -> tuple[Serials, ...]:
    match = _NUMBERS.fullmatch(said["serials"].strip())
    if match is None:
        raise UserError(
            T("“{value}” is not a range of serial numbers.", value=verbatim(said["serials"][:60])),
            T(
                "Write the lower number first and the same letters before both, like {form}.",
                form="123-CA-4567-1 to 50",
            ),
        )
    return agreeing((based(match[1], match[2], match[3]),), Decimal(said["count"]))


LAYOUT = Layout(
    key="wregis",
    title=T("Western North American RECs, retirements (WREGIS)"),
    seen="Operating rules and descriptions alone; the heading “WREGIS GU ID” in two public projects",
    fields=FIELDS,
    marks=(("unit_id",), ("serials",), ("count",)),
    make=_make,
    numbers=_numbers,
    quantity=lambda said: Decimal(said["count"]),
    single=("serials", "count"),
)
