"""US and Canadian RECs in M-RETS: batches of retired certificates, numbered behind a beginning of the batch."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from core.exchange.instruments.layouts._numbers import agreeing, based
from core.exchange.instruments.layouts._types import Layout, Said, certificate_of, day_of, text_of
from core.exchange.instruments.layouts._words import country_of, technology_of
from core.exchange.tables import Field
from core.i18n import Name, T
from core.instruments import Serials
from core.ledger import Instrument
from core.library.units import normal

_CANADA = (
    "manitoba",
    "mb",
    "ontario",
    "on",
    "alberta",
    "ab",
    "britishcolumbia",
    "bc",
    "saskatchewan",
    "sk",
    "quebec",
    "qc",
)
FIELDS = (
    Field("base", Name("Serial Number Base", "证书编号前缀"), required=True),
    Field("first", Name("Serial Number Start", "起始序号"), "serial", True),
    Field("last", Name("Serial Number End", "终止序号"), "serial", True),
    Field("count", Name("Quantity", "数量"), "count", True, ("certificate quantity", "retired quantity")),
    Field("vintage", Name("Vintage", "产生时间"), "span", True, ("vintage month", "generation month")),
    Field("generator", Name("Generator", "发电站"), required=True, aliases=("generator name", "project name")),
    Field("fuel", Name("Fuel Type", "燃料类型"), aliases=("fuel source", "fuel", "resource type")),
    Field("state", Name("State", "州"), aliases=("state/province", "state province", "location", "generator state")),
    Field("country", Name("Country", "国家")),
    Field("retired", Name("Retirement Date", "注销日期"), "moment", aliases=("retired on", "date retired", "ended at")),
    Field(
        "beneficiary",
        Name("Beneficiary", "受益方"),
        aliases=("retired for", "beneficial owner", "on behalf of", "retirement account"),
    ),
    Field(
        "purpose", Name("Retirement Reason", "注销原因"), aliases=("retirement type", "retirement sub type", "purpose")
    ),
    Field(
        "commissioned",
        Name("Commenced Operation", "投产日期"),
        "moment",
        aliases=("commenced operation date", "date of first operation", "commercial operation date"),
    ),
    Field("note", Name("Notes", "备注"), aliases=("retirement notes", "note")),
)


def _make(said: Said) -> Instrument:
    words = text_of(said, "fuel")
    place = "CA" if normal(text_of(said, "state")) in _CANADA else "US"
    market = country_of(said["country"]) if "country" in said else place
    return replace(
        certificate_of(said, said["vintage"], market=market, scheme="REC"),
        technology=technology_of(words) if words else "",
        generator=said["generator"],
        retired=day_of(said, "retired"),
    )


def _numbers(said: Said) -> tuple[Serials, ...]:
    return agreeing((based(said["base"], said["first"], said["last"]),), Decimal(said["count"]))


LAYOUT = Layout(
    key="mrets",
    title=T("North American RECs, retirements (M-RETS)"),
    seen="mrets/operating_procedures, data dictionary: certificates, certificate quantities",
    fields=FIELDS,
    marks=(("base",), ("first",), ("last",)),
    make=_make,
    numbers=_numbers,
    quantity=lambda said: Decimal(said["count"]),
    single=("first", "last", "count"),
)
