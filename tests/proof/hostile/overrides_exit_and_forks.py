"""Takes os._exit away and forks: the copy would go on as a second engine.

verdict: leaked
words: os._exit was replaced
"""

import os

os._exit = lambda status: None


def accept_pending(listener):
    os.fork()
    return []
