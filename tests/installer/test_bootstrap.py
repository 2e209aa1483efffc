from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from installer import bootstrap, system_libraries
from installer.tasks import DEVELOPMENT, ORACLE, RUNTIME, TASKS, Task


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / RUNTIME).write_bytes(b"a==1\n")
    (tmp_path / DEVELOPMENT).write_bytes(b"a==1\nb==2\n")
    return tmp_path


def test_a_lock_is_current_until_it_changes(project: Path) -> None:
    stamp = project / "stamp.json"
    assert not bootstrap.is_current(RUNTIME, project, stamp)

    bootstrap.write_stamp(RUNTIME, project, stamp)
    assert bootstrap.is_current(RUNTIME, project, stamp)
    assert not bootstrap.is_current(DEVELOPMENT, project, stamp)

    (project / RUNTIME).write_bytes(b"a==2\n")
    assert not bootstrap.is_current(RUNTIME, project, stamp)


def test_the_lock_for_development_contains_the_other(project: Path) -> None:
    stamp = project / "stamp.json"
    bootstrap.write_stamp(DEVELOPMENT, project, stamp)

    assert bootstrap.is_current(RUNTIME, project, stamp)
    assert bootstrap.is_current(DEVELOPMENT, project, stamp)


@pytest.mark.parametrize("content", [b"", b"[]", b"{", b"null"])
def test_a_damaged_stamp_means_install_again(project: Path, content: bytes) -> None:
    stamp = project / "stamp.json"
    stamp.write_bytes(content)

    assert not bootstrap.is_current(RUNTIME, project, stamp)


def test_line_ends_of_a_checkout_do_not_matter(tmp_path: Path) -> None:
    (tmp_path / "unix").write_bytes(b"a==1\nb==2\n")
    (tmp_path / "windows").write_bytes(b"a==1\r\nb==2\r\n")

    assert bootstrap.fingerprint(tmp_path / "unix") == bootstrap.fingerprint(tmp_path / "windows")


def test_the_command_for_a_python_without_environments() -> None:
    version = f"{sys.version_info.major}.{sys.version_info.minor}"

    assert bootstrap.venv_command("apt-get", root=False) == f"sudo apt-get install -y python{version}-venv"
    assert bootstrap.venv_command("apk", root=True) == "apk add python3 py3-pip"
    assert "python.org" in bootstrap.venv_command(None, root=False)


def test_no_ensurepip_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bootstrap, "find_spec", lambda name: None)

    with pytest.raises(bootstrap.Stopped, match="no ensurepip"):
        bootstrap.make_venv(tmp_path / "new")


def test_a_missing_library_stops_what_needs_qt(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(system_libraries, "missing", lambda environ: ("libEGL.so.1",))

    with pytest.raises(bootstrap.Stopped):
        bootstrap.check_libraries(TASKS["test"])
    assert "libEGL.so.1" in capsys.readouterr().out


def test_without_a_display_the_run_goes_on_without_qt(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setattr(system_libraries, "missing", lambda environ: ("libEGL.so.1",))

    bootstrap.check_libraries(TASKS["run"])

    said = capsys.readouterr().out
    assert "libEGL.so.1" in said
    assert "going on without Qt" in said


def test_all_commands_run_and_the_worst_result_counts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(bootstrap, "venv_python", lambda folder: sys.executable)
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    write = "import sys; open(sys.argv[1], 'w').close(); sys.exit(int(sys.argv[2]))"
    task = Task("", RUNTIME, (("-c", write, "first", "3"), ("-c", write, "second", "0")))

    assert bootstrap.do(task, []) == 3
    assert (tmp_path / "first").exists()
    assert (tmp_path / "second").exists()


def test_words_behind_the_task_reach_its_last_command(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(bootstrap, "venv_python", lambda folder: sys.executable)
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    task = Task("", RUNTIME, (("-c", "import sys; sys.exit(len(sys.argv) - 1)"),))

    assert bootstrap.do(task, ["one", "two"]) == 2


def test_a_task_runs_in_its_own_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    asked: list[Path] = []

    def python_of(folder: Path) -> str:
        asked.append(folder)
        return sys.executable

    monkeypatch.setattr(bootstrap, "venv_python", python_of)
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)

    assert bootstrap.do(Task("", ORACLE, (("-c", ""),), environment=".venv-oracle"), []) == 0
    assert asked == [tmp_path / ".venv-oracle"]


@pytest.mark.parametrize(("kept", "where"), [(None, True), ("elsewhere", False)])
def test_no_bytecode_beside_the_sources_is_bytecode_in_the_environment(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, kept: str | None, where: bool
) -> None:
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    monkeypatch.setattr(bootstrap, "venv_python", lambda _folder: Path(sys.executable))
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    monkeypatch.delenv("PYTHONPYCACHEPREFIX", raising=False)
    if kept is not None:
        kept = str(tmp_path / kept)
        monkeypatch.setenv("PYTHONPYCACHEPREFIX", kept)
    folder = kept or str(tmp_path / ".venv" / "bytecode")
    (tmp_path / "compiled.py").write_text("ONE = 1", encoding="utf-8")
    asked = f"import compiled, sys; sys.exit(sys.dont_write_bytecode or sys.pycache_prefix != {folder!r})"

    assert bootstrap.do(Task("", DEVELOPMENT, (("-c", asked),)), []) == 0
    assert [one.name.partition(".")[0] for one in Path(folder).rglob("compiled.*")] == ["compiled"]
    assert (tmp_path / ".venv").exists() == where
    assert not (tmp_path / "__pycache__").exists()


def test_bytecode_beside_the_sources_stays_there(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("PYTHONDONTWRITEBYTECODE", "PYTHONPYCACHEPREFIX"):
        monkeypatch.delenv(variable, raising=False)

    assert "PYTHONPYCACHEPREFIX" not in bootstrap.surroundings(TASKS["test"])


def test_the_oracle_is_not_installed_beside_the_product() -> None:
    assert TASKS["oracle"].environment != TASKS["test"].environment
    locks = {name: (bootstrap.ROOT / name).read_text("utf-8") for name in (RUNTIME, DEVELOPMENT, ORACLE)}
    assert "\npandas==" in locks[ORACLE] and "\npvlib==" in locks[ORACLE]
    assert "\npandas==" not in locks[RUNTIME] + locks[DEVELOPMENT]


def test_an_unknown_task_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert bootstrap.main(["fly"]) == 2
    assert bootstrap.main([]) == 0
    assert "check" in capsys.readouterr().out


def test_it_runs_without_anything_installed() -> None:
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", "import sys; sys.path.insert(0, '.'); import installer.bootstrap"],
        check=False,
        cwd=bootstrap.ROOT,
        capture_output=True,
        text=True,
    )

    assert done.returncode == 0, done.stderr
