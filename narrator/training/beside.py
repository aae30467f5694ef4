"""A training beside another: in a process of its own, with its own threads."""

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing import get_context, parent_process
from threading import Thread

import torch


class BrokenOff(Exception):
    """The training beside did not come to its end; it has told why itself."""

    def __init__(self, train: str, exit_code: int) -> None:
        super().__init__(
            f"{train} broke off with exit code {exit_code}, as told above; "
            "when that is mended, the same command goes on from here."
        )


@contextmanager
def beside(
    threads: int, train: Callable[..., object], *where: object, **how: object
) -> Iterator[None]:
    """Run `train(*where, **how)` with so many threads while the body runs, and wait for its end.

    It ends with the body where that fails, and with the process, however that ends. `train` must be
    importable by name: what `python -m` runs is not. Raises BrokenOff.
    """
    process = get_context("spawn").Process(
        target=_train, args=(threads, train, where, how), daemon=True
    )
    process.start()
    try:
        yield
        process.join()
    finally:
        process.terminate()
    if process.exitcode:
        raise BrokenOff(train.__module__, process.exitcode)


def _train(
    threads: int, train: Callable[..., object], where: tuple[object, ...], how: dict[str, object]
) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that began it
    Thread(target=_end_with_parent, daemon=True).start()
    torch.set_num_threads(threads)
    train(*where, **how)


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
