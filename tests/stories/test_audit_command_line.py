"""A whole verification by four people on two laptops, on the command line alone, in both languages."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from core.audit.checklist import questions
from core.i18n import T, show_number, verbatim
from core.ledger import Evidence
from core.store import PlantFile
from tests.stories.terminal import Terminal
from tests.stories.verification import (
    BOILER,
    DUE,
    LEAD,
    MANAGER,
    METER,
    PREPARER,
    REVIEWER,
    ROLES,
    YEAR,
    Laptop,
    gas,
    gas_id,
    power,
    power_id,
    rows,
    scan,
    words_of,
)

SEED = "2024"
DRAWN = {
    30: ("a00003", "a00007", "a00006", "a00004"),
    50: ("a00003", "a00007", "a00006", "a00004", "a00009", "a00011"),
    80: ("a00003", "a00007", "a00006", "a00004", "a00009", "a00011", "a00005", "a00002", "a00008", "a00001"),
}
"""What this seed draws of the main meter at each level, in any language, on any machine, at any time."""
FACTOR = 1000
"""By which the bill of March was entered too high: kWh and MWh mixed up."""
SLIP = 400
"""What September was entered too high. [kWh]"""
GAS_DRAWN = ("a00013", "a00017", "a00021")
"""What the same seed draws of the boiler, by tonnes."""
LOW = 50
"""What the second of them was entered too low. [m3]"""
MORE = 1_500
"""What the corrected bill of December shows beyond the first. [kWh]"""


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_whole_verification(lang: str, tmp_path: Path, keys: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    hill = Laptop(Terminal(lang), keys)
    the_plant_enters_its_bills(hill)
    the_audit_is_agreed_and_declared(hill)
    it_begins(hill)
    risks_are_decided(hill)
    a_sample_is_drawn(hill)
    effect = a_bill_is_a_thousand_times_too_high(hill)
    plant = hill.copy("plant.plant")
    the_plant_corrects(plant, effect)
    the_auditor_goes_on(hill)
    they_join(hill, plant)
    another_person_closes(hill)
    a_small_misstatement_stays(hill)
    last_year_is_explained(hill)
    the_reviewer_refuses(hill)
    what_was_missing_is_done(hill)
    the_audit_is_concluded(hill)
    nothing_changes_any_more(hill)
    head_office_takes_it(hill)
    initial_verified_and_why(hill, effect)
    it_is_opened_again(hill)
    the_second_report_takes_the_place_of_the_first(hill)


def the_plant_enters_its_bills(hill: Laptop) -> None:
    """Two years, each bill of the audited one with its proof; March by a thousand too much, September by a little."""
    type_in, by = hill.type_in, ("--person", PREPARER)
    type_in("new", hill.file, "--name", "Hillside", "--country", "CN", "--region", "CN-HE", "--organisation",
            "Hill Group", *by)  # fmt: skip
    typed = {power_id(3): FACTOR * power(3), power_id(9): power(9) + SLIP}
    for year, wrong in ((YEAR, typed), (YEAR - 1, {gas_id(month): 15_000 for month in range(1, 13)})):
        Path(f"{year}.csv").write_text("\n".join(rows(wrong, year)) + "\n", encoding="utf-8")
        assert type_in.data("import", hill.file, f"{year}.csv", *by)["imported"] == 24
    for quarter, first in enumerate((1, 4, 7, 10), 1):
        every = [word for month in range(first, first + 3) for word in ("--to", power_id(month))]
        type_in("attach", hill.file, scan(f"power-{quarter}.pdf"), *every, "--kind", "bill", *by)
    every = [word for month in range(1, 13) for word in ("--to", gas_id(month))]
    type_in("attach", hill.file, scan("gas.pdf"), *every, "--kind", "bill", *by)
    shown = type_in.data("audit", "evidence", hill.file, "--year", YEAR)
    assert (len(shown["register"]), shown["without_proof"]) == (7, []), "two tables and five scans"


def the_audit_is_agreed_and_declared(hill: Laptop) -> None:
    assert hill.tells("status", code=1)["engagement"] is None
    for name, role in ROLES.items():
        hill.does(LEAD, "people", "--add", name, "--role", role, "--competence", "Ten years")
    agreed = hill.data(LEAD, "engage", "--client", "Hill Group", "--site", "Hillside", "--objectives", "Verify.",
                       "--scope", "Scopes 1 and 2.", "--start", "2025-01-13", "--end", "2025-01-15", "--assurance",
                       "limited", "--materiality", 5, "--team", LEAD, "--reviewer", REVIEWER)  # fmt: skip
    assert (agreed["state"], agreed["number"], agreed["team"]) == ("draft", 1, ["pe00002"])
    hill.does(LEAD, "log", "--add", "opening_meeting", "--subject", "Opening", "--text", "Plan agreed.", "--with",
              MANAGER, "--day", "2025-01-13")  # fmt: skip
    hill.does(LEAD, "declare", *hill.key("lead"))
    hill.does(REVIEWER, "declare", "--scan", scan("declaration.pdf"))


def it_begins(hill: Laptop) -> None:
    hill.does(PREPARER, "move", "--to", "prepared")
    hill.does(LEAD, "move", "--to", "verification")
    told = hill.tells("status")
    assert (told["state"], told["team"], told["reviewer"]) == ("verification", [LEAD], REVIEWER)
    assert told["declarations"] == [], "what was signed holds"
    assert told["next"]["to"] == "review" and told["obstacles"]


def risks_are_decided(hill: Laptop) -> None:
    """As proposed for the meter, lower with a reason for the boiler."""
    sources = {one["source"]: one for one in hill.tells("risk")["sources"]}
    assert list(sources) == [METER, BOILER], "the heaviest first"
    proposed = sources[METER]["proposed"]
    hill.does(LEAD, "risk", "--source", METER, "--inherent", proposed["inherent"], "--control", proposed["control"])
    decided = {one["source"]: one["decided"] for one in hill.tells("risk")["sources"]}
    assert decided[METER]["inherent"] == proposed["inherent"] == "high" and decided[BOILER] is None


def a_sample_is_drawn(hill: Laptop) -> None:
    made = hill.data(LEAD, "sample", "--name", "Electricity", "--method", "random", "--source", METER, "--level", 30,
                     "--seed", SEED)["sample"]  # fmt: skip
    assert (made["id"], tuple(made["activities"]), made["seed"]) == ("sa00001", DRAWN[30], SEED)
    assert hill.tells("sample", "--redraw", "sa00001") == {"sample": "sa00001", "state": "same", "good": True}
    waiting = hill.tells("test", "--list", code=1)
    assert [row["activity"] for row in waiting] == list(DRAWN[30])


def a_bill_is_a_thousand_times_too_high(hill: Laptop) -> Decimal:
    """Traced to the bill, it differs; the finding is raised, the sheet says so, and the plant hears of it."""
    sheet = hill.data(LEAD, "test", "--activity", power_id(3), "--procedure", "traced", "--found", power(3),
                      "--evidence", "e00003")["sheet"]  # fmt: skip
    assert (sheet["result"], sheet["sample"], sheet["reported"]) == ("differs", "sa00001", str(FACTOR * power(3)))
    effect = Decimal(sheet["effect"])
    made = hill.data(LEAD, "finding raise", "--kind", "misstatement", "--title", "Bill of March", "--description",
                     "The bill shows kWh, MWh were entered.", "--clause", "GHG Protocol, ch. 7", "--activity",
                     power_id(3), "--evidence", "e00003", "--sample", "sa00001", "--effect", sheet["effect"],
                     "--owner", PREPARER, "--due", DUE)  # fmt: skip
    assert (made["id"], made["number"], made["names"]["owner"]) == ("fi00001", f"{YEAR}-01", PREPARER)
    hill.does(LEAD, "test", "--link", sheet["id"], "--finding", "fi00001")
    hill.does(LEAD, "move", "--to", "findings")
    told = hill.tells("misstatements", code=1)
    assert told["material"] and Decimal(told["totals"][told["governs"]]["overstated_tco2e"]) == effect
    opinion = hill.tells("opinion", code=1)
    assert (opinion["proposed"], opinion["decided"]) == ("disclaimed", None), "so much is wrong, and more untested"
    return effect


def the_plant_corrects(plant: Laptop, effect: Decimal) -> None:
    """On the plant's own laptop: because of the finding, and answered with a proof."""
    done = plant.data(PREPARER, "correct", "--finding", f"{YEAR}-01", "--activity", power_id(3), "--quantity", power(3))
    assert (done["finding"], done["after"]["quantity"]) == ("fi00001", str(power(3)))
    answered = plant.data(PREPARER, "finding answer", "--finding", f"{YEAR}-01", "--root-cause", "Typed by hand.",
                          "--correction", "Typed again.", "--corrective-action", "Bills are imported.", "--proof",
                          scan("instruction.pdf"))  # fmt: skip
    assert (answered["status"], answered["proof"]) == ("answered", ["e00009"])
    shown = plant.tells("finding show", "--finding", "fi00001")
    assert Decimal(shown["effect"]) == effect and not Decimal(shown["left_tco2e"]), "nothing of it is left"
    described(plant, PREPARER, "Delivered 2024-04-02.")


