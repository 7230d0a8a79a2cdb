"""1.4: recv(n) returns what is there, so exactly n bytes take a loop that never asks for more."""

import contextlib
import socket

import pytest

from dojo.suite import (
    each_call_may_fail,
    hints,
    interrupted,
    is_nonblocking,
    mode_of,
    numbered,
    raises_errno,
    requirement,
    reset,
    small_buffers,
    take_number,
    unread,
    wait_reset,
    wait_unread,
)


def answer(kata, sock, n):
    """What recv_exactly returns, or that it raised EOFError."""
    try:
        received = kata.recv_exactly(sock, n)
    except EOFError:
        received = "EOFError"
    return received


@requirement(1)
@hints(
    "recv(n) has returned fewer than n bytes. Is the message complete?",
    "Receive again, in a loop, until the lengths of the pieces add up to n.",
    "while len(data) < n: data += sock.recv(n - len(data))",
)
def test_a_message_in_pieces_comes_back_whole(kata, unix_pair, background):
    sock, peer = unix_pair
    message = "äöü €5".encode()
    receiving = background(kata.recv_exactly, sock, len(message))
    for number in message:
        # It has a part of the message, and sometimes half a character, and sleeps until there is more.
        receiving.asleep()
        peer.sendall(bytes([number]))
    assert receiving.result() == message, "the message came in pieces, and was not put together"


@requirement(2)
@hints(
    "More has come than was asked for. Whose is the rest?",
    "The next reader's: it stays in the kernel if you do not ask for it.",
)
def test_the_next_message_stays_in_the_kernel(kata, unix_pair):
    sock, peer = unix_pair
    peer.sendall(b"hello" + b"next message")
    assert kata.recv_exactly(sock, 5) == b"hello", "five bytes were asked for, and your code returned something else"
    assert unread(sock) == 12, "your code took bytes of the next message out of the kernel"


@requirement(1, 2)
@hints(
    "Three of five bytes have come. How many may the next recv() ask for?",
    "n minus what you have already, not n again.",
)
def test_the_last_piece_is_not_taken_too_large(kata, unix_pair, background):
    sock, peer = unix_pair
    receiving = background(kata.recv_exactly, sock, 5)
    receiving.asleep()
    peer.sendall(b"hel")
    receiving.asleep()
    # The end of this message and the next one arrive together.
    peer.sendall(b"lo" + b"next")
    assert receiving.result() == b"hello", "five bytes were asked for, and your code returned something else"
    assert unread(sock) == 4, "your code took bytes of the next message out of the kernel"


@requirement(4)
@hints(
    "What does recv() return when the peer has closed and nothing is left? How often would it return that?",
    "Empty bytes, each time. They are the one piece that means the end.",
    "if not piece: raise EOFError",
)
def test_an_end_in_the_middle_is_an_error(kata, unix_pair):
    sock, peer = unix_pair
    # The euro sign has three bytes, of which the peer sends one before it ends the stream.
    peer.sendall("50 €".encode()[:4])
    peer.shutdown(socket.SHUT_WR)
    assert answer(kata, sock, 6) == "EOFError", (
        "the stream ended in the middle of the message, and your code did not say so"
    )


@requirement(4)
@hints(
    "The peer has closed and sent nothing. Are there n bytes?",
    "The end before the first byte is no different from the end before the last one.",
)
def test_an_end_before_the_first_byte_is_an_error_too(kata, unix_pair):
    sock, peer = unix_pair
    peer.close()
    assert answer(kata, sock, 5) == "EOFError", "the stream ended before the first byte, and your code did not say so"


@requirement(1, 4)
@hints(
    "Message and end have both arrived. Which do you see first?",
    "The bytes. With n of them you are done, and need not ask what comes after.",
)
def test_an_end_right_behind_the_message_does_not_spoil_it(kata, unix_pair):
    sock, peer = unix_pair
    peer.sendall(b"hello")
    peer.close()
    assert answer(kata, sock, 5) == b"hello", (
        "the message was complete when the stream ended, and your code did not return it"
    )
    assert answer(kata, sock, 5) == "EOFError", "the stream ended after the last message, and your code did not say so"


