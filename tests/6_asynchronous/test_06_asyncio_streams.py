"""6.6: a frame is whole or an error, the stream ends between frames, and a writer waits for its reader."""

import asyncio
import contextlib

import pytest

from dojo.suite import GREEN, asleep_in, hints, on_stub, read_exactly, read_to_end, reset, wait_reset, wait_until

PIECE = 16 * 1024  # bytes of a body that the writer sends


def frame(body):
    """A body with its length before it."""
    return len(body).to_bytes(4, "big") + body


@pytest.fixture
def on_stream(background):
    """`on_stream(sock, name, use)` runs the coroutine use(reader, writer) on a loop of its own, and calls it `name`."""

    def start(sock, name, use):
        async def story():
            reader, writer = await asyncio.open_connection(sock=sock)
            try:
                return await use(reader, writer)
            finally:
                if not writer.is_closing():
                    writer.transport.abort()

        def run():
            return asyncio.run(story())

        run.__name__ = name
        return background(run, may_raise=True)

    return start


@pytest.fixture
def read(kata, unix_pair, on_stream):
    """`read(frames, limit)` starts to read so many frames: in the end the list of them, and what follows them."""

    def start(frames=1, limit=1000, sock=unix_pair[0], rest=False):
        async def use(reader, writer):
            found = [await kata.read_frame(reader, limit) for _ in range(frames)]
            return [*found, await reader.read()] if rest else found

        return on_stream(sock, "read_frame", use)

    return start


@pytest.fixture
def write(kata, unix_pair, on_stream):
    """`write(bodies)` starts to write them as frames."""

    def start(bodies, sock=unix_pair[0]):
        async def use(reader, writer):
            answer = await kata.write_frames(writer, bodies), writer.is_closing()
            writer.close()  # what is still in memory goes out first
            with contextlib.suppress(OSError):  # code that has not met the reset by now has missed it
                await writer.wait_closed()
            return answer

        return on_stream(sock, "write_frames", use)

    return start


@pytest.fixture
def rest(tape):
    """`rest(running)` waits until the loop sleeps and nothing is left to do, or the coroutine has ended."""

    def wait(running):
        def at_rest():
            under_way = [call for call in tape.calls() if call.ended is None and call.name != "selector.select"]
            return running.done or any(asleep_in(call) for call in under_way)

        wait_until(at_rest, f"{running.name}() to wait")

    return wait


def outcome(running):
    """What the coroutine returned, or the kind of what it raised."""
    try:
        return running.result()
    except EOFError:
        return "EOFError"
    except (OSError, ValueError) as error:
        return type(error).__name__


@hints(
    "The first four bytes are a number. How many bytes follow it?",
    'int.from_bytes(header, "big") is the length of the body: read that many, and return them without the header.',
)
@on_stub(GREEN)
def test_the_body_of_a_frame_is_returned(read, unix_pair):
    _, peer = unix_pair
    peer.send(b"\x00\x00\x00\x05hello")
    (body,) = read().result()
    assert body == b"hello", "your code did not return the five bytes after the length"
    assert type(body) is bytes, "your code did not return the body as bytes"


@hints(
    "read(n) is content with less than n. What do you do with one byte of five?",
    "reader.readexactly(n) waits until all of them have come.",
)
@on_stub("a frame came in pieces, and your code took a piece for the whole")
def test_a_frame_that_comes_in_pieces_is_put_together(read, unix_pair, rest):
    _, peer = unix_pair
    reading = read()
    # A byte goes out when the loop has read the one before, and sleeps.
    for byte in frame(b"hello"):
        rest(reading)
        if reading.done:
            break
        peer.send(bytes([byte]))
    assert outcome(reading) == [b"hello"], "a frame came in pieces, and your code took a piece for the whole"


@hints(
    "A frame may be longer than all buffers. How much does one read() return?",
    "readexactly() collects as much as it takes; the limit of the reader is for lines, and not for it.",
)
@on_stub("a frame came in pieces, and your code took a piece for the whole")
def test_a_frame_as_long_as_the_limit_is_read_whole(read, unix_pair):
    _, peer = unix_pair
    body = b"%7d " * 100_000 % tuple(range(100_000))
    reading = read(limit=len(body))
    with contextlib.suppress(BrokenPipeError):  # the reader may have gone with a part of it
        peer.sendall(frame(body))
    got = outcome(reading)
    assert got == [body], "a frame came in pieces, and your code took a piece for the whole"


@hints(
    "Two frames have come at once. Where is the second, when you return the first?",
    "Read as many bytes as the frame has, and no more: the rest stays in the reader.",
)
@on_stub(GREEN)
def test_what_follows_a_frame_stays_in_the_reader(read, unix_pair):
    _, peer = unix_pair
    peer.send(frame(b"one") + frame(b"three") + b"xyz")
    peer.close()
    got = outcome(read(frames=2, rest=True))
    assert got == [b"one", b"three", b"xyz"], "a call did not take one frame, and leave what follows it"


@hints(
    "A length of 0 is a length. What does the frame hold?",
    'An empty body is a message: b"". None is only for the end of the stream.',
)
@on_stub("an empty body came, and your code did not return it: it is a message, and not the end")
def test_an_empty_body_is_a_message(read, unix_pair):
    _, peer = unix_pair
    peer.send(frame(b"") + frame(b"more"))
    peer.close()
    got = outcome(read(frames=2))
    assert got == [b"", b"more"], (
        "an empty body came, and your code did not return it: it is a message, and not the end"
    )


