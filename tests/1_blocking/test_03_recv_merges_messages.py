"""1.3: a stream keeps bytes and not messages, so a reader of lines keeps what it has not returned."""

import contextlib
import gc
import socket
import tracemalloc

import pytest

from dojo.suite import (
    Finding,
    each_call_may_fail,
    hints,
    over,
    raises_errno,
    requirement,
    reset,
    soon,
    unread,
    wait_reset,
    wait_unread,
)

MUCH = 1 << 24  # bytes: far more than a short line needs


@requirement(1)
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
    assert reader.readline() == b"one\n", "three lines came together, and the first call did not return the first alone"
    assert reader.readline() == b"two\n", "the second line came together with the first, and was lost"
    assert reader.readline() == b"three\n", "the third line came together with the first, and was lost"


@requirement(2)
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
    assert reader.readline() == b"two\n", "the second line came together with the first, and was lost"
    # Nor does it matter whether the line fills just as much as one recv() asks for.
    reader = kata.LineReader(sock, 100_000)
    for size in (512, 1024, 2048, 4096, 8192):
        line = b"x" * (size - 1) + b"\n"
        peer.sendall(line)
        assert reader.readline() == line, "a complete line came, and your reader returned something else"


@requirement(2)
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
    assert reading.result() == b"a line in three pieces\n", "the line came in three pieces, and was not put together"


@requirement(1, 2)
@hints(
    "Half of the third line came with the second. Where is it, when the other half comes?",
    "In the buffer, which is kept between the calls; the next piece goes behind it.",
)
@hints(
    "Your reader remembered how far it had searched for a newline. For which line?",
    "For the one before: begin the search anew when a line has been returned.",
    when="short lines",
)
def test_half_a_line_is_kept_until_the_other_half_comes(kata, unix_pair, background):
    sock, peer = unix_pair
    reader = kata.LineReader(sock, 100)
    peer.sendall(b"one\ntwo\nthr")
    assert [reader.readline(), reader.readline()] == [b"one\n", b"two\n"], "two lines came with half of a third one"
    reading = background(reader.readline)
    reading.asleep()
    peer.sendall(b"ee\nx\n\ny\n")
    assert reading.result() == b"three\n", "half of the line came early, and was lost"
    # Where the search for the newline went on for this line, it begins anew for the next.
    lines = [reader.readline() for _ in range(3)]
    assert lines == [b"x\n", b"\n", b"y\n"], "three short lines came with the last piece of another, and were mixed up"


@requirement(3, 4)
@hints(
    "What does recv() return when the peer has ended the stream? And what is still in your buffer?",
    "b'' from recv() means that no more comes: return what the buffer holds and empty it.",
)
@hints(
    "The unfinished line was as long as the limit. Is that more than the limit?",
    "No. Raise only when more bytes than `limit` have come without a newline.",
    when="ValueError",
)
def test_a_tail_without_a_newline_is_the_last_line(kata, unix_pair):
    sock, peer = unix_pair
    peer.sendall(b"one\nthe tai")
    peer.close()
    reader = kata.LineReader(sock, 7)
    assert reader.readline() == b"one\n"
    # As many bytes as the limit are not more than the limit.
    assert reader.readline() == b"the tai", "the stream ended in the middle of a line, and that tail was lost"
    assert reader.readline() == b"", "the tail was returned twice"


@requirement(3, 8)
@hints(
    "How does a caller see that there are no more lines?",
    "An empty bytes object: a line has at least its newline, so b'' can mean nothing else.",
)
@hints(
    "Your reader closed the socket. Whose is it?",
    "The caller's, who may still want to answer: do not call close().",
    when="closed",
)
def test_the_end_is_empty_bytes_as_often_as_asked(kata, unix_pair):
    sock, peer = unix_pair
    peer.close()
    reader = kata.LineReader(sock, 100)
    assert [reader.readline() for _ in range(3)] == [b""] * 3, "the stream had ended, and a call did not return b''"
    assert sock.fileno() != -1, "your reader closed the caller's socket"


