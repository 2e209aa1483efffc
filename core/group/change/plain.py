"""Where a number of the group stands, as JSON: the report and the files that prove its records."""

from __future__ import annotations

from core.group.change.explaining import Proof
from core.store import Filed

Plain = dict[str, object]


def report_to_plain(filed: Filed) -> Plain:
    """A report by its hashes, its signers and when they signed."""
    return {
        "file": filed.name,
        "sha256": filed.sha256,
        "package_sha256": filed.package_sha256,
        "revision": filed.revision,
        "signed_by": list(filed.signed_by),
        "signed_at": filed.signed_at,
        "certificates": list(filed.fingerprints),
    }


def proof_to_plain(proof: Proof) -> Plain:
    """A kept file."""
    return {
        "name": proof.name,
        "kind": proof.kind,
        "sha256": proof.sha256,
        "size": proof.size,
        "inside_report_as": proof.file,
    }
