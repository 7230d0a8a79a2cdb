"""`make watch`: the loop, the keys, the screens, and what tells of saves.

It imports everything up to learner: the keys do what its commands do.
"""
