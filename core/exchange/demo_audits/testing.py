"""Samples and tests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from core.audit.blind import rekeying
from core.audit.escalation import escalating
from core.audit.procedures import (
    INTERVIEW,
    READ_ON_SITE,
    RECALCULATED,
    TRACED,
    Applied,
    Kept,
    applying,
    proofs_of,
    untested,
)
from core.audit.sampling import Wish, drawing
from core.exchange.demo_audits.beginning import CALCULATED
from core.exchange.demo_audits.papers import meter_photo
from core.exchange.demo_audits.stage import Act, Acting, Done, Stage
from core.exchange.ids import next_ids
from core.exchange.proofs import proof_of
from core.ledger import Activity, Ledger


def _sample(stage: Stage, act: Act) -> Done:
    wish = Wish(
        act["name"],
        act["method"],
        tuple(act["sources"]),
        act["seed"],
        level=act.get("level", 0),
        confidence=Decimal(act["confidence"]) if "confidence" in act else None,
        reason=act.get("reason", ""),
    )
    (key,) = next_ids(stage.ledger, 1, "sample")
    made = drawing(stage.ledger, stage.inventory, stage.year, wish, key)
    return Done(made.why, made.steps)


def _widen(stage: Stage, act: Act) -> Done:
    (key,) = next_ids(stage.ledger, 1, "sample")
    made = escalating(stage.ledger, stage.inventory, stage.sample(act["sample"]), key)
    return Done(made.why, made.steps)


def _trace(stage: Stage, act: Act) -> list[Done]:
    """Every record of a sample that nobody tested, but those that are left: against its paper, or worked out again.

    ``shows`` is what the paper of a record says where it differs.
    """
    sample, left = stage.sample(act["sample"]), set(stage.records(act.get("left", ())))
    waiting = [key for of, key in untested(stage.ledger, stage.year) if of == sample.id and key not in left]
    made, ledger = [], stage.ledger
    for key in waiting[: act.get("most", len(waiting))]:
        record = ledger.get("activity", key)
        assert isinstance(record, Activity)
        calculated = record.method in CALCULATED
        shown = Decimal(act.get("shows", {}).get(record.evidence, record.quantity))
        said = _applied(stage, act, record, RECALCULATED if calculated else TRACED, found=shown)
        kept = _kept(stage, ledger, said)
        ledger = ledger.apply(kept.steps)
        made.append(Done(kept.why, kept.steps))
    return made


def _check(stage: Stage, act: Act) -> Done:
    """A record beside the samples: against its paper, or worked out again."""
    said = _applied(stage, act, stage.record(act["record"]), act["procedure"], found=Decimal(act["found"]))
    kept = _kept(stage, stage.ledger, replace(said, note=act["note"]))
    return Done(kept.why, kept.steps)


def _rekey(stage: Stage, act: Act) -> Done:
    """Somebody else types what the paper shows, without seeing the record."""
    record = stage.record(act["record"])
    said = _applied(stage, act, record, "rekeyed")
    (key,) = next_ids(stage.ledger, 1, "test")
    typed = [Decimal(value) for value in act["typed"]]
    kept = rekeying(stage.ledger, stage.inventory, stage.year, key, said, typed, stage.authors)
    return Done(kept.why, kept.steps)


def _read(stage: Stage, act: Act) -> Done:
    """A meter, read on site and photographed."""
    record = stage.record(act["record"])
    photo, steps, data = stage.taken(proof_of(act["photo"], meter_photo(act["counter"]), "meter_photo"), (record.id,))
    said = _applied(stage, act, record, READ_ON_SITE, found=Decimal(act["found"]), more=(photo,))
    kept = _kept(stage, stage.ledger.apply(steps), said)
    return Done(kept.why, (*steps, *kept.steps), data)


def _ask(stage: Stage, act: Act) -> Done:
    """Whoever keeps the data is asked."""
    said = _applied(stage, act, stage.record(act["record"]), INTERVIEW, result="agrees")
    kept = _kept(stage, stage.ledger, said)
    return Done(kept.why, kept.steps)


def _applied(
    stage: Stage, act: Act, record: Activity, procedure: str, *, more: Sequence[str] = (), **said: Any
) -> Applied:
    proofs = () if procedure == RECALCULATED else (*proofs_of(stage.ledger, record.id), *more)
    return Applied(
        record.id,
        procedure,
        stage.id_of(act["by"]),
        act["when"].date(),
        sample=stage.sample(act["sample"]).id if "sample" in act else "",
        evidence=proofs,
        note=act.get("calculated" if procedure == RECALCULATED else "note", ""),
        **said,
    )


def _kept(stage: Stage, ledger: Ledger, said: Applied) -> Kept:
    (key,) = next_ids(ledger, 1, "test")
    return applying(ledger, stage.inventory, stage.year, key, said, stage.authors)


ACTS: Mapping[str, Acting] = {
    "sample": _sample,
    "widen": _widen,
    "trace": _trace,
    "check": _check,
    "rekey": _rekey,
    "read": _read,
    "ask": _ask,
}
