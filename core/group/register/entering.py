"""The register as head office changes it: each change is checked against all that would be held then."""

from __future__ import annotations

from collections.abc import Iterable

from core.errors import UserError
from core.group.register.checks import GROUP_ID, called, check
from core.i18n import Localised, T, Text, verbatim
from core.inventory.judging import Decision
from core.ledger import Register, SiteFigure, Stake, Step, Transfer, kind_of
from core.ledger.records import Record
from core.library.record_words import kind_name

PREFIXES = {"company": "co", "site": "si", "stake": "st", "transfer": "tr", "site_figure": "fi"}
"""How ids of new records begin."""


def next_id(register: Register, kind: str) -> str:
    """The next free id of a kind of record.

    Examples
    --------
    >>> next_id(Register(), "site")
    'si0001'
    """
    prefix = PREFIXES[kind]
    held = (key.removeprefix(prefix) for key in register.records[kind] if key.startswith(prefix))
    numbers = [int(key) for key in held if key.isdecimal()]
    return f"{prefix}{max(numbers, default=0) + 1:04d}"


def title_of_record(register: Register, record: Record) -> Localised:
    """How a person recognises a record."""
    if isinstance(record, Stake):
        return T("{holder} in {held}", holder=called(register, record.holder), held=called(register, record.held))
    if isinstance(record, Transfer):
        return T("{seller} to {buyer}", seller=called(register, record.seller), buyer=called(register, record.buyer))
    if isinstance(record, SiteFigure):
        return T("{site}, {year}", site=called(register, record.site), year=str(record.year))
    return verbatim(getattr(record, "name", "") or record.id)


# ---------------------------------------------------------------------- changes


def keeping(register: Register, *records: Record) -> Decision:
    """The change that adds or replaces records, each of which is checked against all that are held then.

    Raises
    ------
    UserError
        for the first record that cannot be.
    """
    steps = tuple(Step(kind_of(one), one.id, register.get(kind_of(one), one.id), one) for one in records)
    real = tuple(one for one in steps if one.before != one.after)
    after = register.apply(real)
    for step in real:
        assert step.after is not None
        check(after, step.after)
    return Decision(_why(after, real), real)


def _why(register: Register, steps: tuple[Step, ...]) -> Text:
    if len(steps) != 1:
        return T("Records of the register entered: {count}", count=len(steps))
    (one,) = steps
    assert one.after is not None
    kind, what = kind_name(one.kind), title_of_record(register, one.after)
    if one.before is None:
        return T("{kind} added: {what}", kind=kind, what=what)
    return T("{kind} changed: {what}", kind=kind, what=what)


def removing(register: Register, kind: str, ids: Iterable[str]) -> Decision:
    """The change that takes records away.

    Raises
    ------
    UserError
        when one does not exist, or others name it.
    """
    steps = []
    for key in dict.fromkeys(ids):
        record = register.get(kind, key)
        if record is None or kind == GROUP_ID:
            raise UserError(T("There is no {kind} “{id}”.", kind=kind_name(kind), id=key), T("Look into the list."))
        steps.append(Step(kind, key, record, None))
    after = register.apply(steps)
    for step in steps:
        assert step.before is not None
        if users := naming(after, step.id):
            raise UserError(
                T("“{name}” is named by others: {records}.", name=title_of_record(register, step.before),
                  records=[T("{kind} {what}", kind=kind_name(kind_of(one)), what=title_of_record(register, one))
                           for one in users]),
                T("Remove those first, or give the plant a last day instead."),
            )  # fmt: skip
    if len(steps) == 1 and steps[0].before is not None:
        why = T("{kind} removed: {what}", kind=kind_name(kind), what=title_of_record(register, steps[0].before))
    else:
        why = T("Records of the register removed: {count}", count=len(steps))
    return Decision(why, tuple(steps))


def naming(register: Register, key: str) -> tuple[Record, ...]:
    """The records that name a company or a plant."""
    found: list[Record] = [one for one in register.held(Stake) if key in (one.holder, one.held)]
    found += [one for one in register.held(Transfer) if key in (one.seller, one.buyer)]
    found += [one for one in register.held(SiteFigure) if one.site == key]
    return tuple(found)
