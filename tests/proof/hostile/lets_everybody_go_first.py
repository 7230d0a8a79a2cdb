"""Leaves its process on one processor, with the lowest priority and a policy for idle time.

verdict: leaked
words: the priority is now 19
"""

import os


def accept_pending(listener):
    os.nice(19)
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))
    return []
