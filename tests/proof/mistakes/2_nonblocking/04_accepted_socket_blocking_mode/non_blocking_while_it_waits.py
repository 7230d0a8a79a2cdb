"""Makes the listener non-blocking for the call and waits in select, so that accept() itself cannot wait.

caught by: test_nothing_else_changes_while_it_waits
words: your code changed the mode of the caller's listener while it waited
"""

import select


def accept_nonblocking(listener):
    before = listener.gettimeout()
    listener.setblocking(False)
    try:
        if before != 0 and not select.select([listener], [], [], before)[0]:
            raise TimeoutError("nobody has connected")
        conn, address = listener.accept()
    finally:
        listener.settimeout(before)
    conn.setblocking(False)
    return conn, address
