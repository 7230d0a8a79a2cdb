"""1.8: send takes a part and says how much; the rest is still to be sent."""

import contextlib
import socket

import pytest

from dojo.suite import (
    WRITES,
    drain,
    each_call_may_fail,
    hints,
    is_nonblocking,
    mode_of,
    numbered,
    raises_errno,
    read_exactly,
    requirement,
    short_sends,
    small_buffers,
    unread,
    wait_delivered,
)

LONG = 1_048_576  # bytes: more than the buffers below take at once
ROOM = 65536


@pytest.fixture
def in_parts(kata, pair):
    """`in_parts(data, *counts)`: what arrives when the kernel takes so many bytes a send, as a full buffer would."""
    sock, peer = pair

    def send(data, *counts):
        short_sends(sock, *counts)
        kata.send_all(sock, data)
        wait_delivered(sock)
        return drain(peer)

    return send


@requirement(1, 6)
@hints(
    "A short message fits: one send takes it all.",
    "sock.send(data) is the first step.",
)
@hints(
    "What does your function return, and what can the caller do with it?",
    "It sends everything or raises, so there is no count to report: return nothing.",
    when="returned a count",
)
def test_a_short_message_is_sent(kata, unix_pair):
    sock, peer = unix_pair
    assert kata.send_all(sock, b"one ") is None, "your code returned a count: send_all() sends all, or raises"
    kata.send_all(sock, b"two")
    got = read_exactly(peer, unread(peer))  # on AF_UNIX it is there before send returns
    assert got == b"one two", "two short messages were sent, and something else arrived"


@requirement(1)
@hints(
    "What does send() return, and do you look at it?",
    "It returns the number of bytes that it took. Here it took 10 of 15.",
    "Compare the count with what you offered, and send what is left.",
)
def test_the_rest_is_sent_too(in_parts):
    # The buffer has room for ten bytes at a time.
    arrived = len(in_parts(b"abcdefghijklmno", 10))
    assert arrived >= 15, "send() took 10 of 15 bytes, and the rest was never sent"


@requirement(1)
@hints(
    "Ten bytes were taken. With which byte must the next send() begin?",
    "Offer data[taken:] next, not data.",
)
def test_the_next_send_begins_after_what_was_taken(in_parts):
    got = in_parts(b"abcdefghijklmno", 10)
    assert got == b"abcdefghijklmno", "your code offered bytes again that send() had already taken"


@requirement(1)
@hints(
    "How many sends can a message need?",
    "As many as it has bytes. Let nothing but the end of the data end the loop, and no call call itself.",
    "while data: data = data[sock.send(data):]",
)
def test_a_message_may_need_any_number_of_sends(in_parts):
    # One byte at a time: the worst that can happen.
    got = in_parts(numbered(1100), 1)
    assert got == numbered(1100), "the kernel took one byte a send, and your code stopped before the end"


@requirement(1)
@hints(
    "Did send() take all that you offered?",
    "Cutting the data into pieces beforehand does not help: send() may take a part of any piece.",
    "Advance by what send() returned, and by nothing else.",
)
def test_it_advances_by_what_was_taken_not_by_what_was_offered(in_parts):
    data = bytes(range(ord("0"), ord("z")))
    got = in_parts(data, 7, 1, 10, 3)
    assert got == data, "your code advanced by what it had offered, and send() had taken less"


@requirement(2)
@hints(
    "Which call of yours writes the loop for you?",
    "sendall() is that loop, and os.write() goes round the socket. Call sock.send() yourself, as often as it takes.",
)
def test_nothing_but_send_sends(in_parts, tape):
    in_parts(b"hello", 2)
    others = [call.text for call in tape.calls() if call.name in set(WRITES) - {"send"}]
    assert others == [], "your code sent with another call than sock.send(), which this kata is about"


@requirement(1)
@hints(
    "With a timeout, Python waits until there is room for something, not for everything.",
    "So send() returns early, with a count. The same loop handles that.",
)
def test_a_long_message_arrives_whole_from_a_socket_with_a_timeout(kata, unix_pair, background):
    sock, peer = unix_pair
    small_buffers(sock, peer, size=ROOM)
    sock.settimeout(30)
    sending = background(kata.send_all, sock, numbered(LONG))
    # The peer reads while the kata sends: whenever there is room again, a part is taken.
    assert read_exactly(peer, LONG) == numbered(LONG), "the message did not arrive as it was: lost, doubled or shuffled"
    sending.result()