def the_auditor_goes_on(hill: Laptop) -> None:
    """Meanwhile: blind, on site, and with a wider sample."""
    (*_, blind) = hill.tells("test", "--list", "--procedure", "rekeyed", code=1)
    assert blind["activity"] == power_id(4) and "quantity" not in blind, "who types blind does not see the value"
    typing = ("test", "--activity", power_id(4), "--procedure", "rekeyed", "--found")
    why = hill.refuses(LEAD, *typing, 140_000, code=2)
    assert T("It differs from the record.").in_language(hill.type_in.lang) in why
    assert str(power(4)) not in why and show_number(Decimal(power(4))) not in why
    sheet = hill.data(LEAD, *typing, 140_000, "--again", power(4))["sheet"]
    assert (sheet["result"], sheet["note"]) == ("agrees", f"140000 → {power(4)}"), "a slip of the typist"
    hill.does(LEAD, "test", "--activity", power_id(6), "--procedure", "read_on_site", "--found", power(6))
    hill.does(LEAD, "test", "--activity", power_id(7), "--procedure", "traced", "--found", power(7))
    assert hill.tells("test", "--list") == []
    (drawn,) = hill.tells("sample")
    assert (drawn["findings"], drawn["next_level"]) == (["fi00001"], {"level": 50, "sources": [METER]})
    wider = hill.data(LEAD, "sample", "--escalate", "sa00001")["sample"]
    assert (wider["level"], wider["previous"], tuple(wider["activities"])) == (50, "sa00001", DRAWN[50])
    assert wider["reason"] == f"{YEAR}-01"
    described(hill, LEAD, "Seen on paper.")


