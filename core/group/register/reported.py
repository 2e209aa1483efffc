"""Plants that the reports know and the register does not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from core.entering.identity import last_number, next_id, numbered
from core.entering.keeping import keeping
from core.entering.naming import spelled
from core.errors import UserError
from core.group.register.choices import GROUP_ID
from core.group.register.fields import FORMS
from core.i18n import T
from core.inventory.judging import Decision
from core.ledger import Company, Register, Site, Stake
from core.ledger.records import Record
from core.library.places import countries
from core.store import ACCEPTED, SUPERSEDED, Filed


def _names_of(one: Site) -> tuple[str, ...]:
    return (one.name, *one.reported_as)


def unknown_plants(register: Register, filed: Iterable[Filed]) -> tuple[Filed, ...]:
    """Of each plant that reported and is not in the register, its newest report; by country and name."""
    known = {(spelled(name), site.country) for site in register.held(Site) for name in _names_of(site)}
    newest: dict[tuple[str, str], Filed] = {}
    for one in filed:
        key = (spelled(one.plant), one.country)
        counts = one.state in (ACCEPTED, SUPERSEDED) and one.plant and one.country in countries() and key not in known
        if counts and (key not in newest or newest[key].year < one.year):
            newest[key] = one
    return tuple(sorted(newest.values(), key=lambda f: (f.country, f.plant)))


def taking_reported(register: Register, filed: Iterable[Filed]) -> Decision:
    """The change that enters every plant that has reported, with the company that its newest report names.

    Where no report says who operates a plant, it belongs to the group directly.

    Raises
    ------
    UserError
        when all of them are there already.
    """
    new = unknown_plants(register, filed)
    if not new:
        raise UserError(T("Every plant that has reported is in the register already."), T("Nothing needs to be done."))
    grown, records = register, []
    for one in new:
        for record in _of_report(grown, one):
            records.append(record)
            grown = grown.apply(keeping(grown, FORMS, record).steps)
    decision = keeping(register, FORMS, *records)
    return Decision(T("Plants that have reported entered: {count}", count=len(new)), decision.steps)


def _of_report(register: Register, one: Filed) -> Iterator[Record]:
    site = Site(next_id(register, FORMS["site"]), one.plant.strip(), one.country)
    yield site
    name = one.organisation.strip()
    if not name:
        return
    stakes, last = FORMS["stake"], last_number(register, FORMS["stake"])
    company = next((c for c in register.held(Company) if spelled(c.name) == spelled(name)), None)
    own = spelled(name) == spelled(register.group.name)
    if company is None and not own:
        company = Company(next_id(register, FORMS["company"]), name, one.country)
        yield company
        last += 1
        yield Stake(numbered(stakes, last), GROUP_ID, company.id, "")
    yield Stake(numbered(stakes, last + 1), GROUP_ID if company is None else company.id, site.id, "")
