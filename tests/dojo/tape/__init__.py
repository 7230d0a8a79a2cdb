"""The tape: every call that a test's process makes on a descriptor, with its two phases, waiting and copying.

The patches record it, shared memory keeps it when the process is gone, and the drawing shows it.
It imports core.
"""