def described(laptop: Laptop, who: str, note: str) -> None:
    """Somebody notes something beside the bill of March."""
    laptop.type_in("audit", "evidence", laptop.file, "--describe", "e00003", "--note", note, "--person", who)


def they_join(hill: Laptop, plant: Laptop) -> None:
    """What each did joins; what both noted otherwise is decided; both ways the same comes out."""
    before = plant.copy("before.plant")
    conflict = "evidence:e00003:note"
    looked = hill.tells("merge", plant.file, "--dry-run", code=1)
    assert (looked["merged"], looked["people"]) == (False, {PREPARER: 3})
    (asked,) = looked["conflicts"]
    assert (asked["kind"], asked["id"], asked["fields"]) == ("evidence", "e00003", ["note"])
    assert (asked["base"]["note"], asked["ours"]["note"], asked["theirs"]["note"]) == (
        "", "Seen on paper.", "Delivered 2024-04-02.",
    )  # fmt: skip
    assert (asked["ours_by"], asked["theirs_by"], asked["taken"]) == (LEAD, PREPARER, None)
    assert "Delivered 2024-04-02." in hill.refuses(LEAD, "merge", plant.file)
    ours = hill.copy("ours.plant")
    done = hill.data(LEAD, "merge", plant.file, "--decide", f"{conflict}=theirs")
    assert done["merged"] and done["joins"]["activity"]["changed"] == 1
    plant.does(PREPARER, "merge", ours.file, "--decide", f"{conflict}=ours")
    assert hill.ledger == plant.ledger, "whoever merges, the same comes out"
    held = hill.ledger.get("evidence", "e00003")
    assert isinstance(held, Evidence) and held.note == "Delivered 2024-04-02."
    assert hill.tells("merge", before.file)["nothing_new"]
    with PlantFile.open(Path(hill.file), read_only=True) as file:
        history = file.history("activity", power_id(3))
        assert [entry.change.who for entry in history] == [LEAD, PREPARER, PREPARER], "merged, corrected, imported"
        assert [one.finding for one in file.corrections if one.kind == "activity"] == ["fi00001"]


