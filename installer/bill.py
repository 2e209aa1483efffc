"""The bill of materials (SBOM): every package of which something is inside, with version, licence and hash.

CycloneDX 1.6 as JSON, checked against its schema. The hash of a package is that of the list ``sha256  path`` of its
files that went in, in their order: who has the package can work it out again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from installer import licences, sums
from installer.contents import Entry
from installer.freezing import Frozen
from installer.owners import DEB, PYPI, SELF, Owner, normal, owners
from installer.project import LICENCE, PUBLISHER, TITLE, VERSION, WINDOW, epoch, machine

FILES_INSIDE = "plant-carbon-audit:files"
"""Property: how many files of a package are inside."""


def write(made: Frozen, dist: Path) -> Path:
    """Write it beside the program.

    Raises
    ------
    ValueError
        when it is not what CycloneDX asks for.
    """
    from cyclonedx.output.json import JsonV1Dot6
    from cyclonedx.schema import SchemaVersion
    from cyclonedx.validation.json import JsonStrictValidator

    text = JsonV1Dot6(_bill(made.collected)).output_as_string(indent=2)
    wrong = JsonStrictValidator(SchemaVersion.V1_6).validate_str(text)
    if wrong is not None:
        raise ValueError(f"the bill of materials is not valid: {wrong}")
    path = dist / f"{WINDOW}-{VERSION}-{_system()}.cdx.json"
    path.write_text(f"{text}\n", encoding="utf-8", newline="\n")
    return path


def _system() -> str:
    import platform

    return f"{platform.system().lower().replace('darwin', 'macos')}-{machine()}"


def _bill(collected: Sequence[Entry]) -> Any:
    from cyclonedx.model.bom import Bom
    from cyclonedx.model.component import Component, ComponentType
    from cyclonedx.model.contact import OrganizationalEntity

    product = Component(
        name=WINDOW,
        version=VERSION,
        type=ComponentType.APPLICATION,
        description=TITLE,
        supplier=OrganizationalEntity(name=PUBLISHER),
        licenses=_licences(LICENCE),
        bom_ref=WINDOW,
    )
    bom = Bom(components=list(_components(owners(collected).items())))
    bom.metadata.component = product
    bom.metadata.timestamp = datetime.fromtimestamp(epoch(), UTC)
    bom.serial_number = uuid5(NAMESPACE_URL, f"{WINDOW}/{VERSION}/{_system()}/{epoch()}")
    bom.register_dependency(product, list(bom.components))
    return bom


def _components(found: Iterable[tuple[Owner, Sequence[Path]]]) -> Iterator[Any]:
    from cyclonedx.model import HashAlgorithm, HashType, Property
    from cyclonedx.model.component import Component, ComponentType

    for owner, files in found:
        yield Component(
            name=owner.name,
            version=owner.version or None,
            type=ComponentType.LIBRARY,
            bom_ref=f"{owner.kind}:{owner.name}",
            purl=_purl(owner),
            licenses=_licences(licences.expression(owner)),
            hashes=[HashType(alg=HashAlgorithm.SHA_256, content=digest_of(files))],
            properties=[Property(name=FILES_INSIDE, value=str(len(files)))],
        )


def digest_of(files: Sequence[Path]) -> str:
    """One hash of many files: of their hashes and their places below the folder that they share."""
    parts = [path.parts for path in files]
    shared = next((i for i, names in enumerate(zip(*parts, strict=False)) if len(set(names)) > 1), len(parts[0]) - 1)
    listed = sorted(f"{sums.digest(path)}  {'/'.join(path.parts[shared:])}\n" for path in files)
    return hashlib.sha256("".join(listed).encode()).hexdigest()


def _purl(owner: Owner) -> Any:
    from packageurl import PackageURL

    if owner.kind == PYPI:
        return PackageURL("pypi", None, normal(owner.name), owner.version)
    if owner.kind == DEB:
        return PackageURL("deb", "debian", owner.name, owner.version, {"arch": machine()})
    return PackageURL("generic", None, owner.name.lower(), owner.version) if owner.kind == SELF else None


def _licences(expression: str) -> list[Any]:
    from cyclonedx.factory.license import LicenseFactory

    return [LicenseFactory().make_from_string(expression)] if expression else []
