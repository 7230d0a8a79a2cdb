"""The commands of somebody who solves katas, a module each; `make watch` has a package of its own.

It imports everything up to judge.
"""
