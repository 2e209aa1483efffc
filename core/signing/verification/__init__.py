"""Verification of received reports: our own strict reading first, pyHanko as second examiner.

``revisions`` cuts the file, ``document`` and ``attachments`` look at the report as rendered, ``grammar`` and
``appearance`` at what each signature added, ``container`` at the signature itself, ``signers`` at who signed,
``oracle`` asks pyHanko, ``examine`` joins them.
"""
