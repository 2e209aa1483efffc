"""What came of a walk is kept as evidence."""

from __future__ import annotations

from datetime import date

import pytest

from core.audit.walk import Walked, site_walk
from core.errors import UserError
from core.exchange.proofs import Proof, proof_of
from core.exchange.walk import WalkChange, keeping_walk
from core.inventory import compile_inventory
from core.ledger import Evidence, Ledger, Meter
from core.library import load_library
from tests.core.samples import CHOICES, PLANT, activity, year_of_bills

DAY = date(2024, 3, 1)
METER = Meter("m1", "Feeder", "electricity", "import", "kWh", serial="A-7", location="Room", source="Main meter")
LEDGER = Ledger.of([PLANT, *year_of_bills(), activity("x", source="Other"), METER])
DONE = Walked(DAY, ("Li Na",), frozenset({"meter:m1:plate"}))


def kept(walked: Walked, ledger: Ledger = LEDGER, **photos: list[Proof]) -> WalkChange:
    inventory = compile_inventory(ledger, CHOICES, load_library())
    named = {key.replace("place", "@Room"): taken for key, taken in photos.items()}
    return keeping_walk(ledger, inventory, site_walk(ledger, inventory, DAY), walked, b"%PDF sheet", named)


def test_the_sheet_and_the_pictures_are_one_change() -> None:
    photo, view = proof_of("IMG_1.jpg", b"one"), proof_of("IMG_2.jpg", b"two")
    change = kept(DONE, m1=[photo, photo], place=[view])
    sheet, meter, place = LEDGER.apply(change.steps).held(Evidence)
    assert (sheet.kind, sheet.name, sheet.note, sheet.activities) == (
        "minutes",
        "site-walk-2024-03-01.pdf",
        "Li Na",
        (),
    )
    assert (meter.kind, meter.note, meter.start, len(meter.activities)) == (
        "meter_photo",
        "Feeder A-7",
        "2024-03-01",
        12,
    )
    assert (place.kind, place.note, place.activities) == ("meter_photo", "Room", ())
    assert change.data == (b"%PDF sheet", b"one", b"two")
    assert "1 tasks done, 2 pictures" in str(change.why)


def test_what_is_kept_already_is_not_kept_twice() -> None:
    after = LEDGER.apply(kept(DONE, m1=[proof_of("IMG_1.jpg", b"one")]).steps)
    again = kept(DONE, after, m1=[proof_of("IMG_1.jpg", b"one"), proof_of("IMG_3.jpg", b"three")])
    assert again.data == (b"three",)


def test_a_walk_without_day_or_deed_is_refused() -> None:
    with pytest.raises(UserError, match="when the walk was"):
        kept(Walked(None, (), frozenset({"a"})))
    with pytest.raises(UserError, match="Nothing was ticked"):
        kept(Walked(DAY))
