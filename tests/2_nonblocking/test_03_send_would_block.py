"""2.3: a non-blocking send takes a part or fails at once; what it did not take must be kept, once and in order."""

import pytest

from dojo.suite import (
    Finding,
    break_off,
    counted,
    fill,
    hints,
    is_nonblocking,
    raises_errno,
    requirement,
    small_buffers,
    unread,
    wait_reset,
)

# 400,000 bytes in numbered lines of 8: more than the buffers hold, and far more than small ones do.
LINES = b"".join(b"%07d\n" % number for number in range(50_000))
SOME = LINES[:24_000]  # more than small buffers hold, and few enough to go byte by byte


def drain(output, peer):
    """Let the peer read all that is there and the buffer flush, in turn, until nothing is left to flush."""
    came = bytearray()
    flushed = False
    while not flushed:
        before = len(came)
        flushed = output.flush()
        # On a socketpair the peer has what was sent before send() returns.
        while size := unread(peer):
            came += peer.recv(size)
        if not flushed and len(came) == before:
            left = f"nothing arrived, and {counted(len(output.pending), 'byte')} pending"
            words = "there was room again, and your flush() sent nothing"
            raise Finding(words, "more bytes should arrive at the peer", left)
    return bytes(came)


def keeping(errors, function, *args):
    """Call it, and keep the error that it raises, as a caller does who reports it later."""
    try:
        function(*args)
    except OSError as error:
        errors.append(error)
        raise
    except BufferError as error:
        if not errors:
            raise
        words = "the caller still held your first exception, and its frame held a memoryview of pending: data was lost"
        wanted, got = "the next call should keep the data too", f"your code raised BufferError: {error}"
        raise Finding(words, wanted, got) from error


@requirement(1, 5)
@hints(
    "There is room in the buffers. What keeps you from sending now?",
    "write() can append the data to what is pending and then do what flush() does.",
)
def test_what_fits_goes_at_once(kata, unix_pair):
    sock, peer = unix_pair
    sock.setblocking(False)
    output = kata.OutputBuffer(sock)
    done = output.write(b"hello")
    assert unread(peer) == 5, "there was room for five bytes, and your write() did not send them"
    assert peer.recv(100) == b"hello", "your write() sent other bytes than it was given"
    assert done is True, "everything was sent, and your write() did not return True"


@requirement(1, 3, 5)
@hints(
    "send() took a part. How do you know which part is left?",
    "send() returns how many bytes it took. sendall() does not tell: it is of no use here.",
    "taken = sock.send(pending), then delete so many bytes at the front, and no others.",
)
@hints(
    "When is the kernel's buffer full: after one send(), or when a send() says so?",
    "Call send() in a loop until nothing is pending or it fails with BlockingIOError.",
    when="stopped early",
)
def test_what_the_kernel_does_not_take_is_pending(kata, unix_pair):
    sock, peer = unix_pair
    sock.setblocking(False)
    output = kata.OutputBuffer(sock)
    assert output.write(LINES) is False, "the kernel took only a part, and your write() did not return False"
    # The peer's kernel has the first part of the data; the rest is ours.
    rest = LINES[unread(peer) :]
    assert type(output.pending) is bytearray, "your pending was not a bytearray"
    assert bytes(output.pending) == rest, "your pending was not exactly the part that the kernel did not take"
    assert fill(sock) == 0, "the kernel would have taken more bytes, and your write() stopped early"


@requirement(3, 4, 5)
@hints(
    "send() failed with BlockingIOError. How many of its bytes were sent?",
    "None: all of the data is pending, behind what was pending before.",
)
def test_without_any_room_everything_is_kept(kata, unix_pair):
    sock, _ = unix_pair
    small_buffers(sock)
    sock.setblocking(False)
    fill(sock)
    output = kata.OutputBuffer(sock)
    # The buffers are completely full: not one byte can be sent.
    assert output.write(b"one, ") is False, "nothing was sent, and your write() did not return False"
    assert output.write(b"two") is False, "nothing was sent, and your write() did not return False"
    assert bytes(output.pending) == b"one, two", "your pending did not hold both writes in their order"