@requirement(3)
@hints(
    "How many calls does it take to receive nothing?",
    "None: look at the length first, and receive only while something is missing.",
)
def test_zero_bytes_are_always_there(kata, unix_pair):
    sock, peer = unix_pair
    assert answer(kata, sock, 0) == b"", "no byte was asked for, and your code did not return b'' at once"
    peer.sendall(b"x")
    assert answer(kata, sock, 0) == b"", "no byte was asked for, and your code returned something else"
    assert unread(sock) == 1, "no byte was asked for, and your code took one out of the kernel"
    sock.recv(1)
    peer.close()
    assert answer(kata, sock, 0) == b"", "no byte was asked for, and the end of the stream changed the answer"


@requirement(1)
@hints(
    "A long message does not fit into the receive buffer. How much does one recv() return?",
    "As much as is there, up to the number asked for. Go on until n bytes are complete.",
)
def test_a_message_larger_than_the_buffers_arrives_whole(kata, unix_pair, background):
    sock, peer = unix_pair
    message = bytes(range(256)) * 128  # 32 KiB: more than the buffers, and not too much for one byte a call
    small_buffers(sock, peer)
    sending = background(peer.sendall, message)
    received = kata.recv_exactly(sock, len(message))
    assert received == message, "your code returned a part of the message"
    assert type(received).__name__ == "bytes", "your code returned another type than bytes"
    sending.result()


@requirement(1, 7)
@hints(
    "A message may come in a thousand pieces. What does each of them cost that stays?",
    "A loop costs nothing that stays. A function that calls itself for each piece comes to the end of its stack.",
)
@hints(
    "On a socket with a timeout, does any flag of recv() promise that all bytes come at once?",
    "MSG_WAITALL does not: Python has then made the descriptor non-blocking. Loop, and believe only the length.",
    when="[a timeout]",
)
@pytest.mark.parametrize("timeout", [None, 30], ids=["blocking", "a timeout"])
def test_a_message_in_a_thousand_pieces_comes_back_whole(kata, cut, timeout):
    message = numbered(1500)
    sock = cut(message)
    sock.settimeout(timeout)
    assert answer(kata, sock, len(message)) == message, (
        "a piece was shorter than asked for, and your code took it for the end of the stream, or for all"
    )
    assert sock.gettimeout() == timeout, "your code changed the timeout of the caller's socket"


@requirement(1)
@hints(
    "A signal arrives while recv() sleeps, and its handler returns. What does recv() return then?",
    "With MSG_WAITALL: what has come so far, which is not all. Receive again until the length is n.",
)
def test_a_signal_does_not_cut_the_message_short(kata, unix_pair):
    sock, peer = unix_pair
    peer.sendall(b"hel")
    with interrupted(lambda: None, then=lambda: peer.sendall(b"lo")):
        received = answer(kata, sock, 5)
    assert received == b"hello", "a signal came in the middle of the message, and your code took it for the end"


@requirement(6)
@hints(
    "The caller's timeout has passed in the middle of a message. Whose are the bytes that came before?",
    "Not the next socket's: keep nothing between two calls, and nothing by a descriptor's number.",
)
def test_what_came_before_a_timeout_is_not_the_next_sockets(kata, keep, background, comes):
    sock, peer = keep(list(socket.socketpair()))
    number = sock.fileno()
    sock.settimeout(0.001)
    peer.sendall(b"hel")
    receiving = background(kata.recv_exactly, sock, 5, may_raise=True)
    if not comes(lambda: receiving.done, "the caller's timeout to pass", timers=False):
        peer.sendall(b"lo")  # it has a wait of its own, and sleeps on
    with contextlib.suppress(TimeoutError):
        assert receiving.result() == b"hello", "your code waited for the whole message, and returned something else"
    sock.close()
    other, its_peer = take_number(keep, number)
    its_peer.sendall(b"world")
    assert kata.recv_exactly(other, 5) == b"world", (
        "your code returned bytes of another connection, whose descriptor had this number"
    )


