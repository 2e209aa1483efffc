"""What the templates ask, edition by edition: minerals, questions by number with own short names, possible answers.

The wording of the questions stays with those who publish them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from core.i18n import Localised, Name, T, Text
from core.ledger import MineralDeclaration
from core.minerals.words import SHARES, mineral_name, mineral_of

CMRT, EMRT, AMRT = "CMRT", "EMRT", "AMRT"
KEYS = (CMRT, EMRT, AMRT)
ADDED, REMAINS, COVERED, AREAS, RECYCLED, SHARE, IDENTIFIED, REPORTED = (
    "added", "remains", "covered", "areas", "recycled", "share", "identified", "reported",
)  # fmt: skip
"""What a question about a mineral is about; its number differs between templates."""
MOST_CHOSEN = 10
"""Minerals that may be chosen for an AMRT."""
_YES_NO = ("yes", "no")
_OPEN = ("yes", "no", "unknown")
_EDITION = re.compile(r"(\d+)(?:\.(\d+))?(?:\.(\d+))?")


@dataclass(frozen=True, slots=True)
class Question:
    """One question, by its number and our own short words."""

    key: str
    """``1`` about each mineral, ``A`` about the company."""
    name: Name
    answers: tuple[str, ...]
    """Keys of :mod:`core.minerals.words` that may be answered."""
    about: str = ""
    """Of a question about minerals, see :data:`ADDED` and the others."""
    each: bool = False
    """Of a question about the company: whether it is asked for each mineral."""
    remark: tuple[str, ...] = ()
    """Answers that need words beside them."""
    only: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Further answers for one mineral."""

    def possible(self, mineral: str = "") -> tuple[str, ...]:
        """What may be answered for a mineral."""
        return (*self.answers, *self.only.get(mineral, ()))


