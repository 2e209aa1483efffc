"""The product's own table of instruments: every field of the record, headings as the window calls them."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from core.errors import UserError
from core.exchange.instruments.layouts._numbers import printed
from core.exchange.instruments.layouts._types import LONGEST_SERIALS, NO_NUMBERS, Layout, Said, day_of, text_of
from core.exchange.instruments.layouts._words import chosen, country_of, technology_of
from core.exchange.tables import Field
from core.i18n import T
from core.instruments import Serials
from core.ledger import Instrument
from core.library.record_words import field_name

_KIND = "instrument"
_FORMS: dict[str, tuple[str, bool, tuple[str, ...], int]] = {
    "name": ("text", False, (), 28),
    "kind": ("text", False, ("type", "凭证类型"), 18),
    "scheme": ("text", False, ("certificate scheme", "证书体系", "证书种类"), 10),
    "market": ("text", True, ("country", "国家"), 9),
    "start": ("span", True, ("vintage", "production month", "产生时间", "生产年月", "start"), 13),
    "end": ("span", False, ("end", "发电截止日"), 13),
    "quantity": ("energy", True, ("volume", "electricity", "数量"), 14),
    "serials": ("serial", False, ("serial numbers", "certificates", "证书编号", "绿证编号"), 40),
    "contract": ("text", False, ("contract number", "合同编号"), 18),
    "supplier": ("text", False, ("seller", "供应商", "卖方"), 22),
    "technology": ("text", False, ("energy source", "能源类型"), 12),
    "generator": ("text", False, ("generating plant", "production device", "发电企业", "项目名称"), 26),
    "commissioned": ("moment", False, ("commissioning date", "投产日期"), 13),
    "factor": ("number", False, ("contract factor", "合同因子"), 12),
    "expires": ("moment", False, ("expiry date", "有效期至"), 13),
    "retired": (
        "moment",
        False,
        ("retirement date", "cancellation date", "redemption date", "注销日期", "核销日期"),
        13,
    ),
    "beneficiary": ("text", False, ("retired for", "注销主体", "核销主体"), 22),
    "purpose": ("text", False, ("用途",), 22),
    "attributes": ("text", False, ("attributes",), 16),
    "price": ("number", False, ("price per mwh", "单价"), 12),
    "currency": ("text", False, ("币种",), 9),
    "note": ("text", False, ("notes", "remark", "备注"), 36),
}


def _field(key: str) -> Field:
    form, required, also, width = _FORMS[key]
    longest = LONGEST_SERIALS if key == "serials" else 1000
    return Field(key, field_name(_KIND, key), form, required, (key, *also), width, longest)


FIELDS = tuple(_field(key) for key in _FORMS)
UNIT = Field("unit", field_name("activity", "unit"), aliases=("unit of energy", "电量单位"))
_TEXTS = ("name", "contract", "supplier", "generator", "beneficiary", "purpose", "note")
_WORDS: dict[str, Callable[[str], str]] = {
    "technology": technology_of,
    "market": country_of,
    "attributes": lambda word: chosen("attributes", word),
}


def _make(said: Said) -> Instrument:
    end = said["end"][1] if "end" in said else said["start"][1]
    scheme = chosen("scheme", said["scheme"]) if "scheme" in said else ""
    if "kind" in said:
        kind = chosen("kind", said["kind"])
    elif scheme:
        kind = "certificate"
    else:
        raise UserError(
            T("The kind of the instrument is missing."), T("Fill in the kind, or the scheme of the certificates.")
        )
    if kind == "certificate" and not scheme:
        raise UserError(
            T("The scheme of the certificates is missing."), T("Write GEC, GEC-NT, I-REC, GO, REC or REGO.")
        )
    words: dict[str, Any] = {key: parse(said[key]) for key, parse in _WORDS.items() if key in said}
    words |= {key: day_of(said, key) for key in ("commissioned", "expires", "retired")}
    words |= {key: text_of(said, key) for key in _TEXTS}
    return Instrument(
        id="", kind=kind, scheme=scheme, start=said["start"][0], end=end, quantity=Decimal(0),
        **words, factor=said.get("factor", Decimal(0)), price=said.get("price", Decimal(0)),
        currency=text_of(said, "currency").upper(),
    )  # fmt: skip


def _numbers(said: Said) -> tuple[Serials, ...]:
    return printed(said["serials"]) if "serials" in said else NO_NUMBERS


LAYOUT = Layout(
    key="own",
    title=T("Own table of instruments"),
    seen="This program",
    fields=(*FIELDS, UNIT),
    marks=(("market",), ("start",), ("quantity",), ("kind", "scheme")),
    make=_make,
    numbers=_numbers,
    quantity=lambda said: Decimal(said["quantity"]),
    single=("serials", "quantity"),
)
