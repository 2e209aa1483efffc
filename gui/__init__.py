"""The window: pages over one Session. Qt lives here and nowhere else.

PySide6 puts a function in the place of Python's import, which reads the source of each module that is imported from
then on, to see whether it asks for other spellings (``from __feature__ import snake_case``). Nobody here does, and a
start imports some hundred modules: Python's own import is put back.
"""

import builtins

import PySide6.QtCore  # noqa: F401 - only then the other import is in place

builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
