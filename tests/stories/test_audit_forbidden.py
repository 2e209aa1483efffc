"""What no audit allows: each step is refused with a reason and with what to do instead, and the file stays."""

from __future__ import annotations

import sqlite3
from contextlib import closing as closing_of
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from core.audit.checklist import questions
from core.audit.roles import PLANT, titles
from core.errors import RefusedError
from core.i18n import T, Text
from core.ledger import AuditFinding, Change, Engagement, Opinion, Record, Step, TestSheet, kind_of
from core.report.data import ROLE_NAMES
from core.store import PlantFile
from gui.session import Session
from tests.stories.conftest import At
from tests.stories.stages import BILL, CLERK, CLOSING, SECOND, answer, close, correct
from tests.stories.verification import (
    LEAD,
    MANAGER,
    METER,
    PREPARER,
    REVIEWER,
    YEAR,
    Laptop,
    power,
    power_id,
    rows,
    scan,
)

STRANGER = "Somebody"
NOW = datetime.now(UTC)


def says(why: str, reason: Text) -> None:
    """The reason in the words of the program, and something to do about it."""
    words = reason.in_language("en")
    assert words in why
    assert why.replace(words, "").strip(), "a remedy is missing"


def by_hand(laptop: Laptop, who: str, *records: Record) -> str:
    """Why the file itself takes no such records from somebody, however they were made."""
    with PlantFile.open(Path(laptop.file)) as plant:
        before, held = plant.head, plant.ledger
        steps = tuple(Step(kind_of(one), one.id, held.get(kind_of(one), one.id), one) for one in records)
        with pytest.raises(RefusedError) as refused:
            plant.append(Change(who, NOW, T("Changed"), steps))
        assert plant.head == before and plant.ledger == held
        return refused.value.text("en")


def new_bills() -> None:
    """Of June and July, as ``more.csv``."""
    head, *bills = rows()
    Path("more.csv").write_text("\n".join((head, *bills[5:7])) + "\n", encoding="utf-8")


# ---------------------------------------------------------------------- own review


def test_nobody_reviews_their_own(at: At) -> None:
    draft = at("draft")
    draft.does(LEAD, "people", "--change", LEAD, "--role", "team_lead", "--role", "reviewer")
    why = draft.refuses(LEAD, "engage", "--reviewer", LEAD)
    says(why, T("{name} is in the team, so cannot review its work.", name=LEAD))
    why = draft.refuses(LEAD, "engage", "--reviewer", CLERK)
    says(why, T("{name} entered data of {year}, so cannot review them.", name=CLERK, year=str(YEAR)))


def test_only_the_reviewer_answers_the_checklist(at: At) -> None:
    review = at("review")
    for who in (LEAD, SECOND, PREPARER, MANAGER, CLERK):
        why = review.refuses(who, "review", "--answer", "risk=yes")
        says(why, T("Only the independent reviewer answers the checklist."))


def test_the_reviewer_does_not_do_the_work(at: At) -> None:
    findings = at("findings")
    traced = ("test", "--activity", power_id(1), "--procedure", "traced", "--found", 5)
    says(findings.refuses(REVIEWER, *traced), T("{name} may not do this: it takes {who}.", name=REVIEWER,
                                                who=T("an auditor")))  # fmt: skip
    mended = ("correct", "--finding", "fi00001", "--activity", power_id(3), "--quantity", 5)
    assert titles(PLANT)[0].in_language("en") in findings.refuses(REVIEWER, *mended)
    assert "is for" in findings.refuses(REVIEWER, "move", "--to", "verification")


# ---------------------------------------------------------------------- own closing, own record, another's name


def test_nobody_closes_what_they_answered_or_corrected(at: At) -> None:
    findings = at("findings")
    correct(findings, SECOND)
    answer(findings)
    says(findings.refuses(SECOND, *CLOSING), T("{name} corrected the data and may not close the finding.", name=SECOND))
    answered = at("findings")
    correct(answered)
    answer(answered, SECOND)
    says(answered.refuses(SECOND, *CLOSING), T("{name} answered the finding and may not judge it.", name=SECOND))
    says(answered.refuses(PREPARER, *CLOSING), T("{name} may not do this: it takes {who}.", name=PREPARER,
                                                 who=T("an auditor")))  # fmt: skip
    close(answered, LEAD)