@requirement(3)
@hints(
    "Who should wake the thread when there is room: your code, or the kernel?",
    "A blocking send() waits by itself. Leave the mode alone and do not call time.sleep().",
    "If you wait in poll(), ask for room alone: bytes of the peer, or its end, are not what you wait for.",
)
def test_it_sleeps_in_the_kernel_while_the_peer_does_not_read(kata, unix_pair, background, tape):
    sock, peer = unix_pair
    small_buffers(sock, peer, size=ROOM)
    peer.sendall(b"unread")
    peer.shutdown(socket.SHUT_WR)
    sending = background(kata.send_all, sock, numbered(LONG))
    # Nobody reads: the buffers fill, and the thread must be asleep in a call that room ends, and nothing else.
    sending.asleep()
    read_exactly(peer, LONG)
    sending.result()
    naps = tape.count("sleep")
    assert naps == 0, "your code slept in time.sleep(), and room in the buffers cannot end that"


@requirement(4)
@hints(
    "The caller set a timeout. What does the caller expect when nobody reads for so long?",
    "TimeoutError does not mean that you should try again: let it propagate.",
)
def test_a_timeout_propagates_at_once(kata, unix_pair, tape):
    sock, peer = unix_pair
    small_buffers(sock, peer, size=ROOM)
    sock.settimeout(0.02)
    # A part fits, and then nothing more happens.
    with raises_errno("TimeoutError", words="the timeout passed before all was sent, and the caller never finds out"):
        kata.send_all(sock, numbered(LONG))
    late = [call.text for call in tape.calls() if call.error == "TimeoutError"]
    assert len(late) <= 1, "a send() timed out, and your code sent again: the timeout belongs to the caller"


@requirement(1)
@hints(
    "One call failed half-way. What does the next call know of it?",
    "Nothing: what was left belongs to the caller, who got the error. Keep nothing between two calls.",
)
def test_the_next_call_sends_its_own_data_alone(kata, unix_pair):
    sock, peer = unix_pair
    small_buffers(sock, peer, size=ROOM)
    sock.settimeout(0.02)
    with contextlib.suppress(TimeoutError):
        kata.send_all(sock, numbered(LONG))
    drain(peer)
    with contextlib.suppress(TimeoutError):
        kata.send_all(sock, b"next")
    assert drain(peer) == b"next", "a call had failed half-way, and the next call sent something else than its data"


@requirement(4, 5, 6)
@each_call_may_fail()
@hints(
    "The connection broke after some of the bytes. What does the next send() do?",
    "It raises. That is not the end of the work: do not catch it, whichever error it is.",
)
@hints(
    "What has your code changed on the caller's socket, and does the line that puts it back run after an error?",
    "send_all() need not call setblocking() or settimeout() at all. If it does, put both back in a finally clause.",
    when="another timeout or mode",
)
@hints(
    "send() has taken the last byte. What is there left to ask?",
    "Ask whether something is left before you send: a send() of nothing can wait for room, or fail.",
    when="was sent already",
)
def test_an_error_of_any_send_propagates(kata, pair, tape, failing):
    short_sends(pair[0], 5)
    before = mode_of(pair[0])
    outcome = failing.outcome(kata.send_all, pair[0], b"abcdefghijklmno")
    assert mode_of(pair[0]) == before, "a send failed, and your code left the socket with another timeout or mode"
    sent = sum(call.copied for call in tape.calls() if call.name == "send" and not call.error)
    if failing.error:
        assert sent < 15, "all of data was sent already, and your code called send() once more: that call failed"
        failing.propagates(outcome, "a send failed, and your code did not tell the caller which error it was")
    else:
        assert not isinstance(outcome, Exception), "no send failed, and your code raised"


@requirement(1, 6)
@hints(
    "There is nothing to send. Is that an error?",
    "Ask whether something is left before you send, not afterwards.",
)
def test_no_data_sends_nothing(kata, unix_pair):
    sock, peer = unix_pair
    assert kata.send_all(sock, b"") is None, "your code returned a count: send_all() sends all, or raises"
    assert unread(peer) == 0, "the data was empty, and your code sent something"


@requirement(5)
@hints(
    "The socket came with a timeout. Does it still have that one?",
    "send_all() need not call setblocking() or settimeout() at all. If it does, put both back in a finally clause.",
)
def test_the_socket_keeps_its_timeout(kata, unix_pair):
    sock, peer = unix_pair
    small_buffers(sock, peer, size=ROOM)
    for timeout in (None, 0.02):
        sock.settimeout(timeout)
        before = timeout, is_nonblocking(sock)
        kata.send_all(sock, b"hello")
        assert (sock.gettimeout(), is_nonblocking(sock)) == before, "your code changed the caller's timeout or mode"
    with contextlib.suppress(TimeoutError):
        kata.send_all(sock, numbered(LONG))
    after = sock.gettimeout(), is_nonblocking(sock)
    assert after == before, "a send timed out, and your code left the socket with another timeout or mode"
