"""How a factor is chosen among many: a policy of the audit, as data in ``resources/policies``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from core.errors import UserError
from core.i18n import Name, T


@dataclass(frozen=True, slots=True)
class Policy:
    """Which factors an audit uses, and what it must report."""

    key: str
    name: Name
    """As people call it."""
    title: Name
    """What it does, in a sentence."""
    source: str
    """Where the rule stands."""
    year: str
    """``matching`` the data year or ``latest`` published."""
    area: str
    """``smallest`` published area or ``national``."""
    first: tuple[str, ...] = ()
    """Beginnings of the keys of factor sets that win where several answer the same question in the same area."""
    without: tuple[str, ...] = ()
    """Beginnings of the keys of factor sets that are never used."""
    places: tuple[str, ...] = ()
    """Areas that are asked after those of the plant."""
    proxies: tuple[str, ...] = ()
    """Areas that are asked last of all in scope 3, with a finding."""
    gwp_set: str = "AR6"
    """Proposed for a new audit."""
    scopes: tuple[str, ...] = ()
    """What a report under this policy must show."""
    view: str = "ghgp"
    """The view that its report puts first: ``ghgp``, ``iso`` or ``gbt``."""
    aliases: tuple[str, ...] = ()
    """Earlier keys, so that old files mean the same."""

    def preference(self, factor_set: str) -> int:
        """Smaller is better; sets that are not named come last together."""
        return next((i for i, start in enumerate(self.first) if factor_set.startswith(start)), len(self.first))

    def refuses(self, factor_set: str) -> bool:
        """Whether a set is never used."""
        return factor_set.startswith(self.without) if self.without else False


def read_policy(text: str) -> tuple[int, Policy]:
    """A policy and its place in lists, from the text of its file.

    Raises
    ------
    RuntimeError
        when the file says something that no policy can mean: the installation is damaged.
    """
    said = tomllib.loads(text)
    if said["year"] not in ("matching", "latest") or said["area"] not in ("smallest", "national"):
        raise RuntimeError(f"policy {said['key']}: year and area")
    return int(said["order"]), Policy(
        key=said["key"],
        name=Name(said["name_en"], said["name_zh"]),
        title=Name(said["title_en"], said["title_zh"]),
        source=said["source"],
        year=said["year"],
        area=said["area"],
        gwp_set=said["gwp_set"],
        view=said.get("view", "ghgp"),
        **{name: _several(said, name) for name in ("first", "without", "places", "proxies", "scopes", "aliases")},
    )


def _several(said: Mapping[str, Any], name: str) -> tuple[str, ...]:
    return tuple(str(one) for one in said.get(name, ()))


@cache
def all_policies() -> tuple[Policy, ...]:
    """Every policy, in the order of lists."""
    folder = files("resources") / "policies"
    read = [read_policy(f.read_text("utf-8")) for f in folder.iterdir() if f.name.endswith(".toml")]
    if not read:
        raise RuntimeError(f"{folder} holds no data: the installation is incomplete")
    return tuple(policy for _, policy in sorted(read, key=lambda pair: (pair[0], pair[1].key)))


def policy_named(key: str) -> Policy:
    """The policy of this key or former key.

    Raises
    ------
    UserError
        when there is none.
    """
    for policy in all_policies():
        if key == policy.key or key in policy.aliases:
            return policy
    known = [p.key for p in all_policies()]
    raise UserError(T("Unknown policy “{policy}”.", policy=key), T("Choose one of: {known}.", known=known))
