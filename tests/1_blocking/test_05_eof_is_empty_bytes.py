"""1.5: after the peer's FIN recv returns what is queued, and then empty bytes."""

import socket

from dojo.suite import (
    GREEN,
    each_call_may_fail,
    hints,
    limit_of,
    numbered,
    on_stub,
    raises_errno,
    read_exactly,
    reset,
    unread,
    wait_fin,
    wait_reset,
    wait_unread,
    wait_until,
)


@on_stub(GREEN)
@hints(
    "What does recv() return when everything is read and the peer has closed? Try it.",
    "Read in a loop, and leave the loop when recv() has nothing to return.",
    "while piece := sock.recv(65536): keep the piece. Then join the pieces.",
)
def test_what_is_queued_comes_before_the_end(kata, pair):
    sock, peer = pair
    peer.sendall(b"last words")
    peer.close()
    wait_fin(sock)
    # The peer has gone already, and its bytes are still in the queue of this side.
    data = kata.recv_all(sock)
    assert data == b"last words", "the bytes that arrived before the end belong to the stream"
    assert type(data) is bytes, "the result is bytes, not a relative of bytes"


@on_stub(GREEN)
@hints(
    "The peer has ended its direction. What about yours?",
    "Do not close the socket, and do not shut it down: the caller may still want to answer.",
)
def test_the_other_direction_is_still_open(kata, pair):
    sock, peer = pair
    peer.sendall(b"question")
    peer.shutdown(socket.SHUT_WR)
    assert kata.recv_all(sock) == b"question", "the question ends with the peer's FIN"
    # The peer only stopped sending. It waits for the answer.
    assert sock.fileno() != -1, "the socket belongs to the caller and stays open"
    sock.sendall(b"answer")
    assert read_exactly(peer, 6) == b"answer", "the peer still reads"


@on_stub(GREEN)
@hints(
    "How does recv() say that the stream is over: with None, with an exception, or with a value?",
    "It returns b'', at once, each time that it is called.",
)
def test_a_peer_that_says_nothing_gives_empty_bytes(kata, pair):
    sock, peer = pair
    peer.close()
    wait_fin(sock)
    # Asked twice, the kernel answers twice: the end does not go away.
    for _ in range(2):
        assert kata.recv_all(sock) == b"", "the end of a stream without a byte is b''"


@on_stub(GREEN)
@hints(
    "The peer is connected and says nothing. What can the function do but wait, and who wakes it?",
    "recv() itself waits until there are bytes, or the end: no timeout, and no look whether there is something.",
)
def test_it_sleeps_while_the_peer_is_silent(kata, unix_pair, background, tape):
    sock, peer = unix_pair
    reading = background(kata.recv_all, sock)
    # Nothing was sent and nobody has closed: whatever comes next, the kernel will tell.
    reading.asleep()
    if (sock.gettimeout() or 60) <= 1:
        # The code waits with a limit of its own. The peer is silent for longer than that.
        calls = tape.count()
        wait_until(lambda: reading.done or tape.count() > calls, "the limit that the code has set to pass")
    peer.sendall(b"at last")
    peer.close()
    assert reading.result() == b"at last", "what comes after a silence belongs to the stream"


@on_stub("shorter than the buffer is not the end of the stream")
@hints(
    "recv(n) returns what is there. When is that less than n?",
    "Less than n means only that no more had arrived yet. Go on reading.",
    "The loop ends for `not piece`, never for `len(piece) < n`.",
)
def test_a_short_read_is_not_the_end(kata, unix_pair, background, tape):
    sock, peer = unix_pair
    reading = background(kata.recv_all, sock)
    # Each piece goes out when the one before it was read, and the code sleeps again: it takes a read of its own.
    for piece in (b"one ", b"two ", b"three"):
        peer.send(piece)
        wait_until(lambda: reading.done or (not unread(sock) and reading.sleeps()), "a pause")
    limits = [call.text for call in tape.calls() if limit_of(call)]
    assert limits == [], "the peer may be silent for as long as it likes, and the wait ends by itself after a while"
    peer.close()
    assert reading.result() == b"one two three", "a read that is shorter than the buffer is not the end of the stream"