@requirement(1)
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
    assert lines == [b"\n", b" \r\n", b"re\rturn\xff\n"], (
        "another byte than the newline ended a line, or a byte was lost"
    )
    assert {type(line).__name__ for line in lines} == {"bytes"}, "your reader returned another type than bytes"


@requirement(4)
@hints(
    "Does the limit count the newline? And what if the whole line is there already, behind another one?",
    "Find the newline, then compare the length of the line in bytes, newline included, with the limit.",
)
@hints(
    "A line was too long, and your reader closed the socket. Whose is it?",
    "The caller's: raise ValueError, and leave the socket open.",
    when="closed the caller",
)
@pytest.mark.parametrize("line", [b"12345678\n", "ääää\n".encode()], ids=["one byte each", "two bytes each"])
def test_the_limit_is_the_longest_line_that_is_allowed(kata, unix_pair, line):
    sock, peer = unix_pair
    reader = kata.LineReader(sock, 8)
    peer.sendall(b"1234567\n" + line)
    assert reader.readline() == b"1234567\n", "a line of eight bytes, newline included, was within the limit"
    with raises_errno("ValueError", words="a line of nine bytes, newline included, came through a limit of eight"):
        reader.readline()
    assert sock.fileno() != -1, "a line was too long, and your reader closed the caller's socket"


@requirement(2, 6)
@hints(
    "The limit may be a huge number, and a line may come in a thousand pieces. What does recv(limit) ask for?",
    "For a buffer of that size, at once. Receive pieces of a size of your own, in a loop that leaves nothing behind.",
)
def test_a_large_limit_and_a_thousand_pieces_take_no_memory(kata, cut, pair):
    line = b"x" * 1499 + b"\n"
    words = "your reader asked for memory as large as the limit"
    reader = kata.LineReader(cut(line + b"and a tail"), 1 << 62)
    try:
        assert reader.readline() == line, "the line came in a thousand pieces, and was not put together"
    except (MemoryError, OverflowError) as error:
        raise Finding(words, "the line", f"{type(error).__name__}") from error
    pair[1].sendall(b"short\n")
    tracemalloc.start()
    kata.LineReader(pair[0], 1 << 28).readline()
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < MUCH, words


@requirement(9)
@hints(
    "The caller closes the socket and drops the reader. Who else holds the connection open?",
    "A duplicate does, or a file of makefile(), that is kept elsewhere: the peer gets no end.",
)
def test_nothing_holds_the_socket_open_once_the_reader_is_gone(kata, pair):
    sock, peer = pair
    peer.sendall(b"one\n")
    reader = kata.LineReader(sock, 100)
    reader.readline()
    sock.close()
    del reader
    gc.collect()
    if not soon(lambda: over(peer)):
        words = "the socket was closed and the reader dropped, and something still held the connection open"
        raise Finding(words, "the peer should read the end of the stream", "no end came")


@requirement(4)
@hints(
    "A peer may never send a newline. How much do you keep for it?",
    "Compare in the loop too: more bytes than the limit without a newline are a line over the limit.",
)
def test_a_line_without_end_is_refused_before_its_end(kata, unix_pair):
    sock, peer = unix_pair
    peer.sendall(b"123456789")
    reader = kata.LineReader(sock, 8)
    # Nine bytes, no newline, and the peer is still there. Waiting for more would fill the memory.
    with raises_errno("ValueError", words="nine bytes without a newline came, and the limit was eight"):
        reader.readline()


@requirement(4, 5)
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
        words = "your reader compared all that had arrived with the limit, or a later line: each of these was shorter"
        raise Finding(words, "ten lines of six bytes", f"ValueError: {error}") from error
    assert lines == [b"short\n"] * 10, "ten lines came together, and were not returned one by one"


