"""Catches ConnectionError for a client that is gone: ETIMEDOUT is none, and ends everything.

caught by: test_a_connection_that_timed_out_is_a_disconnect_too
words: ETIMEDOUT
"""

import selectors
import socket


def echo_ready(selector: selectors.BaseSelector, conn: socket.socket) -> None:
    """Read what has arrived on a registered connection and send it back.

    Unregisters and closes the connection when its peer has ended or reset it.
    """
    try:
        # One recv() does not wait: the selector has just said so. Of a second one it has said nothing.
        if data := conn.recv(65536):
            # send() may take a part only; sendall() goes on until all is taken.
            conn.sendall(data)
            return
        # Empty bytes: the peer has ended its stream. That raises nothing, and never will.
    except ConnectionError:
        # A reset, at recv() or not before sendall(). A mistake in the program is no OSError: it propagates.
        pass
    # unregister() needs the number; after close() another connection may have it.
    selector.unregister(conn)
    conn.close()
