"""2.2: a non-blocking recv gives data, "nothing yet", the end or an error, and each is told apart."""

import contextlib
import socket

import pytest

from dojo.suite import (
    GREEN,
    break_off,
    each_call_may_fail,
    hints,
    is_nonblocking,
    numbered,
    on_stub,
    raises_errno,
    requirement,
    reset,
    small_buffers,
    take_number,
    unread,
    wait_fin,
    wait_reset,
    wait_unread,
)

MUCH = 100_000  # bytes: more than people read at once


@requirement(2)
@on_stub(GREEN)
@hints(
    "recv() on a non-blocking socket must not wait. What does it do when nothing has arrived?",
    "It fails with EAGAIN, and Python has an exception class of its own for that errno.",
    "except BlockingIOError: return None.",
)
def test_nothing_has_come_yet(kata, pair):
    sock, _ = pair
    sock.setblocking(False)
    # The connection is intact, and the peer has not sent anything so far.
    assert kata.try_recv(sock, 100) is None, "nothing had arrived, and your function did not return None"


@requirement(5)
@on_stub("your code waited for data, and should have returned at once")
@hints(
    "The caller has other sockets to look after. How long does your function hold it up?",
    "When to try again is for the caller to decide: no time.sleep() and no timeout in here.",
)
def test_it_answers_at_once(kata, pair, tape):
    sock, peer = pair
    sock.setblocking(False)
    kata.try_recv(sock, 100)
    # Less than n bytes: the rest may come, and is for another call.
    peer.sendall(b"data")
    wait_unread(sock, 4)
    kata.try_recv(sock, 100)
    waited = [call.text for call in tape.waits()]
    assert waited == [], "your code waited for data, and should have returned at once"


@requirement(1)
@on_stub(GREEN)
@hints(
    "Fewer than n bytes have arrived. Does anybody have to wait for more?",
    "One recv() returns what is there. Return that, with its type.",
)
def test_data_is_returned(kata, pair):
    sock, peer = pair
    sock.setblocking(False)
    peer.sendall(b"data")
    wait_unread(sock, 4)
    got = kata.try_recv(sock, 100)
    assert got == b"data", "four bytes had arrived, and your function did not return them"
    assert type(got) is bytes, "your function returned another type than bytes"


@requirement(1)
@on_stub("your function did not return the bytes that arrived")
@hints(
    "Is every sequence of bytes a text?",
    "What else stands in your try block? If decode() fails there, it looks as if recv() had failed.",
    "Nobody asked for decoding. Leave recv() alone in the try block.",
)
def test_any_bytes_are_data(kata, pair):
    sock, peer = pair
    sock.setblocking(False)
    message = bytes(range(256)) + bytes(8)
    peer.sendall(message)
    wait_unread(sock, len(message))
    got = kata.try_recv(sock, 300)
    assert got == message, "your function did not return the bytes that arrived: they are no text, and need not be one"


@requirement(1)
@on_stub("your function returned something else than the first n bytes")
@hints(
    "Who decides how much is read at once: the caller, or a number in the code?",
    "recv() takes the limit as its argument, and leaves the rest in the socket.",
)
def test_no_more_than_n_bytes_are_taken(kata, pair):
    sock, peer = pair
    sock.setblocking(False)
    peer.sendall(b"abcdef")
    wait_unread(sock, 6)
    assert kata.try_recv(sock, 4) == b"abcd", "your function returned something else than the first n bytes"
    assert unread(sock) >= 2, "your function took more than n bytes out of the socket"
    # What was over the limit waits in the socket for the next call.
    assert kata.try_recv(sock, 4) == b"ef", "your second call returned something else than the rest"


@requirement(1)
@on_stub("your function did not return all that had arrived")
@hints(
    "The caller asks for a megabyte. How much do you ask recv() for?",
    "recv(n): the caller's number, not one of yours. And return what it returns as it is: no strip().",
)
def test_much_is_returned_at_once(kata, pair):
    sock, peer = pair
    for end in pair:
        small_buffers(end, size=4 * MUCH)  # not small, for once
    sock.setblocking(False)
    peer.sendall(numbered(MUCH))
    wait_unread(sock, MUCH)
    got = kata.try_recv(sock, 10 * MUCH)
    assert got == numbered(MUCH), "your function did not return all that had arrived, although n was larger"


