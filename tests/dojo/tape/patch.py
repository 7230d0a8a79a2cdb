"""Put the tape between Python and the kernel, before the code under test is imported."""

from __future__ import annotations

from dojo.tape import patch_descriptors, patch_sockets, patch_waits
from dojo.tape.interception import Calls
from dojo.tape.recorder import Recorder


def install(recorder: Recorder) -> None:
    """Record every call on sockets, and every wait for them, of this process from now on."""
    calls = Calls(recorder)
    patch_sockets.install(calls)
    patch_descriptors.install(calls)
    patch_waits.install(calls)
