"""Why the group, or a report, is not what it was; and from its tonne down to the bill."""
