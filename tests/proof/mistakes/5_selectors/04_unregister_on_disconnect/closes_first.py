"""Closes, and unregisters what has no number any more.

caught by: test_it_is_unregistered_before_it_is_closed
words: the kernel went on watching: unregister first, then close, because nothing else can end that
"""


def echo_ready(selector, conn):
    try:
        data = conn.recv(65536)
        conn.sendall(data)
    except ConnectionError:
        data = b""
    if not data:
        conn.close()
        selector.unregister(conn)