def another_person_closes(hill: Laptop) -> None:
    closed = hill.data(LEAD, "finding close", "--finding", f"{YEAR}-01", "--treatment", "corrected")
    assert (closed["status"], closed["names"]["answered_by"], closed["names"]["closed_by"]) == (
        "closed", PREPARER, LEAD,
    )  # fmt: skip
    assert hill.tells("sample", "--redraw", "sa00001", code=1)["state"] == "frame_changed", "the bill is another now"


def a_small_misstatement_stays(hill: Laptop) -> None:
    """The wider sample shows a slip of 400 kWh; it stands for others, stays below materiality and stays."""
    hill.does(LEAD, "test", "--activity", power_id(11), "--procedure", "recalculated", "--found", power(11))
    sheet = hill.data(LEAD, "test", "--activity", power_id(9), "--procedure", "traced", "--found", power(9))["sheet"]
    hill.does(LEAD, "finding raise", "--kind", "misstatement", "--title", "Bill of September", "--description",
              "400 kWh too much.", "--activity", power_id(9), "--sample", "sa00002", "--effect", sheet["effect"],
              "--projected", "--owner", PREPARER, "--due", DUE)  # fmt: skip
    hill.does(LEAD, "test", "--link", sheet["id"], "--finding", f"{YEAR}-02")
    widest = hill.data(LEAD, "sample", "--escalate", "sa00002")["sample"]
    assert (widest["level"], tuple(widest["activities"])) == (80, DRAWN[80])
    for month in (5, 2, 8, 1):
        hill.does(LEAD, "test", "--activity", power_id(month), "--procedure", "traced", "--found", power(month))
    assert hill.tells("sample")[-1]["next_level"] is None, "nothing more was found"
    hill.does(LEAD, "finding close", "--finding", f"{YEAR}-02", "--treatment", "uncorrected", "--note",
              "The month is closed in the books; far below materiality.")  # fmt: skip
    told = hill.tells("misstatements")
    (first, second) = told["misstatements"]
    assert first["treatment"] == "corrected" and not Decimal(first["left_tco2e"])
    assert second["treatment"] == "uncorrected" and Decimal(second["effect_tco2e"]) == Decimal(sheet["effect"])
    assert Decimal(second["projected_tco2e"]) > 0 and not told["material"]


def last_year_is_explained(hill: Laptop) -> None:
    """The boiler burned a third more than the year before; the auditor says why that is right."""
    found = {one["subject"]: one for one in hill.tells("analytics show", code=1) if one["procedure"] == "last_year"}
    assert found[BOILER]["unexplained"] and not found[METER]["beyond"]
    hill.does(LEAD, "analytics explain", "--procedure", "last_year", "--subject", BOILER, "--explanation",
              "A second shift since January, seen in the plan of shifts.", "--accept", "--evidence",
              scan("shifts.pdf"))  # fmt: skip
    shown = hill.tells("analytics show", "--beyond", code=1)
    assert [one["subject"] for one in shown if one["unexplained"]] == [""], "the total is still to be explained"
    hill.does(LEAD, "analytics explain", "--procedure", "last_year", "--explanation", "The second shift.", "--accept")
    assert not any(one["unexplained"] for one in hill.tells("analytics show"))


def the_reviewer_refuses(hill: Laptop) -> None:
    """Proposed, decided, handed over; one question is answered with no, and the audit goes back."""
    proposal = hill.tells("opinion", code=1)
    assert (proposal["proposed"], proposal["decided"]) == ("unmodified", None)
    hill.does(LEAD, "opinion", "--decide", "unmodified")
    hill.does(LEAD, "move", "--to", "review")
    hill.does(REVIEWER, "review", *all_yes("risk"), code=1)
    hill.does(REVIEWER, "review", "--answer", "risk=no", "--remark", "The boiler was not looked at.", code=1)
    (no,) = [one for one in hill.tells("review", code=1) if one["answer"] != "yes"]
    assert (no["question"], no["answer"], no["remark"]) == ("risk", "no", "The boiler was not looked at.")
    why = hill.refuses(LEAD, "conclude", "--out", "too-early.pdf", *hill.key("lead"))
    assert no["text"] in why and not Path("too-early.pdf").exists()
    hill.does(REVIEWER, "move", "--to", "verification", "--reason", "Look at the boiler.")


def all_yes(but: str = "") -> list[str]:
    """The words by which the reviewer answers every question but one."""
    return [word for one in questions() if one.key != but for word in ("--answer", f"{one.key}=yes")]