@requirement(6)
@hints(
    "Two threads call your function, each with a socket of its own. Do they share anything?",
    "A buffer of the module, or of the function's defaults, is one for all calls. Make it in the call.",
)
def test_a_call_that_waits_does_not_mix_with_another(kata, unix_pair, keep, background):
    sock, peer = unix_pair
    other, its_peer = keep(list(socket.socketpair()))
    receiving = background(kata.recv_exactly, sock, 5)
    peer.sendall(b"hel")
    wait_unread(sock, 0)
    receiving.asleep()
    # It has three of five bytes, and meanwhile another socket has a message.
    its_peer.sendall(b"world")
    assert kata.recv_exactly(other, 5) == b"world", "your code returned bytes of another connection"
    peer.sendall(b"lo")
    assert receiving.result() == b"hello", "another call came meanwhile, and your code returned its bytes"


@requirement(5, 7)
@hints(
    "A reset is not an orderly end. Which exception says what happened?",
    "ConnectionResetError, and recv() raises it for you: do not catch it.",
)
@hints(
    "What did your code change on the socket, and who puts it back when an error propagates?",
    "Call neither close() nor settimeout(); or put back in a finally clause what was there.",
    when="another mode",
)
def test_a_reset_is_not_an_orderly_end(kata, pair):
    sock, peer = pair
    sock.settimeout(30)
    before = mode_of(sock)
    reset(peer)
    wait_reset(sock)
    with raises_errno("ECONNRESET", words="the peer reset the connection, and the caller never finds out"):
        got = answer(kata, sock, 5)
        assert got != "EOFError", "the peer reset the connection, and your code reported an orderly end"
    assert mode_of(sock) == before, "an error propagated, and your code left the socket in another mode"


@requirement(7)
@hints(
    "Did you change the socket's mode, and is it as before when an exception propagates?",
    "recv_exactly need not call setblocking() or settimeout() at all. A duplicate shares O_NONBLOCK with the socket.",
)
def test_the_socket_keeps_its_timeout_when_the_stream_ends(kata, unix_pair):
    sock, peer = unix_pair
    sock.settimeout(30)
    # O_NONBLOCK is set now: Python waits with poll(2) for no longer than that, and its recv(2) never sleeps.
    before = mode_of(sock)
    peer.sendall(b"hel")
    peer.close()
    answer(kata, sock, 5)
    assert mode_of(sock) == before, "EOFError was raised, and your code left the socket in another mode"
    assert sock.fileno() != -1, "your code closed the caller's socket"


@requirement(7)
@hints(
    "Ctrl-C raises KeyboardInterrupt in the middle of your wait. Which lines of yours run then?",
    "Those of a finally clause. Or change nothing of the socket: then there is nothing to set back.",
)
def test_an_exception_of_any_kind_leaves_the_socket_as_it_was(kata, unix_pair):
    sock, peer = unix_pair
    sock.settimeout(30)
    peer.sendall(b"hel")

    def ctrl_c():
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), interrupted(ctrl_c):
        kata.recv_exactly(sock, 5)
    assert sock.gettimeout() == 30, "after Ctrl-C the socket had another timeout than before"
    mode = "non-blocking" if is_nonblocking(sock) else "blocking"
    assert mode == "non-blocking", "after Ctrl-C your code had cleared O_NONBLOCK, which a duplicate shares"
    assert sock.fileno() != -1, "after Ctrl-C your code closed the caller's socket"


@requirement(5)
@each_call_may_fail()
@hints(
    "A connection can break at any read, not only at the first one. Is that an end of the stream?",
    "EOFError is for a recv() that returns b''. Let every OSError propagate, however many bytes came before it.",
)
def test_an_error_at_any_read_propagates(kata, pair, trickle, failing):
    trickle(b"mes", b"sa", b"ge")
    outcome = failing.outcome(kata.recv_exactly, pair[0], 7)
    if failing.error:
        failing.propagates(outcome, "an error at one of the reads did not propagate")
    else:
        assert outcome == b"message", "the message came in pieces, and was not put together"
