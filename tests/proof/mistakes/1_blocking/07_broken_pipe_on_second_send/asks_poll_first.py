"""Asks poll for a hangup and sends without a net: the hangup comes between the question and the send.

caught by: test_a_message_taken_in_part_does_not_count
words: ECONNRESET
"""

import select


def deliver(sock, messages):
    poll = select.poll()
    poll.register(sock, select.POLLOUT)
    taken = 0
    for message in messages:
        if any(mask & (select.POLLHUP | select.POLLERR) for _, mask in poll.poll(0)):
            break
        sock.sendall(message)
        taken += 1
    return taken
