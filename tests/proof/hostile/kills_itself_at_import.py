"""Sends itself SIGKILL while it is imported.

verdict: could not start
words: killed by SIGKILL while the file was imported
"""

import os
import signal

os.kill(os.getpid(), signal.SIGKILL)
