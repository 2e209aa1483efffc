"""The sections of a group's report, one file each, found by looking into this folder.

A section is a module with ``TITLE``, ``ORDER`` and ``story(data: GroupData, lang)``, as in :mod:`core.report.sections`.
Sections do not know each other; what they share is in ``core/report`` and ``core/report/group``.
"""