def test_nobody_tests_their_own_record_or_types_blind_what_they_know(at: At) -> None:
    drawn = at("drawn")
    traced = ("test", "--activity", power_id(4), "--procedure", "traced", "--found", power(4))
    says(drawn.refuses(SECOND, *traced), T("{name} entered or changed this record and cannot test it.", name=SECOND))
    drawn.does(LEAD, *traced)
    blind = ("test", "--activity", power_id(4), "--procedure", "rekeyed", "--found", power(4))
    says(drawn.refuses(LEAD, *blind), T("{name} has tested this record and knows its value.", name=LEAD))
    assert "cannot test it" in drawn.refuses(SECOND, *blind)


def test_nobody_writes_in_anothers_name(at: At) -> None:
    drawn = at("drawn")
    lead, second = "pe00002", "pe00005"
    own = T("{name} cannot write this in somebody else's name.", name=SECOND)
    says(by_hand(drawn, SECOND, TestSheet("te00001", YEAR, power_id(1), "traced", "agrees", lead, date.today())), own)
    says(by_hand(drawn, SECOND, AuditFinding("fi00001", YEAR, "nonconformity", "a", "b", date.today(), lead)), own)
    assert drawn.ledger.get("person", lead).name == LEAD and drawn.ledger.get("person", second).name == SECOND  # type: ignore[union-attr]
    opinion = Opinion(str(YEAR), "unmodified", "unmodified", "", second, date.today())
    says(by_hand(drawn, LEAD, opinion), T("{name} cannot write this in somebody else's name.", name=LEAD))
    why = drawn.refuses(LEAD, "declare", "--of", REVIEWER, *drawn.key("lead"))
    says(why, T("The certificate is that of {signer}, and not of {name}.", signer=LEAD, name=REVIEWER))


# ---------------------------------------------------------------------- the lock

LOCKED: dict[str, tuple[str, tuple[str, ...]]] = {
    "a proof": (PREPARER, ("evidence", "--add", "new.pdf", "--activity", power_id(1))),
    "a note": (PREPARER, ("evidence", "--describe", BILL, "--note", "new")),
    "a test": (LEAD, ("test", "--activity", power_id(1), "--procedure", "traced", "--found", "7")),
    "a sample": (LEAD, ("sample", "--name", "More", "--method", "all")),
    "a risk": (LEAD, ("risk", "--source", METER, "--inherent", "low", "--control", "low", "--reason", "x")),
    "a finding": (LEAD, ("finding raise", "--kind", "nonconformity", "--title", "x", "--description", "x")),
    "the log": (LEAD, ("log", "--add", "call", "--subject", "x", "--text", "x")),
    "the engagement": (LEAD, ("engage", "--materiality", "50")),
    "the opinion": (LEAD, ("opinion", "--decide", "modified", "--basis", "x")),
    "the review": (REVIEWER, ("review", "--answer", "risk=no", "--remark", "x")),
    "the state": (LEAD, ("move", "--to", "verification")),
}


@pytest.mark.parametrize("what", LOCKED)
def test_a_concluded_audit_is_locked(at: At, what: str) -> None:
    concluded = at("concluded")
    scan("new.pdf")
    who, act = LOCKED[what]
    why = concluded.refuses(who, *act)
    assert T("Open again").in_language("en") in why, "how it can be changed after all"


def test_neither_import_nor_correction_nor_another_signature_get_round_the_lock(at: At) -> None:
    concluded = at("concluded")
    by = ("--person", PREPARER)
    new_bills()
    assert "nobody changes" in concluded.refuses_command("import", concluded.file, "more.csv", *by)
    says(concluded.refuses(PREPARER, "correct", "--finding", "fi00001", "--activity", power_id(1), "--quantity", 1,
                           code=2), T("The finding is not open any more."))  # fmt: skip
    signing = ("--out", "again.pdf", *concluded.key("lead"))
    why = concluded.refuses_command("report", concluded.file, "--year", YEAR, *signing, "--person", LEAD)
    says(why, T("{year} is audited: its report is signed once, when the audit is concluded.", year=str(YEAR)))
    why = concluded.refuses(LEAD, "conclude", *signing)
    says(why, T("The audit of {year} is not in independent review.", year=str(YEAR)))
    assert not Path("again.pdf").exists()


