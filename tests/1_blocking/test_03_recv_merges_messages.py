"""1.3: a stream keeps bytes and not messages, so a reader of lines keeps what it has not returned."""

import contextlib
import gc
import socket

import pytest

from dojo.suite import Finding, hints, over, raises_errno, reset, soon, unread, wait_reset, wait_unread


@hints(
    "The peer has sent three times. How often must you receive, to have it all?",
    "Once may be enough. Keep what comes after the first newline: it is the beginning of the next line.",
    "Put every piece into self.buffer; return the bytes up to and including b'\\n' and leave the rest in it.",
)
def test_lines_that_arrive_together_come_out_one_by_one(kata, unix_pair):
    sock, peer = unix_pair
    for message in (b"one\n", b"two\n", b"three\n"):
        peer.sendall(message)
    peer.shutdown(socket.SHUT_WR)
    # Fourteen bytes are there, in one row: the kernel does not know that they were three messages.
    assert unread(sock) == 14
    reader = kata.LineReader(sock, 100)
    assert reader.readline() == b"one\n", "the first line, and nothing of what came with it"
    assert reader.readline() == b"two\n", "what came together with the first line is the second"
    assert reader.readline() == b"three\n", "what came together with the first line is not lost"


@hints(
    "The second line has come together with the first. What is there to wait for?",
    "Nothing. Look into your buffer first, and receive only when there is no newline in it.",
)
def test_a_line_that_has_arrived_needs_no_further_bytes(kata, unix_pair):
    sock, peer = unix_pair
    reader = kata.LineReader(sock, 100)
    peer.sendall(b"one\ntwo\n")
    assert reader.readline() == b"one\n"
    # The peer says nothing more, and waits for an answer to the second line.
    assert reader.readline() == b"two\n", "the second line came with the first"
    # Nor does it matter whether the line fills just as much as one recv() asks for.
    reader = kata.LineReader(sock, 100_000)
    for size in (512, 1024, 2048, 4096, 8192):
        line = b"x" * (size - 1) + b"\n"
        peer.sendall(line)
        assert reader.readline() == line, "the line was complete, and nothing more comes"


@hints(
    "One recv() has returned. Does that mean that the line is complete?",
    "Receive in a loop until the buffer holds a newline; each recv() sleeps until the next piece comes.",
)
def test_a_line_in_pieces_is_waited_for(kata, unix_pair, background):
    sock, peer = unix_pair
    reader = kata.LineReader(sock, 100)
    reading = background(reader.readline)
    for piece in (b"a line", b" in three", b" pieces\n"):
        # What has come so far has no newline: the reader sleeps until more does.
        reading.asleep()
        peer.sendall(piece)
    assert reading.result() == b"a line in three pieces\n", "every piece of the line, in order"


@hints(
    "Half of the third line came with the second. Where is it, when the other half comes?",
    "In the buffer, which is kept between the calls; the next piece goes behind it.",
)
def test_half_a_line_is_kept_until_the_other_half_comes(kata, unix_pair, background):
    sock, peer = unix_pair
    reader = kata.LineReader(sock, 100)
    peer.sendall(b"one\ntwo\nthr")
    assert [reader.readline(), reader.readline()] == [b"one\n", b"two\n"]
    reading = background(reader.readline)
    reading.asleep()
    peer.sendall(b"ee\nx\n\ny\n")
    assert reading.result() == b"three\n", "the half that came early belongs to this line"
    # Where the search for the newline went on for this line, it begins anew for the next.
    lines = [reader.readline() for _ in range(3)]
    assert lines == [b"x\n", b"\n", b"y\n"], "short lines that came with the last piece of another one"


@hints(
    "What does recv() return when the peer has ended the stream? And what is still in your buffer?",
    "b'' from recv() means that no more comes: return what the buffer holds and empty it.",
)
def test_a_tail_without_a_newline_is_the_last_line(kata, unix_pair):
    sock, peer = unix_pair
    peer.sendall(b"one\nthe tai")
    peer.close()
    reader = kata.LineReader(sock, 7)
    assert reader.readline() == b"one\n"
    # As many bytes as the limit are not more than the limit.
    assert reader.readline() == b"the tai", "the stream ended in the middle of a line: that tail is returned too"
    assert reader.readline() == b"", "the tail is returned once"


