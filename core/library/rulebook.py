"""Numbers and lists that rules of renewable electricity and of targets follow: data with source, which an expert may
change for a plant with another source.

They stand in ``resources/rules/<file>.toml``, one table a parameter; its key is ``<file>.<table>``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from importlib.resources import files

from core.errors import UserError
from core.i18n import Name, T
from core.ledger import RuleValue
from core.ledger.codec import read_decimal


@dataclass(frozen=True, slots=True)
class Ruling:
    """One parameter as it holds."""

    key: str
    """``renewables.gec_validity``."""
    value: str
    """Empty: not known, and nothing follows from it until an expert enters it."""
    form: str
    """``number``, ``day``, ``flag`` (``yes`` or ``no``) or ``list`` (parts separated by a space)."""
    unit: str
    title: Name
    source: str
    """Document and place; of a changed one what the expert names."""
    edition: str
    status: str
    """``VERIFIED``, ``VERIFIED_SECONDARY``, ``WEAK`` or ``USER``."""
    original: Ruling | None = None
    """As shipped, where an expert changed it."""

    @property
    def known(self) -> bool:
        """Whether there is a value."""
        return bool(self.value)

    @property
    def number(self) -> Decimal:
        """Of a number."""
        return _number(self.value)

    @property
    def day(self) -> date:
        """Of a day."""
        return _day(self.value)

    @property
    def flag(self) -> bool:
        """Of a flag."""
        return self.value == "yes"

    @property
    def items(self) -> tuple[str, ...]:
        """Of a list."""
        return _items(self.value)


_LIKE = {"number": "4.2", "day": "2027-12-31", "flag": "yes", "list": "one two"}

Rulebook = Mapping[str, Ruling]
"""Every parameter by key."""


def rulebook(changes: Iterable[RuleValue] = ()) -> Rulebook:
    """Every parameter as it holds under the changes of a plant.

    A change of something that this program does not know, or cannot read, is left aside: the shipped value holds, and
    :func:`checked` refuses it where it is entered.
    """
    held = dict(_shipped())
    for change in changes:
        if change.id in held and _readable(held[change.id].form, change.value):
            shipped = held[change.id]
            held[change.id] = replace(
                shipped, value=change.value, source=change.source, edition="", status="USER", original=shipped
            )
    return held


def checked(change: RuleValue) -> RuleValue:
    """A change that can hold.

    Raises
    ------
    UserError
        for an unknown parameter, a value that cannot be read, or none that says why.
    """
    known = _shipped().get(change.id)
    if known is None:
        raise UserError(T("There is no rule parameter “{key}”.", key=change.id[:60]), T("Choose one of the list."))
    if not _readable(known.form, change.value):
        raise UserError(
            T("“{value}” cannot be the value of “{title}”.", value=change.value[:60], title=known.title),
            T("Write it like {value}.", value=known.value or _LIKE[known.form]),
        )
    if not change.source.strip():
        raise UserError(T("The source of the other value is missing."), T("Name document and place, or who decided."))
    return change


def _readable(form: str, value: str) -> bool:
    try:
        match form:
            case "number":
                return read_decimal(value) >= 0
            case "day":
                return date.fromisoformat(value).isoformat() == value
            case "flag":
                return value in ("yes", "no")
    except ValueError:
        return False
    return value.isprintable() and len(value) <= 1000


# Rules read the same few values for thousands of records.
_number = lru_cache(maxsize=256)(read_decimal)
_day = lru_cache(maxsize=256)(date.fromisoformat)


@lru_cache(maxsize=256)
def _items(value: str) -> tuple[str, ...]:
    return tuple(value.split())


@cache
def _shipped() -> Mapping[str, Ruling]:
    found = {}
    for file in sorted((files("resources") / "rules").iterdir(), key=lambda one: one.name):
        if file.name.endswith(".toml"):
            stem = file.name.removesuffix(".toml")
            for name, said in tomllib.loads(file.read_text("utf-8")).items():
                if isinstance(said, dict) and "value" in said:
                    found[f"{stem}.{name}"] = Ruling(
                        f"{stem}.{name}", said["value"], said["form"], said.get("unit", ""),
                        Name(said["title_en"], said["title_zh"]), said["source"], said.get("edition", ""),
                        said["status"],
                    )  # fmt: skip
    return found
