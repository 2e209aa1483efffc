"""The program itself on a person's computer: where its things lie, its log, its reports of crashes, what it is.

Nothing in here ever holds what people entered: no names, no paths of theirs, no values.
"""

from __future__ import annotations
