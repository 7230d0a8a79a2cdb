"""Commands for many sides at once: judging a course, a copy to hand out.

What trainers use belongs here, and nothing that a learner's own commands need. It
imports everything up to learner; watch does not know it, nor it watch.
"""
