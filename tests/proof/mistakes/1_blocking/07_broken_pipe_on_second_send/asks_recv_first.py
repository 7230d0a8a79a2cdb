"""Looks for an end of the peer's stream before it sends: that end says nothing about reading.

caught by: test_a_peer_that_only_stopped_sending_gets_everything
words: the peer had only stopped sending, and your code took that for a break
"""

import socket


def deliver(sock, messages):
    taken = 0
    for message in messages:
        try:
            if sock.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT) == b"":
                break
        except BlockingIOError:
            pass
        except ConnectionResetError:
            break
        try:
            sock.sendall(message)
        except (BrokenPipeError, ConnectionResetError):
            break
        taken += 1
    return taken
