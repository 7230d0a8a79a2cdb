"""Knows the orderly end and nothing else.

caught by: test_a_reset_is_a_disconnect_too
words: ECONNRESET
"""


def echo_ready(selector, conn):
    data = conn.recv(65536)
    if data:
        conn.sendall(data)
    else:
        selector.unregister(conn)
        conn.close()