@requirement(1, 2)
@on_stub(GREEN)
@hints(
    "What do you remember from one call to the next?",
    "Nothing has to be remembered: ask the socket at every call.",
)
def test_each_call_answers_for_its_own_moment(kata, pair):
    sock, peer = pair
    sock.setblocking(False)
    for message in (b"one", b"two"):
        assert kata.try_recv(sock, 100) is None, "everything had been read, and your function did not return None"
        peer.sendall(message)
        wait_unread(sock, 3)
        assert kata.try_recv(sock, 100) == message, "new data had arrived, and your function did not return it"


@requirement(3, 6)
@on_stub("the stream had ended, and your function did not return b''")
@hints(
    "The peer has ended the stream. Will anything ever arrive again? And what does None tell the caller?",
    "At the end recv() raises nothing: it returns b''.",
    "b'' is false in Python, as None is: do not test the data for truth, return it.",
)
@hints(
    "The peer has ended its direction of the connection. Which direction is still open?",
    "The caller may still want to send. Return b'' and leave close() to the caller.",
    when="closed the caller's socket",
)
def test_the_end_is_not_nothing_yet(kata, pair):
    sock, peer = pair
    sock.setblocking(False)
    peer.shutdown(socket.SHUT_WR)
    wait_fin(sock)
    assert kata.try_recv(sock, 100) == b"", "the stream had ended, and your function did not return b''"
    assert sock.fileno() != -1, "your function closed the caller's socket"
    assert kata.try_recv(sock, 100) == b"", "your function reported the end of the stream once, and then no more"


@requirement(1, 3)
@on_stub("the stream had ended, and your function did not return b''")
@hints(
    "Data arrived, and the end of the stream behind it. Which does recv() return first?",
    "recv() keeps the order: first the bytes, then, at the next call, the end.",
)
def test_what_came_before_the_end_comes_first(kata, pair):
    sock, peer = pair
    sock.setblocking(False)
    peer.sendall(b"last words")
    peer.close()
    wait_fin(sock)
    assert kata.try_recv(sock, 100) == b"last words", "ten bytes arrived before the end, and your code lost them"
    assert kata.try_recv(sock, 100) == b"", "the stream had ended, and your function did not return b''"


@requirement(1, 3)
@on_stub("the stream had ended, and your function did not return b''")
@hints(
    "Both sides have ended: poll() reports a hang-up. Is everything read by then?",
    "recv() knows. Return what it returns, and leave the flags of poll() alone.",
)
def test_bytes_come_first_when_both_sides_have_ended(kata, pair):
    sock, peer = pair
    sock.setblocking(False)
    peer.sendall(b"last words")
    sock.shutdown(socket.SHUT_WR)
    peer.close()
    wait_fin(sock)
    got = kata.try_recv(sock, 100)
    assert got == b"last words", "both sides had ended, ten bytes were still to be read, and your code lost them"
    assert kata.try_recv(sock, 100) == b"", "the stream had ended, and your function did not return b''"


@requirement(1, 4)
@on_stub("the connection broke, and")
@hints(
    "After a reset or ETIMEDOUT no more data can arrive. What does your function tell the caller?",
    "Which exception means that nothing has arrived yet? Catch only that one.",
    "ConnectionResetError is not a BlockingIOError, and TimeoutError is not either: let both propagate.",
)
@hints(
    "Bytes arrived, and then the connection broke. Which does recv() report first?",
    "The bytes, and the error at the next call. The kernel reports an error once: pass it on.",
    "SO_ERROR takes it too. Leave it alone: recv() by itself keeps the order.",
    when="ten bytes",
)
@pytest.mark.parametrize("before", [b"", b"last words"], ids=["at once", "after ten bytes"])
@pytest.mark.parametrize("error", ["ECONNRESET", "ETIMEDOUT"])
def test_a_broken_connection_is_an_error(kata, pair, error, before):
    sock, peer = pair
    sock.setblocking(False)
    peer.sendall(before)
    wait_unread(sock, len(before))
    break_off(peer, error)
    wait_reset(sock)
    if before:
        assert kata.try_recv(sock, 6) == b"last w", "the connection broke, and your code lost bytes that came before"
        assert kata.try_recv(sock, 6) == b"ords", "the connection broke, and your code lost bytes that came before"
    with raises_errno(error, words="the connection broke, and the caller never finds out"):
        kata.try_recv(sock, 6)