@hints(
    "How does a caller see that there are no more lines?",
    "An empty bytes object: a line has at least its newline, so b'' can mean nothing else.",
)
def test_the_end_is_empty_bytes_as_often_as_asked(kata, unix_pair):
    sock, peer = unix_pair
    peer.close()
    reader = kata.LineReader(sock, 100)
    assert [reader.readline() for _ in range(3)] == [b""] * 3, "the end of the stream is b'', and stays so"
    assert sock.fileno() != -1, "the socket is the caller's, who closes it"


@hints(
    "An empty line and the end of the stream are two things. How do they differ?",
    "The empty line is b'\\n'. Return every byte up to and including the newline; strip and split nothing else.",
)
def test_every_byte_of_a_line_is_kept(kata, unix_pair):
    sock, peer = unix_pair
    peer.sendall(b"\n \r\nre\rturn\xff\n")
    peer.close()
    reader = kata.LineReader(sock, 100)
    lines = [reader.readline() for _ in range(3)]
    assert lines == [b"\n", b" \r\n", b"re\rturn\xff\n"], "only b'\\n' ends a line, and the line keeps all its bytes"
    assert {type(line) for line in lines} == {bytes}, "a line is a bytes object, not another kind of buffer"


@hints(
    "Does the limit count the newline? And what if the whole line is there already, behind another one?",
    "Find the newline, then compare the length of the line in bytes, newline included, with the limit.",
)
@pytest.mark.parametrize("line", [b"12345678\n", "ääää\n".encode()], ids=["one byte each", "two bytes each"])
def test_the_limit_is_the_longest_line_that_is_allowed(kata, unix_pair, line):
    sock, peer = unix_pair
    reader = kata.LineReader(sock, 8)
    peer.sendall(b"1234567\n" + line)
    assert reader.readline() == b"1234567\n", "seven bytes and a newline are eight: allowed"
    with raises_errno("ValueError", words="a line over the limit came through, its newline counted"):
        reader.readline()
    assert sock.fileno() != -1, "a line was too long, and the socket is closed: it is the caller's"


@hints(
    "The limit may be a large number, and a line come in a thousand pieces. What does recv(limit) ask for?",
    "For a buffer of that size, at once. Receive pieces of a size of your own, in a loop that leaves nothing behind.",
)
def test_a_large_limit_and_a_thousand_pieces_take_no_memory(kata, cut):
    line = b"x" * 1499 + b"\n"
    reader = kata.LineReader(cut(line + b"and a tail"), 1 << 62)
    try:
        assert reader.readline() == line, "every piece of the line, in order"
    except (MemoryError, OverflowError) as error:
        words = "the limit is a number, and not the size of a buffer"
        raise Finding(words, "the line", f"{type(error).__name__}") from error
    assert reader.readline() == b"and a tail"


@hints(
    "The caller closes the socket and lets go of the reader. Who else holds the connection open?",
    "A duplicate does, or a file of makefile(), that is kept elsewhere: the peer gets no end.",
)
def test_nothing_holds_the_socket_open_once_the_reader_is_gone(kata, pair):
    sock, peer = pair
    peer.sendall(b"one\n")
    reader = kata.LineReader(sock, 100)
    assert reader.readline() == b"one\n"
    sock.close()
    del reader
    gc.collect()
    assert soon(lambda: over(peer)), "the socket is closed and the reader is gone, and something holds it open"


@hints(
    "A peer may never send a newline. How much do you keep for it?",
    "Compare in the loop too: more bytes than the limit without a newline is a line over the limit.",
)
def test_a_line_without_end_is_refused_before_its_end(kata, unix_pair):
    sock, peer = unix_pair
    peer.sendall(b"123456789")
    reader = kata.LineReader(sock, 8)
    # Nine bytes, no newline, and the peer is still there. Waiting for more would fill the memory.
    with raises_errno("ValueError", words="a peer that never sends a newline is listened to for ever"):
        reader.readline()


