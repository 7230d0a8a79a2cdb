"""Returns when there is nothing to send back.

caught by: test_the_end_is_reported_once
words: the selector reported the end again and again: the server's loop never sleeps
"""


def echo_ready(selector, conn):
    try:
        data = conn.recv(65536)
        if not data:
            return
        conn.sendall(data)
    except ConnectionError:
        selector.unregister(conn)
        conn.close()