def what_was_missing_is_done(hill: Laptop) -> None:
    """Risk decided, bills of gas drawn by tonnes; one is too low, and a conservative estimate stands for it."""
    hill.does(LEAD, "risk", "--source", BOILER, "--inherent", "medium", "--control", "medium", "--reason", "Old meter.")
    drawn = hill.data(LEAD, "sample", "--name", "Gas", "--method", "monetary_unit", "--source", BOILER, "--size", 3,
                      "--seed", SEED)["sample"]  # fmt: skip
    assert tuple(drawn["activities"]) == GAS_DRAWN
    for key in GAS_DRAWN:
        month = int(key[1:]) - 12
        sheet = hill.data(LEAD, "test", "--activity", key, "--procedure", "traced", "--found",
                          gas(month) + (LOW if key == GAS_DRAWN[1] else 0))["sheet"]  # fmt: skip
        assert sheet["result"] == ("differs" if key == GAS_DRAWN[1] else "agrees")
        if sheet["result"] == "differs":
            low = sheet
    hill.does(LEAD, "finding raise", "--kind", "misstatement", "--title", "Gas bill", "--description", "Too low.",
              "--activity", low["activity"], "--sample", drawn["id"], f"--effect={low['effect']}", "--owner", PREPARER,
              "--due", DUE)  # fmt: skip
    hill.does(LEAD, "test", "--link", low["id"], "--finding", f"{YEAR}-03")
    proposed = hill.tells("finding show", "--finding", f"{YEAR}-03")["proposed_tco2e"]
    assert Decimal(proposed) == -Decimal(low["effect"]) > 0
    hill.does(LEAD, "finding close", "--finding", f"{YEAR}-03", "--treatment", "conservative", "--conservative",
              proposed, "--note", "The supplier cannot say which reading was right.")  # fmt: skip
    told = hill.tells("misstatements")
    assert (told["material"], Decimal(told["conservative_tco2e"])) == (False, Decimal(proposed))


def the_audit_is_concluded(hill: Laptop) -> None:
    """Reviewed again, signed by the team lead as it is concluded, then by the plant manager."""
    hill.does(LEAD, "opinion", "--decide", "unmodified", "--emphasis", "The boiler was added after the review.")
    hill.does(LEAD, "move", "--to", "review")
    hill.does(REVIEWER, "review", "--answer", "risk=yes")
    assert hill.tells("status")["obstacles"] == []
    sign_and_countersign(hill, 1)
    judged = hill.type_in.data("verify", "half1.pdf", *hill.trust, code=1)
    assert judged["missing_signatures"] == ["PlantManager"], "the signature of the auditor alone is not enough"
    told = hill.tells("status")
    assert (told["state"], told["number"], told["engagement"]["concluded"] != "") == ("concluded", 1, True)


def sign_and_countersign(hill: Laptop, revision: int) -> None:
    lang, type_in = hill.type_in.lang, hill.type_in
    half, whole = f"half{revision}.pdf", f"report{revision}.pdf"
    hill.does(LEAD, "conclude", "--out", half, "--lang", lang, *hill.key("lead"))
    both = type_in.data("countersign", half, "--out", whole, *hill.trust, *hill.key("manager"), "--plant", hill.file,
                        "--person", MANAGER)  # fmt: skip
    assert (both["valid"], both["missing_signatures"], both["rebuilt"]) == (True, [], "equal")
    assert [(one["field"], one["signer"]) for one in both["signatures"]] == [
        ("Auditor", LEAD), ("PlantManager", MANAGER),
    ]  # fmt: skip
    assert Path(whole).read_bytes().startswith(Path(half).read_bytes()), "nothing before the signature was touched"


def nothing_changes_any_more(hill: Laptop) -> None:
    Path("more.csv").write_text("\n".join([*rows()][:2]).replace("E2024", "X") + "\n", encoding="utf-8")
    why = hill.refuses_command("import", hill.file, "more.csv", "--person", PREPARER)
    assert T("Open again").in_language(hill.type_in.lang) in why, "it says what can be done"