@hints(
    "Ten short lines arrive at once. Is any of them over the limit?",
    "The limit is for a line, not for what the buffer holds: find the newline before you compare.",
)
def test_many_short_lines_at_once_are_not_a_long_one(kata, unix_pair):
    sock, peer = unix_pair
    peer.sendall(b"short\n" * 10 + b"and one that is too long")
    reader = kata.LineReader(sock, 8)
    try:
        lines = [reader.readline() for _ in range(10)]
    except ValueError as error:
        words = "no line was over the limit, only all that had arrived together"
        raise Finding(words, "ten lines of six bytes", f"ValueError: {error}") from error
    assert lines == [b"short\n"] * 10, "ten lines arrived, and ten come out"


@hints(
    "Two connections, two readers. Whose are the bytes that were kept?",
    "The buffer belongs to one reader: make it in __init__, not in the class and not in the module.",
)
def test_two_readers_do_not_mix_their_streams(kata, unix_pair, pair):
    one, other = kata.LineReader(unix_pair[0], 100), kata.LineReader(pair[0], 100)
    unix_pair[1].sendall(b"first\nsecond\n")
    pair[1].sendall(b"another\nstream\n")
    wait_unread(pair[0], 15)
    assert one.readline() == b"first\n"
    assert other.readline() == b"another\n", "a reader returned bytes of another stream"
    assert one.readline() == b"second\n", "a reader lost bytes when another one received"
    assert other.readline() == b"stream\n", "a reader lost bytes when another one received"


@hints(
    "The peer has crashed in the middle of a line. Is what you have the last line?",
    "Nobody knows: a reset is an error. Catch nothing, and ConnectionResetError propagates.",
)
def test_a_reset_is_an_error_and_not_the_end(kata, pair):
    sock, peer = pair
    peer.sendall(b"pay 100")
    wait_unread(sock, 7)
    reset(peer)
    wait_reset(sock)
    with raises_errno("ECONNRESET", words="a line that a reset cut off must not look like the last line"):
        kata.LineReader(sock, 100).readline()


@hints(
    "Two whole lines had arrived before the reset. Are they lost?",
    "No: a line that has arrived is returned without another recv(). The error comes when you ask for more.",
)
def test_lines_that_arrived_before_a_reset_come_out(kata, pair):
    sock, peer = pair
    peer.sendall(b"one\ntwo\npay 100")
    wait_unread(sock, 15)
    reset(peer)
    wait_reset(sock)
    reader = kata.LineReader(sock, 100)
    assert [reader.readline(), reader.readline()] == [b"one\n", b"two\n"], "these lines arrived before the reset"
    with raises_errno("ECONNRESET", words="a line that a reset cut off must not look like the last line"):
        reader.readline()


@hints(
    "The socket came with a timeout, which passes in the middle of a line. Is what you have the last line?",
    "Nobody knows: let the TimeoutError out. And LineReader need not call setblocking() or settimeout() at all.",
)
def test_a_timeout_is_not_the_end_and_stays(kata, unix_pair, background, comes):
    sock, peer = unix_pair
    sock.settimeout(0.001)
    peer.sendall(b"one\nhalf a li")
    reader = kata.LineReader(sock, 100)
    assert reader.readline() == b"one\n"

    def read():
        with contextlib.suppress(TimeoutError):
            return reader.readline()

    reading = background(read)
    if not comes(lambda: reading.done, "the caller's timeout to pass", timers=False):
        peer.sendall(b"ne\n")  # it has a wait of its own, and sleeps on
    line = reading.result()
    assert line in (None, b"half a line\n"), "a line that is not complete must not look like the last line"
    assert sock.gettimeout() == 0.001, "the socket is the caller's, and so is its timeout"
