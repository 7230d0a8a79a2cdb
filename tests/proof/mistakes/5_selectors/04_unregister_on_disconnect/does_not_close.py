"""Unregisters and leaves the connection open.

caught by: test_at_the_end_of_the_stream_it_is_closed
words: the connection had ended, and your code did not close it
"""


def echo_ready(selector, conn):
    try:
        data = conn.recv(65536)
        conn.sendall(data)
    except ConnectionError:
        data = b""
    if not data:
        selector.unregister(conn)
