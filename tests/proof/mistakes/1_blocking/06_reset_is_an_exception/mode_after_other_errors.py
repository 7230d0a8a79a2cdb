"""Makes the socket non-blocking and puts its mode back after "eof", "reset" and a timeout, but not when another
error propagates.

caught by: test_a_socket_without_a_peer_is_an_error
words: an error propagated, and your code left the socket in another mode
"""

import select
import socket


def read_to_end(sock: socket.socket) -> tuple[bytes, str]:
    """Read until the peer's stream ends, by FIN or by RST."""
    timeout = sock.gettimeout()
    poller = select.poll()
    sock.settimeout(0)
    data = bytearray()
    while True:
        try:
            piece = sock.recv(65536)
        except BlockingIOError:
            poller.register(sock, select.POLLIN)
            if not poller.poll(timeout * 1000 if timeout else None):
                sock.settimeout(timeout)
                raise TimeoutError("timed out") from None
            continue
        except ConnectionResetError:
            end = "reset"
            break
        if not piece:
            end = "eof"
            break
        data += piece
    sock.settimeout(timeout)
    return bytes(data), end
