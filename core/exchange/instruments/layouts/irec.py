"""I-REC(E) in the registry of Evident: the list of redemptions, a row for each stretch of certificates."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from core.exchange.instruments.layouts._numbers import agreeing, irec
from core.exchange.instruments.layouts._types import Layout, Said, certificate_of, day_of, from_to
from core.exchange.instruments.layouts._words import country_of, technology_of
from core.exchange.tables import Field
from core.i18n import Name, T
from core.instruments import Serials
from core.ledger import Instrument

FIELDS = (
    Field(
        "first",
        Name("From certificate", "起始证书编号"),
        "serial",
        True,
        (
            "certificate start",
            "certificate from",
            "start certificate",
            "certificate start number",
            "from certificate id",
            "first certificate",
            "certificate number from",
        ),
    ),
    Field(
        "last",
        Name("To certificate", "终止证书编号"),
        "serial",
        True,
        (
            "certificate end",
            "certificate to",
            "end certificate",
            "certificate end number",
            "to certificate id",
            "last certificate",
            "certificate number to",
        ),
    ),
    Field(
        "energy",
        Name("Volume", "数量"),
        "energy",
        True,
        (
            "volume mwh",
            "redeemed volume",
            "volume redeemed",
            "number of certificates",
            "volume required",
            "证书数量",
            "赎回数量",
        ),
    ),
    Field(
        "redeemed",
        Name("Redemption date", "赎回日期"),
        "moment",
        True,
        ("date of redemption", "redeemed on", "redemption completed", "注销日期"),
    ),
    Field(
        "beneficiary",
        Name("Beneficiary", "受益方"),
        aliases=("beneficiary name", "redeemed for", "on behalf of", "受益人"),
    ),
    Field("purpose", Name("Redemption purpose", "赎回用途"), aliases=("purpose", "redemption reason", "赎回目的")),
    Field(
        "device",
        Name("Production device", "发电设施"),
        required=True,
        aliases=(
            "device",
            "device name",
            "production device name",
            "generator",
            "facility",
            "redemption device",
            "电站名称",
        ),
    ),
    Field(
        "country",
        Name("Country of origin", "所在国家"),
        required=True,
        aliases=("country", "device country", "production country", "country of production", "国家"),
    ),
    Field(
        "technology",
        Name("Technology", "技术"),
        aliases=("device technology", "energy source", "fuel", "fuel type", "能源类型"),
    ),
    Field(
        "start",
        Name("Production start", "发电开始日期"),
        "span",
        True,
        (
            "production from",
            "period from",
            "period start",
            "start of production",
            "production period start",
            "start date",
            "production period",
            "period of production",
            "generation start",
        ),
    ),
    Field(
        "end",
        Name("Production end", "发电结束日期"),
        "span",
        aliases=(
            "production to",
            "period to",
            "period end",
            "end of production",
            "production period end",
            "end date",
            "generation end",
        ),
    ),
    Field(
        "commissioned",
        Name("Commissioning date", "投产日期"),
        "moment",
        aliases=("date of commissioning", "device commissioning date"),
    ),
    Field("note", Name("Note", "备注"), aliases=("notes",)),
)


def _make(said: Said) -> Instrument:
    return replace(
        certificate_of(said, from_to(said), market=country_of(said["country"]), scheme="I-REC"),
        technology=technology_of(said["technology"]) if "technology" in said else "",
        generator=said["device"],
        retired=day_of(said, "redeemed"),
    )


def _numbers(said: Said) -> tuple[Serials, ...]:
    return agreeing((irec(said["first"], said["last"]),), said["energy"])


LAYOUT = Layout(
    key="irec",
    title=T("I-REC redemptions (Evident)"),
    seen="Descriptions of redemption statements alone",
    fields=FIELDS,
    marks=(("redeemed",), ("first",), ("last",), ("device",)),
    make=_make,
    numbers=_numbers,
    quantity=lambda said: Decimal(said["energy"]),
    single=("first", "last", "energy"),
    unit="MWh",
)
