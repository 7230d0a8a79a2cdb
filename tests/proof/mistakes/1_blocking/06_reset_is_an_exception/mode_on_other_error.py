"""The socket is set to non-blocking and set back after eof and after a reset, but not when another error gets
out.

caught by: test_a_socket_without_a_peer_is_an_error
words: an error propagated, and your code left the socket in another mode
"""

import select
import socket


def read_to_end(sock: socket.socket) -> tuple[bytes, str]:
    patience = sock.gettimeout()
    poller = select.poll()
    poller.register(sock, select.POLLIN)
    data = bytearray()
    sock.setblocking(False)
    try:
        while True:
            if patience != 0:
                if not poller.poll(None if patience is None else patience * 1000):
                    raise TimeoutError("timed out")
            piece = sock.recv(65536)
            if not piece:
                how = "eof"
                break
            data += piece
    except ConnectionResetError:
        how = "reset"
    sock.settimeout(patience)
    return bytes(data), how
