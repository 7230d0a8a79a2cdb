"""2.6: MSG_DONTWAIT makes one call non-blocking and leaves the descriptor alone."""

import socket
import struct

import pytest

from dojo.suite import (
    GREEN,
    READS,
    before_each_read,
    break_off,
    changed_settings,
    drain,
    hints,
    is_nonblocking,
    numbered,
    on_stub,
    raises_errno,
    requirement,
    shared_settings,
    small_buffers,
    take_number,
    unread,
    wait_fin,
    wait_reset,
    wait_unread,
)

MUCH = 150_000  # bytes: more than two times 64 KiB
CALLERS = {  # options of the caller's, as nobody finds them on a new socket
    socket.SO_RCVLOWAT: struct.pack("i", 3),
    socket.SO_KEEPALIVE: struct.pack("i", 1),
    socket.SO_OOBINLINE: struct.pack("i", 1),
    socket.SO_RCVTIMEO: struct.pack("ll", 30, 0),
}
NOT_MET = "not exercised: your code looks at the input in a way that is not on the tape"


def set_options(sock):
    """Give a socket options that its caller has set."""
    for option, value in CALLERS.items():
        sock.setsockopt(socket.SOL_SOCKET, option, value)


@requirement(2, 5)
@on_stub(GREEN)
@hints(
    "The socket is blocking. How can a single call on it return although nothing has arrived?",
    "recv() takes flags. One of them says: do not wait, in this call only.",
    "With socket.MSG_DONTWAIT the kernel answers EAGAIN, which is BlockingIOError: return None then.",
)
def test_nothing_has_arrived_yet(kata, pair, tape):
    sock, _ = pair
    assert kata.peek_now(sock, 100) is None, "nothing had arrived, and your function did not return None"
    slept = [call.text for call in tape.waits()]
    assert slept == [], "your code waited for input, and should only have looked"


@requirement(1)
@on_stub(GREEN)
@hints(
    "n is a limit. Fewer bytes may have arrived.",
    "One recv() returns what has arrived, at most n bytes. Do not wait for all n of them.",
)
def test_it_sees_what_is_there(kata, pair):
    sock, peer = pair
    peer.send(b"hello")
    wait_unread(sock, 5)
    seen = kata.peek_now(sock, 100)
    assert seen == b"hello", "five bytes had arrived, and your function did not return them"
    assert type(seen) is bytes, "your function returned another type than bytes"


@requirement(1)
@on_stub(GREEN)
@hints(
    "Who decides how much is seen at once: the caller, or a number in the code?",
    "Give n to recv() as it is, and return all that it returns.",
)
@hints(
    "A byte of value 0 is a byte like any other. Which step of yours treats it as something else?",
    "Return what recv() returned. If the kernel fills a buffer of yours, the count tells where the bytes end.",
    when="zeros",
)
@pytest.mark.parametrize("kind", ["zeros", "much", "many pieces"])
def test_it_sees_everything_that_is_there(kata, unix_pair, kind):
    sock, peer = unix_pair
    small_buffers(peer, size=2 * MUCH)  # not small, for once
    pieces = {
        "zeros": [b"\0a\0", bytes(range(255, -1, -1)), b"\0"],
        "much": [numbered(MUCH)],
        "many pieces": [b"%d," % number for number in range(101)],
    }
    for piece in pieces[kind]:
        peer.sendall(piece)
    wanted = b"".join(pieces[kind])
    assert kata.peek_now(sock, 10 * MUCH) == wanted, "your function did not return all the bytes that had arrived"


@requirement(1)
@on_stub("your function took bytes out of the socket: nobody else can read them now")
@hints(
    "Another thread should be able to read these bytes afterwards. Are they still there?",
    "recv() takes the bytes out of the socket, unless a flag tells it to leave them.",
    "Add socket.MSG_PEEK to the flags.",
)
def test_the_bytes_stay_where_they_are(kata, pair):
    sock, peer = pair
    peer.send(b"hello")
    wait_unread(sock, 5)
    assert kata.peek_now(sock, 3) == b"hel", "your function did not return the first n bytes"
    assert unread(sock) == 5, "your function took bytes out of the socket: nobody else can read them now"
    for n in (1, 4, 5, 6):
        assert kata.peek_now(sock, n) == b"hello"[:n], f"five bytes had arrived, and your function did not return {n}"


