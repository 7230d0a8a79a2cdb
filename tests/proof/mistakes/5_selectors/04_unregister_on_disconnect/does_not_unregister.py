"""Closes, and takes it that a closed socket leaves the selector by itself.

caught by: test_at_the_end_of_the_stream_it_leaves_the_selector
words: the connection had ended, and your code left it in the selector
"""


def echo_ready(selector, conn):
    try:
        data = conn.recv(65536)
        conn.sendall(data)
    except ConnectionError:
        data = b""
    if not data:
        conn.close()