@requirement(2, 3)
@on_stub(GREEN)
@hints(
    "A socket ended and was closed. Its number goes to the next socket. What do you remember of the first?",
    "Remember nothing: each call asks the socket that it was given.",
)
def test_a_new_socket_with_an_old_number_starts_afresh(kata, keep):
    sock, peer = keep(socket.socketpair())
    sock.setblocking(False)
    peer.close()
    kata.try_recv(sock, 100)
    number = sock.fileno()
    sock.close()
    sock, _ = take_number(keep, number)
    sock.setblocking(False)
    words = "the stream of another socket with this number had ended, and your function took it for the end of this one"
    assert kata.try_recv(sock, 100) is None, words


@requirement(4)
@on_stub("the socket was never connected, and the caller never finds out")
@hints(
    "A socket without a peer: will anything arrive if the caller tries again?",
    "There are more errors than the reset. Name the one that you expect, not those that you do not.",
)
def test_a_socket_without_a_peer_is_an_error(kata, keep):
    sock = keep(socket.socket())
    sock.setblocking(False)
    with raises_errno("ENOTCONN", words="the socket was never connected, and the caller never finds out"):
        kata.try_recv(sock, 100)


@requirement(4)
@on_stub("the socket was closed, and the caller never finds out")
@hints(
    "Someone closed the socket and goes on reading from it. Who tells them?",
    "EBADF is not a BlockingIOError: let it propagate.",
)
def test_a_closed_socket_is_an_error(kata, pair):
    sock, _ = pair
    sock.close()
    with raises_errno("EBADF", "ValueError", words="the socket was closed, and the caller never finds out"):
        kata.try_recv(sock, 100)


@requirement(6)
@on_stub(GREEN)
@hints(
    "The socket came in non-blocking mode. In which mode does the caller get it back?",
    "try_recv() need not call setblocking() or settimeout() at all.",
)
@hints(
    "The connection broke. Whose socket is it still?",
    "The caller gets the error and decides. Leave close() to the caller, and use no `with sock:`.",
    when="closed the caller's socket",
)
def test_the_socket_stays_non_blocking(kata, pair):
    sock, peer = pair
    sock.setblocking(False)
    kata.try_recv(sock, 100)
    assert sock.gettimeout() == 0.0, "nothing had arrived, and your code left the socket in another mode"
    peer.sendall(b"data")
    wait_unread(sock, 4)
    kata.try_recv(sock, 100)
    assert sock.gettimeout() == 0.0, "data had arrived, and your code left the socket in another mode"
    reset(peer)
    wait_reset(sock)
    with contextlib.suppress(ConnectionResetError):
        kata.try_recv(sock, 100)
    assert sock.fileno() != -1, "the peer had reset, and your code closed the caller's socket"
    assert sock.gettimeout() == 0.0, "the peer had reset, and your code left the socket in another mode"
    assert is_nonblocking(sock), "your code cleared O_NONBLOCK in the kernel, behind the socket object's back"


@each_call_may_fail()
@requirement(1)
@on_stub(GREEN)
@hints(
    "Four bytes have arrived, and the next read fails. If you read twice, who gets the bytes?",
    "Read once, and return what recv() gave. The next call will report the error.",
)
def test_an_error_behind_the_data_does_not_take_it_away(kata, pair, failing):
    sock, peer = pair
    sock.setblocking(False)
    peer.sendall(b"data")
    wait_unread(sock, 4)
    # The connection breaks while your function runs. The bytes have come before.
    outcome = failing.outcome(kata.try_recv, sock, 100)
    assert outcome == b"data", "four bytes had arrived, and your code lost them to the error of another read"
