"""The company's own declaration, as far as it follows from what suppliers declared, and what contradicts.

Only declarations that a person accepted count, of each supplier the newest. What a company says of itself — its policy,
its due diligence — follows from nothing and is taken from its own last declaration.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from core.i18n import Localised, T, Text, verbatim
from core.ledger import MineralDeclaration, SmelterList, Supplier
from core.ledger.filing import Records
from core.minerals.asked import Asked
from core.minerals.checker import MOST_MONTHS
from core.minerals.share import asked_suppliers, band, counts, newest, response_share
from core.minerals.smelters import UNIDENTIFIED, Smelter, smelters_of
from core.minerals.standing import Standings
from core.minerals.status import ACCEPTED, SENT_BACK
from core.minerals.templates import (
    ADDED,
    IDENTIFIED,
    KEYS,
    RECYCLED,
    REMAINS,
    REPORTED,
    SHARE,
    Question,
    Template,
    answer_key,
    edition_key,
    minerals_of,
    template_of,
)
from core.minerals.words import NO, UNKNOWN, YES, mineral_name, plain


@dataclass(frozen=True, slots=True)
class OwnSmelter:
    """One smelter of the own list, with everybody who named it."""

    smelter: Smelter
    """As the first declaration has it."""
    suppliers: tuple[str, ...]
    """Ids of those that named it."""


@dataclass(frozen=True, slots=True)
class Contradiction:
    """What does not fit together between declarations."""

    mineral: str
    message: Text
    remedy: Text


@dataclass(frozen=True, slots=True)
class OwnTemplate:
    """The own declaration by one template."""

    template: Template
    edition: str
    """The newest that suppliers used; empty: none was accepted."""
    minerals: tuple[str, ...]
    answers: Mapping[str, str]
    """As in a declaration; a question that nothing answers is missing."""
    smelters: tuple[OwnSmelter, ...]
    used: tuple[MineralDeclaration, ...]
    """The accepted declarations that it follows from."""
    waiting: tuple[MineralDeclaration, ...]
    """Declarations that count by their day and nobody has decided about."""
    answered: int
    asked: int
    silent: tuple[Supplier, ...]
    """Suppliers that were asked and of which no accepted declaration counts."""
    contradictions: tuple[Contradiction, ...]
    open: tuple[str, ...]
    """Keys of answers that nothing gives."""


@dataclass(frozen=True, slots=True)
class OwnDeclaration:
    """The own declaration by every template that suppliers answered."""

    today: date
    templates: tuple[OwnTemplate, ...]

    def by(self, template: str) -> OwnTemplate | None:
        """The own declaration by one template."""
        return next((one for one in self.templates if one.template.key == template), None)


def rollup(records: Records, today: date, months: int = MOST_MONTHS) -> OwnDeclaration:
    """The own declaration by every template of which a supplier's declaration counts.

    Parameters
    ----------
    records
        of a plant or of head office.
    today
        day on which declarations must count.
    months
        age from which on they do not any more.

    Notes
    -----
    Added or remaining: yes as soon as one supplier says so; no when all were asked, all answered and all say no; else
    open. Origin: yes as soon as one says so, unknown as soon as one does not know or has not answered. Recycled and
    identified: yes only when all say so. The share is that of the suppliers that answered.
    """
    standings = Standings.of(records.held(SmelterList))
    every = [one for one in records.held(MineralDeclaration) if one.supplier and counts(one, today, months)]
    found = (
        _of_template(records, [one for one in every if one.template == key], key, standings, today, months)
        for key in KEYS
    )
    return OwnDeclaration(today, tuple(one for one in found if one is not None))


def _of_template(
    records: Records,
    declared: Sequence[MineralDeclaration],
    key: str,
    standings: Standings,
    today: date,
    months: int,
) -> OwnTemplate | None:
    used = tuple(newest(one for one in declared if one.verdict == ACCEPTED).values())
    waiting = tuple(one for one in newest(declared).values() if one.verdict not in (ACCEPTED, SENT_BACK))
    if not used and not waiting:
        return None
    edition = max((one.edition for one in used), default="", key=edition_key)
    template = template_of(key, edition)
    asked = asked_suppliers(records, today)
    answered, _ = response_share(records, today, key, months)
    minerals = tuple(dict.fromkeys(mineral for one in used for mineral in minerals_of(one)))
    sheets = [Asked.of(one) for one in used]
    smelters = _smelters(used, standings)
    whole = bool(asked) and {one.id for one in asked} <= {one.supplier for one in used}
    found = _answers(template, minerals, sheets, smelters, band(answered, len(asked)), whole=whole)
    answers = found | _said(records, template)
    mine = newest(one for one in records.held(MineralDeclaration) if not one.supplier).get(("", key))
    return OwnTemplate(
        template, edition, minerals, answers, smelters, used, waiting, answered, len(asked),
        tuple(one for one in asked if one.id not in {each.supplier for each in used}),
        (*_between(smelters, records), *_with_own(mine, template, minerals, answers, records, sheets)),
        _open(template, minerals, answers),
    )  # fmt: skip


# ---------------------------------------------------------------------- answers


def _answers(
    template: Template, minerals: Sequence[str], sheets: Sequence[Asked], smelters: Sequence[OwnSmelter], share: str,
    *, whole: bool,
) -> dict[str, str]:  # fmt: skip
    found: dict[str, str] = {}
    unknown = {one.smelter.mineral for one in smelters if one.smelter.kind == UNIDENTIFIED}
    for mineral in minerals:
        for question in template.questions:
            said = [answer for one in sheets if (answer := _counting(one, question.about, mineral))]
            if question.about == SHARE:
                answer = share
            elif question.about in (RECYCLED, IDENTIFIED, REPORTED):
                sure = whole and not (question.about == IDENTIFIED and mineral in unknown)
                answer = _all(said, question.answers, whole=sure)
            else:
                answer = _any(said, question.answers, whole=whole)
            if answer:
                found[answer_key(question.key, mineral)] = answer
        if not _stays(template, found, mineral):
            _cut(template, found, mineral)
    return found


def _counting(sheet: Asked, about: str, mineral: str) -> str:
    """What a supplier says; of a mineral that is not in its products only that it is not."""
    if mineral not in sheet.minerals:
        return ""
    if about == REMAINS and sheet.answer(ADDED, mineral) == NO:
        return NO
    return sheet.answer(about, mineral) if about in (ADDED, REMAINS) or sheet.stays(mineral) else ""


def _any(said: Sequence[str], possible: Sequence[str], *, whole: bool) -> str:
    """Yes as soon as one says so or names a place; no only when everybody does."""
    if any(one == YES or one.endswith("_only") for one in said):
        return YES
    if whole and said and all(one == NO for one in said):
        return NO
    return UNKNOWN if UNKNOWN in possible and said else ""


def _all(said: Sequence[str], possible: Sequence[str], *, whole: bool) -> str:
    """Yes only when everybody says so; a no of one is enough."""
    if whole and said and all(one == YES for one in said):
        return YES
    if NO in said or UNKNOWN not in possible:
        return NO if said else ""
    return UNKNOWN if said else ""


def _stays(template: Template, answers: Mapping[str, str], mineral: str) -> bool:
    for about, ends in template.out.items():
        question = template.about(about)
        if question is not None and answers.get(answer_key(question.key, mineral)) in ends:
            return False
    return True


def _cut(template: Template, answers: dict[str, str], mineral: str) -> None:
    """Nothing more is said of a mineral that is not in the products."""
    kept = {question.key for about in template.out if (question := template.about(about)) is not None}
    for question in template.questions:
        if question.key not in kept:
            answers.pop(answer_key(question.key, mineral), None)


def _said(records: Records, template: Template) -> dict[str, str]:
    """What the company said of itself last."""
    own = newest(one for one in records.held(MineralDeclaration) if not one.supplier).get(("", template.key))
    letters = {one.key for one in template.company}
    return {key: answer for key, answer in (own.answers if own else ()) if key.split(" ", 1)[0] in letters}


def _open(template: Template, minerals: Sequence[str], answers: Mapping[str, str]) -> tuple[str, ...]:
    staying = [one for one in minerals if _stays(template, answers, one)]
    wanted = [answer_key(question.key, mineral) for question in template.questions for mineral in staying]
    for question in template.company if staying else ():
        wanted.extend(answer_key(question.key, mineral) for mineral in (staying if question.each else ("",)))
    return tuple(key for key in wanted if key not in answers)


# ---------------------------------------------------------------------- smelters


def _smelters(used: Sequence[MineralDeclaration], standings: Standings) -> tuple[OwnSmelter, ...]:
    """Each smelter once: by mineral and number, else by mineral, name and country; unknown ones are kept together."""
    found: dict[tuple[str, ...], tuple[Smelter, list[str]]] = {}
    for declaration in used:
        staying = Asked.of(declaration).staying
        for one in smelters_of(declaration, standings):
            if one.mineral not in staying:
                continue
            key = (one.mineral, one.id) if one.valid else (one.mineral, *_known_by(one))
            held = found.setdefault(key, (one, []))
            if declaration.supplier not in held[1]:
                held[1].append(declaration.supplier)
    rows = [OwnSmelter(one, tuple(suppliers)) for one, suppliers in found.values()]
    return tuple(sorted(rows, key=lambda one: (one.smelter.mineral, not one.smelter.valid, one.smelter.id,
                                               plain(one.smelter.name))))  # fmt: skip


def _known_by(one: Smelter) -> tuple[str, str]:
    return ("", "") if one.kind == UNIDENTIFIED else (plain(one.name or one.chosen), plain(one.country))


# ---------------------------------------------------------------------- contradictions


def _between(smelters: Sequence[OwnSmelter], records: Records) -> Iterator[Contradiction]:
    """One number under several minerals, and one smelter under several numbers."""
    named = [one for one in smelters if one.smelter.valid]
    for key, rows in _grouped(named, lambda one: one.smelter.id):
        yield Contradiction(
            rows[0].smelter.mineral,
            T("{id} stands for several minerals: {minerals}.", id=key,
              minerals=[_by(mineral_name(one.smelter.mineral), one, records) for one in rows]),
            T("Compare with the published list and ask which one is right."),
        )  # fmt: skip
    called = [one for one in named if one.smelter.name]
    for _, rows in _grouped(called, lambda one: f"{one.smelter.mineral} {plain(one.smelter.name)}"):
        yield Contradiction(
            rows[0].smelter.mineral,
            T("“{name}” has several numbers: {ids}.", name=verbatim(rows[0].smelter.name),
              ids=[_by(verbatim(one.smelter.id), one, records) for one in rows]),
            T("Compare with the published list and ask which one is right."),
        )  # fmt: skip


def _grouped(
    rows: Sequence[OwnSmelter], key: Callable[[OwnSmelter], str]
) -> Iterator[tuple[str, list[OwnSmelter]]]:  # fmt: skip
    """Those that share a key with another one."""
    found: dict[str, list[OwnSmelter]] = {}
    for one in rows:
        found.setdefault(key(one), []).append(one)
    return ((name, own) for name, own in found.items() if len(own) > 1)


def _by(what: Localised, one: OwnSmelter, records: Records) -> Text:
    return T("{what} ({suppliers})", what=what, suppliers=_names(records, one.suppliers))


def _with_own(
    own: MineralDeclaration | None,
    template: Template,
    minerals: Sequence[str],
    answers: Mapping[str, str],
    records: Records,
    sheets: Sequence[Asked],
) -> Iterator[Contradiction]:
    """What the own last declaration says otherwise than suppliers do."""
    said = dict(own.answers) if own else {}
    for question in template.questions:
        if question.about == SHARE:
            continue
        for mineral in minerals:
            key = answer_key(question.key, mineral)
            before, now = said.get(key, ""), answers.get(key, "")
            if {before, now} != {YES, NO}:
                continue
            because = [one.declaration.supplier for one in sheets if _says(one, question.about, mineral, now)]
            yield _opposite(question, mineral, _names(records, because))


def _says(sheet: Asked, about: str, mineral: str, what: str) -> bool:
    """Whether a supplier says so; the name of the only place of origin is a yes."""
    said = _counting(sheet, about, mineral)
    return said == what or (what == YES and said.endswith("_only"))


def _opposite(question: Question, mineral: str, suppliers: list[Text]) -> Contradiction:
    """Who says the opposite of the own declaration; nobody does where some have not answered."""
    if suppliers:
        return Contradiction(
            mineral,
            T("Question {number}, {name}, {mineral}: the own declaration says the opposite of what follows from: "
              "{suppliers}.", number=question.key, name=question.name, mineral=mineral_name(mineral),
              suppliers=suppliers),
            T("Correct the own declaration, or ask these suppliers."),
        )  # fmt: skip
    return Contradiction(
        mineral,
        T("Question {number}, {name}, {mineral}: the own declaration says yes, and not all suppliers have said so yet.",
          number=question.key, name=question.name, mineral=mineral_name(mineral)),
        T("Correct the own declaration, or wait for the answers that are lacking."),
    )  # fmt: skip


def _names(records: Records, ids: Sequence[str]) -> list[Text]:
    held = {one.id: one.name for one in records.held(Supplier)}
    return [verbatim(held.get(key, key)) for key in ids]
