"""Expects a reset when reading only.

caught by: test_a_broken_pipe_is_a_disconnect_too
words: EPIPE
"""


def echo_ready(selector, conn):
    try:
        data = conn.recv(65536)
    except ConnectionError:
        data = b""
    if not data:
        selector.unregister(conn)
        conn.close()
        return
    conn.sendall(data)
