"""Short labels of categories and rows, in one place that window, report and command line share.

They are our own words: the standards name the same things at length.
"""

from __future__ import annotations

from core.i18n import Name, T, Text

CATEGORY_TITLES: dict[int, Name] = {
    1: Name("Bought goods and services", "外购商品和服务"),
    2: Name("Capital goods", "资本货物"),
    3: Name("Upstream of fuels and energy", "燃料和能源的上游"),
    4: Name("Inbound and paid transport", "上游运输和配送"),
    5: Name("Waste of operations", "运营产生的废弃物"),
    6: Name("Business travel", "商务差旅"),
    7: Name("Commuting", "员工通勤"),
    8: Name("Leased assets, as lessee", "租入资产"),
    9: Name("Outbound transport not paid by us", "下游运输和配送"),
    10: Name("Processing of sold products", "售出产品的加工"),
    11: Name("Use of sold products", "售出产品的使用"),
    12: Name("End of life of sold products", "售出产品的报废处理"),
    13: Name("Leased assets, as lessor", "租出资产"),
    14: Name("Franchises", "特许经营"),
    15: Name("Investments", "投资"),
}
"""Of scope 3."""

WITHOUT_CATEGORY = Name("Without category", "未归类")

NATURE_TITLES: dict[str, Name] = {
    "stationary": Name("Stationary combustion", "固定燃烧"),
    "mobile": Name("Mobile combustion", "移动燃烧"),
    "process": Name("Process emissions", "过程排放"),
    "waste": Name("Waste and waste water", "废弃物与废水处理"),
    "fugitive": Name("Leaks", "逸散排放"),
    "electricity": Name("Electricity", "电力"),
    "heat": Name("Heat, steam, cooling and air", "热力、蒸汽、冷量与压缩空气"),
}

ISO_TITLES: dict[int, Name] = {
    1: Name("Direct emissions", "直接排放"),
    2: Name("Imported energy", "输入能源"),
    3: Name("Transport", "运输"),
    4: Name("What the organisation buys and uses", "组织使用的产品和服务"),
    5: Name("Use of what the organisation sells", "组织售出产品的使用"),
    6: Name("Other sources", "其他来源"),
}

ISO_PART_TITLES: dict[str, Name] = {
    "1.1": NATURE_TITLES["stationary"],
    "1.2": NATURE_TITLES["mobile"],
    "1.3": NATURE_TITLES["process"],
    "1.4": Name("Leaks and waste treatment", "逸散与废弃物处理"),
    "2.1": Name("Imported electricity", "输入电力"),
    "2.2": Name("Other imported energy", "输入热力等其他能源"),
    "3.1": Name("Transport towards the organisation", "上游货物运输"),
    "3.2": Name("Transport away from the organisation", "下游货物运输"),
    "3.3": Name("Commuting", "员工通勤"),
    "3.5": Name("Business travel", "商务差旅"),
    "4.1": Name("Bought goods, services and upstream of energy", "外购商品、服务及能源上游"),
    "4.2": Name("Capital goods", "资本货物"),
    "4.3": Name("Waste", "废弃物处置"),
    "4.4": Name("Assets in use that others own", "租入资产的使用"),
    "5.1": Name("Use and processing of products", "产品的使用与加工"),
    "5.2": Name("Assets and brands that others run", "租出资产与特许经营"),
    "5.3": Name("End of life of products", "产品报废处理"),
    "5.4": Name("Investments", "投资"),
    "6.1": Name("Other", "其他"),
    "market": Name("Imported energy, market-based (stated beside)", "输入能源（基于市场，另列）"),
    "exported": Name("Exported energy (memo, in no total)", "输出能源（备注项，不计入合计）"),
    "avoided": Name("Avoided by own generation (memo, in no total)", "自有发电避免排放量（备注项，不计入合计）"),
}

GBT_TITLES: dict[str, Name] = {
    "combustion": Name("Fuel combustion", "燃料燃烧排放"),
    "process": Name("Process emissions", "过程排放"),
    "waste": Name("Waste and waste water", "废弃物处理排放"),
    "fugitive": Name("Leaks", "逸散排放"),
    "purchased_electricity": Name("Purchased electricity", "购入电力对应的排放"),
    "purchased_heat": Name("Purchased heat", "购入热力对应的排放"),
    "exported_electricity": Name("Exported electricity", "输出电力对应的排放"),
    "exported_heat": Name("Exported heat", "输出热力对应的排放"),
    "purchased_other": Name("Purchased cooling, compressed air (beside)", "购入冷量与压缩空气（不计入）"),
    "not_applied": Name("Other figure of the same purchased energy", "同一购入能源的另一核算结果（不计入）"),
    "outside": Name("Outside of this standard (value chain, avoided)", "不属于本标准范围（价值链、避免排放量）"),
}

COMPONENT_TITLES: dict[str, Name] = {
    "ncv": Name("Net calorific value", "低位发热量"),
    "carbon": Name("Carbon content", "单位热值含碳量"),
    "oxidation": Name("Oxidation rate", "碳氧化率"),
    "density": Name("Density", "密度"),
    "factor": Name("Emission factor", "排放因子"),
    "parameter": Name("Parameter", "参数"),
    "other_gases": Name("Factor of CH4 and N2O (beside)", "CH4、N2O排放因子（另列）"),
    "biomass": Name("Share of biomass", "生物质比例"),
}

APPROACH_TITLES: dict[str, Text] = {
    "supplier_specific": T("supplier-specific"),
    "average_data": T("average data"),
    "spend_based": T("spend-based"),
    "distance_based": T("distance-based"),
    "waste_type": T("by type of waste"),
    "fuel_based": T("fuel-based"),
    "site_specific": T("site-specific"),
}
"""How scope 3 is calculated, by the approach of a method."""
