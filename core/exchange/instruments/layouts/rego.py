"""UK REGO: the certificate report of Ofgem's Renewables and CHP Register. Its days are day/month/year.

Its rows may also be Renewables Obligation certificates: they are another scheme and are passed over.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from core.exchange.instruments.layouts._numbers import agreeing, rego
from core.exchange.instruments.layouts._types import Layout, NotNeeded, Said, certificate_of, text_of
from core.exchange.instruments.layouts._words import technology_of
from core.exchange.tables import Field
from core.i18n import Name, T, verbatim
from core.instruments import Serials
from core.ledger import Instrument
from core.library import EXACT
from core.library.units import normal
from core.methods import plain

RETIRED = ("redeemed", "retired")
GONE = ("revoked", "expired", "cancelled")
"""In Ofgem's words a cancelled certificate is one that was withdrawn."""
FIELDS = (
    Field("accreditation", Name("Accreditation No.", "认证编号"), required=True, aliases=("accreditation number",)),
    Field(
        "station",
        Name("Generating Station / Agent Group", "发电站"),
        required=True,
        aliases=("generating station", "station name"),
    ),
    Field("scheme", Name("Scheme", "机制")),
    Field("technology", Name("Technology Group", "技术"), aliases=("technology",)),
    Field("period", Name("Output Period", "发电期间"), "span", True),
    Field("count", Name("No. Of Certificates", "证书数量"), "count", True, ("number of certificates",)),
    Field("first", Name("Start Certificate No.", "起始证书编号"), "serial", True, ("start certificate number",)),
    Field(
        "last",
        Name("End Certificate No.", "终止证书编号"),
        "serial",
        True,
        ("finish certificate no.", "end certificate number", "finish certificate number"),
    ),
    Field("factor", Name("MWh Per Certificate", "每张证书电量"), "number", True),
    Field("status", Name("Certificate Status", "证书状态"), required=True, aliases=("status",)),
    Field("status_day", Name("Status Date", "状态日期"), "moment"),
    Field("holder", Name("Current Holder Organisation Name", "当前持有人"), aliases=("current holder",)),
)


def _make(said: Said) -> Instrument:
    if normal(said.get("scheme", "REGO")) != "rego":
        raise NotNeeded(T("The row is of the scheme {scheme}, not REGO.", scheme=verbatim(said["scheme"][:20])))
    status = normal(said["status"])
    if status in GONE:
        raise NotNeeded(T("The certificates are {status}.", status=verbatim(said["status"][:20])))
    retired = status in RETIRED
    words = text_of(said, "technology")
    return replace(
        certificate_of(said, said["period"], market="GB", scheme="REGO"),
        technology=technology_of(words) if words else "",
        generator=f"{said['station']} ({said['accreditation']})",
        retired=said["status_day"].isoformat() if retired and "status_day" in said else "",
        beneficiary=text_of(said, "holder") if retired else "",
    )


def _numbers(said: Said) -> tuple[Serials, ...]:
    return agreeing((rego(said["first"], said["last"]),), Decimal(said["count"]))


LAYOUT = Layout(
    key="rego",
    title=T("UK REGO, certificate report (Ofgem)"),
    seen="zathras777/pywind (columns and a row of the report); three public projects that read it since",
    fields=FIELDS,
    marks=(("accreditation",), ("first",), ("last",), ("factor",)),
    make=_make,
    numbers=_numbers,
    quantity=lambda said: Decimal(plain(EXACT.multiply(Decimal(said["count"]), said["factor"]))),
    single=("first", "last", "count", "factor"),
    day_first=True,
)
