"""Takes it that every end is an exception.

caught by: test_at_the_end_of_the_stream_it_leaves_the_selector
words: the connection had ended, and your code left it in the selector
"""


def echo_ready(selector, conn):
    try:
        conn.sendall(conn.recv(65536))
    except Exception:
        selector.unregister(conn)
        conn.close()
