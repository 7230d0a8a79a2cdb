"""Becomes another program while it is imported.

verdict: could not start
words: the process ended itself with status 0 while the file was imported
"""

import os

os.execv("/bin/true", ["true"])
