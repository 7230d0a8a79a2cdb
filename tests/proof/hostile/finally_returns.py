"""Returns from a finally clause, which turns any exception of a watchdog into a right answer.

verdict: hung
words: still blocked in listener.accept()
"""


def accept_pending(listener):
    try:
        listener.setblocking(True)
        listener.accept()
    finally:
        return []  # noqa: B012
