"""Finds the reference solution and runs that. Not prevented: it is the learner's own loss.

verdict: passed
words:
"""

import pathlib

import dojo.core.places

exec(pathlib.Path(dojo.core.places.ROOT, "solutions/2_nonblocking/01_accept_would_block.py").read_text(), globals())
