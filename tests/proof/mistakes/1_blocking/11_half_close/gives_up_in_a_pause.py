"""Takes the reply for whole when the server is silent for half a second.

caught by: test_a_pause_in_the_reply_is_not_its_end
words: the server paused in the middle of its reply, and your code did not
"""

import contextlib
import socket


def ask(address, request):
    with socket.create_connection(address) as sock:
        sock.sendall(request)
        sock.shutdown(socket.SHUT_WR)
        reply = sock.recv(4096)
        sock.settimeout(0.5)
        with contextlib.suppress(TimeoutError):
            while piece := sock.recv(4096):
                reply += piece
        return reply
