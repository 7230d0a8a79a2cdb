"""2.2: a non-blocking recv gives data, "nothing yet", the end or an error, and each is told apart."""

import contextlib
import socket

from dojo.suite import (
    GREEN,
    each_call_may_fail,
    hints,
    is_nonblocking,
    on_stub,
    raises_errno,
    reset,
    wait_fin,
    wait_reset,
    wait_unread,
)


@on_stub(GREEN)
@hints(
    "recv() on a non-blocking socket may not wait. What does it do when nothing is there?",
    "It fails with EAGAIN, and Python has an exception class of its own for that errno.",
    "except BlockingIOError: return None.",
)
def test_nothing_has_come_yet(kata, pair):
    sock, _ = pair
    sock.setblocking(False)
    # The connection is in good order, and the peer has not sent anything so far.
    assert kata.try_recv(sock, 100) is None, "nothing has come yet is None: no error, and not the end either"


@on_stub("waited, though there is nothing to wait for: the answer is None, now")
@hints(
    "The caller has other sockets to look after. How long is it held up when this one has nothing?",
    "Pausing is the caller's business: no time.sleep(), no timeout in here.",
)
def test_it_answers_at_once(kata, pair, tape):
    sock, _ = pair
    sock.setblocking(False)
    kata.try_recv(sock, 100)
    waited = [call.text for call in tape.waits()]
    assert waited == [], "it waited, though there is nothing to wait for: the answer is None, now"


@on_stub(GREEN)
@hints(
    "What is there is there: one recv() hands it out.",
    "Return what recv() returned, of the type in which it came.",
)
def test_data_is_returned(kata, pair):
    sock, peer = pair
    sock.setblocking(False)
    peer.sendall(b"data")
    wait_unread(sock, 4)
    got = kata.try_recv(sock, 100)
    assert got == b"data", "four bytes wait in the socket; they are fewer than n, and they are the answer"
    assert type(got) is bytes, "the data is a bytes object, as the signature says"


@on_stub("bytes are data")
@hints(
    "Is every run of bytes a text?",
    "What happens in the try block after recv()? A failure there looks like a failure of recv().",
    "Decoding can fail, and nobody asked for it. Leave recv() alone in the try block.",
)
def test_any_bytes_are_data(kata, pair):
    sock, peer = pair
    sock.setblocking(False)
    message = bytes(range(256))
    peer.sendall(message)
    wait_unread(sock, 256)
    assert kata.try_recv(sock, 300) == message, "any bytes are data, and they are returned as they came"


@on_stub("most that one call returns")
@hints(
    "Who decides how much is read at once: the caller, or a number in the code?",
    "recv() takes the limit as its argument; what is over it stays in the socket.",
)
def test_no_more_than_n_bytes_are_taken(kata, pair):
    sock, peer = pair
    sock.setblocking(False)
    peer.sendall(b"abcdef")
    wait_unread(sock, 6)
    assert kata.try_recv(sock, 4) == b"abcd", "n is the most that one call returns"
    # What was over the limit waits in the socket for the next call.
    assert kata.try_recv(sock, 4) == b"ef", "the rest is there for the next call"


@on_stub(GREEN)
@hints(
    "Each call answers for its own moment. What do you remember from one call to the next?",
    "Nothing needs to be remembered: ask the socket each time.",
)
def test_each_call_answers_for_its_own_moment(kata, pair):
    sock, peer = pair
    sock.setblocking(False)
    for message in (b"one", b"two"):
        assert kata.try_recv(sock, 100) is None, "nothing has come yet, or all that came was read"
        peer.sendall(message)
        wait_unread(sock, 3)
        assert kata.try_recv(sock, 100) == message, "something has come since the last call"


@on_stub("the answer is b''")
@hints(
    "The peer has ended. Will anything ever come again? And what does None tell the caller?",
    "At the end recv() raises nothing: it returns no bytes.",
    "b'' is false in Python, as None is: do not test the data, return it.",
)
def test_the_end_is_not_nothing_yet(kata, pair):
    sock, peer = pair
    sock.setblocking(False)
    peer.shutdown(socket.SHUT_WR)
    wait_fin(sock)
    assert kata.try_recv(sock, 100) == b"", "at the end of the stream the answer is b'': nothing more will come"
    assert sock.fileno() != -1, "the socket belongs to the caller, who may still want to send: leave it open"
    assert kata.try_recv(sock, 100) == b"", "who asks again hears again that the stream has ended"