@requirement(1)
@hints(
    "Two connections, two readers. Whose are the bytes that were kept?",
    "The buffer belongs to one reader: make it in __init__, not in the class and not in the module.",
)
def test_two_readers_do_not_mix_their_streams(kata, unix_pair, pair, background):
    one, other = kata.LineReader(unix_pair[0], 100), kata.LineReader(pair[0], 100)
    reading = background(one.readline)
    unix_pair[1].sendall(b"fir")
    wait_unread(unix_pair[0], 0)
    reading.asleep()
    # One reader has a part of its line, and waits.
    pair[1].sendall(b"another\nstream\n")
    wait_unread(pair[0], 15)
    assert other.readline() == b"another\n", "a reader returned bytes of another stream"
    unix_pair[1].sendall(b"st\nsecond\n")
    assert reading.result() == b"first\n", "a reader waited for its line, and returned bytes of another stream"
    assert one.readline() == b"second\n", "a reader lost bytes when another one received"
    assert other.readline() == b"stream\n", "a reader lost bytes when another one received"


@requirement(5, 7, 8)
@hints(
    "The peer has reset in the middle of the third line. Are the two lines before it lost?",
    "No: a line that has arrived is returned without another recv(). The error comes when you ask for more.",
)
@hints(
    "Your reader returned half a line as if it were the last. Did the peer end the stream?",
    "No, it has reset. Catch nothing, and ConnectionResetError propagates.",
    when="cut off",
)
def test_a_reset_comes_after_the_lines_that_arrived_before_it(kata, pair):
    sock, peer = pair
    peer.sendall(b"one\ntwo\npay 100")
    wait_unread(sock, 15)
    reset(peer)
    wait_reset(sock)
    reader = kata.LineReader(sock, 100)
    assert [reader.readline(), reader.readline()] == [b"one\n", b"two\n"], "a line came before the reset, and was lost"
    with raises_errno("ECONNRESET", words="a reset cut off the line, and your reader returned it as the last one"):
        reader.readline()
    assert sock.fileno() != -1, "an error propagated, and your reader had closed the caller's socket"


@requirement(5, 7)
@each_call_may_fail()
@hints(
    "A connection can break at any read, also between two lines. Is that the end of the stream?",
    "Only b'' from recv() is the end: catch no OSError. The lines that came before it come out first.",
)
def test_an_error_at_any_read_is_not_the_end(kata, pair, trickle, failing):
    talk = trickle(b"one\ntw", b"o\n", b"three\n")
    sock, _ = pair
    reader, lines = kata.LineReader(sock, 100), []

    def read():
        for _ in range(3):
            lines.append(reader.readline())
        return lines

    outcome = failing.outcome(read)
    if failing.error:
        failing.propagates(outcome, "an error at one of the reads did not propagate")
        complete = talk.sent[: talk.sent.rfind(b"\n") + 1].splitlines(True)
        assert lines == complete, "a line came before the error, and was lost, or half a line was returned"
    else:
        assert lines == [b"one\n", b"two\n", b"three\n"], "the lines came in pieces, and were not put together"


@requirement(7, 8)
@hints(
    "The socket came with a timeout, which passes in the middle of a line. Is what you have the last line?",
    "No: let the TimeoutError propagate. And LineReader need not call setblocking() or settimeout() at all.",
)
@hints(
    "Whose timeout is it?",
    "The caller's: LineReader need not call setblocking() or settimeout() at all.",
    when="changed the timeout",
)
def test_a_timeout_is_not_the_end_and_stays(kata, unix_pair, background, comes):
    sock, peer = unix_pair
    sock.settimeout(0.001)
    peer.sendall(b"half a li")
    reader = kata.LineReader(sock, 100)

    def read():
        with contextlib.suppress(TimeoutError):
            return reader.readline()

    reading = background(read)
    if not comes(lambda: reading.done, "the caller's timeout to pass", timers=False):
        peer.sendall(b"ne\n")  # it has a wait of its own, and sleeps on
    if (line := reading.result()) not in (None, b"half a line\n"):
        raise Finding("a timeout cut off the line, and your reader returned a part of it", "TimeoutError", repr(line))
    assert sock.gettimeout() == 0.001, "your reader changed the timeout of the caller's socket"
