"""Reads from address 0 while it is imported.

verdict: could not start
words: killed by SIGSEGV while the file was imported
"""

import ctypes

ctypes.string_at(0)