@requirement(2, 5)
@hints(
    "What does send() do when there is no room at all, and what should flush() tell its caller?",
    "BlockingIOError is not a failure: it means 'not now'. Return False.",
)
def test_a_flush_without_room_changes_nothing(kata, unix_pair):
    sock, _ = unix_pair
    small_buffers(sock)
    sock.setblocking(False)
    fill(sock)
    output = kata.OutputBuffer(sock)
    output.write(b"later")
    assert output.flush() is False, "there was no room, and your flush() did not return False"
    assert bytes(output.pending) == b"later", "your flush() could send nothing, and changed what was pending"


@requirement(2, 4)
@hints(
    "The peer has read, and there is room again. What does flush() send, and what does it delete?",
    "Send from the front of pending and delete exactly what was taken.",
)
@hints(
    "There was room for more than one send(). What ended your loop in flush()?",
    "Send until nothing is pending or send() fails with BlockingIOError.",
    when="left room",
)
def test_the_rest_follows_when_the_peer_reads(kata, unix_pair):
    sock, peer = unix_pair
    small_buffers(sock)
    sock.setblocking(False)
    output = kata.OutputBuffer(sock)
    output.write(SOME)
    came = peer.recv(unread(peer))
    output.flush()
    sent = unread(peer)
    output.flush()
    assert unread(peer) == sent, "your flush() left room in the buffers, and the next flush() found it"
    came += drain(output, peer)
    assert came == SOME, "the bytes did not arrive once each and in order"
    assert len(output.pending) == 0, "everything was sent, and bytes were still pending"


@requirement(4)
@hints(
    "Some of the first message is still pending. Where does the second belong?",
    "New data always goes to the end of pending, and sending always begins at its front.",
)
def test_new_data_goes_behind_what_is_pending(kata, unix_pair):
    sock, peer = unix_pair
    small_buffers(sock)
    sock.setblocking(False)
    output = kata.OutputBuffer(sock)
    output.write(SOME)
    # The peer reads all that has come. Now there is room, while the rest of the first message waits.
    came = peer.recv(unread(peer))
    output.write(b"the second message")
    came += drain(output, peer)
    assert came == SOME + b"the second message", "the second message did not arrive behind the whole first one"


@requirement(1)
@hints(
    "Bytes are pending, and there is room again. Should write() leave that to flush()?",
    "write() can append its data to what is pending and then do what flush() does: send until there is no room.",
)
def test_a_write_sends_what_is_pending_too(kata, unix_pair):
    sock, peer = unix_pair
    small_buffers(sock)
    sock.setblocking(False)
    output = kata.OutputBuffer(sock)
    output.write(LINES)
    # An empty message, too, is an occasion to send what is pending.
    for message in (b"the second message", b""):
        peer.recv(unread(peer))
        # The peer has read all that came. There is room, and the rest of the first message is pending.
        output.write(message)
        sent = unread(peer)
        assert sent > 0, "bytes were pending and there was room, and your write() sent nothing"
        output.flush()
        assert unread(peer) == sent, "your write() left room in the buffers, and the next flush() found it"


@requirement(2)
@hints(
    "There is a little room, and poll() does not report it yet. Who knows best what the kernel takes?",
    "send() does. Call it without asking first: BlockingIOError is the only answer that counts.",
)
def test_a_little_room_is_used(kata, unix_pair):
    sock, peer = unix_pair
    sock.setblocking(False)
    output = kata.OutputBuffer(sock)
    output.write(LINES)
    for _ in range(4):
        peer.recv(40_000)
        output.flush()
        assert fill(sock) == 0, "there was a little room, and your flush() did not use it"


@requirement(3, 5)
@hints(
    "Nothing is pending. What is left to do?",
    "True means that nothing is pending, not that something was sent.",
)
def test_with_nothing_pending_a_flush_is_done(kata, unix_pair):
    sock, peer = unix_pair
    sock.setblocking(False)
    output = kata.OutputBuffer(sock)
    assert bytes(output.pending) == b"", "nothing was written yet, and bytes were pending"
    assert output.flush() is True, "nothing was pending, and your flush() did not return True"
    output.write(b"all of it")
    assert output.flush() is True, "everything had been sent, and your flush() did not return True"
    assert unread(peer) == 9, "write() sent nine bytes, and your flush() sent some again"


