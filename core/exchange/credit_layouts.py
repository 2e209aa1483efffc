"""Layouts of carbon credits: retirements of Verra and Gold Standard, and the own table.

Both registries print the first and the last number of a block inside its serial number; here the counted digits stand
last, as ranges are kept.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from core.errors import UserError
from core.exchange.instruments.layouts._numbers import agreeing, printed
from core.exchange.instruments.layouts._types import (
    LONGEST_SERIALS,
    NO_NUMBERS,
    Layout,
    NotNeeded,
    Said,
    day_of,
    text_of,
)
from core.exchange.instruments.layouts._words import country_of
from core.exchange.tables import Field
from core.i18n import Name, T, verbatim
from core.instruments import Serials
from core.ledger import Credit
from core.library.record_words import field_name
from core.library.units import normal

KINDS = {
    "avoidance": Name("Avoidance", "避免"),
    "reduction": Name("Reduction", "减排"),
    "removal_nature": Name("Removal by nature", "自然清除"),
    "removal_technology": Name("Removal by technology", "技术清除"),
}
QUALITIES = {
    "additional": Name("Additional", "额外性"),
    "permanent": Name("Permanent", "持久性"),
    "no_leakage": Name("Without leakage", "无泄漏"),
    "not_double_counted": Name("Not counted twice", "未重复计算"),
    "verified": Name("Verified by a third party", "经核证"),
}
REGISTRIES = {
    "verra": "VCS",
    "vcs": "VCS",
    "verifiedcarbonstandard": "VCS",
    "goldstandard": "GS",
    "gs": "GS",
    "ccer": "CCER",
}
_VCU = re.compile(r"(?P<batch>[0-9]+)-(?P<first>[0-9]+)-(?P<last>[0-9]+)-(?P<rest>VCS-.+)", re.IGNORECASE)
_GS = re.compile(
    r"(GS[0-9]+-[0-9]+-[A-Z]{2}-GS[0-9]+-[0-9]+-[0-9]{4}-[0-9]+-)(?P<first>[0-9]+)-(?P<last>[0-9]+)",
    re.IGNORECASE,
)
_NATURE = ("afforestation", "reforestation", "arr", "soilcarbon", "bluecarbon", "造林", "林业碳汇", "碳汇")
_AVOIDED = ("redd", "deforestation", "avoided")


def vcu(text: str) -> tuple[Serials, ...]:
    """A block of Verra: ``batch-first-last-VCS-…``.

    Raises
    ------
    UserError
        for anything else.

    Examples
    --------
    >>> vcu("12629-421604735-421689507-VCS-VCU-576-VER-PY-14-2498-01012020-19112020-0")[0].count
    84773
    """
    return _block(text, _VCU, lambda match: f"{match['batch']}-{match['rest'].upper()}-")


def gold(text: str) -> tuple[Serials, ...]:
    """A block of Gold Standard: ``GS1-1-country-project-product-vintage-batch-first-last``.

    Raises
    ------
    UserError
        for anything else.

    Examples
    --------
    >>> gold("GS1-1-KE-GS7495-16-2025-30645-608-30350")[0].count
    29743
    """
    return _block(text, _GS, lambda match: match[1].upper())


def _block(text: str, form: re.Pattern[str], prefix: Callable[[re.Match[str]], str]) -> tuple[Serials, ...]:
    """One range whose counted part stands inside the number."""
    match = form.fullmatch(text.strip())
    if match is None or int(match["first"]) > int(match["last"]):
        raise _no_block(text)
    return (Serials(prefix(match), int(match["first"]), int(match["last"]), len(match["first"])),)


def _no_block(text: str) -> UserError:
    return UserError(
        T("“{value}” is not a block of credits.", value=verbatim(text[:80])),
        T("Export the file again; serial numbers must be as the registry prints them."),
    )


# ---------------------------------------------------------------------- layouts

_NOT_RETIRED = T("The row is not retired.")
VERRA = Layout(
    key="verra",
    title=T("Verra registry, retired VCUs"),
    seen="Public projects that read the registry's vcus.csv: headings and a row",
    fields=(
        Field("project", Name("ID", "项目编号"), required=True, aliases=("project id",)),
        Field("name", Name("Name", "项目名称"), aliases=("project name",)),
        Field("country", Name("Country/Area", "国家"), required=True, aliases=("country", "project country/area")),
        Field("type", Name("Project Type", "项目类型")),
        Field("method", Name("Methodology", "方法学"), aliases=("protocol",)),
        Field("start", Name("Vintage Start", "监测期开始"), "moment", True, ("monitoring period start",)),
        Field("end", Name("Vintage End", "监测期结束"), "moment", aliases=("monitoring period end",)),
        Field(
            "count",
            Name("Quantity Issued", "数量"),
            "count",
            True,
            ("quantity", "quantity retired", "quantity of units"),
        ),
        Field("serials", Name("Serial Number", "序列号"), "serial", True, ("serial numbers",)),
        Field(
            "retired",
            Name("Retirement/Cancellation Date", "注销日期"),
            "moment",
            aliases=("retirement date", "date of retirement"),
        ),
        Field("beneficiary", Name("Retirement Beneficiary", "受益方"), aliases=("beneficial owner",)),
        Field("purpose", Name("Retirement Reason", "注销原因")),
        Field("note", Name("Retirement Details", "备注"), aliases=("retirement reason details",)),
    ),
    marks=(("serials",), ("retired",), ("start",)),
    make=lambda said: _registered(said, "VCS", said["end"] if "end" in said else said["start"]),
    numbers=lambda said: agreeing(vcu(said["serials"]), Decimal(said["count"])),
    quantity=lambda said: Decimal(said["count"]),
    single=("serials", "count"),
)
GOLD_STANDARD = Layout(
    key="gold_standard",
    title=T("Gold Standard impact registry, retirements"),
    seen="hyperledger-labs/blockchain-carbon-accounting: columns of the export; serial numbers in public projects",
    fields=(
        Field("project", Name("GSID", "GSID"), required=True, aliases=("GS ID", "project GSID")),
        Field("name", Name("Project Name", "项目名称"), aliases=("project",)),
        Field("country", Name("Country", "国家"), required=True, aliases=("project site country",)),
        Field("type", Name("Project Type", "项目类型")),
        Field("method", Name("Methodology", "方法学")),
        Field("vintage", Name("Vintage", "产生年份"), "number", True),
        Field("count", Name("Quantity", "数量"), "count", True),
        Field("serials", Name("Serial Number", "序列号"), "serial", True, ("serial numbers",)),
        Field("status", Name("Credit Status", "状态"), aliases=("status",)),
        Field("retired", Name("Retirement Date", "注销日期"), "moment", aliases=("retired on",)),
        Field("beneficiary", Name("Using Entity", "受益方"), aliases=("beneficiary", "retired for", "on behalf of")),
        Field("purpose", Name("Retirement Reason", "注销原因"), aliases=("purpose",)),
        Field("note", Name("Note", "备注"), aliases=("notes", "retirement note")),
    ),
    marks=(("project",), ("serials",), ("retired",), ("vintage",)),
    make=lambda said: _registered(said, "GS", date(_year(said["vintage"]), 12, 31)),
    numbers=lambda said: agreeing(gold(said["serials"]), Decimal(said["count"])),
    quantity=lambda said: Decimal(said["count"]),
    single=("serials", "count"),
)


def _registered(said: Said, registry: str, end: date) -> Credit:
    """A retired block. Lists of a registry also hold blocks of others that nobody has retired."""
    if "retired" not in said:
        raise NotNeeded(_NOT_RETIRED)
    return Credit(
        id="",
        registry=registry,
        project=" ".join(part for part in (said["project"], text_of(said, "name")) if part),
        kind=_kind_of(text_of(said, "type", "name")),
        country=country_of(said["country"]),
        vintage=end.year,
        serials="",
        quantity=Decimal(0),
        method=text_of(said, "method"),
        retired=day_of(said, "retired"),
        beneficiary=text_of(said, "beneficiary"),
        purpose=text_of(said, "purpose"),
        note=text_of(said, "note"),
    )


def _kind_of(words: str) -> str:
    """What a registry's type of project says: what is neither avoidance nor surely a removal reduces."""
    said = normal(words)
    if any(word in said for word in _AVOIDED):
        return "avoidance"
    return "removal_nature" if any(word in said for word in _NATURE) else "reduction"