@requirement(1, 2)
@on_stub("your second look did not begin at the same byte as the first")
@hints(
    "You look, more data arrives, and you look again. Where should the second look begin?",
    "Nothing was taken out, so both begin at the same byte. Keep nothing between calls.",
)
def test_a_second_look_begins_where_the_first_began(kata, unix_pair):
    sock, peer = unix_pair
    peer.send(b"hel")
    assert kata.peek_now(sock, 100) == b"hel", "three bytes had arrived, and your function did not return them"
    # Two more come. Nobody has read any.
    peer.send(b"lo")
    seen = kata.peek_now(sock, 100)
    assert seen == b"hello", "your second look did not begin at the same byte as the first, or missed the new data"
    # Somebody reads them all, and the same bytes come once more.
    assert sock.recv(100) == b"hello"
    assert kata.peek_now(sock, 100) is None, "somebody had read everything, and your function did not return None"
    peer.send(b"hello")
    assert kata.peek_now(sock, 100) == b"hello", "five new bytes had arrived, and your function did not return them"


@requirement(3)
@on_stub("the stream had ended, and your function did not return b''")
@hints(
    "The peer has closed. Is that the same as a peer that has not sent anything yet?",
    "recv() returns b'' at the end, and fails with EAGAIN while nothing has arrived. b'' is false, but not None.",
    "Return what recv() returned as it is; None is for BlockingIOError alone.",
)
def test_the_end_of_the_stream_is_not_nothing_yet(kata, pair):
    sock, peer = pair
    peer.close()
    wait_fin(sock)
    for _ in range(2):
        assert kata.peek_now(sock, 100) == b"", "the stream had ended, and your function did not return b''"


@requirement(2, 3)
@on_stub(GREEN)
@hints(
    "One connection has ended, and the next one has the same descriptor number. What do you remember of the first?",
    "Keep nothing between calls: one recv() tells all that there is to know.",
)
def test_the_end_is_not_remembered_for_the_next_socket(kata, pair, keep):
    sock, peer = pair
    peer.close()
    wait_fin(sock)
    kata.peek_now(sock, 100)
    number = sock.fileno()
    sock.close()
    again, other = take_number(keep, number)
    assert kata.peek_now(again, 100) is None, "another connection had ended, and your function took this one for it"
    other.send(b"hello")
    seen = kata.peek_now(again, 100)
    assert seen == b"hello", "another connection had ended, and your function did not return what came to this one"


@requirement(1, 3)
@on_stub("eight bytes were still there at the second look, and your function did not return them")
@hints(
    "The peer has sent something and closed. What comes first in the socket?",
    "The end comes after the last byte: as long as there are bytes, return bytes.",
)
def test_the_end_comes_after_the_last_byte(kata, pair):
    sock, peer = pair
    peer.send(b"farewell")
    peer.close()
    wait_fin(sock)
    wait_unread(sock, 8)
    assert kata.peek_now(sock, 100) == b"farewell", (
        "the peer sent eight bytes before it closed, and your function did not return them"
    )
    words = "eight bytes were still there at the second look, and your function did not return them"
    assert kata.peek_now(sock, 100) == b"farewell", words
    sock.recv(8)
    seen = kata.peek_now(sock, 100)
    assert seen == b"", "the peer had closed and the last bytes were read, and your function did not return b''"


@requirement(1, 4)
@on_stub("the connection had failed, and your function did not return the byte that came before")
@hints(
    "The connection is broken. What does your function return, and what will the caller do then?",
    "Which exceptions does the except clause catch? Only one of them means: nothing yet.",
    "except BlockingIOError, and nothing wider.",
)
@hints(
    "A byte arrived, and then the connection broke. Which of your calls asked for the error first?",
    "recv() keeps the order: the bytes, then the error. SO_ERROR and the flags of poll() do not: leave them alone.",
    when="that came before",
)
@pytest.mark.parametrize("error", ["ECONNRESET", "ETIMEDOUT"])
def test_a_reset_propagates(kata, pair, tape, error):
    sock, peer = pair
    peer.send(b"!")
    wait_unread(sock, 1)
    assert kata.peek_now(sock, 100) == b"!", "a byte had arrived, and your function did not return it"
    if error != "ECONNRESET" and not tape.calls(*READS):
        pytest.skip(NOT_MET)
    break_off(peer, error)
    wait_reset(sock)
    words = "the connection had failed, and your function did not return the byte that came before"
    assert kata.peek_now(sock, 100) == b"!", words
    drain(sock)  # somebody reads it
    with raises_errno(error, words="the connection had failed, and the caller never finds out"):
        kata.peek_now(sock, 100)


