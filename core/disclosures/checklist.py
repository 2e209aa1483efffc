"""Our own checklist: how far each question is answered, who can help, and what was raised because of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from core.audit.finding import MISSTATEMENT, NONCONFORMITY, findings_of, is_open, raising, title_of
from core.audit.finding_said import LONGEST_TITLE
from core.disclosures.catalogue import AREAS, CHECK, ChecklistQuestion, all_points, checklist
from core.disclosures.question import DisclosureMap, Question
from core.disclosures.readiness import Count, is_proven, value_of
from core.disclosures.value import PointValue
from core.errors import UserError
from core.i18n import Localised, T, Text, verbatim
from core.inventory.judging import Decision
from core.ledger import AuditFinding, Ledger
from core.methods import plain

STATES: Mapping[str, Text] = {
    "proven": T("Answered and proven"),
    "answered": T("Answered, without proof"),
    "expired": T("Answer expired"),
    "missing": T("Not answered"),
}
"""Of a question, from what is done to what is not begun."""
WANTING = frozenset({"no", "partly"})
"""Choices that ask for a corrective action."""


@dataclass(frozen=True, slots=True)
class Checked:
    """One question and what is known of it."""

    question: ChecklistQuestion
    value: PointValue
    state: str
    """One of :data:`STATES`."""
    findings: tuple[AuditFinding, ...] = ()
    """That were raised because of it, in their order."""

    @property
    def wanting(self) -> bool:
        """Whether the answer itself asks for an action: no, or only partly."""
        return self.state in ("proven", "answered") and self.value.value in WANTING

    @property
    def open_findings(self) -> tuple[AuditFinding, ...]:
        """Those about which something is still to be done."""
        return tuple(one for one in self.findings if is_open(one))

    @property
    def who(self) -> Localised | None:
        """Who in a plant can usually answer."""
        return self.question.point.who


@dataclass(frozen=True, slots=True)
class Area:
    """The questions of one area."""

    key: str
    """One of :data:`core.disclosures.catalogue.AREAS`."""
    questions: tuple[Checked, ...]

    @property
    def title(self) -> Text:
        """What it is called."""
        return AREAS[self.key]

    @property
    def answered(self) -> Count:
        """Questions with an answer that holds."""
        return Count(sum(one.state in ("proven", "answered") for one in self.questions), len(self.questions))

    @property
    def proven(self) -> Count:
        """Questions with an answer and a proof that hold."""
        return Count(sum(one.state == "proven" for one in self.questions), len(self.questions))


def checked_of(
    values: Mapping[str, PointValue],
    findings: Iterable[AuditFinding] = (),
    level: str = "plant",
    questions: Sequence[ChecklistQuestion] | None = None,
) -> tuple[Area, ...]:
    """The state of each question.

    Parameters
    ----------
    values
        what is known, by data point: of a plant, or of a group after folding.
    findings
        of the audit; those of other data points are left out.
    level
        ``plant`` or ``group``: who is asked. A group is asked all of them, for it folds what its plants answered.
    questions
        the checklist; None: the one that is shipped.

    Returns
    -------
    tuple of Area
        in the order of the areas; one without questions is left out.
    """
    raised: dict[str, list[AuditFinding]] = {}
    for finding in findings:
        raised.setdefault(finding.point, []).append(finding)
    areas: dict[str, list[Checked]] = {key: [] for key in AREAS}
    for one in checklist() if questions is None else questions:
        if level == "plant" and one.level == "group":
            continue
        value = value_of(values, one.point.key)
        own = tuple(sorted(raised.get(one.point.key, ()), key=lambda each: (each.year, len(each.id), each.id)))
        areas[one.area].append(Checked(one, value, _state(value), own))
    return tuple(Area(key, tuple(held)) for key, held in areas.items() if held)


def _state(value: PointValue) -> str:
    if value.expired:
        return "expired"
    if not value.known:
        return "missing"
    return "proven" if is_proven(value) else "answered"


def answers_to(
    one: ChecklistQuestion, maps: Mapping[str, DisclosureMap]
) -> tuple[tuple[DisclosureMap, Question], ...]:  # fmt: skip
    """The questions of frameworks that it helps to answer, of those maps that are at hand."""
    found = []
    for key, number in one.links:
        asked = maps.get(key)
        question = None if asked is None else asked.question(number)
        if asked is not None and question is not None:
            found.append((asked, question))
    return tuple(found)


def question_named(code: str) -> ChecklistQuestion:
    """A question by its code, whatever its capitals; ``check.G1`` is understood too.

    Raises
    ------
    UserError
        when the checklist has none.

    Examples
    --------
    >>> question_named("g1").code
    'G1'
    """
    wanted = code.strip().removeprefix(CHECK).upper()
    found = next((one for one in checklist() if one.code == wanted), None)
    if found is None:
        raise UserError(
            T("The checklist has no question “{code}”.", code=code[:20]), T("Look at the list of questions.")
        )
    return found


# ---------------------------------------------------------------------- corrective actions


@dataclass(frozen=True, slots=True)
class Action:
    """What is to be done, as the auditor says it."""

    title: str
    description: str
    kind: str = NONCONFORMITY
    """Of a finding; never a misstatement, for no tonnes are wrong."""
    owner: str = ""
    """Id of the person of the plant who answers for it."""
    due: str = ""
    """As ISO date."""
    clause: str = ""
    """Of a standard or law."""


def proposed_action(one: Checked, lang: str) -> Action:
    """What may stand in the form before the auditor says more: the question, and what was answered."""
    choices = dict(one.question.point.choices)
    said = one.value.value
    if one.state == "missing" or said is None:
        told: Localised = STATES[one.state]
    elif isinstance(said, str):
        told = choices.get(said, verbatim(said))
    else:
        told = verbatim(f"{plain(said)} {one.value.unit}".rstrip())
    words = T("Checklist {code}: {answer}", code=one.question.code, answer=told)
    return Action(one.question.point.name.in_language(lang)[:LONGEST_TITLE], words.in_language(lang))


def corrective(ledger: Ledger, code: str, year: int, by: str, day: date, key: str, action: Action) -> Decision:
    """The change that raises a finding because of a question of the checklist, or of another data point.

    It is one of the findings of the audit: it is answered, closed and listed with them.

    Parameters
    ----------
    ledger
        with the audit of the year.
    code
        of the question, ``G1``, or key of a data point.
    year
        of the audit.
    by
        id of the auditor who raises it.
    day
        on which it is raised.
    key
        id of the new finding.
    action
        what is to be done.

    Raises
    ------
    UserError
        for a question that nobody knows, an open finding about it, and whatever a finding of the audit must keep to.
    """
    point = all_points().get(code.strip()) or question_named(code).point
    made = AuditFinding(
        key, year, action.kind, action.title, action.description, day, by, action.clause, owner=action.owner,
        due=action.due, point=point.key,
    )  # fmt: skip
    return acting(ledger, made)


def acting(ledger: Ledger, made: AuditFinding) -> Decision:
    """The change that raises a corrective action, however it was stated.

    Raises
    ------
    UserError
        for an open finding about the same data point, and whatever a finding of the audit must keep to.
    """
    held = next((one for one in findings_of(ledger, made.year) if one.point == made.point and is_open(one)), None)
    if held is not None:
        raise UserError(
            T("There is an open finding about it: {finding}", finding=verbatim(title_of(ledger, held))),
            T("Change or answer that one."),
        )
    if made.kind == MISSTATEMENT:
        raise UserError(T("No tonnes are wrong because of an answer."), T("Raise a nonconformity or a recommendation."))
    return raising(ledger, made)
