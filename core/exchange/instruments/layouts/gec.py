"""China, green electricity certificates (绿证): lists of the national system and of the trading platforms.

One certificate is 1 MWh. Its code has 32 places, of which the last tell the class of the electricity and of the trade,
so that certificates that follow each other do not have consecutive numbers: codes stay single.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from core.errors import UserError
from core.exchange.instruments.layouts._numbers import agreeing, gec
from core.exchange.instruments.layouts._types import Layout, Said, certificate_of, day_of, one_of, text_of
from core.exchange.instruments.layouts._words import technology_of
from core.exchange.tables import Field
from core.i18n import Name, T, verbatim
from core.instruments import Serials
from core.ledger import Instrument
from core.library.units import normal

TRADABLE = {
    "可交易": "GEC",
    "可交易绿证": "GEC",
    "是": "GEC",
    "tradable": "GEC",
    "yes": "GEC",
    "不可交易": "GEC-NT",
    "不可交易绿证": "GEC-NT",
    "否": "GEC-NT",
    "nontradable": "GEC-NT",
    "no": "GEC-NT",
}
FIELDS = (
    Field(
        "serials",
        Name("GEC number", "绿证编号"),
        "serial",
        aliases=("绿证编码", "证书编号", "证书编码", "绿证号", "绿证代码", "GEC No.", "GEC code", "GEC numbers"),
    ),
    Field(
        "first",
        Name("First GEC number", "起始绿证编号"),
        "serial",
        aliases=("起始编号", "起始编码", "绿证起始编号", "绿证起始编码", "证书起始编号", "Start GEC number"),
    ),
    Field(
        "last",
        Name("Last GEC number", "终止绿证编号"),
        "serial",
        aliases=("终止编号", "结束编号", "终止编码", "绿证终止编号", "绿证结束编号", "证书终止编号", "End GEC number"),
    ),
    Field(
        "count",
        Name("Number of GECs", "绿证数量"),
        "count",
        aliases=(
            "证书数量",
            "数量",
            "绿证张数",
            "绿证个数",
            "张数",
            "个数",
            "核销数量",
            "注销数量",
            "number of certificates",
        ),
    ),
    Field(
        "energy",
        Name("Electricity", "电量"),
        "energy",
        aliases=("对应电量", "绿证电量", "上网电量", "发电量", "核销电量", "注销电量", "GEC electricity"),
    ),
    Field("unit", Name("Unit", "单位"), aliases=("电量单位", "计量单位")),
    Field("project", Name("Project", "项目名称"), aliases=("发电项目", "发电项目名称", "电站名称", "project name")),
    Field(
        "company", Name("Generator", "发电企业"), aliases=("发电企业名称", "企业名称", "项目业主", "power generator")
    ),
    Field(
        "month",
        Name("Month of generation", "电量生产年月"),
        "span",
        required=True,
        aliases=(
            "生产年月",
            "电量生产日期",
            "电量生产月份",
            "发电年月",
            "发电月份",
            "生产月份",
            "电量所属年月",
            "电量所属月份",
            "production month",
            "generation month",
        ),
    ),
    Field(
        "technology",
        Name("Kind of energy", "能源类型"),
        aliases=("可再生能源类型", "发电类型", "项目类型", "电源类型", "energy type", "technology"),
    ),
    Field(
        "tradable",
        Name("Tradable", "交易属性"),
        aliases=("是否可交易", "绿证类型", "证书类型", "绿证类别", "交易类型", "类型", "GEC type", "type"),
    ),
    Field(
        "retired",
        Name("Retired on", "核销日期"),
        "moment",
        aliases=("核销时间", "注销日期", "注销时间", "retirement date", "cancellation date"),
    ),
    Field(
        "beneficiary",
        Name("Retired for", "核销主体"),
        aliases=(
            "核销企业",
            "核销单位",
            "注销主体",
            "注销企业",
            "使用主体",
            "使用方",
            "受益方",
            "受益主体",
            "retirement entity",
            "beneficiary",
        ),
    ),
    Field("purpose", Name("Purpose", "核销用途"), aliases=("用途", "注销用途", "使用用途", "核销目的")),
    Field("supplier", Name("Seller", "卖方"), aliases=("售方", "卖方名称", "出让方", "售电公司")),
    Field(
        "commissioned", Name("In operation since", "投产日期"), "moment", aliases=("并网日期", "投产时间", "并网时间")
    ),
    Field(
        "expires",
        Name("Valid until", "有效期至"),
        "moment",
        aliases=("有效期截止日期", "有效期", "到期日期", "失效日期"),
    ),
    Field("note", Name("Remark", "备注")),
)


def _make(said: Said) -> Instrument:
    technology, scheme = _classes(said)
    return replace(
        certificate_of(said, said["month"], market="CN", scheme=scheme),
        supplier=text_of(said, "supplier"),
        technology=technology,
        generator=text_of(said, "project", "company"),
        retired=day_of(said, "retired"),
    )


def _classes(said: Said) -> tuple[str, str]:
    """Technology and scheme; ``类型`` alone may say the one or the other. Platforms list tradable ones only."""
    kinds = {key: said[key] for key in ("technology", "tradable") if key in said}
    schemes = {key: TRADABLE[normal(word)] for key, word in kinds.items() if normal(word) in TRADABLE}
    rest = [word for key, word in kinds.items() if key not in schemes]
    if len(schemes) > 1 or len(rest) > 1:
        raise UserError(
            T("“{value}” says neither 可交易 nor 不可交易.", value=verbatim(text_of(said, "tradable")[:40])),
            T("Write 可交易 or 不可交易, tradable or non-tradable."),
        )
    return technology_of(rest[0]) if rest else "", next(iter(schemes.values()), "GEC")


def _numbers(said: Said) -> tuple[Serials, ...]:
    if "serials" in said:
        return _counted(gec(said["serials"]), said)
    if "first" not in said:
        raise UserError(T("The row has no serial number."), T("Export the list with the codes of the certificates."))
    last = said.get("last", "")
    return _counted(gec(f"{said['first']} – {last}" if last and last != said["first"] else said["first"]), said)


def _counted(numbers: tuple[Serials, ...], said: Said) -> tuple[Serials, ...]:
    """As many as the row says, where it counts certificates and not energy."""
    return agreeing(numbers, Decimal(said["count"])) if "count" in said else numbers


def _quantity(said: Said) -> Decimal:
    count, energy = said.get("count"), said.get("energy")
    if count is not None and energy is not None and count != energy:
        raise UserError(
            T("{count} certificates are as many MWh, but the row says {energy} MWh.", count=count, energy=energy),
            T("Export the file again; one of the two was altered."),
        )
    found = one_of(said, "count", "energy")
    if found is None:
        raise UserError(T("The quantity is missing."), T("Fill it in, or delete the row."))
    return Decimal(found)


LAYOUT = Layout(
    key="gec",
    title=T("Chinese green electricity certificates (GEC)"),
    seen="Parts of the code: an explanation published in 2025; headings from descriptions and usual wording alone",
    fields=FIELDS,
    marks=(("serials", "first"), ("month",), ("count", "energy")),
    make=_make,
    numbers=_numbers,
    quantity=_quantity,
    single=("serials", "first", "last", "count", "energy"),
)
