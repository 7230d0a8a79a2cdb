"""Prints without end while it is imported.

verdict: could not start
words: a busy loop
deadline: 0.7
"""

while True:
    print("still here")
