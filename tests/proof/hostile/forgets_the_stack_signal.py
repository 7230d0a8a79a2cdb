"""Takes away the handler by which the engine learns where it is, and blocks.

verdict: hung
words: still blocked in listener.accept()
"""

import faulthandler
import signal


def accept_pending(listener):
    faulthandler.unregister(signal.SIGRTMAX - 1)
    listener.setblocking(True)
    listener.accept()
