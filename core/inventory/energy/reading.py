"""Reading what a stranger stated: every value is checked for its form and size before anything is done with it.

A dataclass is the description of an object: its fields are the keys, its types say what each must be. Keys beyond them
are left out, for a later version may add some.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from functools import cache, partial
from types import NoneType, UnionType
from typing import Any, NewType, TypeVar, get_args, get_origin, get_type_hints

from core.i18n import Name, Text
from core.ledger.journal import text_from_plain

One = TypeVar("One")
Month = NewType("Month", date)
"""The first day of a month, written ``2024-05``."""
LARGEST = Decimal(10) ** 18
"""Magnitude of a number at most, in any unit: more than a plant meters, little enough for exact sums."""
SHORT, LONG = 2_000, 20_000
"""Letters of a text and of a sentence at most, with all its values put in."""
MOST = 500
"""Things in a list, where its field does not say otherwise."""
_NUMBER = re.compile(r"-?[0-9]{1,19}(\.[0-9]{1,80})?")
"""Results have more digits than entries."""
_MONTH = re.compile(r"([0-9]{4})-([0-9]{2})")
_PLACE = re.compile(r"\{([A-Za-z_][A-Za-z0-9_]*)\}")


def read(cls: type[One], value: object) -> One:
    """An object of untrusted data as the dataclass that describes it.

    Raises
    ------
    ValueError
        naming the way to what is missing, of another form, too long or too large.
    """
    said, found = mapping(value), {}
    described: Any = cls
    for key, reader in _readers(described).items():
        try:
            found[key] = reader(said[key])
        except KeyError:
            raise ValueError(f"{key} is missing") from None
        except (TypeError, ValueError) as error:
            raise ValueError(f"{key}: {error}") from error
    return cls(**found)


def at_most(count: int) -> dict[str, int]:
    """The ``metadata`` of a field whose list may be so long."""
    return {"most": count}


@cache
def _readers(cls: Any) -> dict[str, Callable[[Any], Any]]:
    hints = get_type_hints(cls)
    return {one.name: _reader(hints[one.name], one.metadata.get("most", MOST)) for one in fields(cls)}


def _reader(hint: Any, most: int) -> Callable[[Any], Any]:
    """What reads a value of this type."""
    if hint in _SIMPLE:
        return _SIMPLE[hint]
    inner = get_args(hint)
    if get_origin(hint) is UnionType and NoneType in inner:
        (other,) = (one for one in inner if one is not NoneType)
        return partial(_maybe, _reader(other, most))
    if get_origin(hint) is UnionType:
        return partial(_either, {one: _reader(one, most) for one in inner})
    if get_origin(hint) is tuple and inner[-1] is not Ellipsis:
        return partial(_fixed, [_reader(one, most) for one in inner])
    if get_origin(hint) is tuple:
        return partial(_each, _reader(inner[0], most), most)
    if get_origin(hint) is Mapping:
        return partial(_by_key, _reader(inner[1], most), most)
    if not isinstance(hint, type) or not is_dataclass(hint):
        raise TypeError(f"nothing reads {hint}")
    return partial(read, hint)


def _maybe(reader: Callable[[Any], Any], value: object) -> Any:
    return None if value is None else reader(value)


def _either(readers: Mapping[type, Callable[[Any], Any]], value: object) -> Any:
    reader = readers.get(type(value))
    if reader is None:
        raise TypeError("of another kind")
    return reader(value)


def _fixed(readers: list[Callable[[Any], Any]], value: object) -> tuple[Any, ...]:
    if not isinstance(value, list) or len(value) != len(readers):
        raise TypeError(f"not a list of {len(readers)}")
    return tuple(reader(one) for reader, one in zip(readers, value, strict=True))


def _each(reader: Callable[[Any], Any], most: int, value: object) -> tuple[Any, ...]:
    if not isinstance(value, list):
        raise TypeError("not a list")
    if len(value) > most:
        raise ValueError(f"a list of more than {most}")
    return tuple(reader(one) for one in value)


def _by_key(reader: Callable[[Any], Any], most: int, value: object) -> dict[str, Any]:
    said = mapping(value)
    if len(said) > most:
        raise ValueError(f"an object with more than {most} keys")
    return {text(key): reader(one) for key, one in said.items()}


def mapping(value: object) -> Mapping[str, Any]:
    """An object."""
    if not isinstance(value, dict):
        raise TypeError("not an object")
    return value


def number(value: object) -> Decimal:
    """A decimal from its plain digits; the pattern is checked first, for ``1E+999999`` overflows later."""
    if not isinstance(value, str) or not _NUMBER.fullmatch(value):
        raise ValueError("not a plain decimal number")
    found = Decimal(value)
    if abs(found) > LARGEST:
        raise ValueError("a number larger than anything a plant has")
    return found


def count(value: object) -> int:
    """How many of something: a whole number that is not negative."""
    if type(value) is not int or not 0 <= value <= 10**9:
        raise ValueError("not a number of things")
    return value


def flag(value: object) -> bool:
    """Yes or no."""
    if not isinstance(value, bool):
        raise TypeError("neither true nor false")
    return value


def text(value: object) -> str:
    """A word or a name."""
    if not isinstance(value, str):
        raise TypeError("not a text")
    if len(value) > SHORT:
        raise ValueError("a text that is too long")
    return value


def day(value: object) -> date:
    """An ISO date."""
    found = date.fromisoformat(text(value))
    if found.isoformat() != value:  # also knows weeks and dates without hyphens
        raise ValueError("not an ISO date")
    return found


def month(value: object) -> Month:
    """The first day of ``2024-05``."""
    found = _MONTH.fullmatch(text(value))
    if found is None:
        raise ValueError("not a month")
    return Month(date(int(found[1]), int(found[2]), 1))


def name(value: object) -> Name:
    """A text in both languages, or one that is the same in both."""
    said = {"en": value, "zh": value} if isinstance(value, str) else mapping(value)
    if any(not isinstance(said.get(lang), str) or len(said[lang]) > LONG for lang in ("en", "zh")):
        raise ValueError("not a text in both languages, or one that is too long")
    return Name(said["en"], said["zh"])


def sentence(value: object, most: int = LONG) -> Text:
    """A sentence with its values; not one that would become very long, for it may hold sentences, which hold others."""
    try:
        found = text_from_plain(value)
    except KeyError as error:
        raise ValueError("not a sentence") from error
    if _length(found) > most:
        raise ValueError("a sentence that is too long")
    return found


def _length(value: object) -> int:
    """Letters that a value takes once it is written out; counted without writing it out."""
    if isinstance(value, Text):
        inside = {key: _length(one) for key, one in value.args.items()}
        places = _PLACE.findall(value.msgid) if inside else []
        return len(value.msgid) + sum(inside.get(place, 0) for place in places)
    if isinstance(value, Name):
        return max(len(value.en), len(value.zh))
    if isinstance(value, (list, tuple)):
        return sum(_length(one) + 2 for one in value)
    return len(str(value))


def both(zh: object, en: object) -> object:
    """What was stated once in each language as one value; where the languages differ, a text in both.

    Raises
    ------
    ValueError
        when they differ in anything but texts.
    """
    if isinstance(zh, dict) and isinstance(en, dict):
        return {key: both(zh[key], value) for key, value in en.items() if key in zh}
    if isinstance(zh, list) and isinstance(en, list):
        if len(zh) != len(en):
            raise ValueError("the languages state different lists")
        return [both(*pair) for pair in zip(zh, en, strict=True)]
    if zh == en and type(zh) is type(en):
        return en
    if isinstance(zh, str) and isinstance(en, str):
        return {"en": en, "zh": zh}
    raise ValueError("the languages state different values")


_SIMPLE: Mapping[Any, Callable[[Any], Any]] = {
    str: text,
    int: count,
    bool: flag,
    Decimal: number,
    date: day,
    Month: month,
    Name: name,
    Text: sentence,
}
