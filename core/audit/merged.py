"""What a merge of two copies may not bring about, though each of its changes was allowed where it was made.

Each copy asked its own gate. Together they could still do what neither could alone: change the data of an audit that
the other copy had handed on, or let one person test in one copy what they entered in the other.
"""

from __future__ import annotations

from collections.abc import Iterator

from core.audit.areas import AREAS, area_of_step
from core.audit.authors import CORRECTION, Authors
from core.audit.duties import check_reviewer
from core.audit.people import acting, name_of
from core.audit.registered import check_all
from core.audit.states import STATES
from core.audit.switching import is_move, ways
from core.audit.touching import AuditedYear, Blob
from core.errors import RefusedError
from core.i18n import T, Text
from core.ledger import AuditFinding, Engagement, Ledger, Step, TestSheet


def permit_merged(
    who: str,
    merged: Ledger,
    sides: tuple[tuple[Ledger, Authors], ...],
    authors: Authors,
    blob: Blob | None = None,
) -> None:
    """Refuse a merge whose result no copy could have come to by itself.

    Parameters
    ----------
    who
        merges; where there is an audit, one of its people.
    merged
        what the file would hold.
    sides
        what ours and the other copy hold, each with who made or changed its records.
    authors
        the same of both together.
    blob
        reads kept files of both.

    Raises
    ------
    RefusedError
        with the reason, and with what to do instead.
    """
    if not merged.records["engagement"]:
        return
    if acting(merged, who) is None:
        raise RefusedError(
            T("“{name}” is not one of the people of the audit, so cannot merge copies of this file.", name=who),
            T("Say who you are, or let the team lead add you."),
        )
    check_all(merged, sides[0][0], led=True)
    for engagement in merged.held(Engagement):
        for side, other in ((0, 1), (1, 0)):
            _check_state(merged, engagement, sides[side][0], sides[other][0], blob)
    known = [key for ledger, by in sides for key, _ in _own_work(ledger, by)]
    for key, reason in _own_work(merged, authors):
        if key not in known:
            raise RefusedError(reason, T("Take one of the two back in the copy where it was done, then merge again."))


def _check_state(merged: Ledger, engagement: Engagement, side: Ledger, other: Ledger, blob: Blob | None) -> None:
    """What the other copy did must be possible in the state to which this one moved the audit on."""
    here, there = side.engagement(int(engagement.id)), other.engagement(int(engagement.id))
    if here is None or there is None or here.state != engagement.state or there.state == here.state:
        return
    year = AuditedYear(here, side)
    for step in differences(side, merged):
        if is_move(step) or not year.touched_by(step, blob):
            continue
        area = area_of_step(step)
        if not STATES[here.state].allowed.get(area):
            raise RefusedError(
                T(
                    "One copy moved the audit of {year} on to “{state}”; meanwhile the other one changed {area}.",
                    year=engagement.id,
                    state=STATES[here.state].title,
                    area=AREAS[area],
                ),
                ways(here.state),
            )


def differences(before: Ledger, after: Ledger) -> Iterator[Step]:
    """The steps from one ledger to another."""
    for kind, held in before.records.items():
        has = after.records[kind]
        for key in {**held, **has}:
            if held.get(key) != has.get(key):
                yield Step(kind, key, held.get(key), has.get(key))


def _own_work(ledger: Ledger, authors: Authors) -> Iterator[tuple[tuple[str, str], Text]]:
    """Who judged their own work: kind and id of the judgement, and the words."""
    for sheet in ledger.held(TestSheet):
        name = name_of(ledger, sheet.by)
        if name in authors("activity", sheet.activity):
            words = T("{name} tested the record {id} in one copy and entered or changed it in the other.",
                      name=name, id=sheet.activity)  # fmt: skip
            yield ("test", sheet.id), words
    for finding in ledger.held(AuditFinding):
        name = name_of(ledger, finding.closed_by)
        if finding.closed_by and (finding.closed_by == finding.answered_by or name in authors(CORRECTION, finding.id)):
            words = T("{name} closed the finding “{title}” in one copy and answered or corrected it in the other.",
                      name=name, title=finding.title)  # fmt: skip
            yield ("finding", finding.id), words
    for engagement in ledger.held(Engagement):
        try:
            if engagement.reviewer:
                check_reviewer(ledger, engagement, authors)
        except RefusedError as error:
            yield ("engagement", engagement.id), error.message
