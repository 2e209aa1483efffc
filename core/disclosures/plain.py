"""Data points, readiness and comparisons as plain JSON values; numbers as strings with nine decimals at most."""

from __future__ import annotations

from collections.abc import Iterable

from core.disclosures.comparing import Compared
from core.disclosures.question import DisclosureMap
from core.disclosures.readiness import Count, Lacking, QuestionState, Readiness, is_proven
from core.disclosures.submitting import rounded, written
from core.disclosures.value import Origin, PointValue
from core.methods import plain

Plain = dict[str, object]


def map_to_plain(asked: DisclosureMap, lang: str = "en") -> Plain:
    """What a map is, without its questions."""
    return {
        "key": asked.key,
        "framework": asked.framework,
        "edition": asked.edition,
        "title": asked.title.in_language(lang),
        "published": asked.published,
        "signer": asked.signer,
        "questions": len(asked.questions),
    }


def value_to_plain(value: PointValue, lang: str = "en") -> Plain:
    """A data point with its origins and proofs, or why it is missing."""
    return {
        "point": value.point,
        "known": value.known,
        "value": None if value.missing is not None else written(value),
        "unit": value.unit,
        "rows": [list(row) for row in value.rows],
        "parts": None if value.parts is None else [plain(rounded(one)) for one in value.parts],
        "derived": value.derived,
        "covered": None if value.covered is None else list(value.covered),
        "evidence": list(value.evidence),
        "proven": is_proven(value),
        "valid_to": value.valid_to,
        "expired": value.expired,
        "missing": None if value.missing is None else value.missing.in_language(lang),
        "origins": [origin_to_plain(one, lang) for one in value.origins],
    }


def origin_to_plain(origin: Origin, lang: str = "en") -> Plain:
    """Where a value comes from."""
    return {
        "kind": origin.kind,
        "ids": list(origin.ids),
        "words": origin.words.in_language(lang),
        "page": origin.page,
        "year": origin.year,
    }


def readiness_to_plain(readiness: Readiness, lang: str = "en") -> Plain:
    """Both counts and every question: what ``disclosure readiness --json`` prints."""
    return {
        "map": map_to_plain(readiness.map, lang),
        "year": readiness.year,
        "level": readiness.level,
        "data": _count(readiness.data),
        "evidence": _count(readiness.evidence),
        "questions": [_state(one, lang) for one in readiness.questions],
    }


def _count(count: Count) -> Plain:
    return {"n": count.n, "of": count.of, "percent": count.percent}


def _state(one: QuestionState, lang: str) -> Plain:
    question, proposal = one.question, one.proposal
    return {
        "id": question.id,
        "name": question.name.in_language(lang),
        "kind": question.kind,
        "unit": question.unit,
        "requirement": question.requirement,
        "status": question.status,
        "state": one.state,
        "proven": one.proven,
        "reason": one.reason,
        "comment": one.comment,
        "points": [{"point": value.point, "known": value.known} for value in one.values],
        "proposal": None
        if proposal is None
        else {"year": proposal.year, "applies": proposal.decision.applies, "reason": proposal.decision.reason},
    }


def lacking_to_plain(lacking: Iterable[Lacking], lang: str = "en") -> list[Plain]:
    """What is missing, who can supply it, and which questions ask for it."""
    return [
        {
            "point": one.value.point,
            "why": None if one.value.missing is None else one.value.missing.in_language(lang),
            "expired": one.value.expired,
            "valid_to": one.value.valid_to,
            "who": None if one.who is None else one.who.in_language(lang),
            "asked": one.asked,
            "alone": one.alone,
            "questions": [{"map": asked, "question": question} for asked, question in one.questions],
        }
        for one in lacking
    ]


def compared_to_plain(compared: Iterable[Compared], lang: str = "en") -> list[Plain]:
    """Each data point of each question, then and now."""
    return [
        {
            "question": one.question.id,
            "name": one.question.name.in_language(lang),
            "point": one.point,
            "change": one.change,
            "old": _said(one.old),
            "new": _said(one.new),
            "difference": None if one.difference is None else plain(rounded(one.difference)),
            "percent": None if one.percent is None else plain(rounded(one.percent)),
            "reason": one.reason,
        }
        for one in compared
    ]


def _said(value: PointValue | None) -> Plain | None:
    if value is None:
        return None
    return {"value": written(value), "unit": value.unit, "rows": [list(row) for row in value.rows]}
