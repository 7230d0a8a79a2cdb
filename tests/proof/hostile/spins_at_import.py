"""Spins while it is imported.

verdict: could not start
words: a busy loop
deadline: 0.7
"""

while True:
    pass
