"""1.12: send and receive at the same time, so that neither side waits for the other."""

import socket

import pytest

from dojo.suite import (
    GREEN,
    Finding,
    hints,
    interrupted,
    numbered,
    on_stub,
    raises_errno,
    read_exactly,
    read_to_end,
    requirement,
    reset,
    small_buffers,
    unread,
    wait_reset,
    wait_until,
)

DATA = 1_048_576  # bytes: far more than the buffers of these tests hold
REPLY = 786_432  # bytes


@requirement(1, 3)
@hints(
    "The peer wants to send everything before it reads. Who makes room for it while you send?",
    "Wait until the socket is readable or writable, whichever comes first, and do that part.",
    "select() on a non-blocking socket: recv() when it is readable, send() and not sendall() when it is writable.",
)
@hints(
    "How many bytes of data did send() take, and with which byte does the next send() begin?",
    "Go on after what send() took: data = data[taken:]. Return when data is empty and n bytes have come.",
    when="the peer read your data",
)
@on_stub("still blocked in sock.sendall(")
def test_a_peer_that_sends_everything_before_it_reads(kata, unix_pair, background):
    sock, peer = unix_pair
    small_buffers(sock, peer, size=16384)
    sending = background(peer.sendall, numbered(REPLY)[::-1])
    exchanging = background(kata.exchange, sock, numbered(DATA), REPLY)
    # The peer reads nothing before it has sent everything, and it is stuck until somebody reads.
    what = "the peer to get rid of its reply, which your code does not read"
    wait_until(lambda: sending.done, what, only_looks=True)
    reading = background(read_to_end, peer)
    assert exchanging.result() == numbered(REPLY)[::-1], "your code did not return the reply as it was"
    sock.shutdown(socket.SHUT_WR)
    came = reading.result()
    size = len(came)
    assert size <= DATA, "the peer read your data, and some of it twice: your code sent that again"
    assert came == numbered(DATA), "the peer read your data, and some is missing: your code dropped it, or gave up"


@requirement(3)
@hints(
    "The peer wants to hear everything before it answers. Who sends while you wait for the answer?",
    "Neither direction may wait for the other: not recv() first, and not in turns.",
)
@hints(
    "How much of the reply does one recv() return?",
    "What has come so far. Receive until n bytes are complete.",
    when="your code did not return the reply",
)
@on_stub(GREEN)
def test_a_peer_that_reads_everything_before_it_sends(kata, unix_pair, background):
    sock, peer = unix_pair
    small_buffers(sock, peer, size=16384)
    exchanging = background(kata.exchange, sock, numbered(DATA), REPLY)
    assert read_exactly(peer, DATA) == numbered(DATA), "your code did not send data as it was"
    background(peer.sendall, numbered(REPLY)[::-1])
    assert exchanging.result() == numbered(REPLY)[::-1], "your code did not return the reply as it was"


@requirement(2)
@hints(
    "The next message is in the queue already. Whose is it?",
    "How many bytes does recv(65536) take, when there are more than you need?",
    "Ask recv() for what is missing and for no more: n - len(received).",
)
@on_stub("your code did not return the n bytes alone")
def test_it_takes_n_bytes_and_leaves_the_rest(kata, unix_pair, background):
    sock, peer = unix_pair
    exchanging = background(kata.exchange, sock, b"question", 6)
    peer.sendall(b"ans")
    exchanging.asleep()
    # Three bytes are missing, and more than three come.
    peer.sendall(b"wer" + b"next message")
    assert exchanging.result() == b"answer", "your code did not return the n bytes alone"
    assert unread(sock) == len(b"next message"), (
        "your code took bytes of the next message from the socket, and lost them"
    )


@requirement(5, 7)
@hints(
    "EOFError is no OSError. Does the line that restores the timeout still run?",
    "Restore it in a finally clause.",
    when="another timeout",
)
@hints(
    "What does recv() return when the peer has ended, and how often?",
    "b'' is no piece of the answer: with fewer than n bytes it is an error.",
    "if not piece: raise EOFError",
)
@on_stub("a busy loop")
@pytest.mark.parametrize("size", [64, DATA], ids=["little to send", "much to send"])
def test_an_end_before_n_bytes_is_an_error(kata, unix_pair, background, size):
    sock, peer = unix_pair
    small_buffers(sock, peer, size=16384)
    sock.settimeout(3600)
    peer.sendall(b"abc")
    peer.shutdown(socket.SHUT_WR)
    background(read_to_end, peer)  # whether all of data comes is open
    # Ten bytes are wanted, three have come, and no more will.
    with raises_errno("EOFError", words="the peer ended after 3 of 10 bytes, and your code took them for the answer"):
        kata.exchange(sock, numbered(size), 10)
    sock.shutdown(socket.SHUT_WR)
    assert sock.gettimeout() == 3600, "EOFError was raised, and your code left the socket with another timeout"


