"""What the complete plant makes: two products with footprints and one without, every kind of line, four keys.

Every figure is invented.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from core.ledger import AllocationKey, Component, Leg, Output, Product, Record

D = Decimal
YEAR = (date(2023, 1, 1), date(2023, 12, 31))


def produced() -> tuple[Record, ...]:
    """All of it."""
    return (*_products(), *_materials(), *_ways(), *_keys())


def _products() -> Iterator[Record]:
    yield Product(
        "pd1", "Damper strut 减振器支柱", "ST-100", "piece", D("3.2"), "CPC 49129", "Front axle 前桥", D(0), D(0)
    )
    yield Product("pd2", "Brake disc 制动盘", "BD-7", "piece", D("7.5"))
    yield Product("pd3", "Prototype 样件")
    yield Output("ou1", "pd1", *YEAR, D(900_000))
    yield Output("ou2", "pd2", date(2022, 7, 1), date(2023, 6, 30), D(365_000))


def _materials() -> Iterator[Record]:
    yield Component("cp1", "pd1", "Tube 钢管", D("2.6"), "kg", "steel")
    yield Component("cp2", "pd1", "Spring 弹簧", D(1), "piece", "", D("3.1"), "Spring works 弹簧厂, PCF 2023-07", True)
    yield Component("cp3", "pd2", "Casting 铸件", D("8.1"), "kg", "", D("1.9"), "worldsteel, 2023")


def _ways() -> Iterator[Record]:
    yield Leg("lg1", "pd1", "Tube works to plant 钢管厂至工厂", "inbound", "truck", D(300), D("2.6"))
    yield Leg("lg2", "pd1", "Plant to customer 工厂至客户", "outbound", "truck", D(900))


def _keys() -> Iterator[Record]:
    yield AllocationKey("ak1", "", "mass", (), "Presses and ovens work by mass 压机和炉子随质量")
    yield AllocationKey("ak2", "Welding shop 焊接车间", "own", (("pd1", "1"),), "Only struts are welded 只焊支柱")
    yield AllocationKey("ak3", "Company cars 公务车", "none", (), "Sales 销售")
    yield AllocationKey("ak4", "Nowhere 不存在", "pieces", (), "A source that emits nothing 没有排放的排放源")
