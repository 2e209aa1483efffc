"""What is to be done next: at a plant for one year, and at head office; each with one sentence and the way there.

Nothing is judged here anew: rules, obstacles of the audit, days that end and requests are asked, and put in order.
"""