def test_the_window_and_undo_do_not_get_round_the_lock(at: At) -> None:
    concluded = at("concluded")
    with PlantFile.open(Path(concluded.file)) as plant:
        session, before = Session(plant, PREPARER, YEAR), plant.head
        bill = session.ledger.activities[0]
        with pytest.raises(RefusedError) as refused:
            session.put(T("Changed"), replace(bill, quantity=bill.quantity + 1))
        says(refused.value.text("en"), T("From here: {moves}.", moves=["Open again (Team lead, Independent reviewer)"]))
        assert plant.undoable == 0 and session.undo() is None and session.redo() is None
        assert plant.head == before and session.ledger.activities[0] == bill


def test_undo_is_asked_like_any_other_change(at: At) -> None:
    findings = at("findings")
    correct(findings)
    answer(findings)
    close(findings)
    with PlantFile.open(Path(findings.file)) as plant:
        with pytest.raises(RefusedError) as refused:
            plant.undo(PREPARER, NOW)
        says(refused.value.text("en"), T("{name} is: {roles}.", name=PREPARER, roles=titles(("preparer",))))
        assert plant.undo(LEAD, NOW) is not None


def test_what_a_copy_changed_does_not_join_a_concluded_audit(at: At) -> None:
    concluded, copy = at("concluded"), at("answered")
    copy.does(LEAD, "log", "--add", "call", "--subject", "Late", "--text", "They called.")
    why = concluded.refuses(LEAD, "merge", copy.file)
    says(why, T("The audit of {year} is concluded here, and the other copy changed it.", year=str(YEAR)))


# ---------------------------------------------------------------------- what a conclusion needs


def test_no_review_without_sample_tests_closed_findings_and_an_opinion(at: At) -> None:
    handing = ("move", "--to", "review")
    says(at("verification").refuses(LEAD, *handing), T("No sample was drawn."))
    says(at("drawn").refuses(LEAD, *handing), T("Records of the samples without a test: {count}.", count=5))
    says(at("findings").refuses(LEAD, *handing), T("The finding is open: {finding}.", finding="2024-01 Bill of March"))
    says(at("ready").refuses(LEAD, *handing), T("No opinion on {year} was decided.", year=str(YEAR)))


def test_no_opinion_while_a_finding_is_open_and_none_without_its_basis(at: At) -> None:
    says(at("findings").refuses(LEAD, "opinion", "--decide", "unmodified"),
         T("Findings that are still open: {count}.", count=1))  # fmt: skip
    says(at("ready").refuses(LEAD, "opinion", "--decide", "modified", code=2), T("The reason is missing."))
    assert "is for" in at("ready").refuses(SECOND, "move", "--to", "review")


def test_required_evidence_is_there_or_waived_with_a_reason(at: At) -> None:
    hill = at("findings")
    gone = ("evidence", "--unlink", BILL, "--activity", power_id(2))
    assert "only because of an open finding" in hill.refuses(PREPARER, *gone)
    hill.does(PREPARER, *gone, "--because", "fi00001")
    for act in (correct, answer, close):
        act(hill)
    hill.does(LEAD, "opinion", "--decide", "unmodified")
    why = hill.refuses(LEAD, "move", "--to", "review")
    assert "Errors of the review: 1" in why and "need a kept file that they do not have" in why
    (lacking,) = [f for f in hill.type_in.data("findings", hill.file, "--year", YEAR, code=1)
                  if f["rule"] == "required_evidence"]  # fmt: skip
    waive = ("dismiss", hill.file, "--year", YEAR, "--rule", lacking["rule"], "--subject", lacking["subject"])
    assert hill.refuses_command(*waive, "--reason", " ", "--person", LEAD, code=2)
    hill.type_in(*waive, "--reason", "The supplier is insolvent; the counter was read.", "--person", LEAD)
    hill.does(LEAD, "move", "--to", "review")


