"""Expects ConnectionResetError and nothing else.

caught by: test_a_broken_pipe_is_a_disconnect_too
words: EPIPE
"""


def echo_ready(selector, conn):
    try:
        data = conn.recv(65536)
        conn.sendall(data)
    except ConnectionResetError:
        data = b""
    if not data:
        selector.unregister(conn)
        conn.close()
