"""The auditor's own work: engagement, risk, samples, tests, findings, misstatements, review and opinion.

Pure functions of a ledger and its inventory; the flow is that of ISO 14064-3:2019.
"""
