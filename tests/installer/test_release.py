"""The workflow that builds for three systems: what it calls is there, and it may do no more than it needs."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from installer.project import ROOT
from installer.tasks import BUILD, TASKS

TEXT = (ROOT / ".github" / "workflows" / "release.yml").read_text(encoding="utf-8")
SCRIPTS = sorted(path for kind in ("*.sh", "*.ps1") for path in (ROOT / "installer").rglob(kind))


def test_every_script_that_it_calls_is_there_and_none_is_forgotten() -> None:
    called = set(re.findall(r"installer/\w+/\w+\.(?:sh|ps1)", TEXT))
    assert called == {path.relative_to(ROOT).as_posix() for path in SCRIPTS}


def test_every_secret_is_explained() -> None:
    secrets = set(re.findall(r"secrets\.(\w+)", TEXT))
    for page in ("installing.md", "installing.zh.md"):
        told = (ROOT / "docs" / page).read_text(encoding="utf-8")
        assert secrets == set(re.findall(r"`((?:MACOS|WINDOWS)_\w+)`", told)), page


def test_it_may_only_read_but_where_it_drafts_the_release() -> None:
    assert re.search(r"^permissions:\n  contents: read\n\n", TEXT, re.MULTILINE)
    jobs = re.split(r"^  (?=\w+:$)", TEXT.partition("\njobs:\n")[2], flags=re.MULTILINE)
    writing = [job.partition(":")[0] for job in jobs if re.search(r": write$", job, re.MULTILINE)]
    assert writing == ["release"]


def test_nothing_of_secrets_stands_in_a_command() -> None:
    assert not re.search(r"run:.*\$\{\{\s*secrets", TEXT)
    for line in TEXT.splitlines():
        if "secrets." in line:
            assert re.fullmatch(r" {10}\w+: \$\{\{ secrets\.\w+ \}\}", line), line


def test_every_action_is_pinned_to_one_commit_of_a_version() -> None:
    """A tag can be moved to other code; the same action is the same commit wherever it is used."""
    flows = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
    used = [line for flow in flows for line in re.findall(r"uses: (.*)", flow.read_text(encoding="utf-8"))]
    assert used
    assert all(re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", one) for one in used)
    assert len({one.partition("@")[0] for one in used}) == len(set(used))


def test_all_three_systems_are_built_the_same_way() -> None:
    assert re.findall(r"\{ system: (\w+),", TEXT) == ["linux", "macos", "windows"]
    assert TASKS["build"].lock == BUILD
    assert (ROOT / BUILD).is_file()
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert re.search(r"^run test .*\bbuild\b.*:$", makefile, re.MULTILINE)


@pytest.mark.skipif(shutil.which("bash") is None, reason="no bash")
@pytest.mark.parametrize("script", [path for path in SCRIPTS if path.suffix == ".sh"], ids=lambda path: path.name)
def test_scripts_can_be_read_by_the_shell(script: Path) -> None:
    assert subprocess.run(["bash", "-n", script], check=False).returncode == 0
    head = script.read_text(encoding="utf-8").splitlines()
    assert head[0] == "#!/usr/bin/env bash"
    assert "set -euo pipefail" in head


def test_the_lock_names_no_index() -> None:
    lock = (ROOT / BUILD).read_text(encoding="utf-8")
    assert not re.search(r"https?://|--index-url|--extra-index", lock)
    pinned = set(re.findall(r"^([a-z0-9-]+)==", lock, re.MULTILINE))
    assert {"pyinstaller", "cyclonedx-python-lib"} <= pinned
    runtime = re.findall(r"^([a-z0-9-]+==\S+)", (ROOT / "requirements.lock").read_text(encoding="utf-8"), re.MULTILINE)
    built = set(re.findall(r"^([a-z0-9-]+==\S+)", lock, re.MULTILINE))
    assert set(runtime) <= built, "what is frozen is what is tested"
