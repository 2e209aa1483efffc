"""The sections of the report, one file each, found by looking into this folder.

A section is a module with

- ``TITLE: Text``, its title in the contents,
- ``ORDER: int``, its place,
- ``def story(report: ReportData, lang: str) -> list[Flowable]``, what it prints below its title; an empty list leaves
  the section out.

and, where it differs from the rule,

- ``ONCE = True``: printed once in a bilingual report, with ``lang`` = ``both``, instead of once per language,
- ``PAPER = "cover" | "upright" | "wide"``: kind of its pages; the cover prints no title.

Sections do not know each other; what they share is in ``core/report``.
"""
