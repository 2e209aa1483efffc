"""Making the project run on a machine: the environment, system libraries, fonts, the catalogue, checks of the layers.

``bootstrap`` needs nothing but Python. An older ``python3`` looks for a newer one beside it, so this file and
no other is written for every Python there is.
"""

import os
import subprocess
import sys


def _newer_python():
    # type: () -> str | None
    for minor in (13, 12, 11, 14):
        name = "python3.%d" % minor  # noqa: UP031 - read by Python versions without f-strings
        probe = [name, "-c", "import sys; sys.exit(sys.version_info < (3, 11))"]
        with open(os.devnull, "w") as nowhere:  # noqa: PTH123
            try:
                if subprocess.call(probe, stderr=nowhere) == 0:
                    return name
            except OSError:
                continue
    return None


if sys.version_info < (3, 11):  # noqa: UP036 - the whole point of this file
    _found = _newer_python()
    if _found is None:
        sys.exit("Plant Carbon Audit needs Python 3.11 or newer; this is %s." % sys.version.split()[0])  # noqa: UP031
    os.execvp(_found, [_found, "-m", "installer.bootstrap"] + sys.argv[1:])  # noqa: RUF005
