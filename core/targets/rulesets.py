"""Rule sets that targets are held against: which numbers a standard, a country or the plant itself asks for.

They are data: ``resources/rules/<key>.toml`` with its ``[about]``, every number with its source, and an expert may
change each of them for a plant. A number that nobody knows is empty and is not checked. Nothing here, and nothing that
is calculated with it, says that a target is aligned with a standard: what a rule set asks and a target lacks is named.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files

from core.errors import UserError
from core.i18n import Name, T
from core.ledger import RuleValue
from core.library.rulebook import Rulebook, Ruling, rulebook

KEYS = ("sbti_nz_1_3", "sbti_nz_2_0", "own", "national_cn")
"""Of all rule sets, in the order in which they are offered."""
SCOPE_12, SCOPE_3 = "scope12", "scope3"
"""What a rate is for."""


@dataclass(frozen=True, slots=True)
class RuleSet:
    """One rule set as it holds for a plant."""

    key: str
    title: Name
    version: str
    source: str
    edition: str
    status: str
    """``VERIFIED``, ``VERIFIED_SECONDARY``, ``WEAK`` or ``USER``."""
    parameters: Mapping[str, Ruling]
    """By their names inside the rule set."""

    def ruling(self, name: str) -> Ruling | None:
        """A parameter of which the value is known; None where the rule set has none, or nobody knows it."""
        found = self.parameters.get(name)
        return found if found is not None and found.known else None

    def number(self, name: str) -> Decimal | None:
        """The number of a parameter; None where there is none, see :meth:`ruling`."""
        found = self.ruling(name)
        return None if found is None else found.number

    def year(self, name: str) -> int | None:
        """The same as a whole number."""
        found = self.number(name)
        return None if found is None else int(found)

    def day(self, name: str) -> str:
        """The day of a parameter, as ISO date; empty where there is none."""
        found = self.ruling(name)
        return "" if found is None else found.value

    @property
    def unknown(self) -> tuple[Ruling, ...]:
        """Parameters that nobody knows yet: nothing is checked by them."""
        return tuple(one for one in self.parameters.values() if not one.known)

    @property
    def entered(self) -> bool:
        """Whether its numbers are for experts to enter, so that nothing may be said about keeping to it."""
        return self.key == "sbti_nz_2_0"


def all_rulesets(changes: Iterable[RuleValue] = ()) -> Mapping[str, RuleSet]:
    """Every rule set by key, as it holds under the changes of a plant (``ledger.held(RuleValue)``).

    Examples
    --------
    >>> found = all_rulesets()
    >>> list(found)
    ['sbti_nz_1_3', 'sbti_nz_2_0', 'own', 'national_cn']
    >>> found["sbti_nz_1_3"].number("rate_scope12"), found["sbti_nz_2_0"].number("rate_scope12")
    (Decimal('4.2'), None)
    """
    book = rulebook(changes)
    return {key: _made(key, book) for key in KEYS}


def ruleset_named(key: str, changes: Iterable[RuleValue] = ()) -> RuleSet:
    """The rule set of this key.

    Raises
    ------
    UserError
        when there is none.
    """
    if key not in KEYS:
        raise UserError(
            T("There is no rule set “{key}”.", key=key[:60]), T("Choose one of: {known}.", known=list(KEYS))
        )
    return _made(key, rulebook(changes))


def parameters_of(file: str, book: Rulebook) -> Mapping[str, Ruling]:
    """The parameters of one file by the names inside it.

    Examples
    --------
    >>> parameters_of("iso_14068", rulebook())["retirement_months"].value
    '12'
    """
    return {key.removeprefix(f"{file}."): one for key, one in book.items() if key.startswith(f"{file}.")}


def _made(key: str, book: Rulebook) -> RuleSet:
    about = _about(key)
    return RuleSet(
        key, Name(about["title_en"], about["title_zh"]), about["version"], about["source"], about["edition"],
        about["status"], parameters_of(key, book),
    )  # fmt: skip


@cache
def _about(key: str) -> Mapping[str, str]:
    read = tomllib.loads((files("resources") / "rules" / f"{key}.toml").read_text("utf-8"))
    return {name: str(value) for name, value in read["about"].items()}
