"""Swallows every exception, so that no exception of a watchdog could end it.

verdict: hung
words: still blocked in listener.accept()
"""


def accept_pending(listener):
    listener.setblocking(True)
    while True:
        try:
            listener.accept()
        except:  # noqa: E722
            pass
