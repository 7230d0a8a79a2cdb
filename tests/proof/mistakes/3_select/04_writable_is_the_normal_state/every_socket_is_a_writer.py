"""Puts every socket into both lists.

caught by: test_idle_connections_let_the_loop_sleep
words: nothing happened, and the loop was woken at once: a busy loop
"""


def interest(connections):
    socks = [connection.sock for connection in connections]
    return socks, list(socks)
