"""What everything else stands on: where katas and sides lie, the screen, and processes.

Nothing in here knows of tests or verdicts. It imports nothing of dojo.
"""
