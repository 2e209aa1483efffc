"""European guarantees of origin: cancellation statements of registries under the EECS rules (Grexel and others)."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from core.exchange.instruments.layouts._numbers import agreeing, printed
from core.exchange.instruments.layouts._types import Layout, Said, certificate_of, day_of, from_to, text_of
from core.exchange.instruments.layouts._words import country_of, technology_of
from core.exchange.tables import Field
from core.i18n import Name, T
from core.instruments import Serials
from core.ledger import Instrument

FIELDS = (
    Field(
        "first",
        Name("Certificate number from", "起始证书编号"),
        "serial",
        True,
        (
            "from certificate number",
            "first certificate number",
            "certificate id from",
            "start certificate number",
            "certificate numbers from",
            "from certificate",
        ),
    ),
    Field(
        "last",
        Name("Certificate number to", "终止证书编号"),
        "serial",
        True,
        (
            "to certificate number",
            "last certificate number",
            "certificate id to",
            "end certificate number",
            "certificate numbers to",
            "to certificate",
        ),
    ),
    Field(
        "energy",
        Name("Volume", "数量"),
        "energy",
        True,
        ("number of certificates", "certificates", "amount", "quantity", "cancelled volume", "volume mwh", "证书数量"),
    ),
    Field(
        "cancelled",
        Name("Cancellation date", "注销日期"),
        "moment",
        True,
        ("date of cancellation", "cancelled on", "cancellation time", "transaction date", "cancellation day"),
    ),
    Field(
        "beneficiary",
        Name("Beneficiary", "受益方"),
        aliases=("name of beneficiary", "beneficiary name", "cancelled for", "consumer", "beneficiary organisation"),
    ),
    Field(
        "purpose",
        Name("Purpose of cancellation", "注销用途"),
        aliases=("cancellation purpose", "usage", "usage type", "type of beneficiary", "reason for cancellation"),
    ),
    Field(
        "device",
        Name("Production device", "发电设施"),
        required=True,
        aliases=(
            "production device name",
            "name of production device",
            "plant",
            "plant name",
            "power plant",
            "installation",
        ),
    ),
    Field(
        "country",
        Name("Country of production", "发电国家"),
        required=True,
        aliases=(
            "production country",
            "country of origin",
            "issuing country",
            "country",
            "domain",
            "location of production device",
        ),
    ),
    Field(
        "technology",
        Name("Technology", "技术"),
        aliases=("technology code", "type of installation", "installation type"),
    ),
    Field("source", Name("Energy source", "能源来源"), aliases=("energy source code", "fuel", "fuel code")),
    Field(
        "start",
        Name("Production period from", "发电开始日期"),
        "span",
        True,
        (
            "start of production",
            "production from",
            "production start",
            "production period start",
            "production period",
            "start of production period",
            "period from",
        ),
    ),
    Field(
        "end",
        Name("Production period to", "发电结束日期"),
        "span",
        aliases=(
            "end of production",
            "production to",
            "production end",
            "production period end",
            "end of production period",
            "period to",
        ),
    ),
    Field(
        "commissioned",
        Name("Operational since", "投产日期"),
        "moment",
        aliases=(
            "date of operation",
            "commissioning date",
            "date the device became operational",
            "operational date",
            "date of commissioning",
        ),
    ),
    Field("expires", Name("Expiry date", "到期日期"), "moment", aliases=("date of expiry", "expires on")),
    Field("note", Name("Note", "备注"), aliases=("notes", "comment")),
)


def _make(said: Said) -> Instrument:
    words = text_of(said, "technology", "source")
    return replace(
        certificate_of(said, from_to(said), market=country_of(said["country"]), scheme="GO"),
        technology=technology_of(words) if words else "",
        generator=said["device"],
        retired=day_of(said, "cancelled"),
    )


def _numbers(said: Said) -> tuple[Serials, ...]:
    return agreeing(printed(said["first"], said["last"]), said["energy"])


LAYOUT = Layout(
    key="aib_go",
    title=T("European guarantees of origin, cancellations (EECS)"),
    seen="Descriptions of the EECS cancellation statement alone",
    fields=FIELDS,
    marks=(("cancelled",), ("first",), ("last",), ("device",)),
    make=_make,
    numbers=_numbers,
    quantity=lambda said: Decimal(said["energy"]),
    single=("first", "last", "energy"),
    unit="MWh",
)