def _year(number: Decimal) -> int:
    if number != int(number) or not 1990 <= number <= 2099:
        raise UserError(T("{number} is no year.", number=number), T("Write the year with four digits."))
    return int(number)


_FORMS: dict[str, tuple[str, bool, tuple[str, ...], int]] = {
    "registry": ("text", True, ("programme", "登记簿", "注册机构"), 12),
    "project": ("text", True, ("project name", "项目名称"), 30),
    "kind": ("text", True, ("type", "credit type"), 18),
    "country": ("text", True, (), 9),
    "vintage": ("number", True, ("vintage", "vintage year", "产生年份", "年份"), 10),
    "serials": ("serial", False, ("serial number", "序列号"), 40),
    "quantity": ("number", True, ("tonnes", "amount"), 14),
    "method": ("text", False, ("methodology", "方法学"), 18),
    "retired": ("moment", False, ("retirement date", "核销日期"), 13),
    "beneficiary": ("text", False, ("retired for",), 22),
    "purpose": ("text", False, (), 22),
    "year": ("number", False, (), 12),
    "price": ("number", False, (), 12),
    "currency": ("text", False, (), 9),
    "quality": ("text", False, (), 30),
    "note": ("text", False, ("notes", "remark"), 36),
}


def _field(key: str) -> Field:
    form, required, also, width = _FORMS[key]
    longest = LONGEST_SERIALS if key == "serials" else 1000
    return Field(key, field_name("credit", key), form, required, also, width, longest)


