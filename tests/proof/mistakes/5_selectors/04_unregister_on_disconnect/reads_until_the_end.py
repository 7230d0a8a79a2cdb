"""Reads on until the peer has ended its stream.

caught by: test_it_does_not_wait_for_more
words: your code waited for more bytes, and nobody else was served meanwhile
"""


def echo_ready(selector, conn):
    try:
        while data := conn.recv(65536):
            conn.sendall(data)
    except ConnectionError:
        pass
    selector.unregister(conn)
    conn.close()
