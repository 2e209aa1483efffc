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

from core.i18n import Text
from core.signing.records import SignatureReport, Verification


def pack(answer: Verification) -> list[bytes]:
    """The answer as a head in JSON and one message for each attachment; the original the other side has."""
    head = {
        "valid": answer.valid,
        "reason": _text(answer.reason),
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
        reason=_read_text(head["reason"]),
        signatures=tuple(_read_report(report) for report in head["signatures"]),
        original=pdf[: int(head["original"])],
        attachments=MappingProxyType(dict(zip(head["attachments"], messages[1:], strict=True))),
    )


def count(head: bytes) -> int:
    """How many messages follow the head."""
    return len(json.loads(head)["attachments"])


def _text(text: Text) -> dict[str, Any]:
    return {"msgid": text.msgid, "args": {name: _value(value) for name, value in text.args.items()}}


def _value(value: object) -> object:
    if isinstance(value, Text):
        return _text(value)
    return value if isinstance(value, int) else str(value)


def _read_text(packed: dict[str, Any]) -> Text:
    args = {name: _read_text(value) if isinstance(value, dict) else value for name, value in packed["args"].items()}
    return Text(str(packed["msgid"]), args) if args else Text(str(packed["msgid"]))


def _report(report: SignatureReport) -> dict[str, Any]:
    packed = {field.name: getattr(report, field.name) for field in fields(report)}
    return {**packed, "signed_at": report.signed_at.isoformat(), "problems": [_text(each) for each in report.problems]}


def _read_report(packed: dict[str, Any]) -> SignatureReport:
    return SignatureReport(
        **{
            **packed,
            "signed_at": datetime.fromisoformat(packed["signed_at"]),
            "sites": tuple(packed["sites"]),
            "problems": tuple(_read_text(each) for each in packed["problems"]),
        }
    )
