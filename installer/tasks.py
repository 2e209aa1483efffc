"""What ``make <task>`` and ``make.bat <task>`` do, as commands of the environment's Python."""

from __future__ import annotations

from dataclasses import dataclass

RUNTIME, DEVELOPMENT, ORACLE = "requirements.lock", "requirements-dev.lock", "requirements-oracle.lock"
ENGINES, BUILD = "requirements-engines.lock", "requirements-build.lock"
FUZZ = "requirements-fuzz.lock"


@dataclass(frozen=True)
class Task:
    """Something a person asks for by name."""

    does: str
    """What it is for, in the list that ``make`` prints."""
    lock: str
    """The lock that must be installed."""
    commands: tuple[tuple[str, ...], ...]
    """Arguments of Python, run one after the other; words typed behind the task go to the last."""
    offscreen: bool = False
    """Whether Qt draws into memory, so that no display is needed."""
    environment: str = ".venv"
    """Folder of the environment. What slows the product down when it is only installed gets one without Qt."""


TASKS = {
    "run": Task(
        "open the demo plant (without a display: the same work in the terminal)", RUNTIME, (("main.py", "--demo"),)
    ),
    "test": Task("run all tests", DEVELOPMENT, (("-m", "pytest", "-n", "2"),), offscreen=True),
    "oracle": Task(
        "hold the solar calculations against pvlib",
        ORACLE,
        (("-m", "pytest", "-c", "tests/oracle/pytest.ini", "--rootdir", ".", "tests/oracle"),),
        environment=".venv-oracle",
    ),
    "engines": Task(
        "judge and add up a small group on Spark, DuckDB and PostgreSQL too (needs Java 17 and PostgreSQL)",
        ENGINES,
        (("-m", "pytest", "-c", "tests/engines/pytest.ini", "--rootdir", ".", "tests/engines"),),
        environment=".venv-engines",
    ),
    "pythons": Task(
        "hold what each Python that is there makes of the demo against the others",
        RUNTIME,
        (("-m", "installer.pythons"),),
    ),
    "licences": Task(
        "write down what of others is inside and under which licence", DEVELOPMENT, (("-m", "installer.third_party"),)
    ),
    "faults": Task(
        "kill a thousand processes at their system calls, and let disks refuse (needs Linux and a C compiler)",
        DEVELOPMENT,
        (("-m", "tests.faults.campaign"),),
        offscreen=True,
    ),
    "fuzz": Task(
        "feed damaged files to everything that reads files of others (guided by coverage on Linux alone)",
        FUZZ,
        (("-m", "tests.fuzz.run"),),
        environment=".venv-fuzz",
    ),
    "check": Task(
        "lint, format, types, layers and translations",
        DEVELOPMENT,
        (
            ("-m", "ruff", "check"),
            ("-m", "ruff", "format", "--check"),
            ("-m", "mypy"),
            ("-m", "installer.layers"),
            ("-m", "installer.catalogue", "check"),
        ),
    ),
    "format": Task(
        "bring the code into its form", DEVELOPMENT, (("-m", "ruff", "check", "--fix"), ("-m", "ruff", "format"))
    ),
    "catalogue": Task("collect and compile the translations", DEVELOPMENT, (("-m", "installer.catalogue", "update"),)),
    "demo": Task("write the demo plants into ./demo", RUNTIME, (("main.py", "demo", "demo"),)),
    "screenshots": Task("draw every page into docs/", DEVELOPMENT, (("-m", "docs.screenshots"),), offscreen=True),
    "soak": Task(
        "work a simulated day in the window, and say what grows",
        DEVELOPMENT,
        (("-m", "tests.soak.run"),),
        offscreen=True,
    ),
    "bench": Task("measure and print the table of medians", DEVELOPMENT, (("-m", "benchmarks.run"),), offscreen=True),
    "build": Task(
        "freeze the program for this system into dist/, try it there, and pack what people install",
        BUILD,
        (("-m", "installer.build"),),
        environment=".venv-build",
    ),
    "setup": Task("only make the environment, with everything for development", DEVELOPMENT, ()),
}


def overview() -> str:
    """The list of tasks, one a line."""
    width = max(map(len, TASKS))
    return "\n".join(f"  {name:<{width}}  {task.does}" for name, task in TASKS.items())