@dataclass(frozen=True, slots=True)
class Template:
    """One template in the editions that ask the same."""

    key: str
    since: tuple[int, int, int]
    """First edition."""
    questions: tuple[Question, ...]
    company: tuple[Question, ...]
    minerals: tuple[str, ...]
    """That are always asked about, or that may be chosen."""
    chosen: bool = False
    """Whether the declaration says which minerals it is about."""
    out: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Answers after which nothing more is asked of a mineral, by what the question is about."""
    smelters: str = "in_scope"
    """When smelters are asked for: ``in_scope``, or ``full_share`` where all suppliers have answered."""

    def about(self, what: str) -> Question | None:
        """The question about something; None where it is not asked."""
        return next((one for one in self.questions if one.about == what), None)

    def question(self, key: str) -> Question | None:
        """The question with this number or letter."""
        return next((one for one in (*self.questions, *self.company) if one.key == key), None)


def _asked(*numbered: tuple[str, Name, tuple[str, ...]], **more: Mapping[str, tuple[str, ...]]) -> tuple[Question, ...]:
    """Questions about minerals, numbered in their order."""
    remarks = {SHARE: ("not_surveyed",)}
    return tuple(
        Question(
            str(number), name, answers, about,
            remark=tuple(one for one in remarks.get(about, ()) if one in answers), only=more.get(about, {}),
        )
        for number, (about, name, answers) in enumerate(numbered, 1)
    )  # fmt: skip


_NAMES = {
    ADDED: Name("Added on purpose", "有意添加"),
    REMAINS: Name("Remains in the product", "存在于产品中"),
    COVERED: Name("From covered countries", "来自所涵盖国家"),
    AREAS: Name("From risk areas", "来自受冲突影响和高风险地区"),
    RECYCLED: Name("All recycled or scrap", "全部来自回收料或报废料"),
    SHARE: Name("Share of suppliers that answered", "供应商答复比例"),
    IDENTIFIED: Name("All smelters identified", "已识别全部冶炼厂"),
    REPORTED: Name("All smelters reported here", "冶炼厂信息已全部申报"),
}
_A = Question("A", Name("Minerals policy", "矿产采购政策"), _YES_NO)
_B = Question("B", Name("Policy is public", "政策公开发布"), _YES_NO, remark=("yes",))
_C = Name("Suppliers must use audited smelters", "要求供应商使用经审核的冶炼厂")
_D = Question("D", Name("Due diligence carried out", "实施尽职调查"), _YES_NO)
_E = Question("E", Name("Suppliers surveyed", "调查供应商"), ("yes_standard", "yes_other", "no"), remark=("yes_other",))
_F = Question("F", Name("Answers reviewed", "审查答复"), _YES_NO)
_G = Question("G", Name("Corrective actions", "纠正措施"), _YES_NO)
_H = Question("H", Name("Yearly legal filing", "年度法定披露"), ("yes_sec", "yes_eu", "yes_sec_eu", "no"))


def _of(about: str, answers: tuple[str, ...]) -> tuple[str, Name, tuple[str, ...]]:
    return about, _NAMES[about], answers


_CMRT_ASKED = _asked(
    _of(ADDED, _YES_NO), _of(REMAINS, _YES_NO), _of(COVERED, _OPEN), _of(AREAS, _OPEN), _of(RECYCLED, _OPEN),
    _of(SHARE, SHARES), _of(IDENTIFIED, _YES_NO), _of(REPORTED, _YES_NO),
)  # fmt: skip
_EMRT_1_ASKED = _asked(
    _of(ADDED, (*_OPEN, "not_applicable")), _of(REMAINS, _OPEN), _of(AREAS, _OPEN), _of(RECYCLED, _OPEN),
    _of(SHARE, SHARES), _of(IDENTIFIED, _OPEN), _of(REPORTED, _OPEN),
    areas={"cobalt": ("drc_only",), "mica": ("india_madagascar_only",)},
)  # fmt: skip
_EMRT_2_ASKED = _asked(
    _of(ADDED, (*_OPEN, "not_declaring")), _of(REMAINS, _OPEN), _of(AREAS, _OPEN), _of(RECYCLED, _OPEN),
    _of(SHARE, (*SHARES, "not_surveyed")), _of(IDENTIFIED, _OPEN), _of(REPORTED, _OPEN),
)  # fmt: skip
_AMRT_ASKED = _asked(
    _of(ADDED, (*_OPEN, "not_declaring")), _of(SHARE, (*SHARES, "unknown", "not_surveyed")),
)  # fmt: skip
_EMRT_COMPANY = (_A, _B, Question("C", _C, ("yes", "yes_later", "no"), each=True), _D, _E, _F, _G)
_OUT_2 = ("no", "unknown")
_AMRT_1 = ("aluminium", "chromium", "copper", "lithium", "nickel", "silver", "zinc")
_AMRT_3 = (
    "aluminium", "cadmium", "iridium", "lead", "lime", "manganese", "molybdenum", "palladium", "platinum",
    "rare_earths", "rhenium", "rhodium", "ruthenium", "selenium", "silver", "soda_ash", "tellurium", "zinc",
)  # fmt: skip
TEMPLATES = (
    Template(CMRT, (6, 0, 0), _CMRT_ASKED, (_A, _B, Question("C", _C, _YES_NO), _D, _E, _F, _G, _H),
             ("tantalum", "tin", "gold", "tungsten"), out={ADDED: ("no",), REMAINS: ("no",)}),
    Template(EMRT, (1, 0, 0), _EMRT_1_ASKED, _EMRT_COMPANY, ("cobalt", "mica"),
             out={ADDED: (*_OUT_2, "not_applicable"), REMAINS: _OUT_2}),
    Template(EMRT, (2, 0, 0), _EMRT_2_ASKED, _EMRT_COMPANY,
             ("cobalt", "copper", "graphite", "lithium", "mica", "nickel"), chosen=True,
             out={ADDED: (*_OUT_2, "not_declaring"), REMAINS: _OUT_2}),
    Template(AMRT, (1, 0, 0), _AMRT_ASKED, (), _AMRT_1, chosen=True, out={ADDED: (*_OUT_2, "not_declaring")},
             smelters="full_share"),
    Template(AMRT, (1, 30, 0), _AMRT_ASKED, (), _AMRT_3, chosen=True, out={ADDED: (*_OUT_2, "not_declaring")},
             smelters="full_share"),
)  # fmt: skip
"""In the order of their editions."""
TITLES: Mapping[str, Text] = {
    CMRT: T("CMRT: tantalum, tin, gold, tungsten"),
    EMRT: T("EMRT: cobalt, mica and others"),
    AMRT: T("AMRT: further minerals"),
}


def edition_key(edition: str) -> tuple[int, int, int]:
    """An edition as it is compared; what stands after the point are decimals, so 6.22 is older than 6.5.

    Examples
    --------
    >>> edition_key("6.22") < edition_key("6.5") < edition_key("6.6.1")
    True
    >>> edition_key("not said")
    (0, 0, 0)
    """
    match = _EDITION.match(edition.strip())
    if match is None:
        return (0, 0, 0)
    return int(match[1][:9]), int(f"{match[2] or '0':0<2}"[:2]), int((match[3] or "0")[:9])


def template_of(key: str, edition: str) -> Template:
    """The template as an edition asks it; the newest where the edition is not said.

    Raises
    ------
    ValueError
        for a key that is no template.
    """
    known = [one for one in TEMPLATES if one.key == key]
    if not known:
        raise ValueError(f"no template {key}")
    wanted = edition_key(edition)
    if not any(wanted):
        return known[-1]
    return next((one for one in reversed(known) if one.since <= wanted), known[0])


def minerals_of(declaration: MineralDeclaration) -> tuple[str, ...]:
    """The minerals that a declaration is about: those it chose, else those of its template; in their order."""
    template = template_of(declaration.template, declaration.edition)
    if not template.chosen:
        return template.minerals
    said = dict(declaration.header).get("minerals", "")
    return tuple(dict.fromkeys(mineral_of(one) for one in said.split(";") if one.strip()))


def answer_key(question: str, mineral: str = "") -> str:
    """Under which an answer is kept: ``1 tin``, ``A``.

    Examples
    --------
    >>> answer_key("1", "tin"), answer_key("A")
    ('1 tin', 'A')
    """
    return f"{question} {mineral}" if mineral else question


def answers_to(
    template: Template, answers: Mapping[str, str], about: str, minerals: Iterable[str]
) -> dict[str, str]:  # fmt: skip
    """What was answered about something, by mineral; empty answers are left out."""
    question = template.about(about)
    if question is None:
        return {}
    found = {mineral: answers.get(answer_key(question.key, mineral), "") for mineral in minerals}
    return {mineral: answer for mineral, answer in found.items() if answer}


ANSWER_NAMES: Mapping[str, Localised] = {
    "yes": T("yes"),
    "no": T("no"),
    "unknown": T("unknown"),
    "not_declaring": T("not declared"),
    "not_applicable": T("not applicable"),
    "drc_only": T("DR Congo only"),
    "india_madagascar_only": T("India or Madagascar only"),
    "100": T("100 %"),
    "over_90": T("more than 90 %"),
    "over_75": T("more than 75 %"),
    "over_50": T("more than 50 %"),
    "to_50": T("50 % or less"),
    "none": T("none"),
    "not_surveyed": T("not surveyed"),
    "yes_standard": T("yes, by the standard form"),
    "yes_other": T("yes, by another form"),
    "yes_sec": T("yes, in the United States"),
    "yes_eu": T("yes, in the European Union"),
    "yes_sec_eu": T("yes, in the United States and the European Union"),
    "yes_later": T("yes, once more of them are audited"),
}
"""What the keys of answers are called."""


def named(minerals: Iterable[str]) -> list[Localised]:
    """Names of minerals for a sentence."""
    return [mineral_name(one) for one in minerals]
