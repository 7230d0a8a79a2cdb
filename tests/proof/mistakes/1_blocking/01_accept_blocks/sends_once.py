"""Takes it that one send takes everything.

caught by: test_a_long_greeting_arrives_whole
words: the client did not get every byte of the greeting, in order
"""


def serve_one(listener, greeting):
    conn, address = listener.accept()
    with conn:
        conn.setblocking(False)
        conn.send(greeting)
    return address