@hints(
    "Where may a stream end, so that nothing is missing?",
    "Before the first byte of a length: readexactly(4) then raises IncompleteReadError, and nothing is in its partial.",
)
@on_stub(GREEN)
def test_the_end_between_two_frames_is_none(read, unix_pair):
    _, peer = unix_pair
    peer.send(frame(b"last"))
    peer.close()
    got = outcome(read(frames=2))
    assert got == [b"last", None], "the stream ended between two frames, and your code did not return None"


@hints(
    "Two of the four bytes have come, and then the end. Is anything missing?",
    "IncompleteReadError holds in `partial` what there was: let it propagate, it is an EOFError.",
)
@on_stub("the stream ended in the middle of a length, and the caller never finds out")
def test_an_end_inside_the_length_is_an_error(read, unix_pair):
    _, peer = unix_pair
    peer.send(b"\x00\x00")
    peer.close()
    got = outcome(read())
    assert got == "EOFError", "the stream ended in the middle of a length, and the caller never finds out"


@hints(
    "The length promises five bytes. What if the stream ends before they are there?",
    "An empty `partial` says that none of the body has come: with the length read, that is not a good end either.",
    "Catch IncompleteReadError round the four bytes of the length alone.",
)
@on_stub("the stream ended before the body was whole, and the caller never finds out")
@pytest.mark.parametrize("part", [b"", b"hel"], ids=["none_of_it", "a_part_of_it"])
def test_an_end_inside_the_body_is_an_error(read, unix_pair, part):
    _, peer = unix_pair
    peer.send(b"\x00\x00\x00\x05" + part)
    peer.close()
    got = outcome(read())
    assert got == "EOFError", "the stream ended before the body was whole, and the caller never finds out"


@hints(
    "Four bytes can promise 4 GiB. When do you compare them with the limit?",
    "Before you read the body: raise ValueError as soon as the length is known.",
)
@on_stub("the length was over the limit, and your code did not raise: do not wait for the body")
def test_a_length_over_the_limit_is_refused_before_the_body(read, unix_pair):
    _, peer = unix_pair
    # 4 GiB are promised. A reader who believes that waits for them, and finds the end.
    peer.send(b"\xff\xff\xff\xff")
    peer.close()
    got = outcome(read(limit=1000))
    assert got == "ValueError", "the length was over the limit, and your code did not raise: do not wait for the body"


@hints(
    "Which lengths are allowed: below the limit, or up to it?",
    "size > limit is refused; size == limit is read.",
)
@on_stub(GREEN)
def test_a_body_of_one_byte_more_is_refused(read, unix_pair):
    _, peer = unix_pair
    peer.send(frame(bytes(11)))
    assert outcome(read(limit=10)) == "ValueError", (
        "eleven bytes came, and the limit was ten, and your code did not raise"
    )


@hints(
    "A reset is not an end: bytes may be missing, and nobody knows which. What does the reader raise?",
    "It raises ConnectionResetError; catch IncompleteReadError alone, and let everything else propagate.",
)
@on_stub(GREEN)
def test_a_reset_is_no_end(read, pair):
    sock, peer = pair
    reset(peer)
    wait_reset(sock)
    assert outcome(read(sock=sock)) == "ConnectionResetError", "the peer reset, and your code took that for a good end"


@hints(
    "What does the reader at the other end expect before each body?",
    'len(body).to_bytes(4, "big"), before an empty body too.',
)
@on_stub(GREEN)
def test_each_body_goes_out_with_its_length(write, unix_pair):
    _, peer = unix_pair
    writing = write(iter([b"one", b"", bytes(300)]))
    assert writing.result() == (None, False), "your write_frames() returned something, or closed the writer"
    wanted = frame(b"one") + frame(b"") + frame(bytes(300))
    assert read_to_end(peer) == wanted, "not each body went out, in order, with its length before it"


@hints(
    "write() never waits. Where are the bytes that the socket does not take?",
    "In memory, as many as you write. await writer.drain() waits while it is too much.",
    "After each write(), not once at the end: by then all is in memory. In 3.12 and 3.13.0 writelines() never pauses.",
)
@on_stub("the peer did not read, and your code still took every body: memory fills up")
def test_it_waits_for_a_peer_that_does_not_read(write, unix_pair, rest):
    _, peer = unix_pair
    taken = []

    def bodies():
        for number in range(200):
            taken.append(number)
            yield bytes([number]) * PIECE

    writing = write(bodies())
    # The peer reads nothing, until nothing moves any more. Then it reads everything.
    rest(writing)
    assert len(taken) < 100, "the peer did not read, and your code still took every body: memory fills up"
    for number in range(200):
        assert read_exactly(peer, 4 + PIECE) == frame(bytes([number]) * PIECE), (
            "the peer read again, and not each frame came"
        )
    writing.result()


@hints(
    "write() to a lost connection does nothing, and raises nothing. Which call tells?",
    "drain() raises ConnectionResetError.",
)
@on_stub("the peer reset, and the caller never finds out")
def test_a_reset_propagates_from_the_writer(write, pair):
    sock, peer = pair
    reset(peer)
    wait_reset(sock)
    got = outcome(write([bytes(PIECE)] * 20, sock=sock))
    allowed = ("ConnectionResetError", "BrokenPipeError")
    assert got in allowed, "the peer reset, and the caller never finds out"
