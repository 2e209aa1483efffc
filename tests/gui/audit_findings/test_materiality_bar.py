"""The bar of misstatements: what it shows is what the ledger says, readable without colour and without eyes."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from core.audit.misstatements import Misstatements, misstatements
from core.ledger import Ledger
from gui import theme
from gui.audit_findings.materiality_bar import (
    FIXED,
    FOUND,
    PROJECTED,
    WAITING,
    BarFigures,
    MaterialityBar,
    Side,
    figures_of,
    signed,
    swatch,
)
from gui.language import set_language
from tests.core.audit.finding_samples import finding, inventory_of, ledger_of
from tests.core.audit.test_misstatements import EVERYTHING, read
from tests.gui.walk import clipped

BOTH = read(
    finding(effect=Decimal("1.2")),
    finding("fi00002", effect=Decimal("-0.6"), activities=("gas",)),
    finding("fi00003", effect=Decimal("2.6"), status="closed", treatment="corrected"),
)
NOTHING = read()


@pytest.fixture
def bar(qtbot: QtBot) -> MaterialityBar:
    made = MaterialityBar()
    qtbot.addWidget(made)
    made.resize(900, 180)
    made.show_misstatements(NOTHING)
    made.show()
    return made


def drawn(bar: MaterialityBar) -> QImage:
    QApplication.processEvents()
    return bar.canvas.grab().toImage()


def words(bar: MaterialityBar) -> str:
    QApplication.processEvents()  # until then new labels are not laid out
    return "\n".join(one.text() for one in bar.findChildren(QLabel) if one.isVisible())


def test_the_figures_are_those_of_the_total_that_governs() -> None:
    found = figures_of(BOTH, (Decimal(3), Decimal(4)))
    assert BOTH.governs == "location"
    assert found.over == Side(Decimal("1.2"), Decimal(0), Decimal(3), Decimal("2.6"))
    assert found.under == Side(Decimal("0.6"), Decimal(0), Decimal(4), Decimal(0))
    assert (found.materiality, found.net) == (BOTH.materiality, Decimal("0.6"))


def test_the_figures_add_up_to_the_ledger() -> None:
    projected = finding(sample="sa00001", projected=True, effect=Decimal("0.4"))
    for one in (BOTH, NOTHING, read(EVERYTHING, projected, finding("fi00002", effect=Decimal(-6), activities=()))):
        found = figures_of(one)
        assert abs(found.over.left - one.overstated) < Decimal("1e-8")
        assert abs(found.under.left - one.understated) < Decimal("1e-8")
        assert abs(found.over.projected + found.under.projected - one.projected) < Decimal("1e-8")
        assert abs(found.net - one.net) < Decimal("1e-8")


def test_it_says_in_words_what_it_draws(bar: MaterialityBar) -> None:
    assert "Not material: no misstatement is left." in words(bar)
    bar.show_misstatements(BOTH, (Decimal(3), Decimal(0)))
    seen = words(bar)
    for text in ("Found, not corrected", "−0.6000 / +1.20", "\n+3.00", "\n+2.60", "+0.6000", "t CO₂e"):
        assert text in seen, text
    spoken = bar.accessibleDescription()
    assert "Not material: 1.2 t CO₂e in one direction" in spoken
    assert "Too much reported: found 1.20, projected 0, not a finding yet 3.00, corrected 2.60." in spoken
    assert "Too little reported: found 0.6000" in spoken
    assert bar.accessibleName()


def test_material_is_said_and_marked(bar: MaterialityBar) -> None:
    before = drawn(bar)
    bar.show_misstatements(read(finding(effect=Decimal(40))))
    assert "Material: " in words(bar)
    bad = theme.colour("bad").rgb()
    assert bad not in pixels(before)
    assert bad in pixels(drawn(bar))


def test_nobody_audits(bar: MaterialityBar) -> None:
    ledger = ledger_of(finding())
    without = Ledger({**ledger.records, "engagement": {}})
    bar.show_misstatements(misstatements(without, inventory_of(without), 2023))
    assert "nobody audits the year yet" in words(bar)
    assert bar.figures.over.found == Decimal("5.8644")
    drawn(bar)


def pixels(image: QImage) -> set[int]:
    return {image.pixel(x, y) for x in range(image.width()) for y in range(image.height())}


def test_too_much_stands_right_and_too_little_left(bar: MaterialityBar) -> None:
    for one, side in ((Side(Decimal(2)), "over"), (Side(Decimal(2)), "under")):
        bar.canvas.show_figures(BarFigures(**{side: one}, materiality=Decimal(3)))
        image = drawn(bar)
        ink = theme.tokens().series[2 if side == "over" else 1]
        hits = [x for x in range(image.width()) if image.pixelColor(x, image.height() // 2 - 4).name() == ink]
        middle = image.width() / 2
        assert hits
        assert (min(hits) >= middle - 2) if side == "over" else (max(hits) <= middle + 2)


@pytest.mark.parametrize("name", ["light", "dark"])
def test_parts_are_told_apart_without_colour(bar: MaterialityBar, dressed: QApplication, name: str) -> None:
    """Each pattern covers another share of its box; the net is a diamond."""
    theme.apply(dressed, name)
    try:
        covered = {}
        for pattern in (FOUND, PROJECTED, WAITING, FIXED):
            image = swatch(pattern).toImage()
            opaque = [image.pixelColor(x, y).alpha() > 127 for x in range(image.width()) for y in range(image.height())]
            covered[pattern] = sum(opaque) / len(opaque)
        ordered = sorted(covered.values())
        assert all(after - before > 0.05 for before, after in pairwise(ordered)), covered
    finally:
        theme.apply(dressed, "light")


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("found", [BOTH, NOTHING], ids=["both", "nothing"])
def test_it_has_room_for_its_words(qtbot: QtBot, lang: str, found: Misstatements) -> None:
    set_language(lang)
    made = MaterialityBar()
    qtbot.addWidget(made)
    made.show_misstatements(found, (Decimal(12345), Decimal(12345)))
    made.resize(820, 200)
    made.show()
    qtbot.wait(10)
    assert clipped(made) == []


def test_signs() -> None:
    assert [signed(Decimal(value)) for value in ("0", "1.5", "-1.5")] == ["0", "+1.50", "−1.50"]
