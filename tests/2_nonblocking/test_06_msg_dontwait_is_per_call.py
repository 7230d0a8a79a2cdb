"""2.6: MSG_DONTWAIT makes one call non-blocking and leaves the descriptor alone."""

import socket

from dojo.suite import (
    GREEN,
    before_each_read,
    hints,
    is_nonblocking,
    on_stub,
    raises_errno,
    reset,
    unread,
    wait_fin,
    wait_reset,
    wait_unread,
)


@on_stub(GREEN)
@hints(
    "The socket is blocking. How does one call on it come back although nothing has arrived?",
    "recv() takes flags. One of them says: do not wait, this time.",
    "With socket.MSG_DONTWAIT the kernel answers EAGAIN, which is BlockingIOError: return None then.",
)
def test_nothing_has_arrived_yet(kata, pair, tape):
    sock, _ = pair
    assert kata.peek_now(sock, 100) is None, "the peer is silent: nothing is there yet"
    slept = [call.text for call in tape.waits()]
    assert slept == [], "this call put its thread to sleep; a look does not wait, however briefly"


@on_stub(GREEN)
@hints(
    "n is the most that you want to see. Fewer bytes may be there.",
    "One recv() returns what is there, and n bytes at the most. Do not wait until n are together.",
)
def test_it_sees_what_is_there(kata, pair):
    sock, peer = pair
    peer.send(b"hello")
    wait_unread(sock, 5)
    seen = kata.peek_now(sock, 100)
    assert seen == b"hello", "five bytes are there, and all five are seen"
    assert type(seen) is bytes, "what is seen is bytes, not another type that compares equal"


@on_stub("look has taken bytes out of the queue")
@hints(
    "Another reader shall get these bytes afterwards. Are they still there?",
    "recv() hands every byte out once, unless a flag tells it only to show them.",
    "Add socket.MSG_PEEK to the flags.",
)
def test_the_bytes_stay_where_they_are(kata, pair):
    sock, peer = pair
    peer.send(b"hello")
    wait_unread(sock, 5)
    assert kata.peek_now(sock, 3) == b"hel", "n is 3: the first three bytes are seen"
    assert unread(sock) == 5, "the look has taken bytes out of the queue: nobody else can read them now"


@on_stub("second look begins at the same byte as the first")
@hints(
    "You look, more arrives, you look again. Where does the second look begin?",
    "Nothing was taken out, so both begin at the same byte. Keep nothing between the calls.",
)
def test_a_second_look_begins_where_the_first_began(kata, unix_pair):
    sock, peer = unix_pair
    peer.send(b"hel")
    assert kata.peek_now(sock, 100) == b"hel", "three bytes are there, and all three are seen"
    # Two more come. Nobody has read any.
    peer.send(b"lo")
    seen = kata.peek_now(sock, 100)
    assert seen == b"hello", "the second look begins at the same byte as the first, and sees what has come since"


@on_stub("end of the stream is b''")
@hints(
    "The peer has finished. Is that the same as a peer that has not sent anything yet?",
    "recv() returns b'' at the end and fails with EAGAIN before it. b'' is false, but it is an answer.",
    "Return what recv() returned as it is; None is for BlockingIOError alone.",
)
def test_the_end_of_the_stream_is_not_nothing_yet(kata, pair):
    sock, peer = pair
    peer.close()
    wait_fin(sock)
    for _ in range(2):
        assert kata.peek_now(sock, 100) == b"", "the end of the stream is b'': None would promise that more may come"


@on_stub(GREEN)
@hints(
    "The peer has sent something and closed. What is first in the queue?",
    "The end stands behind the last byte: as long as bytes are there, they are what is seen.",
)
def test_the_end_comes_after_the_last_byte(kata, pair):
    sock, peer = pair
    peer.send(b"farewell")
    peer.close()
    wait_fin(sock)
    wait_unread(sock, 8)
    assert kata.peek_now(sock, 100) == b"farewell", "the peer has closed, but its last bytes are still unread"


@on_stub("connection that was reset must not look like one on which nothing has arrived")
@hints(
    "The connection is dead. What does your function say, and what will the caller do then?",
    "Which exceptions does the except clause catch? Only one of them means: nothing yet.",
    "except BlockingIOError, and nothing wider.",
)
def test_a_reset_propagates(kata, pair):
    sock, peer = pair
    reset(peer)
    wait_reset(sock)
    with raises_errno(
        "ECONNRESET", words="a connection that was reset must not look like one on which nothing has arrived"
    ):
        kata.peek_now(sock, 100)


@on_stub("you looked, the socket was non-blocking for everybody")
@hints(
    "A duplicate of the socket is in another thread, about to call recv(). What will that call do while you look?",
    "O_NONBLOCK belongs to what both descriptors refer to. Putting it back afterwards is too late.",
    "Do not call setblocking() or settimeout(): say it in the flags of your one call, socket.MSG_DONTWAIT.",
)
def test_nobody_else_is_made_nonblocking_meanwhile(kata, pair, keep):
    sock, peer = pair
    duplicate = keep(sock.dup())
    seen = []
    # Somebody who has the duplicate asks, just when the look is under way: would my call wait now?
    before_each_read(lambda: seen.append(is_nonblocking(duplicate)))
    kata.peek_now(sock, 100)
    peer.send(b"hello")
    wait_unread(sock, 5)
    kata.peek_now(sock, 100)
    found = "non-blocking" if any(seen) else "blocking"
    assert found == "blocking", "while you looked, the socket was non-blocking for everybody who has it"


@on_stub(GREEN)
@hints(
    "What was changed for the look must be as before: when something was there, and when nothing was.",
    "The easiest way to put nothing back is to change nothing.",
)
def test_the_socket_is_blocking_afterwards(kata, pair):
    sock, peer = pair
    kata.peek_now(sock, 100)
    assert sock.gettimeout() is None, "nothing was there, and Python's mode is another one since"
    assert not is_nonblocking(sock), "nothing was there, and O_NONBLOCK is set since"
    peer.send(b"hello")
    wait_unread(sock, 5)
    kata.peek_now(sock, 100)
    assert sock.gettimeout() is None, "something was there, and Python's mode is another one since"
    assert not is_nonblocking(sock), "something was there, and O_NONBLOCK is set since"


@on_stub(GREEN)
@hints(
    "Between asking whether input is there and reading it, what can another reader do?",
    "Ask and read in one call: with socket.MSG_DONTWAIT it does not wait even if the answer has changed.",
)
def test_another_reader_is_faster(kata, pair, background):
    sock, peer = pair
    peer.send(b"hello")
    wait_unread(sock, 5)
    read = socket.socket.recv

    def somebody_reads_it_all():
        background(read, sock, 100, socket.MSG_DONTWAIT, may_raise=True)
        wait_unread(sock, 0)

    # Between whatever you ask before and the moment when you look, another thread is faster.
    before_each_read(somebody_reads_it_all)
    assert kata.peek_now(sock, 100) is None, "another reader has taken everything: nothing is there"
