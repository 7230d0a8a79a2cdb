"""Never says whether it has a name.

verdict: hung
words: asleep
"""

import threading


def __getattr__(name):
    threading.Event().wait()
