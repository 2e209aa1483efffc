"""Forms and tables of the records that people enter, made of the forms of ``core.entering``."""
