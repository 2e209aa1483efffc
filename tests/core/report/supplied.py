"""Who delivers to the complete plant, what they signed, and what they declared of minerals. All is invented."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from core.ledger import Evidence, MineralDeclaration, Record, Supplier, Undertaking
from tests.core.minerals.declared import cmrt, emrt

D = Decimal
LETTER = Evidence(
    "letter", "Code of conduct, signed 供应商行为准则（已签）.pdf", "other", "5c" * 32, 8_000, "application/pdf"
)


def supplied() -> tuple[Record, ...]:
    """Five that deliver and one that does not any more."""
    return (LETTER, *_suppliers(), *_undertakings(), *_declarations())


def _suppliers() -> tuple[Record, ...]:
    return (
        Supplier("su00001", "Weld Wire Ltd 焊丝公司", "CN", "V-1", "Wire", D(880_000), "CNY", "low", minerals=True,
                 contact="wang@weld.example"),
        Supplier("su00002", "Sensor GmbH", "DE", "V-2", "Sensors", D(1_320_000), "CNY", "", minerals=True),
        Supplier("su00003", "Steel works 钢厂", "CN", "V-3", "Tube", D(26_400_000), "CNY", "high"),
        Supplier("su00004", "Valve Inc", "US", "V-4", "Valves", D(40_000), "USD", "medium", minerals=True),
        Supplier("su00005", "Paper Co 纸业", "CN", risk="low"),
        Supplier("su00006", "Gone Ltd", "CN", spend=D(1), currency="CNY", until="2024-12-31"),
    )  # fmt: skip


def _undertakings() -> tuple[Record, ...]:
    return (
        Undertaking("un00001", "su00003", "code_of_conduct", "2024-06", date(2025, 3, 1), "Chen Min 陈敏", "2028-02-29",
                    ("letter",)),
        Undertaking("un00002", "su00001", "code_of_conduct", "2021-01", date(2021, 3, 1), valid_to="2024-02-29"),
        Undertaking("un00003", "su00004", "ungc", "2024", date(2025, 1, 10)),
        Undertaking("un00004", "su00004", "code_of_conduct", "2024-06", date(2025, 1, 10)),
        Undertaking("un00005", "su00006", "ungc", "2024", date(2025, 1, 10)),
    )  # fmt: skip


def _declarations() -> tuple[Record, ...]:
    """On the day of the report: one good and one that is replaced by it, one sent back, one too old, the own one."""
    good = cmrt(company="Weld Wire Ltd", effective="2025-11-01", verdict="accepted", by="Zhao Min", smelters=())
    return tuple(
        _stays(one) for one in (
            good,
            replace(good, id="md00002", effective="2025-01-15", verdict="accepted"),
            replace(good, id="md00003", supplier="su00002", company="Sensor GmbH", verdict="sent_back",
                    reason="Two answers are missing. 两处未作答。"),
            replace(good, id="md00004", supplier="su00004", company="Valve Inc", effective="2024-06-01", verdict=""),
            emrt({"cobalt": "yes"}, id="md00005", supplier="su00001", effective="2025-12-01", smelters=()),
            replace(good, id="md00009", supplier="", company="We", verdict=""),
        )
    )  # fmt: skip


def _stays(one: MineralDeclaration) -> MineralDeclaration:
    """As a report carries it: without people."""
    header = tuple(pair for pair in one.header if not pair[0].startswith(("contact", "authoriser")))
    return replace(one, header=header)
