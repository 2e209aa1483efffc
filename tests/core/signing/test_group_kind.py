"""A report of the group and one of a plant are signed alike and never taken for each other."""

from __future__ import annotations

import pytest

from core.errors import UserError
from core.signing import PLANT_MANAGER, sign, verify
from core.signing.stamp import accepted_texts, for_group, stamp_texts
from tests.core.signing import pdfs
from tests.core.signing.conftest import LATER, SIGNED, People


@pytest.fixture(scope="module")
def of_group() -> bytes:
    draft = pdfs.report()
    draft.replace(pdfs.SPEC, b"/F (audit.json) /UF (audit.json)", b"/F (group.json) /UF (group.json)")
    return draft.replace(pdfs.NAMES, b"(audit.json)", b"(group.json)").build()


def test_head_office_prepares_and_management_approves(of_group: bytes, people: People) -> None:
    first = sign(of_group, people.auditor, reason="", location="", when=SIGNED)
    both = sign(first, people.manager, reason="", location="", when=SIGNED, field=PLANT_MANAGER)
    found = verify(both, [people.authority.certificate], when=LATER)
    assert found.valid, str(found.reason)
    assert found.package_bytes is None and found.group_bytes == pdfs.PACKAGE


def test_a_report_of_a_plant_has_no_data_of_a_group(audited: bytes, people: People) -> None:
    found = verify(audited, [people.authority.certificate], when=LATER)
    assert found.group_bytes is None and found.package_bytes == pdfs.PACKAGE


@pytest.mark.parametrize("group", [True, False])
def test_the_stamp_of_the_other_kind_is_refused(
    of_group: bytes, pdf: bytes, people: People, group: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    def other(*said: object, **_named: object) -> object:
        return stamp_texts(*said, group=not group)  # type: ignore[arg-type]

    monkeypatch.setattr("core.signing.signature.stamp_texts", other)
    lied = sign(of_group if group else pdf, people.auditor, reason="", location="", when=SIGNED)
    found = verify(lied, [people.authority.certificate], when=LATER)
    assert not found.valid
    assert "another kind of report" in str(found.reason)


def test_nothing_else_travels_with_a_group(people: People) -> None:
    draft = pdfs.report()
    spec = draft.add(draft.bodies[pdfs.SPEC].replace(b"audit.json", b"group.json").replace(b"8 0 R", b"13 0 R"))
    data = draft.add(draft.bodies[pdfs.DATA])
    draft.bodies[spec] = draft.bodies[spec].replace(b"13 0 R", b"%d 0 R" % data)
    draft.replace(pdfs.NAMES, b"7 0 R ]", b"7 0 R (group.json) %d 0 R ]" % spec)
    draft.replace(pdfs.CATALOG, b"/AF [ 7 0 R ]", b"/AF [ 7 0 R %d 0 R ]" % spec)
    with pytest.raises(UserError, match="no other file"):
        sign(draft.build(), people.auditor, reason="", location="", when=SIGNED)


def test_a_stamp_says_whose_report_it_is() -> None:
    for lines in accepted_texts(PLANT_MANAGER, "A", "O", SIGNED):
        assert for_group(PLANT_MANAGER, lines) == (lines[0] in {"Approved for the group by", "集团批准",
                                                                 "集团批准 Approved for the group by"})  # fmt: skip
