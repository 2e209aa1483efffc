"""The sheet of a site walk as PDF."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pypdfium2
import pytest

from core.audit.walk import Walked, site_walk
from core.inventory import Inventory, compile_inventory
from core.ledger import Ledger, Meter, Plant, Record
from core.library import load_library
from core.report.fonts import MissingGlyph
from core.report.letters.site_walk import site_walk_sheet
from tests.core.samples import CHOICES, activity

WHEN = datetime(2024, 3, 1, 8, tzinfo=UTC)
PLANT = Plant("张家口工厂 Zhangjiakou Plant", "CN", "CN-HE", address="Road 1")
METER = Meter("m1", "总进线 Feeder", "electricity", "import", "kWh", serial="A-7", multiplier=Decimal(6000),
              calibrated_to="2023-06-30", location="配电室", source="Main meter")  # fmt: skip


def sheet(language: str, *records: Record, walked: Walked | None = None, plant: Plant = PLANT) -> bytes:
    ledger = Ledger.of([plant, activity(), METER, *records])
    inventory: Inventory = compile_inventory(ledger, CHOICES, load_library())
    stops = site_walk(ledger, inventory, date(2024, 3, 1))
    return site_walk_sheet(stops, inventory, language=language, when=WHEN, author="Li Na", walked=walked)


def text_of(data: bytes) -> str:
    document = pypdfium2.PdfDocument(data)
    try:
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)
    finally:
        document.close()


def test_the_printed_sheet_names_the_meter_and_leaves_room() -> None:
    text = text_of(sheet("en"))
    for words in ("Site walk 2023", "Zhangjiakou Plant", "A-7", "× 6000", "2023-06-30", "ended", "配电室",
                  "Compare number, class and multiplier", "Reading now, with time", "View of the place"):  # fmt: skip
        assert words in text, words


def test_both_languages_stand_beside_each_other() -> None:
    text = text_of(sheet("both"))
    assert "察看 see" in text and "Electricity from the grid" in text and "外购电力" in text
    assert "查阅" in text_of(sheet("zh")) and "look" not in text_of(sheet("zh")).split()


def test_what_was_done_stands_in_it() -> None:
    done = Walked(date(2024, 3, 1), ("Li Na", "Zhao Lei"), frozenset({"meter:m1:plate"}), {"m1": "123456.7, 09:40"},
                  {"配电室": "The seal of the meter is broken."}, {"m1": ("IMG_7.jpg",)})  # fmt: skip
    text = text_of(sheet("en", walked=done))
    for words in ("Li Na, Zhao Lei", "123456.7, 09:40", "The seal of the meter is broken.", "IMG_7.jpg", "(1 ✓)"):
        assert words in text, words
    assert sheet("en", walked=done) != sheet("en")


def test_the_same_moment_gives_the_same_bytes() -> None:
    assert sheet("both") == sheet("both")


def test_many_places_go_on_over_pages() -> None:
    many = [
        Meter(f"n{n}", f"Meter {n}", "electricity", "consumption", "kWh", location=f"Hall {n // 9}") for n in range(40)
    ]
    document = pypdfium2.PdfDocument(sheet("en", *many))
    assert len(document) > 5
    document.close()


def test_what_no_font_has_is_refused() -> None:
    with pytest.raises(MissingGlyph):
        sheet("en", plant=Plant("Plant \U0001f600", "CN"))
