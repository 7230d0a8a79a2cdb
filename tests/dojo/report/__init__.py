"""What a person reads of a verdict: the failure report, the lesson after green, the marks of progress.

It imports core, tape and sandbox.
"""
