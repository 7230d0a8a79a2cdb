"""Leaves a finder and a path hook behind that let every import fail.

verdict: leaked
words: sys.meta_path was changed
"""

import sys


class Finder:
    def find_spec(self, *args):
        raise RuntimeError("no module for anybody")


def refuse(path):
    raise RuntimeError("no module for anybody")


def accept_pending(listener):
    sys.meta_path.insert(0, Finder())
    sys.path_hooks.insert(0, refuse)
    sys.path_importer_cache.clear()
    return []