@requirement(4)
@on_stub("the socket was never connected, and the caller never finds out")
@hints(
    "A socket without a peer: will anything arrive if the caller looks again?",
    "Catch only the exception that means: nothing has arrived yet.",
)
def test_a_socket_without_a_peer_is_an_error(kata, keep):
    sock = keep(socket.socket())
    with raises_errno("ENOTCONN", words="the socket was never connected, and the caller never finds out"):
        kata.peek_now(sock, 100)
    sock.close()
    with raises_errno("EBADF", "ValueError", words="the socket was closed, and the caller never finds out"):
        kata.peek_now(sock, 100)


@requirement(6)
@on_stub("your code made the socket non-blocking for everybody who uses it")
@hints(
    "Another thread has a duplicate of the socket and is about to call recv(). What does that call do while you look?",
    "O_NONBLOCK belongs to the socket that both descriptors refer to. To restore it afterwards is too late.",
    "Do not call setblocking() or settimeout(): use socket.MSG_DONTWAIT in your one call.",
)
def test_the_socket_is_blocking_for_others_meanwhile(kata, pair, keep):
    sock, peer = pair
    duplicate = keep(sock.dup())
    set_options(sock)
    before, seen = shared_settings(duplicate), []
    # The owner of the duplicate asks, just before the look: would my call wait now?
    before_each_read(lambda: seen.append((sock.gettimeout(), changed_settings(duplicate, before))))
    kata.peek_now(sock, 100)
    peer.send(b"hello")
    wait_unread(sock, 5)
    kata.peek_now(sock, 100)
    if not seen:
        pytest.skip(NOT_MET)
    found = "non-blocking" if any("O_NONBLOCK" in names for _, names in seen) else "blocking"
    assert found == "blocking", "your code made the socket non-blocking for everybody who uses it"
    changed = [name for _, names in seen for name in names]
    assert changed == [], "your code changed options of the socket for everybody who uses it"
    given = [timeout for timeout, _ in seen if timeout is not None]
    assert given == [], "your code gave the socket a timeout meanwhile"


@requirement(6)
@on_stub(GREEN)
@hints(
    "What you change for the look must be restored, whether data had arrived or not.",
    "If you change nothing, you have nothing to restore: use flags of recv().",
)
def test_the_socket_is_blocking_afterwards(kata, pair):
    sock, peer = pair
    set_options(sock)
    before = shared_settings(sock)
    kata.peek_now(sock, 100)
    assert sock.gettimeout() is None, "nothing had arrived, and your code left the socket in another mode"
    assert not is_nonblocking(sock), "nothing had arrived, and your code left O_NONBLOCK set"
    peer.send(b"hello")
    wait_unread(sock, 5)
    kata.peek_now(sock, 100)
    assert sock.gettimeout() is None, "data had arrived, and your code left the socket in another mode"
    assert not is_nonblocking(sock), "data had arrived, and your code left O_NONBLOCK set"
    assert changed_settings(sock, before) == [], "your code left options of the socket changed"


@requirement(2, 5)
@on_stub(GREEN)
@hints(
    "You ask whether there is input, and then you look. What can another thread do in between?",
    "Ask and look in one call: with socket.MSG_DONTWAIT it does not wait, even if the input is gone.",
)
def test_another_reader_is_faster(kata, pair, background):
    sock, peer = pair
    peer.send(b"hello")
    wait_unread(sock, 5)
    read, met = socket.socket.recv, []

    def somebody_reads_it_all():
        met.append(background(read, sock, 100, socket.MSG_DONTWAIT, may_raise=True))
        wait_unread(sock, 0)

    # After whatever you asked before, and just before you look, another thread reads.
    before_each_read(somebody_reads_it_all)
    seen = kata.peek_now(sock, 100)
    if not met:
        pytest.skip(NOT_MET)
    assert seen is None, "another thread had read everything, and your function did not return None"
