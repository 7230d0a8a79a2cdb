"""Takes it that send() takes everything.

caught by: test_every_byte_is_sent_back_though_send_takes_a_part
words: send() took a part, and your code lost the rest
"""


def echo_ready(selector, conn):
    try:
        data = conn.recv(65536)
        conn.send(data)
    except ConnectionError:
        data = b""
    if not data:
        selector.unregister(conn)
        conn.close()
