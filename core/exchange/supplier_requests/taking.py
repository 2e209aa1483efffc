"""From a checked answer to one undoable change: own factors and activity data with the workbook as their proof."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from core.blob import Content
from core.errors import UserError
from core.exchange.ids import next_ids
from core.exchange.keeping import keeping_files
from core.exchange.own_factors import issues_of
from core.exchange.proofs import is_named, proof_of, releasing
from core.exchange.supplier_lines import (
    BOUNDARIES,
    FREIGHT,
    OTHER_ITEM,
    OWN_WORKS,
    PLACES,
    SUPPLIER_SPECIFIC,
    TO_PLANT,
    weighs,
)
from core.exchange.supplier_requests.form import KEPT, request_named
from core.exchange.supplier_requests.reading import Answered, Row
from core.i18n import T, Text, verbatim
from core.inventory import Period, choices_of
from core.inventory.judging import Decision
from core.ledger import Activity, DataRequest, Evidence, Ledger, OwnFactor, Record, Step, kind_of
from core.library import EXACT, Library

GOODS_CATEGORY, FREIGHT_CATEGORY = 1, 4
_REFERENCE = re.compile(r".+/([1-9][0-9]{0,3})")
"""What records of an answer name as their proof: number of the request and line, ``dq00001/2``."""
FACTOR = "factor"
"""Parameter of activity data that names an own factor."""
FOOTPRINT_COLUMN = chr(ord("A") + len(KEPT))
AVERAGE = "material_primary"
"""Use of published factors with which a footprint is compared."""
OTHER_METHODS = ("purchased_goods", "spend", SUPPLIER_SPECIFIC)
LONGEST = 300
"""Characters of a name."""
MOST_NAMED = 10


@dataclass(frozen=True, slots=True)
class TakenUp:
    """What taking up an answer comes to, as one change."""

    why: Text
    steps: tuple[Step, ...]
    data: tuple[Content, ...] = field(repr=False)
    """Blobs, to be appended with the change."""
    notes: tuple[Text, ...] = ()
    """What a person should look at; nothing stands in the way."""


def taking_up(answered: Answered, ledger: Ledger, library: Library, day: date) -> TakenUp:
    """The one change that takes an answer up and makes activity data of it.

    Parameters
    ----------
    answered
        as it was read.
    ledger
        as it is now.
    library
        the plant's, to compare footprints with published ones.
    day
        on which the answer came.

    Raises
    ------
    UserError
        when cells were refused, or the very same file was taken up before.

    Notes
    -----
    Category 1: quantity asked × footprint stated, an own factor that only its own record names. Category 4: mass ×
    distance stated, with the published factor of the vehicle, unless delivery is part of the footprint. A footprint of
    the supplier's own works alone is kept and not counted. Each record keeps its id when a second answer comes; what
    that one does not state any more is removed.
    """
    _possible(answered)
    held, _supplier = request_named(ledger, answered.request.id)
    if held != answered.request:
        raise UserError(T("The request {id} was changed meanwhile.", id=held.id), T("Read the workbook again."))
    making = _Making(answered, ledger, day)
    after = making.done()
    why = T("Answer of {supplier} taken up; lines: {count}", supplier=verbatim(answered.supplier.name),
            count=len(answered.answers))  # fmt: skip
    return TakenUp(why, _differences(ledger, after), making.blobs, tuple(making.notes(library)))


def taking_back(ledger: Ledger, key: str) -> Decision:
    """The change that takes an answer off again with every record that came of it; what was asked stays.

    Raises
    ------
    UserError
        when there is no such request, or nobody answered it.
    """
    request, supplier = request_named(ledger, key)
    if not request.answered:
        raise UserError(T("Nobody has answered the request {id}.", id=request.id), T("Look at the list of requests."))
    factors, activities = records_of_answer(ledger, request)
    bare = replace(request, answered="", answers=(), evidence=())
    after = _without(ledger, factors, activities).apply((Step("data_request", request.id, request, bare),))
    after = _let_go(after, request.evidence)
    why = T("Answer of {supplier} taken back", supplier=verbatim(supplier.name))
    return Decision(why, _differences(ledger, after))


def records_of_answer(
    ledger: Ledger, request: DataRequest
) -> tuple[tuple[OwnFactor, ...], tuple[Activity, ...]]:  # fmt: skip
    """The own factors and activity data that came of an answer: its workbook proves them, and they name a line of it.

    They are known by the kept file, so that a copy that was merged, and calls the request otherwise, finds them too.
    """
    proofs = [one for one in ledger.evidence if one.id in request.evidence]
    ids = dict.fromkeys(key for one in proofs for key in one.activities)
    activities = tuple(
        one for key in ids
        if isinstance(one := ledger.get("activity", key), Activity) and _REFERENCE.fullmatch(one.evidence)
    )  # fmt: skip
    factors = tuple(one for one in ledger.held(OwnFactor) if one.evidence and one.evidence in request.evidence)
    return factors, activities


def line_of(activity: Activity) -> str:
    """The number of the line that a record came of; nothing of any other record."""
    match = _REFERENCE.fullmatch(activity.evidence)
    return "" if match is None else match[1]


def _possible(answered: Answered) -> None:
    name = verbatim(answered.name)
    if answered.refused:
        raise UserError(
            T("“{name}” was not taken up; refused cells: {count}. {first}", name=name,
              count=len(answered.refused), first=answered.refused[0].message),
            T("Send it back with what is wrong; nothing was changed."),
        )  # fmt: skip
    if answered.already:
        raise UserError(T("“{name}” was already taken up, as {id}.", name=name, id=answered.request.id),
                        T("Nothing needs to be done."))  # fmt: skip


# ---------------------------------------------------------------------- making


class _Making:
    """The records of an answer; those of an earlier answer to the same line give their ids."""

    def __init__(self, answered: Answered, ledger: Ledger, day: date) -> None:
        self._answered, self._ledger, self._day = answered, ledger, day
        self._request, self._supplier = answered.request, answered.supplier
        self._asked = {row[0]: row for row in self._request.asked}
        self._period: Period = choices_of(ledger.audit(self._request.year), self._request.year).period
        self._old_factors, self._old_activities = records_of_answer(ledger, self._request)
        self._kept = keeping_files(ledger, (proof_of(answered.name, answered.data, "other"),))
        self.blobs = self._kept.data
        counted, carried = (tuple(filter(which, answered.answers)) for which in (_counts, _carries))
        self.factors = self._made_factors(counted)
        goods = [self._goods(row, factor) for row, factor in zip(counted, self.factors, strict=True)]
        self.activities = self._with_ids((*goods, *map(self._freight, carried)))

    def done(self) -> Ledger:
        """The ledger after the change."""
        gone = [one for one in self._old_activities if one.id not in {made.id for made in self.activities}]
        lost = [one for one in self._old_factors if one.id not in {made.id for made in self.factors}]
        after = _without(self._kept.ledger, lost, gone)
        (file,) = self._kept.ids
        request = replace(
            self._request, answered=self._day.isoformat(), answers=self._answered.answers, evidence=(file,)
        )
        proof = after.get("evidence", file)
        assert isinstance(proof, Evidence)
        links = tuple(dict.fromkeys((*proof.activities, *(one.id for one in self.activities))))
        every: tuple[Record, ...] = (*self.factors, *self.activities, request, replace(proof, activities=links))
        after = after.apply(Step(kind_of(one), one.id, after.get(kind_of(one), one.id), one) for one in every)
        return _let_go(after, [key for key in self._request.evidence if key != file])

    def _made_factors(self, rows: Sequence[Row]) -> tuple[OwnFactor, ...]:
        """An own factor for each line; the one that an earlier record of the line names keeps its id."""
        old = {line_of(one): value for one in self._old_activities for name, value in one.parameters if name == FACTOR}
        fresh = iter(next_ids(self._ledger, len(rows), "factor"))
        return tuple(self._factor(row, old.get(row[0]) or next(fresh)) for row in rows)

    def _factor(self, row: Row, key: str) -> OwnFactor:
        _number, what, item, _quantity, unit = self._asked[row[0]]
        said, name = dict(zip(PLACES, row, strict=True)), self._supplier.name
        boundary = BOUNDARIES[said["boundary"]]
        about = (f"{boundary.en} / {boundary.zh}", f"{said['primary']} % primary" if said["primary"] else "",
                 said["standard"], said["verified"], said["comment"])  # fmt: skip
        return OwnFactor(
            key, f"{what} ({name})"[:LONGEST], "supplier", name, f"{self._request.id} {self._answered.name}"[:LONGEST],
            f"{self._answered.sheet}!{FOOTPRINT_COLUMN}{self._answered.rows[row[0]]}", item or OTHER_ITEM, "supplier",
            f"kg/{unit}", (("CO2e", said["footprint"]),), self._period.start, self._period.end, self._kept.ids[0],
            general=False, note="; ".join(part for part in about if part)[:LONGEST],
        )  # fmt: skip

    def _record(self, row: Row, method: str, item: str, category: int) -> Activity:
        """Without its id, quantity and parameters of its own."""
        what = self._asked[row[0]][1]
        return Activity(
            "", f"{self._supplier.name}: {what}"[:LONGEST], method, item, self._period.start, self._period.end,
            Decimal(self._asked[row[0]][3]), self._asked[row[0]][4], evidence=f"{self._request.id}/{row[0]}",
            note=row[PLACES["comment"]], category=category,
        )  # fmt: skip

    def _goods(self, row: Row, factor: OwnFactor) -> Activity:
        made = self._record(row, SUPPLIER_SPECIFIC, factor.item, GOODS_CATEGORY)
        return replace(made, parameters=((FACTOR, factor.id),))

    def _freight(self, row: Row) -> Activity:
        made = self._record(row, FREIGHT, row[PLACES["mode"]], FREIGHT_CATEGORY)
        made = replace(made, parameters=(("distance", row[PLACES["distance"]]),))
        if weighs(made.unit):
            return made
        return replace(made, quantity=EXACT.multiply(made.quantity, Decimal(row[PLACES["mass"]])), unit="kg")

    def _with_ids(self, made: Sequence[Activity]) -> tuple[Activity, ...]:
        old = {(one.category, line_of(one)): one.id for one in self._old_activities}
        fresh = iter(next_ids(self._ledger, len(made), "activity"))
        return tuple(replace(one, id=old.get((one.category, line_of(one))) or next(fresh)) for one in made)

    # ------------------------------------------------------------------ what to look at

    def notes(self, library: Library) -> Iterator[Text]:
        """Of single lines, then of the answer as a whole."""
        for one in self.factors:
            about = next(line_of(made) for made in self.activities if (FACTOR, one.id) in made.parameters)
            average = replace(one, id="", use=AVERAGE)  # what is published of materials stands under this use
            for issue in issues_of(average, self._kept.ledger, library):
                if issue.field == "amounts":
                    yield T("Line {number}: {what}", number=about, what=issue.message)
        for row in self._answered.answers:
            if row[PLACES["boundary"]] == OWN_WORKS:
                yield T("Line {number}: a footprint of the own works alone is kept and not counted.", number=row[0])
            yield from self._twice(row)
        if self._answered.open:
            yield T("Lines without an answer: {lines}.", lines=list(self._answered.open))

    def _twice(self, row: Row) -> Iterator[Text]:
        """Other records of purchased goods about the same item: the same tonnes may be in both."""
        item, own = self._asked[row[0]][2], {one.id for one in (*self._old_activities, *self.activities)}
        others = [
            one.id for one in self._ledger.activities
            if item and one.item == item and one.id not in own and one.category in (0, GOODS_CATEGORY)
            and one.method in OTHER_METHODS and one.start <= self._period.end and one.end >= self._period.start
        ]  # fmt: skip
        if others and _counts(row):
            yield T("Line {number}: other purchased goods are of the same item: {ids}. What this supplier delivered "
                    "must not be in both.", number=row[0], ids=others[:MOST_NAMED])  # fmt: skip


def _counts(row: Row) -> bool:
    """Whether its footprint is that of purchased goods."""
    return bool(row[PLACES["footprint"]]) and row[PLACES["boundary"]] != OWN_WORKS


def _carries(row: Row) -> bool:
    """Whether its delivery is counted apart."""
    return bool(row[PLACES["mode"]]) and row[PLACES["boundary"]] != TO_PLANT


# ---------------------------------------------------------------------- ledgers


def _without(ledger: Ledger, factors: Iterable[OwnFactor], activities: Iterable[Activity]) -> Ledger:
    """Without these records, and with everything released that belonged to them."""
    gone = tuple(activities)
    after = ledger.apply(releasing(ledger, [one.id for one in gone]))
    every: tuple[Record, ...] = (*gone, *factors)
    return after.apply(Step(kind_of(one), one.id, one, None) for one in every)


def _let_go(ledger: Ledger, files: Iterable[str]) -> Ledger:
    """Earlier workbooks prove nothing of this request any more; what a person attached them to keeps them."""
    for key in files:
        held = ledger.get("evidence", key)
        if not isinstance(held, Evidence):
            continue
        left = tuple(
            one for one in held.activities
            if isinstance(activity := ledger.get("activity", one), Activity) and not line_of(activity)
        )  # fmt: skip
        kept = replace(held, activities=left) if left or is_named(ledger, key) else None
        ledger = ledger.apply((Step("evidence", key, held, kept),))
    return ledger


def _differences(before: Ledger, after: Ledger) -> tuple[Step, ...]:
    """The steps from one to the other, each record once."""
    steps = []
    for kind in ("data_request", "evidence", "factor", "activity", "allocation"):
        old, new = before.records[kind], after.records[kind]
        for key in dict.fromkeys((*old, *new)):
            if old.get(key) is not new.get(key) and old.get(key) != new.get(key):
                steps.append(Step(kind, key, old.get(key), new.get(key)))
    return tuple(steps)
