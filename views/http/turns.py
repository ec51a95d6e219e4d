"""Runs of pages take turns.

A process computes on one core. Of a crowd that comes at once, each would wait for all the others and all would be slower
for it; so most wait for their turn, and the first are done at once.
"""

from threading import BoundedSemaphore

AT_ONCE = 3  # more than one: a run may wait for the store while others compute
turn = BoundedSemaphore(AT_ONCE)  # of one run: ``with turn: …``
