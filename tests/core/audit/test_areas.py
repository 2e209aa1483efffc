"""Which area a step belongs to, where that depends on what becomes of the record."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.audit.areas import DATA, EVIDENCE, area_of_step
from core.ledger import Evidence, Step

PROOF = Evidence("e1", "bill.pdf", "bill", "0" * 64, 1, activities=("a1",))
LOOSE = replace(PROOF, activities=())


@pytest.mark.parametrize(
    ("before", "after", "area"),
    [
        (None, PROOF, EVIDENCE),
        (LOOSE, PROOF, EVIDENCE),
        (PROOF, replace(PROOF, note="page 2"), EVIDENCE),
        (LOOSE, None, EVIDENCE),
        (PROOF, None, DATA),
        (PROOF, LOOSE, DATA),
        (PROOF, replace(PROOF, sha256="1" * 64), DATA),
    ],
)
def test_a_proof_of_a_record_is_data_once_it_is_taken_away(
    before: Evidence | None, after: Evidence | None, area: str
) -> None:
    assert area_of_step(Step("evidence", "e1", before, after)) == area
