"""A training beside another: in a process of its own, with its own threads."""

import os
import signal
from collections.abc import Callable
from multiprocessing import get_context, parent_process
from multiprocessing.process import BaseProcess
from threading import Thread

import torch


def begin(threads: int, train: Callable[..., object], *where: object, **how: object) -> BaseProcess:
    """Start `train(*where, **how)` with so many threads; it ends with the process that began it.

    `train` must be importable by name: what `python -m` runs is not.
    """
    process = get_context("spawn").Process(
        target=_train, args=(threads, train, where, how), daemon=True
    )
    process.start()
    return process


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