def test_no_conclusion_without_checklist_key_and_signature(at: At) -> None:
    review, answered = at("review"), at("answered")
    ending = ("conclude", "--out", "r.pdf")
    why = review.refuses(LEAD, *ending, *review.key("lead"))
    says(why, T("The independent reviewer has not answered: {question}", question=questions()[0].text))
    says(answered.refuses(LEAD, "move", "--to", "concluded"), T("An audit is concluded by signing its report."))
    says(answered.refuses(LEAD, *ending, code=2), T("No key is named."))
    held = answered.ledger.engagement(YEAR)
    assert isinstance(held, Engagement)
    done = replace(held, state="concluded", concluded=date.today().isoformat(), package="a" * 64)
    says(by_hand(answered, LEAD, done), T("The audit of {year} cannot be concluded without its signed report.",
                                          year=str(YEAR)))  # fmt: skip
    assert not Path("r.pdf").exists()


# ---------------------------------------------------------------------- signatures


def test_two_different_people_sign(at: At) -> None:
    hill = at("concluded")
    second = ("countersign", "half.pdf", "--out", "r.pdf", *hill.trust)
    says(hill.refuses_command(*second, *hill.key("both")), T("{name} has signed it already.", name=LEAD))
    why = hill.refuses_command(*second, *hill.key("lead"))
    says(why, T("It is already signed as {role}.", role=ROLE_NAMES["Auditor"]))
    assert not Path("r.pdf").exists()


def test_everybody_signs_with_their_own_certificate_and_with_one(at: At) -> None:
    hill = at("answered")
    ending = ("conclude", "--out", "r.pdf")
    says(hill.refuses(LEAD, *ending, *hill.key("renewed")), T("{name} signs with another certificate.", name=LEAD))
    why = hill.refuses(LEAD, *ending, *hill.key("manager"))
    says(why, T("The certificate is that of {signer}, and not of {name}.", signer=MANAGER, name=LEAD))
    concluded = at("concluded")
    second = ("countersign", "half.pdf", "--out", "r.pdf", *hill.trust, *hill.key("manager"), "--plant", concluded.file)
    why = concluded.refuses_command(*second, "--person", PREPARER)
    says(why, T("The certificate is that of {signer}, and not of {name}.", signer=MANAGER, name=PREPARER))
    assert not Path("r.pdf").exists()


def test_a_file_that_was_altered_is_not_concluded(at: At) -> None:
    hill = at("answered")
    with closing_of(sqlite3.connect(hill.file)) as db:
        db.execute("update record set data = replace(data, '\"101000\"', '\"101001\"') where id = ?", (power_id(1),))
        db.commit()
    why = hill.refuses(LEAD, "conclude", "--out", "r.pdf", *hill.key("lead"))
    says(why, T("The file was altered outside the program: its records do not follow from its journal."))
    assert not Path("r.pdf").exists()


# ---------------------------------------------------------------------- strangers


def test_whoever_is_not_one_of_the_people_does_nothing(at: At) -> None:
    hill = at("drawn")
    new_bills()
    unknown = T("“{name}” is not one of the people of the audit of {year}.", name=STRANGER, year=str(YEAR))
    says(hill.refuses_command("import", hill.file, "more.csv", "--person", STRANGER), unknown)
    for act in (("move", "--to", "findings"), ("sample", "--name", "x", "--method", "all"),
                ("log", "--add", "call", "--subject", "x", "--text", "x")):  # fmt: skip
        says(hill.refuses(STRANGER, *act), unknown)
    finding = ("finding raise", "--kind", "nonconformity", "--title", "x", "--description", "x")
    assert f"“{STRANGER}” is not one of the people" in hill.refuses(STRANGER, *finding, code=2)
    assert "cannot change the people" in hill.refuses(STRANGER, "people", "--add", STRANGER, "--role", "team_lead")
    answered = at("answered")
    says(answered.refuses(STRANGER, "conclude", "--out", "r.pdf", *answered.key("lead")), unknown)
    copy = answered.copy("copy.plant")
    copy.does(LEAD, "log", "--add", "call", "--subject", "x", "--text", "x")
    assert "cannot merge copies" in answered.refuses(STRANGER, "merge", copy.file)
