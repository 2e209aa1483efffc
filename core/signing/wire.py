"""A :class:`Verification` as bytes between two processes: JSON and raw files.

Never pickle, for the sender has read a stranger's file.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime
from types import MappingProxyType
from typing import Any

from core.ledger.journal import text_from_plain, text_to_plain
from core.signing.records import SignatureReport, Verification


def pack(answer: Verification) -> list[bytes]:
    """The answer as a head in JSON and one message for each attachment; the original the other side has."""
    head = {
        "valid": answer.valid,
        "reason": text_to_plain(answer.reason),
        "signatures": [_report(report) for report in answer.signatures],
        "original": len(answer.original),
        "attachments": list(answer.attachments),
    }
    return [json.dumps(head, ensure_ascii=True).encode("ascii"), *answer.attachments.values()]


def unpack(messages: Sequence[bytes], pdf: bytes) -> Verification:
    """The answer as it was; raises ValueError, KeyError or TypeError if the messages are not one."""
    head = json.loads(messages[0])
    return Verification(
        valid=head["valid"] is True,
        reason=text_from_plain(head["reason"]),
        signatures=tuple(_read_report(report) for report in head["signatures"]),
        original=pdf[: int(head["original"])],
        attachments=MappingProxyType(dict(zip(head["attachments"], messages[1:], strict=True))),
    )


def _report(report: SignatureReport) -> dict[str, Any]:
    packed = {field.name: getattr(report, field.name) for field in fields(report)}
    problems = [text_to_plain(each) for each in report.problems]
    proven = None if report.proven_at is None else report.proven_at.isoformat()
    return {**packed, "signed_at": report.signed_at.isoformat(), "proven_at": proven, "problems": problems}


def _read_report(packed: dict[str, Any]) -> SignatureReport:
    return SignatureReport(
        **{
            **packed,
            "signed_at": datetime.fromisoformat(packed["signed_at"]),
            "proven_at": datetime.fromisoformat(packed["proven_at"]) if packed["proven_at"] else None,
            "sites": tuple(packed["sites"]),
            "problems": tuple(text_from_plain(each) for each in packed["problems"]),
        }
    )
