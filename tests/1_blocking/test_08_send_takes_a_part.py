"""1.8: send takes a part and says how much; the rest is still to be sent."""

import pytest

from dojo.suite import Finding, hints, numbered, raises_errno, read_exactly, reset, short_sends, small_buffers, unread

LONG = 1_048_576  # bytes: more than the buffers below take at once
ROOM = 65536


@pytest.fixture
def in_parts(kata, unix_pair, tape):
    """`in_parts(data, *counts)`: send_all() on a socket that takes so many bytes a send, as a full buffer would."""
    sock, peer = unix_pair

    def send(data, *counts):
        short_sends(sock, *counts)
        kata.send_all(sock, data)
        for name in ("sendall", "sendto", "sendmsg"):
            if tape.count(name):
                raise Finding(f"{name}() does the work that this kata is about", "sock.send() alone", f"sock.{name}()")
        return read_exactly(peer, unread(peer))  # on AF_UNIX it is there before send returns

    return send


def arrived(peer):
    """All that the peer has: on AF_UNIX it is there before send returns."""
    return read_exactly(peer, unread(peer))


@hints(
    "A short message fits: one send takes it all.",
    "sock.send(data) is the first step. The function itself has nothing to return.",
)
def test_a_short_message_is_sent(kata, unix_pair):
    sock, peer = unix_pair
    assert kata.send_all(sock, b"one ") is None, "all or an error: there is no count to return"
    kata.send_all(sock, b"two")
    assert arrived(peer) == b"one two", "both messages, the short one too, and nothing else"


@hints(
    "What does send() return, and who looks at it?",
    "It returns the number of bytes that it took. Here it took 10 of 15.",
    "Compare the count with what you offered, and send what is left.",
)
def test_the_rest_is_sent_too(in_parts):
    # The buffer has room for ten bytes at a time.
    assert len(in_parts(b"abcdefghijklmno", 10)) >= 15, (
        "send() took 10 bytes of 15 and said so; the rest was never sent"
    )


@hints(
    "Ten bytes are taken. With which byte does the next send begin?",
    "Offer data[taken:] next, not data.",
)
def test_the_next_send_begins_behind_what_was_taken(in_parts):
    got = in_parts(b"abcdefghijklmno", 10)
    assert got == b"abcdefghijklmno", "what send() has taken must not be offered again: go on behind it"


@hints(
    "How many sends does a message take, at most?",
    "As many as there are bytes. Nothing but the end of the data ends the loop.",
    "while data: data = data[sock.send(data):]",
)
def test_it_takes_as_many_sends_as_it_takes(in_parts):
    # One byte at a time: the worst that can happen.
    got = in_parts(b"abcde", 1)
    assert got == b"abcde", "no number of sends is enough for certain: go on until every byte is taken"


@hints(
    "Is what you offered the same as what was taken?",
    "Cutting the data into pieces beforehand does not help: any piece may be taken in part.",
    "Advance by what send() returned, and by nothing else.",
)
def test_it_advances_by_what_was_taken_not_by_what_was_offered(in_parts):
    data = bytes(range(ord("0"), ord("z")))
    got = in_parts(data, 7, 1, 10, 3)
    assert got == data, "bytes are missing: go on by the count that send() returned, not by what it was given"


@hints(
    "With a timeout Python waits until there is room for something, not for everything.",
    "So send() returns early, with a count. The same loop serves.",
)
def test_a_long_message_arrives_whole_from_a_socket_with_a_timeout(kata, unix_pair, background):
    sock, peer = unix_pair
    small_buffers(sock, peer, size=ROOM)
    sock.settimeout(30)
    sending = background(kata.send_all, sock, numbered(LONG))
    # The peer reads while the kata sends: whenever there is room again, a part is taken.
    assert read_exactly(peer, LONG) == numbered(LONG), "every byte once, and in order"
    sending.result()


@hints(
    "Who wakes the thread when there is room: your code, or the kernel?",
    "A blocking send() waits by itself. Leave the mode alone and do not call time.sleep().",
)
def test_it_sleeps_in_the_kernel_while_the_peer_does_not_read(kata, unix_pair, background, tape):
    sock, peer = unix_pair
    small_buffers(sock, peer, size=ROOM)
    sending = background(kata.send_all, sock, numbered(LONG))
    # Nobody reads: the buffers fill, and the thread must be asleep in a call that room ends.
    sending.asleep()
    assert read_exactly(peer, LONG) == numbered(LONG), "every byte once, and in order"
    sending.result()
    assert tape.count("sleep") == 0, "time.sleep() cannot be woken by a socket: wait in the call itself"


@hints(
    "The caller has set a timeout. What does he expect when nobody reads for so long?",
    "TimeoutError is no invitation to try again: let it out.",
)
def test_a_timeout_propagates(kata, unix_pair):
    sock, peer = unix_pair
    small_buffers(sock, peer, size=ROOM)
    sock.settimeout(0.02)
    # A part fits, and then nothing more happens.
    with raises_errno("TimeoutError", words="not all was taken within the timeout, and the caller is not told"):
        kata.send_all(sock, numbered(LONG))
    assert sock.gettimeout() == 0.02, "the caller's timeout is as before, after an error too"


@hints(
    "A reset in the middle ends a send with the bytes taken so far. What does the next send say?",
    "It raises. An error is not the end of the work: do not catch it.",
)
def test_a_connection_that_breaks_half_way_is_an_error(kata, pair, background):
    sock, peer = pair
    small_buffers(sock, peer)
    sending = background(kata.send_all, sock, numbered(LONG), may_raise=True)
    sending.asleep()
    # The buffers are full and the thread sleeps. Now the peer resets.
    reset(peer)
    with raises_errno("ECONNRESET", "EPIPE", words="the connection broke half-way, and it looks as if all were sent"):
        sending.result()


@hints(
    "When there is nothing to send, is that an error?",
    "Ask whether something is left before you send, not afterwards.",
)
def test_nothing_is_soon_sent(kata, unix_pair):
    sock, peer = unix_pair
    kata.send_all(sock, b"")
    assert unread(peer) == 0, "nothing was to be sent"


@hints(
    "The socket came with a timeout. Has it still got it?",
    "send_all need not call setblocking() or settimeout() at all.",
)
def test_the_socket_keeps_its_timeout(kata, unix_pair):
    sock, _ = unix_pair
    sock.settimeout(30)
    kata.send_all(sock, b"hello")
    assert sock.gettimeout() == 30, "the socket is the caller's, and so is its timeout"