def head_office_takes_it(hill: Laptop) -> None:
    (filed,) = hill.type_in.data("office", "import", "group.group", "report1.pdf", *hill.trust)["reports"]
    assert (filed["state"], filed["reasons"], filed["revision"]) == ("accepted", [], 1)
    assert (filed["signed_by"], filed["recalculated_equal"], filed["rebuilt"]) == (f"{LEAD}, {MANAGER}", True, "equal")
    (plant,) = hill.type_in.data("office", "summary", "group.group", "--year", YEAR)["plants"]
    assert plant["plant"] == "Hillside"


def initial_verified_and_why(hill: Laptop, effect: Decimal) -> None:
    """In the terminal and on the pages that were signed."""
    found = hill.tells("corrected")
    (line,) = [one for one in found["lines"] if one["scope"] == "scope2_location"]
    assert (line["record"], line["numbers"], line["who"]) == (power_id(3), [f"{YEAR}-01"], [PREPARER])
    initial, verified = Decimal(line["initial_tco2e"]), Decimal(line["verified_tco2e"])
    assert initial == FACTOR * verified and initial - verified == effect
    words = words_of(Path("report1.pdf"))
    for sought in (show_number(initial, 3), show_number(verified, 3), f"{YEAR}-01BillofMarch", SEED):
        assert "".join(sought.split()) in words, sought
    lang = hill.type_in.lang
    for text in (T("Unmodified opinion"), T("Audit statement"), T("Findings of the audit")):
        assert "".join(text.in_language(lang).split()) in words


def it_is_opened_again(hill: Laptop) -> None:
    """A corrected bill arrives: the audit gets another number, and everything said is said anew."""
    hill.does(REVIEWER, "move", "--to", "reopened", "--reason", "A corrected bill of December arrived.")
    told = hill.tells("status")
    assert (told["state"], told["number"]) == ("reopened", 2)
    assert told["engagement"]["reason"] == "A corrected bill of December arrived."
    assert hill.tells("opinion", code=1)["decided"] is None
    hill.type_in("attach", hill.file, scan("E-12b.pdf"), "--to", power_id(12), "--kind", "bill", "--person", PREPARER)
    sheet = hill.data(LEAD, "test", "--activity", power_id(12), "--procedure", "traced", "--found", power(12) + MORE)
    effect = sheet["sheet"]["effect"]
    assert Decimal(effect) < 0
    hill.does(LEAD, "finding raise", "--kind", "misstatement", "--title", "Bill of December", "--description",
              "The supplier corrected it.", "--activity", power_id(12), f"--effect={effect}", "--owner", PREPARER,
              "--due", DUE)  # fmt: skip
    hill.does(LEAD, "test", "--link", sheet["sheet"]["id"], "--finding", f"{YEAR}-04")
    mended = ("--activity", power_id(12), "--quantity", power(12) + MORE)
    hill.does(PREPARER, "correct", "--finding", f"{YEAR}-04", *mended)
    hill.does(PREPARER, "finding answer", "--finding", f"{YEAR}-04", "--root-cause", "The supplier's meter.",
              "--correction", "Taken over.", "--corrective-action", "None needed here.")  # fmt: skip
    hill.does(LEAD, "finding close", "--finding", f"{YEAR}-04", "--treatment", "corrected")


def the_second_report_takes_the_place_of_the_first(hill: Laptop) -> None:
    """It says what changed since, and head office knows which one holds."""
    hill.does(LEAD, "opinion", "--decide", "unmodified")
    hill.does(LEAD, "move", "--to", "review")
    hill.does(REVIEWER, "review", *all_yes())
    sign_and_countersign(hill, 2)
    (filed,) = hill.type_in.data("office", "import", "group.group", "report2.pdf", *hill.trust)["reports"]
    assert (filed["state"], filed["revision"]) == ("accepted", 2)
    (again,) = hill.type_in.data("office", "import", "group.group", "report1.pdf", *hill.trust)["reports"]
    assert (again["state"], again["new"]) == ("superseded", False)
    words, lang = words_of(Path("report2.pdf")), hill.type_in.lang
    (closing,) = [one for one in hill.ledger.closings if one.id == str(YEAR)]
    assert (closing.revision, closing.previous != "") == (2, True)
    before = T("{year}, before it was restated", year=str(YEAR))
    for text in (
        T("Why it was opened again"),
        verbatim("A corrected bill of December arrived."),
        T("From {before} to {after}, by cause", before=before, after=str(YEAR)),
        T("Corrected errors"),
        verbatim(f"{YEAR}-04 Bill of December"),
    ):
        assert "".join(text.in_language(lang).split()) in words, text