@on_stub("invalid start byte")
@hints(
    "Has anybody promised that the stream is text?",
    "recv() returns bytes and the function returns bytes. What happens to them on the way?",
    "Take decode() and encode() out: collect the pieces as they are.",
)
def test_bytes_that_are_no_text_come_through(kata, unix_pair):
    sock, peer = unix_pair
    data = b"\x89PNG\r\n\x1a\n\x00\xff\xfe" + "€".encode()[:2]  # and no character either, at the end
    peer.sendall(data)
    peer.close()
    assert kata.recv_all(sock) == data, "the bytes are returned as they were sent, whatever they mean"


@on_stub("unexpected end of data")
@hints(
    "The character takes three bytes, and a read of 1024 bytes is no multiple of three. What is at its end?",
    "A piece cannot be decoded on its own. The caller may decode the whole.",
)
def test_a_character_may_be_cut_by_a_read(kata, unix_pair):
    sock, peer = unix_pair
    data = "€".encode() * 2000
    peer.sendall(data)
    peer.close()
    assert kata.recv_all(sock) == data, "a character cut in two by a read comes out whole"


@on_stub("UnicodeDecodeError")
@hints(
    "How many reads does a stream of more than a megabyte take?",
    "As many as it takes until one returns b'': there is no number of reads, and no size, at which to stop.",
)
def test_a_long_stream_comes_whole(kata, pair, background):
    sock, peer = pair
    data = bytes(range(255, -1, -1)) * 5000

    def talk():
        peer.sendall(data)
        peer.close()

    talking = background(talk)
    assert kata.recv_all(sock) == data, "every byte up to the end, however many they are"
    talking.result()


@hints(
    "The end is there already, and a lot of bytes in front of it. How many reads do these take?",
    "As many as it takes until one returns b'', also when the peer has gone long ago.",
)
@on_stub(GREEN)
def test_all_that_is_queued_comes_before_an_end_that_is_there(kata, unix_pair):
    sock, peer = unix_pair
    data = numbered(150_000)
    peer.sendall(data)
    peer.shutdown(socket.SHUT_WR)
    assert kata.recv_all(sock) == data, "all that was queued before the end belongs to the stream"


@hints(
    "A stream may come in a thousand pieces. What does each of them cost that stays?",
    "A loop costs nothing that stays. A function that calls itself for each piece comes to the end of its stack.",
)
@on_stub("every piece of the stream")
def test_a_stream_in_a_thousand_pieces_comes_whole(kata, cut):
    data = numbered(1500)
    assert kata.recv_all(cut(data)) == data, "every piece of the stream, in the order in which they came"


@on_stub("connection that broke must not look like one that ended")
@hints(
    "A reset tells that bytes may be missing. Who must find out?",
    "recv() raises an exception for a reset. Which except clause keeps it from the caller?",
)
def test_a_reset_is_not_an_end(kata, pair, unix_pair):
    sock, peer = pair
    peer.sendall(b"cut off")
    wait_unread(sock, 7)
    reset(peer)
    wait_reset(sock)
    sock.settimeout(30)
    with raises_errno("ECONNRESET", words="a connection that broke must not look like one that ended"):
        kata.recv_all(sock)
    assert sock.fileno() != -1, "an error got out, and the socket is closed: it belongs to the caller"
    assert sock.gettimeout() == 30, "an error got out, and the socket has another mode"
    other, its_peer = unix_pair
    its_peer.sendall(b"another stream")
    its_peer.close()
    assert kata.recv_all(other) == b"another stream", "what came before a reset is in the next stream"


@on_stub(GREEN)
@hints(
    "The caller had given its socket a timeout. Is it still there afterwards?",
    "The function need not call setblocking() or settimeout() at all; if it does, it puts back what it found.",
)
def test_the_socket_keeps_its_timeout(kata, pair):
    sock, peer = pair
    sock.settimeout(30)
    peer.sendall(b"bye")
    peer.close()
    kata.recv_all(sock)
    assert sock.gettimeout() == 30, "the socket is the caller's, and so is its timeout"


@each_call_may_fail()
@on_stub("each piece belongs to the stream")
@hints(
    "A connection can break at any read, not only at the first one. What does your code return then?",
    "Part of a stream is no stream: let every OSError out, however much has come before.",
)
def test_an_error_at_any_read_propagates(kata, pair, trickle, failing):
    trickle(b"half ", b"of ", b"it")
    outcome = failing.outcome(kata.recv_all, pair[0])
    if failing.error:
        failing.propagates(outcome, "an error at one of the reads did not propagate")
    else:
        assert outcome == b"half of it", "each piece belongs to the stream"
