"""1.12: send and receive at the same time, so that neither side waits for the other."""

import socket

from dojo.suite import (
    GREEN,
    hints,
    numbered,
    on_stub,
    raises_errno,
    read_exactly,
    read_to_end,
    reset,
    small_buffers,
    unread,
    wait_reset,
    wait_until,
)

DATA = 1_048_576  # bytes: far more than the buffers of these tests hold
REPLY = 786_432  # bytes


@hints(
    "The peer wants to send everything before it reads. Who makes room for it while you send?",
    "Wait until the socket is readable or writable, whichever comes first, and do that part.",
    "select() on a non-blocking socket: recv() when it is readable, send() and not sendall() when it is writable.",
)
@on_stub("still blocked in sock.sendall(")
def test_a_peer_that_sends_everything_before_it_reads(kata, unix_pair, background):
    sock, peer = unix_pair
    small_buffers(sock, peer, size=16384)
    sending = background(peer.sendall, numbered(REPLY)[::-1])
    exchanging = background(kata.exchange, sock, numbered(DATA), REPLY)
    # The peer reads nothing before it has sent everything, and it is stuck until somebody reads.
    what = "the peer to get rid of its reply, which nobody takes"
    wait_until(lambda: sending.done, what, only_looks=True)
    reading = background(read_to_end, peer)
    assert exchanging.result() == numbered(REPLY)[::-1], "the reply is received while data is still going out"
    sock.shutdown(socket.SHUT_WR)
    came = reading.result()
    assert len(came) <= DATA, "your code sent bytes of data twice: go on behind what send() has taken"
    assert came == numbered(DATA), "your code dropped what send() did not take, or returned before all was sent"


@hints(
    "The peer wants to hear everything before it answers. Who sends while you wait for the answer?",
    "Neither direction may wait for the other: not recv() first, and not in turns.",
)
@on_stub(GREEN)
def test_a_peer_that_reads_everything_before_it_sends(kata, unix_pair, background):
    sock, peer = unix_pair
    small_buffers(sock, peer, size=16384)
    exchanging = background(kata.exchange, sock, numbered(DATA), REPLY)
    assert read_exactly(peer, DATA) == numbered(DATA), "data goes out although nothing has come yet"
    background(peer.sendall, numbered(REPLY)[::-1])
    assert exchanging.result() == numbered(REPLY)[::-1], "the whole reply is received, in however many pieces it comes"


@hints(
    "The next message is in the queue already. Whose is it?",
    "How many bytes does recv(65536) take, when there are more than you need?",
    "Ask recv() for what is missing and for no more: n - len(received).",
)
@on_stub("and not one more")
def test_it_takes_n_bytes_and_leaves_the_rest(kata, unix_pair, background):
    sock, peer = unix_pair
    exchanging = background(kata.exchange, sock, b"question", 6)
    peer.sendall(b"ans")
    exchanging.asleep()
    # Three bytes are missing, and more than three come.
    peer.sendall(b"wer" + b"next message")
    assert exchanging.result() == b"answer", "n bytes, and not one more"
    # Whoever reads from this socket next must find the next message whole.
    assert unread(sock) == len(b"next message"), "bytes after the n were taken from the socket and are lost"


@hints(
    "What does recv() return when the peer has ended, and how often?",
    "b'' is no piece of the answer: with fewer than n bytes it is an error.",
    "if not piece: raise EOFError",
)
@on_stub("a busy loop")
def test_an_end_before_n_bytes_is_an_error(kata, unix_pair):
    sock, peer = unix_pair
    peer.sendall(b"abc")
    peer.shutdown(socket.SHUT_WR)
    # Ten bytes are wanted, three have come, and no more will.
    with raises_errno("EOFError", words="the peer ended after 3 of 10 bytes, and that was taken for an answer"):
        kata.exchange(sock, b"hello", 10)


@hints(
    "All n bytes are here and the peer has ended. Is that an end too early?",
    "recv(0) returns b'' as well. Do not receive when nothing is missing.",
    "A socket at its end is readable for ever: ask for readability only while bytes are missing.",
)
@on_stub(GREEN)
def test_a_peer_that_has_said_all_still_gets_the_data(kata, unix_pair, background):
    sock, peer = unix_pair
    small_buffers(sock, peer, size=16384)
    peer.sendall(b"answer")
    peer.shutdown(socket.SHUT_WR)
    exchanging = background(kata.exchange, sock, numbered(DATA), 6)
    # The answer is complete and the buffers are full. All that is left is to sleep until the peer reads.
    exchanging.asleep()
    assert not exchanging.done, "it returned with data still to be sent"
    assert read_exactly(peer, DATA) == numbered(DATA), "an end after n bytes does not end the sending"
    assert exchanging.result() == b"answer", "the n bytes came before the end"


@hints(
    "Everything is sent and the peer thinks. What does your loop do?",
    "A socket with room is writable for ever: ask for writability only while bytes are left to send.",
)
@on_stub(GREEN)
def test_it_sleeps_while_the_peer_is_silent(kata, unix_pair, background):
    sock, peer = unix_pair
    exchanging = background(kata.exchange, sock, b"ping", 4)
    assert read_exactly(peer, 4) == b"ping", "data goes out although nothing has come yet"
    exchanging.asleep()
    # Half of the answer is not the answer.
    peer.sendall(b"po")
    exchanging.asleep()
    peer.sendall(b"ng")
    assert exchanging.result() == b"pong", "n bytes, however many pieces they come in"


@hints(
    "No bytes are wanted, or none are to be sent. What is there to wait for?",
    "Send when there is something left to send, receive when something is missing, and otherwise return.",
)
@on_stub(GREEN)
def test_nothing_to_send_or_nothing_to_receive(kata, unix_pair):
    sock, peer = unix_pair
    nothing = kata.exchange(sock, b"only this", 0)
    assert (nothing, type(nothing)) == (b"", bytes), "with n = 0 there is nothing to receive, and b'' is the result"
    assert unread(peer) == len(b"only this"), "data is sent although nothing is wanted back"
    peer.sendall(b"only that")
    answer = kata.exchange(sock, b"", 9)
    assert (answer, type(answer)) == (b"only that", bytes), "with no data there is only something to receive"


@hints(
    "In which mode was the socket, and in which is it now?",
    "Remember sock.gettimeout() before you change it, and put it back with settimeout().",
)
@on_stub("caller's timeout is gone")
def test_the_socket_keeps_its_timeout(kata, unix_pair):
    sock, peer = unix_pair
    for timeout in (30, None):
        sock.settimeout(timeout)
        peer.sendall(b"yes")
        kata.exchange(sock, b"sure?", 3)
        assert sock.gettimeout() == timeout, "the caller's timeout is gone"


@hints(
    "A reset raises in the middle of your loop. Does the line that restores the timeout still run?",
    "Restore it in a finally block.",
)
@on_stub("timeout is gone after an error")
def test_the_timeout_is_back_after_an_error_too(kata, pair):
    sock, peer = pair
    sock.settimeout(30)
    reset(peer)
    wait_reset(sock)
    # Whichever call on the socket meets the reset first says so.
    with raises_errno(
        "ECONNRESET", "EPIPE", "EOFError", words="the connection is broken, and the caller never finds out"
    ):
        kata.exchange(sock, b"hello?", 4)
    assert sock.gettimeout() == 30, "the caller's timeout is gone after an error"
