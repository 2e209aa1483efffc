"""Words of registries in English and Chinese: technologies, countries, kinds, schemes."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from core.errors import UserError
from core.i18n import Name, T, verbatim
from core.library.places import countries
from core.library.units import normal

TECHNOLOGIES: Mapping[str, Name] = {
    "solar": Name("Solar", "太阳能"),
    "wind": Name("Wind", "风电"),
    "hydro": Name("Hydro", "水电"),
    "biomass": Name("Biomass", "生物质能"),
    "geothermal": Name("Geothermal", "地热能"),
    "marine": Name("Marine", "海洋能"),
    "nuclear": Name("Nuclear", "核电"),
    "mixed": Name("Mixed", "混合"),
}
KINDS: Mapping[str, Name] = {
    "certificate": Name("Certificates", "证书"),
    "ppa_physical": Name("PPA, physical", "物理购电协议"),
    "ppa_virtual": Name("PPA, virtual", "虚拟购电协议"),
    "green_tariff": Name("Green tariff", "绿色电价套餐"),
    "direct_line": Name("Direct line", "直连线路"),
    "on_site": Name("Generation on site", "自发自用"),
}
ATTRIBUTES: Mapping[str, Name] = {
    "with": Name("With attributes", "含环境属性"),
    "without": Name("Without attributes", "不含环境属性"),
}
SCHEMES = ("GEC", "GEC-NT", "I-REC", "GO", "REC", "REGO")
_ALSO: Mapping[str, tuple[str, ...]] = {
    "solar": (
        "pv",
        "solarpv",
        "photovoltaic",
        "solarphotovoltaic",
        "photovoltaics",
        "sun",
        "光伏",
        "光伏发电",
        "太阳能发电",
        "集中式光伏",
        "分布式光伏",
        "光热",
        "光热发电",
        "concentratedsolar",
    ),
    "wind": (
        "onshorewind",
        "offshorewind",
        "onshore",
        "offshore",
        "windonshore",
        "windoffshore",
        "风力",
        "风力发电",
        "风能",
        "陆上风电",
        "海上风电",
        "集中式风电",
        "分散式风电",
    ),
    "hydro": (
        "hydropower",
        "hydroelectric",
        "water",
        "largehydro",
        "smallhydro",
        "microhydro",
        "runofriver",
        "hydro20mwdncorless",
        "水力",
        "水力发电",
        "常规水电",
    ),
    "biomass": (
        "biogas",
        "landfillgas",
        "sewagegas",
        "fuelled",
        "biomass50kwdncorless",
        "biogenic",
        "wood",
        "biodiesel",
        "生物质",
        "生物质发电",
        "沼气",
        "垃圾发电",
        "垃圾焚烧发电",
        "农林生物质",
    ),
    "geothermal": ("地热", "地热发电"),
    "marine": ("ocean", "tidal", "wave", "海洋能发电", "潮汐能"),
    "nuclear": ("核能", "核电站"),
    "mixed": ("various", "多种", "风光", "风光互补"),
}
_KINDS_ALSO: Mapping[str, tuple[str, ...]] = {
    "certificate": ("certificate", "rec", "eac", "绿证", "绿色电力证书"),
    "ppa_physical": ("ppaphysical", "ppa", "physicalppa", "绿电交易", "购电协议"),
    "ppa_virtual": ("ppavirtual", "virtualppa", "vppa", "虚拟ppa"),
    "green_tariff": ("greentariff", "绿电套餐"),
    "direct_line": ("绿电直连", "directline", "直连"),
    "on_site": ("onsite", "onsitegeneration", "自有光伏"),
}
_SCHEMES_ALSO: Mapping[str, tuple[str, ...]] = {
    "GEC": ("gec", "gec,tradable(china)", "绿证", "可交易绿证", "中国绿证", "tradablegec"),
    "GEC-NT": ("gecnt", "gec,nottradable(china)", "不可交易绿证", "nontradablegec"),
    "I-REC": ("irec", "irec(e)", "国际绿证"),
    "GO": ("go", "go(europe)", "eecsgo", "guaranteeoforigin", "guaranteesoforigin", "来源担保"),
    "REC": ("rec", "usrec", "rec(northamerica)"),
    "REGO": ("rego", "rego(greatbritain)"),
}
_COUNTRIES_ALSO: Mapping[str, str] = {
    "uk": "GB",
    "greatbritain": "GB",
    "england": "GB",
    "scotland": "GB",
    "wales": "GB",
    "northernireland": "GB",
    "englandandwales": "GB",
    "usa": "US",
    "unitedstatesofamerica": "US",
    "chinamainland": "CN",
    "mainlandchina": "CN",
    "中国大陆": "CN",
    "prchina": "CN",
    "czechrepublic": "CZ",
    "turkey": "TR",
    "vietnam": "VN",
    "korea": "KR",
    "southkorea": "KR",
    "republicofkorea": "KR",
    "el": "GR",
    "taiwan": "TW",
    "hongkong": "HK",
}


@cache
def _known(which: str) -> dict[str, str]:
    names = {"technology": TECHNOLOGIES, "kind": KINDS, "attributes": ATTRIBUTES, "scheme": {}}[which]
    also = {"technology": _ALSO, "kind": _KINDS_ALSO, "attributes": {}, "scheme": _SCHEMES_ALSO}[which]
    keys = SCHEMES if which == "scheme" else tuple(names)
    found: dict[str, str] = {}
    for key in keys:
        own = names.get(key)
        for word in (key, *((own.en, own.zh) if own else ()), *also.get(key, ())):
            found[normal(word)] = key
    return found


@cache
def _country_codes() -> dict[str, str]:
    return {
        **dict(_COUNTRIES_ALSO),
        **{normal(word): code for code, name in countries().items() for word in (code, name.en, name.zh)},
    }


def technology_of(text: str) -> str:
    """The key of a technology, from the word of a registry or a code of the EECS rules (``T010100``).

    Raises
    ------
    UserError
        for what is neither renewable nor nuclear, or not known.

    Examples
    --------
    >>> technology_of("Solar - Photovoltaic - Classic silicon"), technology_of("风电")
    ('solar', 'wind')
    """
    known = _known("technology")
    word = normal(text)
    parts = (text, *text.replace("：", ":").replace("/", ":").replace(",", ":").replace(" - ", ":").split(":"))
    for part in parts:
        if found := known.get(normal(part.partition("(")[0])):
            return found
    if word[:3] in _EECS and word[1:7].isdigit():
        return _EECS[word[:3]]
    for key in ("solar", "wind", "hydro", "geothermal", "nuclear"):
        if word.startswith(key):
            return key
    raise UserError(
        T("“{value}” is no technology of renewable or nuclear electricity that is known.", value=verbatim(text[:40])),
        T("Write one of: {known}.", known=list(TECHNOLOGIES.values())),
    )


_EECS = {"t01": "solar", "t02": "wind", "t03": "hydro", "t04": "marine", "t06": "nuclear"}
"""First two digits of the type of installation in the fact sheets of the EECS rules; thermal plants need the word."""


def country_of(text: str) -> str:
    """A country from its code, or its name in either language.

    Raises
    ------
    UserError
        for anything else.

    Examples
    --------
    >>> country_of("Scotland"), country_of("中国")
    ('GB', 'CN')
    """
    found = _country_codes().get(normal(text))
    if found is None:
        raise UserError(
            T("“{value}” is no country.", value=verbatim(text[:40])), T("Write its code of ISO 3166-1, like CN or DE.")
        )
    return found


def chosen(which: str, text: str) -> str:
    """The key of a kind, a scheme or of whom the attributes belong to.

    Raises
    ------
    UserError
        for a word that is none.
    """
    found = _known(which).get(normal(text))
    if found is None:
        known = list({"kind": KINDS, "attributes": ATTRIBUTES}[which].values()) if which != "scheme" else list(SCHEMES)
        raise UserError(
            T("“{value}” is not known here.", value=verbatim(text[:40])), T("Write one of: {known}.", known=known)
        )
    return found
