"""Hold what several Pythons make of the demo against each other: ``make pythons``.

Inventories, packages, draws and pages must be equal wherever a report is made and wherever it is calculated again. Each
Python that is there gets an environment of its own with the lock; which are missing is said, and is no failure.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from installer import bootstrap
from installer.tasks import RUNTIME

VERSIONS = ("3.11", "3.12", "3.13")
SCRIPT = "tests.pythons.digests"
REQUIRED = "PYTHONS_REQUIRED"
"""Environment variable: with it a missing Python is a failure."""
AT_ONCE = 2
"""Pythons that work side by side."""


def interpreter(version: str) -> Path | None:
    """The first ``python3.12`` on the path that starts; some are only signs that none was chosen."""
    if version == f"{sys.version_info.major}.{sys.version_info.minor}":
        return Path(sys.executable)
    name = f"python{version}" + (".exe" if os.name == "nt" else "")
    for folder in os.environ.get("PATH", "").split(os.pathsep):
        found = Path(folder) / name
        if folder and found.is_file() and _says(found) == version:
            return found
    return None


def _says(python: Path) -> str:
    probe = "import sys; print('{}.{}'.format(*sys.version_info))"
    try:
        done = subprocess.run([python, "-c", probe], check=False, capture_output=True, text=True)
    except OSError:
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""


def environment(python: Path, version: str, root: Path = bootstrap.ROOT) -> Path:
    """Its environment with the lock, made when there is none; the one we run in for our own."""
    if python == Path(sys.executable):
        return python
    folder = root / f".venv-{version}"
    if _says(bootstrap.venv_python(folder)) != version:
        subprocess.run([python, "-m", "venv", "--clear", folder], check=True)
    bootstrap.install(RUNTIME, folder)
    return bootstrap.venv_python(folder)


def digests(python: Path, folder: Path) -> dict[str, str]:
    """What one makes of the demo; its pages stand in the folder."""
    folder.mkdir()
    done = subprocess.run(
        [python, "-m", SCRIPT, str(folder)], check=False, cwd=bootstrap.ROOT, stdout=subprocess.PIPE, text=True
    )
    if done.returncode:
        raise bootstrap.Stopped(f"{python} could not make the demo; what it said is above.")
    made: dict[str, str] = json.loads(done.stdout)
    return made


def _made(folder: Path, python: Path) -> Mapping[str, str]:
    return digests(environment(python, folder.name), folder)


def unequal(one: Path, other: Path, made: Mapping[Path, Mapping[str, str]]) -> Iterator[str]:
    """Names of what differs; pages that are only compressed otherwise are equal."""
    left, right = made[one], made[other]
    for name in sorted({*left, *right}):
        if left.get(name) != right.get(name) and not (name.endswith(".pdf") and _same_pages(one / name, other / name)):
            yield name


def _same_pages(one: Path, other: Path) -> bool:
    from core.report.rebuild import same_objects

    return one.exists() and other.exists() and same_objects(one.read_bytes(), other.read_bytes())


def main() -> int:
    there = {version: interpreter(version) for version in VERSIONS}
    missing = [version for version, python in there.items() if python is None]
    for version in missing:
        print(f"Python {version} is missing: no python{version} on the path starts.", flush=True)
    with tempfile.TemporaryDirectory() as place, ThreadPoolExecutor(AT_ONCE) as pool:
        asked = {Path(place) / version: python for version, python in there.items() if python is not None}
        made = dict(zip(asked, pool.map(_made, asked, asked.values()), strict=True))
        first, *others = made
        wrong = [f"{first.name} and {other.name}: {name}" for other in others for name in unequal(first, other, made)]
    print(*(f"differs: {one}" for one in wrong), sep="\n", end="\n" if wrong else "")
    count = len(next(iter(made.values())))
    print(f"{count} digests of Python {', '.join(one.name for one in made)}: {'DIFFERENT' if wrong else 'equal'}")
    return 1 if wrong or (missing and os.environ.get(REQUIRED)) else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except bootstrap.Stopped as stopped:
        print(stopped)
        sys.exit(1)
