"""Sends the rest once more: a second signal cuts that short as well.

caught by: test_signals_do_not_cut_the_greeting_short
words: a signal came while it was sending, and the rest of the greeting is missing
breaks: 3
"""


def serve_one(listener, greeting):
    conn, address = listener.accept()
    with conn:
        conn.setblocking(True)
        sent = conn.send(greeting)
        if sent < len(greeting):
            conn.send(greeting[sent:])
    return address
