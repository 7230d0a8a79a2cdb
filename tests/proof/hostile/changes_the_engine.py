"""Lets the engine find nothing, and leaves a socket open.

verdict: leaked
words: left_behind was replaced
"""

import socket

import dojo.sandbox.leftovers

kept = []


def accept_pending(listener):
    dojo.sandbox.leftovers.left_behind = lambda *args: []
    kept.append(socket.socket())
    return []
