"""Commands for many sides at once: judging a course, a copy to hand out, the board of a dojo.

What trainers use belongs here, and nothing that a learner's own commands need. It
imports everything up to watch, whose terminal the board takes; watch does not know it.
"""
