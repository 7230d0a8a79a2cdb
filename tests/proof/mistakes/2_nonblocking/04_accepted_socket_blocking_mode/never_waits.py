"""Makes the listener non-blocking for the call: nobody waits any more, whatever the caller had asked for.

caught by: test_nobody_at_a_listener_with_a_timeout
words: waits as long as the listener's timeout says, and then raises
"""


def accept_nonblocking(listener):
    before = listener.gettimeout()
    listener.setblocking(False)
    try:
        conn, address = listener.accept()
    finally:
        listener.settimeout(before)
    conn.setblocking(False)
    return conn, address
