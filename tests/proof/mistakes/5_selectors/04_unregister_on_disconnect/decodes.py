"""Decodes, and hangs up on whoever sends anything but text.

caught by: test_bytes_that_are_no_text_are_sent_back
words: the bytes were not text, and your code closed the connection
"""


def echo_ready(selector, conn):
    try:
        text = conn.recv(65536).decode()
        conn.sendall(text.encode())
        if text:
            return
    except Exception:
        pass
    selector.unregister(conn)
    conn.close()
