"""Requests for scope 3 data as files: a workbook goes to the supplier, comes back filled in, and becomes activity data.

:func:`write_request` writes it, :func:`read_answer` checks what came back cell by cell, :func:`taking_up` makes one
undoable change of it: own factors and activity data of categories 1 and 4 with the workbook as their proof. A second
answer replaces the records of the first, and :func:`taking_back` takes them off again.
"""

from core.exchange.supplier_requests.reading import Answered, read_answer
from core.exchange.supplier_requests.taking import TakenUp, records_of_answer, taking_back, taking_up
from core.exchange.supplier_requests.writing import write_request

__all__ = ["Answered", "TakenUp", "read_answer", "records_of_answer", "taking_back", "taking_up", "write_request"]
