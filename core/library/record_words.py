"""What the kinds of records and their fields are called."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from core.i18n import Name


def kind_name(kind: str) -> Name:
    """A kind of record.

    Examples
    --------
    >>> kind_name("activity").en
    'Activity data'
    """
    return _name(_words()["kinds"][kind])


def field_name(kind: str, field: str) -> Name:
    """A field of a kind of record.

    Examples
    --------
    >>> field_name("tariff", "feed_in").en
    'Price per kWh fed in'
    """
    words = _words()
    return _name(words.get(kind, {}).get(field) or words["fields"][field])


@cache
def _words() -> Mapping[str, Mapping[str, Any]]:
    return tomllib.loads((files("resources") / "records.toml").read_text("utf-8"))


def _name(found: Mapping[str, str]) -> Name:
    return Name(found["en"], found["zh"])
