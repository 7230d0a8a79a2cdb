"""2.3: a non-blocking send takes a part or fails at once; what it did not take must be kept, once and in order."""

from dojo.suite import (
    Finding,
    counted,
    fill,
    hints,
    is_nonblocking,
    raises_errno,
    reset,
    small_buffers,
    unread,
    wait_reset,
)

# 64,000 bytes in numbered lines of 8: far more than small buffers hold.
LINES = b"".join(b"%07d\n" % number for number in range(8_000))


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
            left = f"nothing came, and {counted(len(output.pending), 'byte')} pending"
            raise Finding("flush() sends nothing, though there is room again", "more bytes at the peer", left)
    return bytes(came)


@hints(
    "There is room in the buffers. Does anything speak against sending now?",
    "write() can put the data behind what is pending and then do what flush() does.",
)
def test_what_fits_goes_at_once(kata, unix_pair):
    sock, peer = unix_pair
    sock.setblocking(False)
    output = kata.OutputBuffer(sock)
    done = output.write(b"hello")
    assert unread(peer) == 5, "there is room for five bytes: write() sends them at once, not at the next flush()"
    assert peer.recv(100) == b"hello", "the peer reads what was written"
    assert done is True, "all of it was taken, so write() says True: nothing is pending"


@hints(
    "send() took a part. How do you know which part is left?",
    "send() returns how many bytes it took. sendall() does not tell: it is of no use here.",
    "taken = sock.send(pending), then delete so many bytes at the front, and no others.",
)
def test_what_the_kernel_does_not_take_is_pending(kata, unix_pair):
    sock, peer = unix_pair
    small_buffers(sock)
    sock.setblocking(False)
    output = kata.OutputBuffer(sock)
    assert output.write(LINES) is False, "only a part was taken: the rest is pending, and write() says False"
    # The peer's kernel has the first part of the data; the rest is ours.
    rest = LINES[unread(peer) :]
    assert type(output.pending) is bytearray, "pending is a bytearray, as the brief says"
    assert bytes(output.pending) == rest, "pending is what was not taken: more would go twice, less would be lost"
    assert fill(sock) == 0, "the kernel would have taken more at once, and write() kept it back"


@hints(
    "send() failed with BlockingIOError. How many of its bytes have gone?",
    "None have gone: all of the data is pending, behind what was pending before.",
)
def test_without_any_room_everything_is_kept(kata, unix_pair):
    sock, _ = unix_pair
    small_buffers(sock)
    sock.setblocking(False)
    fill(sock)
    output = kata.OutputBuffer(sock)
    # The buffers are full to the brim: not one byte can go.
    assert output.write(b"one, ") is False, "nothing was taken, so something is pending"
    assert output.write(b"two") is False, "nothing was taken, so something is pending"
    assert bytes(output.pending) == b"one, two", "what could not go is kept, all of it, in the order of the writes"


@hints(
    "What does send() do when there is no room at all, and what does the caller of flush() want to hear?",
    "BlockingIOError is no failure: it means 'not now'. Turn it into False.",
)
def test_a_flush_without_room_changes_nothing(kata, unix_pair):
    sock, _ = unix_pair
    small_buffers(sock)
    sock.setblocking(False)
    fill(sock)
    output = kata.OutputBuffer(sock)
    output.write(b"later")
    assert output.flush() is False, "there is still no room, and the bytes are still pending"
    assert bytes(output.pending) == b"later", "a flush that could not send loses nothing"


@hints(
    "The peer reads, and there is room again. What does flush() send, and what does it forget?",
    "Send from the front of pending and delete what was taken, no more and no less.",
)
def test_the_rest_follows_when_the_peer_reads(kata, unix_pair):
    sock, peer = unix_pair
    small_buffers(sock)
    sock.setblocking(False)
    output = kata.OutputBuffer(sock)
    output.write(LINES)
    assert drain(output, peer) == LINES, "every byte arrives once, and in order"
    assert len(output.pending) == 0, "all has gone: nothing is pending"


@hints(
    "Some of the first message is still pending. Where does the second belong?",
    "New data always goes to the end of pending, and sending always begins at its front.",
)
def test_new_data_goes_behind_what_is_pending(kata, unix_pair):
    sock, peer = unix_pair
    small_buffers(sock)
    sock.setblocking(False)
    output = kata.OutputBuffer(sock)
    output.write(LINES)
    # The peer reads all that has come. Now there is room, while the rest of the first message waits.
    came = peer.recv(unread(peer))
    output.write(b"the second message")
    came += drain(output, peer)
    assert came == LINES + b"the second message", "the second message comes behind the whole first one"


