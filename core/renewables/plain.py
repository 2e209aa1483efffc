"""Shares, claims, proposals and the way as plain JSON values: what the command line prints and a report carries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from core.instruments import Judged
from core.ledger import Ledger
from core.library.rulebook import Ruling
from core.methods import exact_sum, plain
from core.renewables.claim import ClaimJudgement, ClaimRuleExplained
from core.renewables.consumption import KINDS, Used
from core.renewables.options import OptionEffect
from core.renewables.proposed import Proposal
from core.renewables.shares import VIEWS, Share, Shares, Threshold
from core.renewables.way import Mixed, Way

Plain = dict[str, object]


def shares_to_plain(shares: Shares, thresholds: Iterable[Threshold] = (), lang: str = "en") -> Plain:
    """The shares of a period, its months and sources; energy in kWh, shares in % and never rounded up."""
    return {
        "year": share_to_plain(shares.year),
        "months": [share_to_plain(one) for one in shares.months],
        "sources": {source: share_to_plain(one) for source, one in shares.sources},
        "kinds_kwh": {
            kind: plain(kwh) for kind in KINDS if (kwh := exact_sum(u.kwh for u in shares.used if u.kind == kind))
        },
        "instruments_kwh": _by_instrument(shares.used),
        "zero_carbon": [threshold_to_plain(one, lang) for one in thresholds],
    }


def share_to_plain(share: Share) -> Plain:
    """One share: three views side by side."""
    return {
        "start": share.start.isoformat(),
        "end": share.end.isoformat(),
        "used_kwh": plain(share.used),
        **{f"{view}_kwh": plain(share.kwh(view)) for view in VIEWS},
        **{f"{view}_percent": None if (shown := share.shown(view)) is None else plain(shown) for view in VIEWS},
        "low_carbon_kwh": plain(share.low_carbon),
        "untitled_kwh": plain(share.untitled),
        "uncovered_kwh": plain(share.uncovered),
    }


def threshold_to_plain(one: Threshold, lang: str = "en") -> Plain:
    """A level of the zero-carbon factory with its source."""
    return {**ruling_to_plain(one.ruling, lang), "applies": one.applies, "reached": one.reached}


def ruling_to_plain(ruling: Ruling, lang: str = "en") -> Plain:
    """A parameter as it holds, and as it was shipped."""
    return {
        "key": ruling.key,
        "title": ruling.title.in_language(lang),
        "value": ruling.value,
        "unit": ruling.unit,
        "source": ruling.source,
        "edition": ruling.edition,
        "status": ruling.status,
        "shipped": None if ruling.original is None else ruling.original.value,
    }


def judged_to_plain(one: Judged, lang: str = "en") -> Plain:
    """What a rule says, with what to do."""
    return {
        "rule": one.rule,
        "level": one.level,
        "subject": one.subject,
        "message": one.message.in_language(lang),
        "remedy": one.remedy.in_language(lang),
    }


def claim_to_plain(claim: ClaimJudgement, lang: str = "en") -> Plain:
    """Whether a claim holds, and what stands against it."""
    return {
        "percent": plain(claim.percent),
        "holds": claim.holds,
        "share": share_to_plain(claim.share),
        "judged": [judged_to_plain(one, lang) for one in claim.judged],
    }


def claim_rules_to_plain(rules: Iterable[ClaimRuleExplained], lang: str = "en") -> list[Plain]:
    """The rules for claims with sources and parameters."""
    return [
        {
            "rule": one.rule,
            "title": one.title.in_language(lang),
            "levels": list(one.levels),
            "source": one.source,
            "edition": one.edition,
            "parameters": [ruling_to_plain(ruling, lang) for ruling in one.parameters],
        }
        for one in rules
    ]


def proposal_to_plain(proposal: Proposal, ledger: Ledger, lang: str = "en") -> Plain:
    """A proposal with its reasons; instruments and records also by name."""
    names = {**_names(ledger, "instrument", "name"), **_names(ledger, "activity", "source")}
    return {
        "order": proposal.order,
        "kwh": plain(proposal.kwh),
        "allocations": [
            {
                "instrument": one.instrument,
                "name": names.get(one.instrument, ""),
                "activity": one.activity,
                "source": names.get(one.activity, ""),
                "kwh": plain(one.kwh),
                "reason": one.reason.in_language(lang),
            }
            for one in proposal.allocations
        ],
        "open_kwh": {key: plain(kwh) for key, kwh in proposal.open},
        "unused_kwh": {key: plain(kwh) for key, kwh in proposal.unused},
        "begun_kwh": {one.instrument: plain(one.kwh) for one in proposal.begun},
        "unfit": [
            {
                "instrument": one.instrument,
                "name": names.get(one.instrument, ""),
                "kwh": plain(one.kwh),
                "reason": one.reason.in_language(lang),
                "judged": [judged_to_plain(said, lang) for said in one.judged],
            }
            for one in proposal.unfit
        ],
    }


def way_to_plain(way: Way, lang: str = "en") -> Plain:
    """The way: gap, options, cheapest mix, years, what is missing."""
    return {
        "data_year": way.data_year,
        "year": way.year,
        "percent": plain(way.percent),
        "use_mwh": plain(way.use),
        "secured_mwh": plain(way.secured),
        "gap_mwh": plain(way.gap),
        "options": [_option(one) for one in way.options],
        "mix": [_mixed(one) for one in way.mix],
        "cost": plain(way.cost),
        "currency": way.currency,
        "market_tco2e": plain(way.market),
        "location_tco2e": plain(way.location),
        "open_mwh": plain(way.open),
        "first_year": way.first_year,
        "years": [
            {"year": one.year, "available_mwh": plain(one.available), "reached": one.reached} for one in way.years
        ],
        "missing": [
            {"message": one.message.in_language(lang), "remedy": one.remedy.in_language(lang)} for one in way.missing
        ],
        "factors_tco2e_per_mwh": {"location": plain(way.factors.location), "market": plain(way.factors.market)},
    }


def _option(one: OptionEffect) -> Plain:
    return {
        "id": one.option.id,
        "name": one.option.name,
        "kind": one.option.kind,
        "first_year": one.option.first_year,
        "quantity_mwh": plain(one.option.quantity),
        "cost_per_mwh": _maybe(one.cost),
        "cost": _maybe(one.yearly),
        "currency": one.option.currency,
        "market_tco2e": plain(one.market),
        "location_tco2e": plain(one.location),
    }


def _mixed(one: Mixed) -> Plain:
    return {
        "id": one.option.id,
        "name": one.option.name,
        "kind": one.option.kind,
        "quantity_mwh": plain(one.quantity),
        "cost": plain(one.cost),
        "market_tco2e": plain(one.market),
        "location_tco2e": plain(one.location),
    }


def _maybe(value: Decimal | None) -> str | None:
    return None if value is None else plain(value)


def _by_instrument(used: Iterable[Used]) -> Mapping[str, str]:
    sums: dict[str, list[Decimal]] = {}
    for one in used:
        if one.instrument:
            sums.setdefault(one.instrument, []).append(one.kwh)
    return {key: plain(exact_sum(parts)) for key, parts in sorted(sums.items())}


def _names(ledger: Ledger, kind: str, field: str) -> dict[str, str]:
    return {key: getattr(one, field) for key, one in ledger.records[kind].items()}
