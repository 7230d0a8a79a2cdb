"""Raises an exception whose class has an empty name while it is imported.

verdict: could not start
words: raised while the file is imported
"""

raise type("", (Exception,), {"__module__": "builtins"})()
