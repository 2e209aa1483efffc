"""Declarations, their state and the roll-up as plain values for JSON; sentences in one language."""

from __future__ import annotations

from collections.abc import Mapping

from core.ledger import MineralDeclaration
from core.minerals.problem import Problem
from core.minerals.rollup import OwnDeclaration, OwnSmelter, OwnTemplate
from core.minerals.smelters import Smelter
from core.minerals.status import Examined
from core.minerals.words import mineral_name


def problem_to_plain(one: Problem, lang: str) -> dict[str, object]:
    """Where, why and what to do."""
    return {
        "level": one.level,
        "rule": one.rule,
        "place": one.place.in_language(lang),
        "mineral": one.mineral,
        "rows": list(one.rows),
        "message": one.message.in_language(lang),
        "remedy": one.remedy.in_language(lang),
    }


def smelter_to_plain(one: Smelter) -> dict[str, object]:
    """One row of the list with its standing."""
    standing = one.standing
    return {
        "row": one.row,
        "mineral": one.mineral,
        "id": one.id,
        "name": one.name or one.chosen,
        "country": one.country,
        "kind": one.kind,
        "standing": standing.key,
        "published": standing.said,
        "list": standing.source,
        "list_day": None if standing.day is None else standing.day.isoformat(),
    }


def declaration_to_plain(one: MineralDeclaration) -> dict[str, object]:
    """What identifies a declaration."""
    return {
        "id": one.id,
        "supplier": one.supplier,
        "company": one.company,
        "template": one.template,
        "edition": one.edition,
        "effective": one.effective,
        "received": one.received,
        "scope": one.scope,
        "verdict": one.verdict,
    }


def examined_to_plain(declaration: MineralDeclaration, examined: Examined, lang: str) -> dict[str, object]:
    """A declaration with its state, every reason and its smelters."""
    return {
        **declaration_to_plain(declaration),
        "status": examined.status,
        "problems": [problem_to_plain(one, lang) for one in examined.problems],
        "smelters": [smelter_to_plain(one) for one in examined.smelters],
    }


def own_to_plain(own: OwnDeclaration, suppliers: Mapping[str, str], lang: str) -> dict[str, object]:
    """The roll-up; ``suppliers`` are names by id."""
    return {
        "today": own.today.isoformat(),
        "templates": [_template_to_plain(one, suppliers, lang) for one in own.templates],
    }


def _template_to_plain(one: OwnTemplate, suppliers: Mapping[str, str], lang: str) -> dict[str, object]:
    return {
        "template": one.template.key,
        "edition": one.edition,
        "minerals": {key: mineral_name(key).in_language(lang) for key in one.minerals},
        "answers": dict(one.answers),
        "open": list(one.open),
        "answered": one.answered,
        "asked": one.asked,
        "smelters": [_smelter_to_plain(each, suppliers) for each in one.smelters],
        "used": [each.id for each in one.used],
        "waiting": [each.id for each in one.waiting],
        "silent": [each.name for each in one.silent],
        "contradictions": [
            {
                "mineral": each.mineral,
                "message": each.message.in_language(lang),
                "remedy": each.remedy.in_language(lang),
            }
            for each in one.contradictions
        ],
    }


def _smelter_to_plain(one: OwnSmelter, suppliers: Mapping[str, str]) -> dict[str, object]:
    plain = smelter_to_plain(one.smelter)
    del plain["row"]  # of one declaration among several
    return {**plain, "suppliers": [suppliers.get(key, key) for key in one.suppliers]}
