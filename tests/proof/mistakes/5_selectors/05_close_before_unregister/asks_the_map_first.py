"""Asks whether the socket is registered, and for a closed one the question raises.

caught by: test_a_closed_and_unknown_socket_is_harmless
words: ValueError: Invalid file descriptor: -1
"""


def drop(selector, sock):
    if sock in selector.get_map():
        selector.unregister(sock)
    sock.close()