@on_stub("comes the end")
@hints(
    "Data came, and the end behind it. Which of the two does recv() hand out first?",
    "recv() keeps the order: first the bytes, at the next call the end.",
)
def test_what_came_before_the_end_comes_first(kata, pair):
    sock, peer = pair
    sock.setblocking(False)
    peer.sendall(b"last words")
    peer.close()
    wait_fin(sock)
    assert kata.try_recv(sock, 100) == b"last words", "what was sent before the end is still to be read"
    assert kata.try_recv(sock, 100) == b"", "after the last bytes comes the end"


@on_stub("reset is an error")
@hints(
    "A peer that resets the connection has gone for good. Does your answer say so?",
    "Which exceptions mean that nothing has come yet? Catch that one alone.",
    "ConnectionResetError is no BlockingIOError: let it out.",
)
def test_a_reset_propagates(kata, pair):
    sock, peer = pair
    sock.setblocking(False)
    reset(peer)
    wait_reset(sock)
    with raises_errno("ECONNRESET", words="a reset is an error: it is neither the end nor nothing yet"):
        kata.try_recv(sock, 100)


@on_stub("socket that was never connected will never have data")
@hints(
    "A socket without a peer: will something come if the caller asks again?",
    "There are more errors than the reset. Name the one you expect, not those you do not.",
)
def test_a_socket_without_a_peer_is_an_error(kata, keep):
    sock = keep(socket.socket())
    sock.setblocking(False)
    with raises_errno("ENOTCONN", words="a socket that was never connected will never have data: its error propagates"):
        kata.try_recv(sock, 100)


@on_stub("closed socket must not look like one on which nothing has come yet")
@hints(
    "Somebody closed the socket and goes on reading from it. Who tells them?",
    "EBADF is no BlockingIOError: let it out.",
)
def test_a_closed_socket_is_an_error(kata, pair):
    sock, _ = pair
    sock.close()
    with raises_errno(
        "EBADF", "ValueError", words="a closed socket must not look like one on which nothing has come yet"
    ):
        kata.try_recv(sock, 100)


@on_stub(GREEN)
@hints(
    "The socket came in non-blocking mode. In which mode does it go back?",
    "try_recv need not call setblocking() or settimeout() at all.",
)
def test_the_socket_stays_non_blocking(kata, pair):
    sock, peer = pair
    sock.setblocking(False)
    kata.try_recv(sock, 100)
    assert sock.gettimeout() == 0.0, "nothing had come: the caller's socket is still non-blocking"
    peer.sendall(b"data")
    wait_unread(sock, 4)
    kata.try_recv(sock, 100)
    assert sock.gettimeout() == 0.0, "data had come: the caller's socket is still non-blocking"
    reset(peer)
    wait_reset(sock)
    with contextlib.suppress(ConnectionResetError):
        kata.try_recv(sock, 100)
    assert sock.gettimeout() == 0.0, "the peer had reset: the caller's socket is still non-blocking"
    assert is_nonblocking(sock), "the kernel's O_NONBLOCK is still set"


@each_call_may_fail()
@on_stub(GREEN)
@hints(
    "Four bytes have come, and the next read fails. Who gets the bytes, if you read twice?",
    "One attempt is enough: return what recv() gave. Whoever asks again finds out about the error.",
)
def test_an_error_behind_the_data_does_not_take_it_away(kata, pair, failing):
    sock, peer = pair
    sock.setblocking(False)
    peer.sendall(b"data")
    wait_unread(sock, 4)
    # The connection breaks while your function runs. The bytes have come before.
    outcome = failing.outcome(kata.try_recv, sock, 100)
    assert outcome == b"data", "four bytes had come, and your code lost them to the error of another read"
