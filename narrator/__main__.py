"""Composition root: the one place that knows every room; heavy packages load when needed."""

from __future__ import annotations

import sys

SWITCH_SECONDS = 0.0005
TYPE_CHECKING = False  # typing and all else are imported where a Ctrl-C is already quiet
if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from narrator.settings import Folders
    from narrator.speech import Engine
    from narrator.studio.studio import Studio


def main(argv: Sequence[str] | None = None) -> int:
    """Run narrator with the arguments `argv`, or those of the process, and give its exit code."""
    try:
        from narrator.cli.main import main as run

        code = run(argv, open_studio, _run_app)
    except KeyboardInterrupt:
        code = 130
    if argv is None:
        _leave_stuck_threads(code)
    return code


def open_studio(folders: Folders) -> Studio:
    """Put the studio together from this user's folders and the shipped voices and weights.

    Raises FolderNotWritable or DiskFull when the installation's key cannot be made.
    """
    from narrator.engine import manifest
    from narrator.profiles.keys import Keys
    from narrator.profiles.log import ConsentLog
    from narrator.profiles.shelf import VoiceShelf
    from narrator.profiles.vault import Vault
    from narrator.settings import installation_key, load_settings, resource
    from narrator.studio.speaking.cache import Cache
    from narrator.studio.studio import FrontEnd, Studio
    from narrator.text import frontend, respelling

    settings = load_settings(folders.config)
    key = installation_key(folders.data)
    model = resource("resources/model")
    secrets = Keys(folders.data / "keys")
    return Studio(
        folders=folders,
        settings=settings,
        voices=VoiceShelf(
            resource("voices"),
            Vault(folders.data / "voices", secrets),
            ConsentLog(folders.data / "consents.jsonl", secrets),
            encoder=lambda: manifest.encoder_fingerprint(model),
        ),
        cache=Cache(folders.cache / "segments", key=key, quota_bytes=settings.cache_bytes),
        front_end=FrontEnd(
            frontend.phonemize,
            frontend.spoken,
            frontend.fingerprint,
            respelling.respelled,
            respelling.phonemes_shown,
        ),
        load_engine=lambda device: _load_engine(model, device, folders.cache / "precision.json"),
        model_fingerprint=lambda: manifest.fingerprint(model),
        key=key,
    )


def _load_engine(model: Path, device: str, remembered: Path) -> Engine:
    import gc
    import os

    # Threads that spin while they wait make synthesis several times slower on a busy machine;
    # OpenMP reads this once, when torch is first imported.
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    # A network is hundreds of short steps, and after each a thread asks for the interpreter again:
    # at Python's own 5 ms the threads that speak would often wait longer for it than they compute.
    sys.setswitchinterval(SWITCH_SECONDS)
    # What is loaded here stays. The collector would look through all of it time and again, and no
    # other thread runs meanwhile: a window would stand still for a tenth of a second each time.
    gc.disable()
    try:
        from narrator.engine.synthesizer import load_engine

        return load_engine(model, device=device, remembered=remembered)
    finally:
        gc.freeze()
        gc.enable()


def _run_app(studio: Studio, book: Path | None) -> int:
    from narrator.gui import app

    return app.run(studio, book)


def _leave_stuck_threads(code: int) -> None:
    """End the process at once when the synthesis thread hangs: a plain exit may crash then."""
    import os
    import threading

    if any(
        thread.name.startswith(("synthesis", "speaking", "marking", "task"))
        for thread in threading.enumerate()
    ):
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    sys.exit(main())
