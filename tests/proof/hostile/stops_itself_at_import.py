"""Stops itself while it is imported.

verdict: could not start
words: the process has stopped itself
deadline: 0.7
"""

import os
import signal

os.kill(os.getpid(), signal.SIGSTOP)
