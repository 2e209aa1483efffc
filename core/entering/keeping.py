"""Records as people change them: each change is checked against all that would be held then."""

from __future__ import annotations

from collections.abc import Iterable

from core.entering.forms import Form, Forms
from core.entering.naming import title_of_record
from core.entering.refusing import FieldError, refuse
from core.errors import UserError
from core.i18n import T, Text
from core.inventory.judging import Decision
from core.ledger import Step, kind_of
from core.ledger.filing import Records
from core.ledger.records import Record
from core.ledger.references import named
from core.library.record_words import field_name, kind_name


def check(records: Records, forms: Forms, record: Record) -> None:
    """Refuse a record that cannot be among the others.

    Parameters
    ----------
    records
        with the record among them.
    forms
        of the kinds that people enter.
    record
        that was added or altered.

    Raises
    ------
    UserError
        saying what is wrong and what a right value looks like.
    """
    form = forms.get(kind_of(record))
    if form is None:
        raise ValueError(f"{kind_of(record)} is not entered by people")
    form.check(records, record)


def keeping(records: Records, forms: Forms, *kept: Record) -> Decision:
    """The change that adds or replaces records, each of which is checked against all that are held then.

    Raises
    ------
    UserError
        for the first record that cannot be.
    """
    steps = tuple(Step(kind_of(one), one.id, records.get(kind_of(one), one.id), one) for one in kept)
    real = tuple(one for one in steps if one.before != one.after)
    after = records.apply(real)
    for step in real:
        assert step.after is not None
        if step.before is not None:
            _stays(forms[step.kind], step.before, step.after)
        check(after, forms, step.after)
    return Decision(_why(after, forms, real), real)


def _stays(form: Form, before: Record, after: Record) -> None:
    for key in form.stays:
        if getattr(before, key) != getattr(after, key):
            refuse(form.kind, key, T("“{field}” stays as it was entered.", field=field_name(form.kind, key)),
                   form.lasting or T("Enter another one."))  # fmt: skip


def adding(records: Records, forms: Forms, one: Record) -> Decision:
    """The change that adds a record which is not there yet.

    Raises
    ------
    UserError
        when one of this id is, or it cannot be.
    """
    form = forms[kind_of(one)]
    if not form.single and records.get(form.kind, one.id) is not None:
        said = next((field.key for field in form.fields if field.key == "id"), form.fields[0].key)
        raise FieldError(form.kind, said, T("“{id}” is there already.", id=one.id), T("Change that one."))
    return keeping(records, forms, one)


def _why(records: Records, forms: Forms, steps: tuple[Step, ...]) -> Text:
    if len(steps) != 1:
        return T("Records entered: {count}", count=len(steps))
    (one,) = steps
    assert one.after is not None
    kind, what = kind_name(one.kind), title_of_record(records, forms, one.after)
    if one.before is None:
        return T("{kind} added: {what}", kind=kind, what=what)
    return T("{kind} changed: {what}", kind=kind, what=what)


def removing(records: Records, forms: Forms, kind: str, ids: Iterable[str]) -> Decision:
    """The change that takes records away.

    Raises
    ------
    UserError
        when one does not exist, others name it, or such records are not removed.
    """
    steps = []
    for key in dict.fromkeys(ids):
        record = records.get(kind, key)
        if record is None:
            raise UserError(T("There is no {kind} “{id}”.", kind=kind_name(kind), id=key), T("Look into the list."))
        if (instead := forms[kind].lasting) is not None:
            what = title_of_record(records, forms, record)
            raise UserError(T("{kind} {what} is not removed.", kind=kind_name(kind), what=what), instead)
        if (leaving := forms[kind].leaving) is not None:
            leaving(records, record)
        steps.append(Step(kind, key, record, None))
    after = records.apply(steps)
    for step in steps:
        if users := naming(after, forms, kind, step.id):
            raise _named(records, forms, step, users)
    if len(steps) == 1 and steps[0].before is not None:
        what = title_of_record(records, forms, steps[0].before)
        return Decision(T("{kind} removed: {what}", kind=kind_name(kind), what=what), tuple(steps))
    return Decision(T("Records removed: {count}", count=len(steps)), tuple(steps))


MOST_NAMED = 8
"""Records that a refusal names."""


def _named(records: Records, forms: Forms, step: Step, users: tuple[Record, ...]) -> UserError:
    assert step.before is not None
    told: list[Text] = [
        T("{kind} {what}", kind=kind_name(kind_of(one)), what=title_of_record(records, forms, one))
        for one in users[:MOST_NAMED]
    ]
    if len(users) > MOST_NAMED:
        told.append(T("{count} more", count=len(users) - MOST_NAMED))
    what = T("“{name}” is named by others: {records}.", name=title_of_record(records, forms, step.before), records=told)
    return UserError(what, forms[step.kind].instead or T("Remove those first, or let them name something else."))


def naming(records: Records, forms: Forms, kind: str, key: str) -> tuple[Record, ...]:
    """The records that name one, by a field of their form or by the table of references."""
    found: list[Record] = []
    for other, held in records.records.items():
        # what is offered anyway, e.g. a shipped area, stays when the record goes that calls it otherwise
        fields = [
            one for one in (forms[other].fields if other in forms else ()) if kind in one.of and key not in one.offered
        ]
        for record in held.values():
            by_form = any(key in _keys(getattr(record, one.key)) for one in fields)
            if by_form or key in named(record, kind):
                found.append(record)
    return tuple(found)


def _keys(value: object) -> tuple[str, ...]:
    """The ids that a field holds: one, several, or those before the numbers of pairs."""
    if isinstance(value, tuple):
        return tuple(one[0] if isinstance(one, tuple) else str(one) for one in value)
    return (str(value),)
