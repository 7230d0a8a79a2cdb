"""Lets every import end the process.

verdict: leaked
words: __import__ was replaced
"""

import builtins
import os


def accept_pending(listener):
    builtins.__import__ = lambda *args, **kwargs: os._exit(0)
    return []