@requirement(3)
@hints(
    "An object that is made in the body of a class is shared by all instances.",
    "self.pending = bytearray() belongs in __init__().",
)
def test_each_socket_has_a_buffer_of_its_own(kata, unix_pair):
    sock, peer = unix_pair
    small_buffers(sock)
    sock.setblocking(False)
    peer.setblocking(False)
    there, back = kata.OutputBuffer(sock), kata.OutputBuffer(peer)
    there.write(LINES)
    assert bytes(back.pending) == b"", "bytes that were written for one socket were pending for the other"
    back.write(b"answer")
    assert unread(sock) == 6, "a socket sent something else than what was written to its own buffer"


@requirement(6, 7)
@hints(
    "The peer has reset the connection. Will there ever be room again?",
    "Which exception means 'no room'? Return False for that one only.",
)
@hints(
    "write() raised. Where is the data that it was given?",
    "Append the data to pending before you send: then an error loses nothing.",
    when="lost the data",
)
@pytest.mark.parametrize("error", ["ECONNRESET", "ETIMEDOUT"])
def test_a_failed_connection_is_not_a_full_buffer(kata, pair, error):
    sock, peer = pair
    sock.setblocking(False)
    break_off(peer, error)
    wait_reset(sock)
    output = kata.OutputBuffer(sock)
    with raises_errno(error, "EPIPE", words="the connection failed in write(), and the caller never finds out"):
        output.write(b"hello?")
    assert bytes(output.pending) == b"hello?", "write() raised, and your code lost the data that was not sent"
    assert sock.fileno() != -1, "the connection failed, and your code closed the caller's socket"


@requirement(1, 7)
@hints(
    "Bytes are pending, and the peer has closed. Who tells the caller?",
    "Let errors of send() propagate from flush() too, all but BlockingIOError.",
)
@hints(
    "flush() raised. Where are the bytes that were pending?",
    "Delete from pending only what send() says it took.",
    when="lost the data",
)
@hints(
    "The caller keeps your exception, and the exception keeps your frame. What in that frame holds on to pending?",
    "A bytearray cannot change its size while a memoryview of it exists. Who releases yours if send() raises?",
    "with memoryview(self.pending) as view: releases it on every way out.",
    when="memoryview of pending",
)
def test_a_peer_that_leaves_shows_in_flush(kata, unix_pair):
    sock, peer = unix_pair
    small_buffers(sock)
    sock.setblocking(False)
    output = kata.OutputBuffer(sock)
    output.write(LINES)
    rest = LINES[unread(peer) :]
    peer.close()
    errors = []
    with raises_errno("EPIPE", "ECONNRESET", words="the connection failed in flush(), and the caller never finds out"):
        keeping(errors, output.flush)
    assert bytes(output.pending) == rest, "flush() raised, and your code lost the data that was not sent"
    with raises_errno("EPIPE", words="the connection failed in write(), and the caller never finds out"):
        keeping(errors, output.write, b"more")
    with raises_errno("EPIPE", words="the connection failed in write(), and the caller never finds out"):
        output.write(b", and more")
    kept = rest + b"more, and more"
    assert bytes(output.pending) == kept, "write() raised, and your code lost the data that it was given"


@requirement(6)
@hints(
    "While your write() waits, what happens to the caller's other connections?",
    "Send, and if there is no room, return. Leave the waiting to the caller.",
)
@hints(
    "Does your class have to change the socket's blocking mode?",
    "The socket is already non-blocking. Leave it open and in that mode.",
    when="caller's socket",
)
def test_it_never_waits_and_leaves_the_mode_alone(kata, unix_pair, tape):
    sock, _ = unix_pair
    small_buffers(sock)
    sock.setblocking(False)
    output = kata.OutputBuffer(sock)
    output.write(8 * LINES)
    output.flush()
    waited = [call.text for call in tape.waits()]
    assert waited == [], "your code waited for room, and should have returned False at once"
    assert sock.fileno() != -1, "your code closed the caller's socket"
    assert sock.gettimeout() == 0.0, "your code changed the mode of the caller's socket"
    assert is_nonblocking(sock), "your code cleared O_NONBLOCK on the caller's socket, in the kernel"
