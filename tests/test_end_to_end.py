"""An EPUB goes in, tagged MP3 chapters come out; stopped or killed, the next run does the rest."""

import signal
import struct
import subprocess
import sys
import time
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import soundfile
from fake_voice import KEY, FakeVoice, build_studio
from mutagen.id3 import ID3
from mutagen.mp3 import MP3

from narrator.audio.segment import read_segment
from narrator.cli import main as cli

TESTS = Path(__file__).parent
CHAPTERS = {
    "The Letters": [
        "On 3 March 1884 the keeper wrote to Dr. Hale.",
        "“Come at once,” he wrote. “Bring oil.”",
    ],
    "The Lighthouse": [
        "It had 112 steps. Nobody counted them but he.",
        "* * *",
        "Then the lamp went out.",
    ],
    "The Storm": ["The wind rose. The sea rose. He did not sleep.", "At dawn there was a sail."],
}
PAGE = (
    '<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml" '
    'xmlns:epub="http://www.idpf.org/2007/ops"><head><title>{title}</title></head><body>{body}</body></html>'
)


def png(size: int = 8) -> bytes:
    """A grey picture."""

    def part(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    rows = b"".join(b"\0" + b"\x80" * size for _ in range(size))
    head = struct.pack(">IIBBBBB", size, size, 8, 0, 0, 0, 0)
    parts = part(b"IHDR", head) + part(b"IDAT", zlib.compress(rows)) + part(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts


def write_epub(path: Path) -> Path:
    """An EPUB 3 with cover, navigation and three chapters."""
    names = [f"c{number}.xhtml" for number in range(1, len(CHAPTERS) + 1)]
    items = "".join(
        f'<item id="{name[:2]}" href="{name}" media-type="application/xhtml+xml"/>'
        for name in names
    )
    refs = "".join(f'<itemref idref="{name[:2]}"/>' for name in names)
    package = (
        '<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0" '
        'unique-identifier="id"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/">'
        '<dc:identifier id="id">urn:x:1</dc:identifier><dc:title>The Keeper &amp; Clerk</dc:title>'
        "<dc:creator>A. N. Writer</dc:creator><dc:language>en</dc:language></metadata><manifest>"
        f'{items}<item id="nav" href="nav.xhtml" properties="nav" '
        'media-type="application/xhtml+xml"/>'
        '<item id="cover" href="cover.png" media-type="image/png" properties="cover-image"/>'
        f"</manifest><spine>{refs}</spine></package>"
    )
    links = "".join(
        f'<li><a href="{name}">{title}</a></li>'
        for name, title in zip(names, CHAPTERS, strict=True)
    )
    nav = PAGE.format(title="Contents", body=f'<nav epub:type="toc"><ol>{links}</ol></nav>')
    container = (
        '<?xml version="1.0"?><container version="1.0" '
        'xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile '
        'full-path="book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/epub+zip")
        archive.writestr("META-INF/container.xml", container)
        archive.writestr("book.opf", package)
        archive.writestr("nav.xhtml", nav)
        archive.writestr("cover.png", png())
        for name, (title, paragraphs) in zip(names, CHAPTERS.items(), strict=True):
            body = f"<h1>{title}</h1>" + "".join(f"<p>{text}</p>" for text in paragraphs)
            archive.writestr(name, PAGE.format(title=title, body=body))
    return path


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("NARRATOR_HOME", str(tmp_path / "home"))
    return write_epub(tmp_path / "keeper.epub")


@pytest.fixture
def narrate(tmp_path: Path, book: Path) -> Callable[..., FakeVoice]:
    def run(out: str = "out", *, home: str = "home") -> FakeVoice:
        voice = FakeVoice()
        studio = build_studio(tmp_path / home, voice)
        words = ["narrate", str(book), "--out", str(tmp_path / out)]
        assert cli.main(words, lambda _: studio, lambda *_: 0) == 0
        return voice

    return run


def chapters_in(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.mp3"))


def killed(tmp_path: Path, book: Path, *, seconds: float) -> None:
    """Narrate in a process of its own and kill it without warning once a chapter is there."""
    home = tmp_path / "home"
    command = [sys.executable, str(TESTS / "narrate_with_fake.py"), str(home), str(seconds)]
    process = subprocess.Popen(
        [*command, "narrate", str(book), "--out", str(tmp_path / "out")],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    for _ in range(6000):  # a busy machine may take long to start Python
        if chapters_in(tmp_path / "out") and list((tmp_path / "out").glob("*.part")):
            break
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.wait(timeout=10)


def test_an_epub_becomes_tagged_chapters_with_its_cover(
    narrate: Callable[..., FakeVoice], tmp_path: Path
) -> None:
    narrate()
    files = chapters_in(tmp_path / "out")
    assert [path.name for path in files] == [
        "01 - The Letters.mp3",
        "02 - The Lighthouse.mp3",
        "03 - The Storm.mp3",
    ]
    for number, (path, title) in enumerate(zip(files, CHAPTERS, strict=True), start=1):
        tags = ID3(path)
        assert str(tags["TIT2"]) == title
        assert str(tags["TALB"]) == "The Keeper & Clerk"
        assert str(tags["TPE1"]) == "A. N. Writer"
        assert str(tags["TRCK"]) == f"{number}/3"
        assert tags.getall("APIC")[0].data == png()
        assert str(tags["TXXX:AI_GENERATED"]) == "1"


def test_the_file_plays_as_long_as_it_says_and_is_nowhere_silent(
    narrate: Callable[..., FakeVoice], tmp_path: Path
) -> None:
    narrate()
    for path in chapters_in(tmp_path / "out"):
        samples, rate = soundfile.read(path)
        assert rate == 44_100
        assert len(samples) / rate == pytest.approx(MP3(path).info.length, abs=0.1)
        blocks = samples[: len(samples) // 4410 * 4410].reshape(-1, 4410)
        assert np.abs(blocks).max(axis=1).min() > 0
        assert np.abs(samples).max() < 0.75


def test_two_homes_with_the_same_key_make_the_same_sound(
    narrate: Callable[..., FakeVoice], tmp_path: Path
) -> None:
    narrate("a", home="home a")
    narrate("b", home="home b")
    for one, other in zip(chapters_in(tmp_path / "a"), chapters_in(tmp_path / "b"), strict=True):
        assert one.read_bytes() == other.read_bytes()


def test_a_killed_run_leaves_no_half_chapter_and_the_next_speaks_the_rest(
    narrate: Callable[..., FakeVoice], book: Path, tmp_path: Path
) -> None:
    killed(tmp_path, book, seconds=0.15)
    whole = {path.name: path.read_bytes() for path in chapters_in(tmp_path / "out")}
    assert 1 <= len(whole) < len(CHAPTERS)
    kept = list((tmp_path / "home" / "cache").glob("*/*.flac"))
    for path in kept:
        read_segment(path, KEY)
    voice = narrate("out")
    reference = narrate("reference", home="another")
    assert len(voice.spoken) == len(reference.spoken) - len(kept)
    for path in chapters_in(tmp_path / "reference"):
        assert (tmp_path / "out" / path.name).read_bytes() == path.read_bytes()
        if path.name in whole:
            assert whole[path.name] == path.read_bytes()
    assert not list((tmp_path / "out").glob(".*.part"))
