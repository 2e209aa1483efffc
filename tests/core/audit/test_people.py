"""People are found by name, id and role, and are in an audit what they were chosen for."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.audit.people import acting, name_of, person, prepared_by, roles_in, with_role
from core.errors import UserError
from core.ledger import Ledger, Person
from tests.core.audit.party import AUDITOR, ENGAGEMENT, LEAD, PEOPLE, PREPARER, ledger_of
from tests.core.samples import PLANT

NEW = Person("pe00009", "Qian Bo", ("auditor",))


def test_people_are_found_by_name_id_and_role() -> None:
    ledger = ledger_of("draft", replace(NEW, active=False))
    assert acting(ledger, " Li Na ") == PREPARER
    assert acting(ledger, "Qian Bo") is None and acting(ledger, "li na") is None
    assert person(ledger, "Li Na") == person(ledger, PREPARER.id) == PREPARER
    assert (name_of(ledger, PREPARER.id), name_of(ledger, "pe99999")) == ("Li Na", "pe99999")
    assert with_role(ledger, "auditor") == (AUDITOR,)
    with pytest.raises(UserError, match="not one of the people"):
        person(ledger, "Nobody")


def test_an_inventory_is_prepared_by_who_prepares_and_not_by_who_audits() -> None:
    assert prepared_by(Ledger.of([PLANT]), LEAD.name) == LEAD.name, "nobody has a role yet"
    assert prepared_by(Ledger.of([PLANT, *PEOPLE]), LEAD.name) == PREPARER.name
    left = replace(PREPARER, active=False)
    assert prepared_by(Ledger.of([PLANT, LEAD, left]), LEAD.name) == LEAD.name


def test_roles_count_in_the_audits_in_which_somebody_was_chosen_for_them() -> None:
    both = Person("pe1", "X", ("auditor", "reviewer", "preparer"))
    assert roles_in(ENGAGEMENT, both) == {"preparer"}
    assert roles_in(replace(ENGAGEMENT, team=("pe1",)), both) == {"preparer", "auditor"}
    assert roles_in(replace(ENGAGEMENT, reviewer="pe1", team=()), both) == {"preparer", "auditor", "reviewer"}
