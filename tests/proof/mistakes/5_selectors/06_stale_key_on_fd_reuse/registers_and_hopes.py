"""Registers, and takes it that a number is free when a connection has it.

caught by: test_a_stale_key_gives_way
words: is already registered
"""


def adopt(selector, sock, events, data):
    return selector.register(sock, events, data)
