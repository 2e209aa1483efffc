"""The way of every plant to renewable electricity, to its targets and to the next tonne, as head office sees it.

A way is worked out from a report alone when it is filed, with the data that head office calculated again, and kept
beside its lines. What a plant says of itself besides its records is not looked at.
"""
