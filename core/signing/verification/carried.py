"""The proofs inside a report against the manifest signed with them: none missing, none strange, none swapped."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping

from core.errors import UserError
from core.i18n import T, verbatim
from core.ledger.canonical import parse
from core.signing.layout import GROUP_PACKAGE_NAME, PACKAGE_NAME
from core.signing.verification.refusal import Refused

_FIELDS = ("file", "name", "sha256")
_LONGEST_NAME = 255


def check_carried(attachments: Mapping[str, bytes]) -> None:
    """Hold every attachment against the manifest inside the package.

    What is no package, or has no manifest, is left to those who read packages; there is nothing to compare then.

    Raises
    ------
    Refused
        naming the proof that is missing or altered, or the attachment that nobody names.
    """
    if GROUP_PACKAGE_NAME in attachments and len(attachments) > 1:
        raise Refused(T("A report of the group carries its own data and no other file."))
    package = attachments.get(PACKAGE_NAME)
    if package is None or (len(attachments) == 1 and b'"file":"' not in package):
        return  # nothing travels and nothing should: the common case, for which no megabytes are read
    manifest = _manifest(package)
    if manifest is None:
        return
    named: set[str] = set()
    for key, file, name, sha256 in _entries(manifest):
        if not file:
            continue
        named.add(file)
        proof = {"id": verbatim(key[:60]), "name": verbatim(name[:_LONGEST_NAME])}
        if file not in attachments:
            raise Refused(T("The proof {id} “{name}” should travel inside the report and is missing.", **proof))
        if hashlib.sha256(attachments[file]).hexdigest() != sha256:
            raise Refused(T("The proof {id} “{name}” inside the report is another file than the one signed.", **proof))
    for file in sorted(set(attachments) - named - {PACKAGE_NAME}):
        raise Refused(T("The report carries “{file}”, which its list of proofs does not name.", file=file))


def _manifest(package: bytes) -> Mapping[str, object] | None:
    try:
        value = parse(package)
    except UserError:
        return None
    manifest = value.get("manifest") if isinstance(value, dict) else None
    return manifest if isinstance(manifest, dict) else None


def _entries(manifest: Mapping[str, object]) -> Iterator[tuple[str, str, str, str]]:
    for key, said in manifest.items():
        if isinstance(said, dict):
            file, name, sha256 = (said.get(field, "") for field in _FIELDS)
            if isinstance(file, str) and isinstance(name, str) and isinstance(sha256, str):
                yield key, file, name, sha256
