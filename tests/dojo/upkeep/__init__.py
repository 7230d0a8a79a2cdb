"""The commands of somebody who keeps the repository: the check, benches, mutants, pages, models.

Nothing that a learner's commands need belongs here. It may import every other package.
"""