@hints(
    "Something is pending, and there is room again. Does write() have to leave that to flush()?",
    "write() can put the data behind what is pending and then do what flush() does: send until there is no room.",
)
def test_a_write_sends_what_is_pending_too(kata, unix_pair):
    sock, peer = unix_pair
    small_buffers(sock)
    sock.setblocking(False)
    output = kata.OutputBuffer(sock)
    output.write(LINES)
    came = peer.recv(unread(peer))
    # The peer has read all that came. There is room, and the rest of the first message is pending.
    output.write(b"the second message")
    sent = unread(peer)
    assert sent > 0, "there was room and bytes were pending, and your write() sent nothing"
    output.flush()
    assert unread(peer) == sent, "your write() left room in the buffers, and the next flush() found it"
    assert came + drain(output, peer) == LINES + b"the second message", "every byte arrives once, and in order"


@hints(
    "Nothing is pending. What is left to do?",
    "True means that nothing is pending, not that something was sent.",
)
def test_with_nothing_pending_a_flush_is_done(kata, unix_pair):
    sock, peer = unix_pair
    sock.setblocking(False)
    output = kata.OutputBuffer(sock)
    assert bytes(output.pending) == b"", "at the beginning nothing is pending"
    assert output.flush() is True, "nothing is pending, so flush() says True"
    output.write(b"all of it")
    assert output.flush() is True, "all was taken at once, so there is nothing left to flush"
    assert unread(peer) == 9, "the nine bytes went with write(); flush() does not send them again"


@hints(
    "What is made in the body of a class is shared by all its objects.",
    "self.pending = bytearray() belongs into __init__.",
)
def test_each_socket_has_a_buffer_of_its_own(kata, unix_pair):
    sock, peer = unix_pair
    small_buffers(sock)
    sock.setblocking(False)
    peer.setblocking(False)
    there, back = kata.OutputBuffer(sock), kata.OutputBuffer(peer)
    assert there.write(LINES) is False, "the buffers are full long before the end"
    assert bytes(back.pending) == b"", "what is pending for one socket is nothing to another"
    back.write(b"answer")
    assert unread(sock) == 6, "each socket sends what was written to its own buffer, and nothing else"


@hints(
    "The peer has reset the connection. Will there ever be room again?",
    "Which exceptions mean 'no room'? Only that one may be turned into False.",
    "Put the data into pending before you send: then an error loses nothing.",
)
def test_a_failed_connection_is_not_a_full_buffer(kata, pair):
    sock, peer = pair
    sock.setblocking(False)
    reset(peer)
    wait_reset(sock)
    output = kata.OutputBuffer(sock)
    with raises_errno("ECONNRESET", "EPIPE", words="the connection has failed, and write() takes it for a full buffer"):
        output.write(b"hello?")
    assert bytes(output.pending) == b"hello?", "write() raised, and your code lost the data that was not sent"


@hints(
    "Bytes are pending, and the peer has gone. Who finds out?",
    "An error that send() raises in flush() propagates as well, unless it is BlockingIOError.",
)
def test_a_peer_that_leaves_shows_in_flush(kata, unix_pair):
    sock, peer = unix_pair
    small_buffers(sock)
    sock.setblocking(False)
    output = kata.OutputBuffer(sock)
    output.write(LINES)
    peer.close()
    with raises_errno(
        "EPIPE", "ECONNRESET", words="nobody will ever read what is pending, and flush() does not say so"
    ):
        output.flush()


@hints(
    "Whoever waits in write() keeps all the other connections waiting too.",
    "Send, and if there is no room, return. Leave the waiting, and the socket's mode, to the caller.",
)
def test_it_never_waits_and_leaves_the_mode_alone(kata, unix_pair, tape):
    sock, _ = unix_pair
    small_buffers(sock)
    sock.setblocking(False)
    output = kata.OutputBuffer(sock)
    output.write(LINES)
    output.flush()
    waited = [call.text for call in tape.waits()]
    assert waited == [], "it waited for room: that is the caller's business, who has other sockets too"
    assert sock.gettimeout() == 0.0, "the caller's socket is still non-blocking"
    assert is_nonblocking(sock), "the kernel's O_NONBLOCK is still set"
