"""Allows itself one second of processor time, and spins.

verdict: died
words: killed by SIGXCPU
deadline: 20
"""

import resource


def accept_pending(listener):
    used = resource.getrusage(resource.RUSAGE_SELF)
    resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + 1, -1))
    while True:
        pass
