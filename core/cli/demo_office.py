"""Head office of the demo: whom it trusts, what belongs to it, and the reports that it takes in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from core.cli.common import now, write
from core.exchange.demo_group import demo_register
from core.group import import_files
from core.group.inbox.deciding import decide
from core.group.trust.believing import trust_of
from core.group.trust.people import recorded
from core.group.trust.roots import founding
from core.group.year.consolidating import consolidate, reports_of
from core.i18n import T, show_number
from core.ledger import Authority, Change, Step, kind_of
from core.signing import load_p12
from core.store import ACCEPTED, HELD, GroupFile

WHO = "Demo Head Office"
SHOWN = 2024
"""The year that is told."""
EXPLAINED = "2023年11月16日前为安装调试期 / Installation and trial runs until 16 November 2023"
"""Why the report of that year counts, though it is far from the year before."""


@dataclass(frozen=True, slots=True)
class Keys:
    """Files with the keys of the demo."""

    root: Path
    people: tuple[Path, ...]
    """Of those for whom the root issued certificates."""
    word: str
    """Passphrase of all of them."""


def found(group: GroupFile, keys: Keys, when: datetime) -> None:
    """Enter the group, its root and its people; what somebody entered already stays."""
    register = group.register
    if any(register.records[kind] for kind in ("site", "authority")):
        return
    act = founding(register, load_p12(keys.root, keys.word, when), when)
    root = act.steps[0].after
    assert isinstance(root, Authority)
    issued = [recorded(load_p12(path, keys.word, when).certificate, root) for path in keys.people]
    steps = [Step(kind_of(one), one.id, None, one) for one in (*demo_register(), *issued)]
    group.append(Change(WHO, when, T("The group as head office knows it"), (*act.steps, *steps)))


def take_in(group: GroupFile, reports: Sequence[Path], when: datetime) -> list[str]:
    """Import reports, decide about the one that is held, and give the SHA-256 of each file."""
    arrivals = tuple(import_files(group, reports, trust_of(group.register, when), when))
    for arrival in arrivals:
        if arrival.filed.state == HELD and arrival.filed.year == SHOWN:
            decide(group, arrival.filed.sha256, ACCEPTED, EXPLAINED, WHO, when)
    return [arrival.filed.sha256 for arrival in arrivals]


def head_office(path: Path, reports: Sequence[Path], keys: Keys, lang: str) -> bool:
    """Whether every report counts in the end; told in one line, and for what does not count, why."""
    when = now()
    with GroupFile.open(path) as group:
        found(group, keys, when)
        filed = [one for digest in take_in(group, reports, when) if (one := group.received(digest)) is not None]
        year = consolidate(group.register, reports_of(group, SHOWN), SHOWN)
    count = sum(one.state == ACCEPTED for one in filed)
    write(
        T("Head office: {count} of {all} reports accepted; {year}: {location} t CO₂e location-based, "
          "{market} t CO₂e market-based.", count=count, all=len(filed), year=SHOWN,
          location=show_number(year.location, 1), market=show_number(year.market, 1)).in_language(lang)
    )  # fmt: skip
    for one in filed:
        for reason in one.reasons if one.state != ACCEPTED else ():
            write("  " + T("{file}: {reason}", file=one.name, reason=reason).in_language(lang))
    return count == len(filed)
