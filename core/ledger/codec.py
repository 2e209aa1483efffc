"""Records to plain JSON values and back, strictly: an unknown or missing field is an error, never a guess."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields
from datetime import date
from decimal import Decimal

from core.errors import UserError
from core.i18n import T
from core.ledger.records import ALL_KINDS, Record

_NUMBER = re.compile(r"-?[0-9]{1,30}(\.[0-9]{1,30})?")


def to_plain(record: Record) -> dict[str, object]:
    """JSON-ready fields: decimals and dates as strings."""
    return {name: write(getattr(record, name)) for name, write in _WRITERS[type(record)]}


def from_plain(kind: str, plain: Mapping[str, object]) -> Record:
    """The record that ``to_plain`` wrote.

    Raises
    ------
    UserError
        naming the kind and field that is missing, unknown or of the wrong type.
    """
    cls = ALL_KINDS.get(kind)
    if cls is None:
        raise UserError(
            T("Unknown kind of record: {kind}", kind=str(kind)[:80]),
            T("Do not use this file. Ask for it again, as the program wrote it."),
        )
    if not isinstance(plain, Mapping):
        raise UserError(
            T("A record of kind {kind} has no fields.", kind=kind),
            T("Do not use this file. Ask for it again, as the program wrote it."),
        )
    readers = _READERS[cls]
    if not plain.keys() <= readers.keys():
        field = str(min(plain.keys() - readers.keys(), key=str))[:80]
        raise UserError(
            T("A record of kind {kind} has the unknown field {field}.", kind=kind, field=field),
            T("Do not use this file. Ask for it again, as the program wrote it."),
        )
    values: list[object] = []
    name = ""
    try:
        for name, (itself, read, default) in readers.items():
            value = plain.get(name, default)
            if type(value) is itself:  # as it stands, without a call: every record of a file comes through here
                values.append(value)
            elif name in plain:
                values.append(read(value))
            elif default is not MISSING:
                values.append(default)
            else:
                raise UserError(
                    T("A record of kind {kind} lacks the field {field}.", kind=kind, field=name),
                    T("Do not use this file. Ask for it again, as the program wrote it."),
                )
    except (ValueError, TypeError) as error:
        value = str(plain[name])[:80]
        raise UserError(
            T("A record of kind {kind} has a wrong value in {field}: {value}", kind=kind, field=name, value=value),
            T("Do not use this file. Ask for it again, as the program wrote it."),
        ) from error
    return cls(*values)  # type: ignore[arg-type]


def read_field(kind: str, field: str, plain: object) -> object:
    """The value of one field of a kind of record from its plain form.

    Raises
    ------
    ValueError, TypeError
        for another form.
    """
    return _READERS[ALL_KINDS[kind]][field][1](plain)


def usual(kind: str) -> Mapping[str, object]:
    """The plain values that the fields of a kind of record have when nobody says anything else."""
    return _USUAL[kind]


def decimal_text(value: Decimal) -> str:
    """Plain digits without exponent, e.g. ``1000`` and not ``1E+3``.

    Raises
    ------
    UserError
        when :func:`read_decimal` would refuse the digits: what is written must be readable again.
    """
    text = f"{value:f}"
    if not _NUMBER.fullmatch(text):
        raise UserError(
            T("The number {number} has too many digits.", number=text[:40]),
            T("Up to 30 digits before and 30 after the decimal point are possible."),
        )
    return text


def read_decimal(value: object) -> Decimal:
    """A decimal from its string; the pattern is checked first, for ``1E+999999`` overflows later.

    Raises
    ------
    ValueError
        for anything else than up to 30 digits before and after the point.
    """
    if not isinstance(value, str) or not _NUMBER.fullmatch(value):
        raise ValueError("not a plain decimal number")
    return Decimal(value)


def _same(expected: type) -> Callable[[object], object]:
    def read(value: object) -> object:
        if type(value) is not expected:
            raise TypeError(expected.__name__)
        return value

    return read


def _optional(read: Callable[[object], object]) -> Callable[[object], object]:
    return lambda value: None if value is None else read(value)


def _read_date(value: object) -> date:
    if not isinstance(value, str):
        raise TypeError("date")
    found = date.fromisoformat(value)
    if found.isoformat() != value:  # also knows weeks and dates without hyphens
        raise ValueError("not an ISO date")
    return found


def _read_strings(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise TypeError("list of strings")
    return tuple(value)


def _read_pairs(value: object) -> tuple[tuple[str, str], ...]:
    if not isinstance(value, list):
        raise TypeError("list of pairs")
    if not value:
        return ()
    pairs = tuple(_read_strings(pair) for pair in value)
    if any(len(pair) != 2 for pair in pairs):
        raise ValueError("a pair has two parts")
    if len({pair[0] for pair in pairs}) != len(pairs):
        raise ValueError("a key appears twice")
    return tuple((pair[0], pair[1]) for pair in pairs)


def _read_rows(value: object) -> tuple[tuple[str, ...], ...]:
    if not isinstance(value, list):
        raise TypeError("list of rows")
    return tuple(_read_strings(row) for row in value)


def _keep(value: object) -> object:
    return value


_CODECS: dict[str, tuple[Callable[[object], object], Callable[..., object]]] = {
    "str": (_same(str), _keep),
    "int": (_same(int), _keep),
    "bool": (_same(bool), _keep),
    "Decimal": (read_decimal, decimal_text),
    "Decimal | None": (_optional(read_decimal), lambda value: None if value is None else decimal_text(value)),
    "date": (_read_date, lambda value: value.isoformat()),
    "tuple[str, ...]": (_read_strings, list),
    "tuple[tuple[str, ...], ...]": (_read_rows, lambda value: [list(row) for row in value]),
    "tuple[tuple[str, str], ...]": (_read_pairs, lambda value: [list(pair) for pair in value]),
}


_THEMSELVES: dict[str, type] = {"str": str, "int": int, "bool": bool}
"""Types that are in JSON what they are here."""
_READERS = {
    cls: {f.name: (_THEMSELVES.get(str(f.type)), _CODECS[str(f.type)][0], f.default) for f in fields(cls)}
    for cls in ALL_KINDS.values()
}
"""Of each field: the type that is taken as it stands, what reads it, and what it is when nothing is said."""
_WRITERS = {cls: tuple((f.name, _CODECS[str(f.type)][1]) for f in fields(cls)) for cls in ALL_KINDS.values()}
_USUAL = {
    kind: {
        f.name: _CODECS[str(f.type)][1](f.default) for f in fields(cls) if f.default is not MISSING and f.name != "id"
    }
    for kind, cls in ALL_KINDS.items()
}