@requirement(1, 4)
@hints(
    "All n bytes are here and the peer has ended. Did it end too early?",
    "recv(0) returns b'' as well. Do not receive when nothing is missing.",
    "A socket at its end is readable for ever: ask for readability only while bytes are missing.",
)
@hints(
    "How much of data does one send() take, when the socket has a timeout, or does not block?",
    "A part. Go on until nothing is left, after the n bytes too.",
    when="stopped sending",
)
@on_stub(GREEN)
@pytest.mark.parametrize("timeout, n", [(None, 6), (3600, 6), (3600, 0)])
def test_a_peer_that_has_said_all_still_gets_the_data(kata, unix_pair, background, timeout, n):
    sock, peer = unix_pair
    sock.settimeout(timeout)
    small_buffers(sock, peer, size=16384)
    peer.sendall(b"answer")
    peer.shutdown(socket.SHUT_WR)
    exchanging = background(kata.exchange, sock, numbered(DATA), n)
    # The answer is complete and the buffers are full. All that is left is to sleep until the peer reads.
    exchanging.asleep()
    assert read_exactly(peer, DATA) == numbered(DATA), "the n bytes and the end came, and your code stopped sending"
    assert exchanging.result() == b"answer"[:n], "the n bytes came before the end, and your code did not return them"


@requirement(4)
@hints(
    "Everything is sent and the peer thinks. What does your loop do?",
    "A socket with room is writable for ever: ask for writability only while bytes are left to send.",
)
@on_stub(GREEN)
def test_it_sleeps_while_the_peer_is_silent(kata, unix_pair, background):
    sock, peer = unix_pair
    exchanging = background(kata.exchange, sock, b"ping", 4)
    read_exactly(peer, 4)
    exchanging.asleep()
    # Half of the answer is not the answer.
    peer.sendall(b"po")
    exchanging.asleep()
    peer.sendall(b"ng")
    exchanging.result()


@requirement(1, 2)
@hints(
    "No bytes are wanted, or none are to be sent. What is there to wait for?",
    "Send when something is left to send, receive when something is missing, and otherwise return.",
)
@on_stub(GREEN)
def test_nothing_to_send_or_nothing_to_receive(kata, unix_pair):
    sock, peer = unix_pair
    nothing = kata.exchange(sock, b"only this", 0)
    assert (nothing, type(nothing)) == (b"", bytes), "n was 0, and your code did not return empty bytes"
    assert unread(peer) == len(b"only this"), "n was 0, and your code did not send data"
    peer.sendall(b"only that")
    answer = kata.exchange(sock, b"", 9)
    assert (answer, type(answer)) == (b"only that", bytes), "data was empty, and your code did not return the n bytes"


@requirement(3, 6)
@hints(
    "The n bytes have come, and data is still going out. Who looks at what send() says then?",
    "An error of send() is the caller's, also in a thread of yours: keep it, and raise it when the thread has ended.",
)
@on_stub("still blocked in sock.sendall(")
def test_an_error_after_n_bytes_propagates(kata, unix_pair, background):
    sock, peer = unix_pair
    small_buffers(sock, peer)
    peer.sendall(b"answer")
    exchanging = background(kata.exchange, sock, numbered(DATA), 6, may_raise=True)
    # The peer does not read. Some of data is in the buffers, and the rest waits for room.
    exchanging.asleep()
    wait_until(lambda: not unread(sock), "your code to take the answer while data is going out", only_looks=True)
    peer.close()
    words = "the connection broke before all of data was sent, and the caller never finds out"
    with raises_errno("ECONNRESET", "EPIPE", words=words):
        exchanging.result()


@requirement(7)
@hints(
    "Which timeout did the socket have, and which one does it have now?",
    "Remember sock.gettimeout() before you change it, and put it back with settimeout().",
)
@on_stub("your code left the socket with another timeout")
def test_the_socket_keeps_its_timeout(kata, unix_pair):
    sock, peer = unix_pair
    for timeout in (30, None):
        sock.settimeout(timeout)
        peer.sendall(b"yes")
        kata.exchange(sock, b"sure?", 3)
        assert sock.gettimeout() == timeout, "your code left the socket with another timeout"


@requirement(6, 7)
@hints(
    "The connection broke. Which of your calls says so, and to whom?",
    "recv() or send() raises, and only the first of them: then recv() returns b''.",
    "Catch nothing, or raise it again. An error of a thread that sends comes before your EOFError.",
)
@hints(
    "A reset raises in the middle of your loop. Does the line that restores the timeout still run?",
    "Restore it in a finally clause.",
    when="another timeout",
)
@on_stub("your code left the socket with another timeout")
def test_the_timeout_is_back_after_an_error_too(kata, pair):
    sock, peer = pair
    sock.settimeout(30)
    reset(peer)
    wait_reset(sock)
    # Whichever call on the socket meets the reset first says so.
    words = "the connection was broken, and the caller never found out"
    with raises_errno("ECONNRESET", "EPIPE", words=words):
        try:
            kata.exchange(sock, b"hello?", 4)
        except EOFError:
            words = "the peer reset the connection, and your code took that for the end of its stream"
            raise Finding(words, "ECONNRESET or EPIPE should be raised", "your code raised EOFError") from None
    assert sock.gettimeout() == 30, "an error was raised, and your code left the socket with another timeout"


@requirement(7)
@hints(
    "Ctrl-C is an exception too, and no OSError. Does the line that restores the timeout still run?",
    "Restore it in a finally clause.",
)
@on_stub("your code left the socket with another timeout")
def test_the_timeout_is_back_after_ctrl_c(kata, unix_pair):
    sock, _ = unix_pair
    sock.settimeout(30)

    def ctrl_c():
        raise KeyboardInterrupt

    # Nobody answers.
    words = "Ctrl-C was pressed, and the caller never found out"
    with raises_errno("KeyboardInterrupt", words=words), interrupted(ctrl_c):
        kata.exchange(sock, b"hello?", 4)
    assert sock.gettimeout() == 30, "Ctrl-C was pressed, and your code left the socket with another timeout"
