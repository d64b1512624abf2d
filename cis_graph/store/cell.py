"""A process shuts itself in: it ends with its parent, has no network where the system allows, and bounded memory."""

import ctypes
import fcntl
import resource
import socket
import struct
import sys

from cis_graph.processes import end_with_parent

_SET_FLAGS, _UP_AND_RUNNING = 0x8914, 0x41  # netdevice(7)
_NEW_USER, _NEW_NET = 0x10000000, 0x40000000  # unshare(2)


def shut_in(memory: int) -> bool:
    """Bounds this process to ``memory`` MiB of data; whether it is now without a network.

    The guard keeps queries from asking other servers; without a network they could not even if it failed. Where the
    system forbids an own network namespace, the guard is the only wall.
    """
    limit = memory * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))  # addresses set aside but never used do not count
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if not sys.platform.startswith("linux"):
        return False
    libc = ctypes.CDLL(None)
    alone = bool(libc.unshare(_NEW_NET) == 0 or libc.unshare(_NEW_USER | _NEW_NET) == 0)
    end_with_parent()  # after that: new rights make the kernel forget the signal
    return alone


def raise_loopback() -> None:
    """Makes the loopback of an own network work; nothing else is on it."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        fcntl.ioctl(any_socket, _SET_FLAGS, struct.pack("16sh14x", b"lo", _UP_AND_RUNNING))
