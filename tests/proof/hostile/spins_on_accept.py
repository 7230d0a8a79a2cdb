"""Asks again and again without a pause.

verdict: hung
words: accept() was called
"""


def accept_pending(listener):
    while True:
        try:
            return [listener.accept()[0]]
        except BlockingIOError:
            pass
