"""One test in a process of its own: how it begins, what it may take, how it ends, and the verdict on it.

What protects the engine from the code under test belongs here. It imports core and tape.
"""
