"""What came of a site walk: its sheet and its pictures, kept as evidence in one undoable change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from core.audit.walk import Stop, Walked
from core.blob import Content
from core.errors import UserError
from core.exchange.ids import next_ids
from core.exchange.proofs import Proof, proof_of
from core.i18n import T, Text
from core.inventory import Inventory
from core.ledger import Ledger, Step

PHOTO, MINUTES = "meter_photo", "minutes"


@dataclass(frozen=True, slots=True)
class WalkChange:
    """One change and what is kept with it."""

    why: Text
    steps: tuple[Step, ...]
    data: tuple[Content, ...] = field(repr=False)
    """Blobs, to be appended with the change."""


def keeping_walk(
    ledger: Ledger,
    inventory: Inventory,
    stops: Sequence[Stop],
    walked: Walked,
    sheet: bytes,
    photos: Mapping[str, Sequence[Proof]],
) -> WalkChange:
    """Keep the sheet and the pictures of a walk.

    Parameters
    ----------
    ledger, inventory
        now; a picture of a meter is linked to the records of the year that the meter counts.
    stops
        that were walked.
    walked
        what was done; its day and people stand in the remarks.
    sheet
        the filled sheet as PDF.
    photos
        id of a meter or ``@`` with the location, and the pictures.

    Raises
    ------
    UserError
        without a day, or when nothing was done.
    """
    if walked.day is None:
        raise UserError(T("It is not said when the walk was."), T("Enter its day."))
    if not (walked.done or walked.readings or walked.notes or any(photos.values())):
        raise UserError(T("Nothing was ticked, read, noted or photographed."), T("Do so before you save the walk."))
    day = walked.day.isoformat()
    minutes = replace(proof_of(f"site-walk-{day}.pdf", sheet, MINUTES), start=day, end=day, note=", ".join(walked.who))
    linked: dict[str, tuple[Proof, tuple[str, ...]]] = {minutes.sha256: (minutes, ())}
    meters = {one.meter.id: one.meter for stop in stops for one in stop.meters}
    for place, taken in photos.items():
        meter = meters.get(place)
        records = [] if meter is None or not meter.source else [
            one.id for one in inventory.activities if one.source == meter.source and meter.item in ("", one.item)
        ]  # fmt: skip
        name = place.removeprefix("@") if meter is None else f"{meter.name} {meter.serial}".strip()
        for one in taken:
            if one.sha256 not in linked:
                said = replace(one, kind=PHOTO, start=day, end=day, note=name)
                linked[one.sha256] = (said, tuple(records))
    held = {one.sha256 for one in ledger.evidence if one.kind != "import"}
    fresh = [pair for digest, pair in linked.items() if digest not in held]
    keys = next_ids(ledger, len(fresh), "evidence")
    steps = tuple(
        Step("evidence", key, None, one.record(key, ids)) for key, (one, ids) in zip(keys, fresh, strict=True)
    )
    pictures = sum(one.kind == PHOTO for one, _ in fresh)
    why = T("Site walk of {day}: {count} tasks done, {photos} pictures", day=walked.day, count=len(walked.done),
            photos=pictures)  # fmt: skip
    return WalkChange(why, steps, tuple(one.data for one, _ in fresh))
