"""The door to sounddevice, and through it to the PortAudio library and the machine's devices."""

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType

from narrator.errors import NoMicrophone, NoOutputDevice

# PortAudio is one for the whole program, so what guards it is too.
_guard = threading.Lock()
_users: list[object] = []


@contextmanager
def devices(otherwise: type[NoOutputDevice] | type[NoMicrophone]) -> Iterator[ModuleType]:
    """Give sounddevice for as long as streams are open, with the devices that are there now.

    PortAudio looks for devices when it starts and never again; so it is started anew, which closes
    all streams, unless somebody uses it. Raises `otherwise` when the library is missing.
    """
    user = object()
    with _guard:
        is_new = "sounddevice" not in sys.modules
        module = _load(otherwise)
        if not is_new and not _users:
            module._terminate()
            module._initialize()
        _users.append(user)
    try:
        yield module
    finally:
        with _guard:
            _users.remove(user)


def reason(error: Exception) -> str:
    """Give the system's own word for what went wrong."""
    return str(error.args[0]) if error.args else type(error).__name__


def _load(otherwise: type[NoOutputDevice] | type[NoMicrophone]) -> ModuleType:
    try:
        import sounddevice
    except OSError as error:  # it looks for the library when it is imported
        raise otherwise(reason(error)) from error
    module: ModuleType = sounddevice
    return module