FIELDS = tuple(_field(key) for key in _FORMS)


def _own(said: Said) -> Credit:
    words: dict[str, Any] = {key: text_of(said, key) for key in ("project", "method", "beneficiary", "purpose", "note")}
    return Credit(
        id="",
        registry=REGISTRIES.get(normal(said["registry"])) or text_of(said, "registry"),
        kind=_chosen(KINDS, said["kind"]),
        country=country_of(said["country"]),
        vintage=_year(said["vintage"]),
        serials="",
        quantity=Decimal(0),
        retired=day_of(said, "retired"),
        year=_year(said["year"]) if said.get("year") else 0,
        price=said.get("price", Decimal(0)),
        currency=text_of(said, "currency").upper(),
        quality=tuple(sorted({_chosen(QUALITIES, word) for word in _words(text_of(said, "quality"))})),
        **words,
    )


def _words(text: str) -> list[str]:
    return [word.strip() for word in re.split(r"[;,；，、\n]", text) if word.strip()]


def _chosen(names: dict[str, Name], text: str) -> str:
    """Raises UserError for a word that is none."""
    known = {normal(word): key for key, name in names.items() for word in (key, name.en, name.zh)}
    if normal(text) not in known:
        raise UserError(
            T("“{value}” is not known here.", value=verbatim(text[:40])),
            T("Write one of: {known}.", known=list(names.values())),
        )
    return known[normal(text)]


def _own_numbers(said: Said) -> tuple[Serials, ...]:
    """Blocks as their registry prints them, or ranges."""
    if "serials" not in said:
        return NO_NUMBERS
    reader = {"VCS": (vcu, _VCU), "GS": (gold, _GS)}.get(REGISTRIES.get(normal(said["registry"]), ""))
    if reader is not None and reader[1].fullmatch(said["serials"].strip()):
        block: Callable[[str], tuple[Serials, ...]] = reader[0]
        return block(said["serials"])
    return printed(said["serials"])


OWN = Layout(
    key="own",
    title=T("Own table of carbon credits"),
    seen="This program",
    fields=FIELDS,
    marks=(("registry",), ("project",), ("quantity",), ("vintage",)),
    make=_own,
    numbers=_own_numbers,
    quantity=lambda said: Decimal(said["quantity"]),
    single=("serials", "quantity"),
)


@cache
def credit_layouts() -> dict[str, Layout[Credit]]:
    """The layouts by key, the own table last."""
    return {one.key: one for one in (VERRA, GOLD_STANDARD, OWN)}
