"""The command line: what a user types, what comes back, and never a traceback."""

import json
import os
import random
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import soundfile
from fake_voice import FakeVoice, build_studio, write_voice

from narrator.__main__ import main as real_main
from narrator.cli import main as cli
from narrator.errors import DiskFull, ModelMissing
from narrator.studio.studio import Studio

TESTS = Path(__file__).parent.parent
BOOK = """# The Keeper

## One

It rained. He ran.

## Two

She waited.

## Three

All slept.
"""
RANDOM = random.Random(1).randbytes(5000)
Run = Callable[..., int]


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NARRATOR_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "book.md"
    path.write_text(BOOK, "utf-8")
    return path


@pytest.fixture
def run(studio: Studio) -> Run:
    return lambda *words: cli.main([str(word) for word in words], lambda _: studio, lambda *_: 0)


def refusal(capsys: pytest.CaptureFixture[str]) -> str:
    """The one sentence on stderr."""
    said = capsys.readouterr().err
    assert "Traceback" not in said
    (line,) = said.splitlines()
    assert line.endswith(".")
    return line


def test_a_book_becomes_files_whose_paths_are_printed(
    run: Run, book: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert run("narrate", book, "--out", "out") == 0
    printed = [line for line in capsys.readouterr().out.splitlines() if line.endswith(".mp3")]
    assert [Path(line).name for line in printed] == [
        "01 - One.mp3",
        "02 - Two.mp3",
        "03 - Three.mp3",
    ]
    assert all((tmp_path / line).is_file() for line in printed)


def test_without_a_folder_the_book_gives_its_name_to_one(
    run: Run, book: Path, tmp_path: Path
) -> None:
    assert run("narrate", book, "--chapters", "2") == 0
    assert [path.name for path in tmp_path.glob("*/*.mp3")] == ["02 - Two.mp3"]


def test_chapters_can_be_listed_and_ranged(run: Run, book: Path, tmp_path: Path) -> None:
    assert run("narrate", book, "--out", "out", "--chapters", "1,3-3") == 0
    names = sorted(path.name for path in (tmp_path / "out").glob("*.mp3"))
    assert names == ["01 - One.mp3", "03 - Three.mp3"]


def test_a_second_run_says_that_all_is_there(
    run: Run, book: Path, voice: FakeVoice, capsys: pytest.CaptureFixture[str]
) -> None:
    run("narrate", book, "--out", "out")
    first = capsys.readouterr().out
    voice.spoken.clear()
    assert run("narrate", book, "--out", "out") == 0
    again = capsys.readouterr()
    assert again.out == first
    assert again.err.count("unchanged") == 3
    assert voice.spoken == []


def test_what_is_left_out_is_listed_with_its_reason(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "book.html"
    page.write_text(
        "<h1>Copyright</h1><p>Copyright © 2020 A. Writer. All rights reserved.</p>"
        "<h1>One</h1><p>It rained. He ran.</p>",
        "utf-8",
    )
    assert run("narrate", page, "--out", "out") == 0
    said = capsys.readouterr().out
    if "left out" in said:
        assert "words)" in said


def test_voices_are_listed_with_their_licence(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("voices") == 0
    assert "kathleen" in (said := capsys.readouterr().out)
    assert "CC0-1.0" in said


def test_a_damaged_voice_does_not_hide_the_others(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (write_voice(tmp_path / "home" / "voices", "aaron") / "profile.json").write_text("{", "utf-8")
    assert run("voices") == 1
    said = capsys.readouterr()
    assert "kathleen" in said.out
    assert "aaron" in said.err


def test_a_line_is_shown_as_json_without_being_spoken(
    run: Run, voice: FakeVoice, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("say", "It rained. “He ran…” 😀", "--show") == 0
    shown = json.loads(capsys.readouterr().out)
    assert shown[0]["text"] == "It rained."
    assert shown[0]["spoken"] == "IT RAINED."
    assert shown[0]["phonemes"]
    assert voice.loads == []


def test_a_line_is_spoken_into_a_file(run: Run, tmp_path: Path) -> None:
    assert run("say", "It rained. He ran.", "--out", "line.wav") == 0
    samples, rate = soundfile.read(tmp_path / "line.wav")
    assert rate == 24_000
    assert len(samples) > rate / 2


@pytest.mark.parametrize("options", [("--show",), ("--out", "line.wav")])
def test_a_line_without_words_is_refused(
    run: Run, options: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("say", "…!?", *options) == 1
    assert "nothing to say" in refusal(capsys)
    assert not (tmp_path / "line.wav").exists()


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("sing",),
        ("narrate",),
        ("narrate", "b.md", "--chapters", "3-1"),
        ("narrate", "b.md", "--chapters", "one"),
        ("narrate", "b.md", "--chapters", ""),
        ("narrate", "b.md", "--chapters", "-1"),
        ("narrate", "b.md", "--speed", "0"),
        ("narrate", "b.md", "--speed", "nan"),
        ("narrate", "b.md", "--speed", "fast"),
        ("narrate", "b.md", "--device", "gpu"),
        ("say",),
    ],
)
def test_wrong_usage_is_code_2(run: Run, words: tuple[str, ...]) -> None:
    with pytest.raises(SystemExit) as caught:
        run(*words)
    assert caught.value.code == 2


def corrupt_zip(path: Path) -> None:
    path.write_bytes(b"PK\x03\x04" + bytes(range(256)) * 4)


def encrypted_epub(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/epub+zip")
        archive.writestr(
            "META-INF/encryption.xml",
            '<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container">'
            '<EncryptedData xmlns="http://www.w3.org/2001/04/xmlenc#">'
            '<EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#aes128-cbc"/>'
            '<CipherData><CipherReference URI="a.xhtml"/></CipherData></EncryptedData>'
            "</encryption>",
        )


BAD_BOOKS: dict[str, tuple[str, Callable[[Path], object]]] = {
    "missing file": ("none.epub", lambda path: None),
    "directory": ("folder", lambda path: path.mkdir()),
    "empty file": ("empty.epub", lambda path: path.touch()),
    "corrupt zip": ("corrupt.epub", corrupt_zip),
    "encrypted EPUB": ("locked.epub", encrypted_epub),
    "binary file called .txt": ("binary.txt", lambda path: path.write_bytes(RANDOM)),
    "book without text": ("blank.txt", lambda path: path.write_text("\n \n* * *\n", "utf-8")),
    "file of another kind": ("book.exe", lambda path: path.write_bytes(b"MZ")),
}


@pytest.mark.parametrize("kind", BAD_BOOKS)
def test_a_bad_book_is_one_sentence_and_code_1(
    run: Run, kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], voice: FakeVoice
) -> None:
    name, make = BAD_BOOKS[kind]
    make(tmp_path / name)
    assert run("narrate", tmp_path / name) == 1
    assert name in refusal(capsys)
    assert voice.loads == []


def test_an_unknown_voice_is_told_with_those_that_are_there(
    run: Run, book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("narrate", book, "--voice", "nobody") == 1
    assert "kathleen" in refusal(capsys)


@pytest.mark.parametrize("chapters", ["0", "4", "1-999999999", "999999999"])
def test_a_chapter_out_of_range_is_told_with_the_range(
    run: Run, book: Path, chapters: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("narrate", book, "--chapters", chapters) == 1
    assert "from 1 to 3" in refusal(capsys)


def test_an_unwritable_folder_is_named(
    run: Run, book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").touch()
    assert run("narrate", book, "--out", tmp_path / "file" / "out") == 1
    assert "choose another folder" in refusal(capsys)


def test_a_full_disk_is_told_with_what_to_do(
    studio: Studio, voice: FakeVoice, book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    voice.load_error = DiskFull(Path("/out"), 0)
    assert cli.main(["narrate", str(book)], lambda _: studio, lambda *_: 0) == 1
    assert "free some space" in refusal(capsys)


def test_a_missing_model_is_named(
    run: Run, voice: FakeVoice, book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    voice.load_error = ModelMissing(Path("model/acoustic.safetensors"))
    assert run("narrate", book) == 1
    assert "acoustic.safetensors" in refusal(capsys)


def test_a_failed_chapter_is_told_and_the_others_are_written(
    run: Run, voice: FakeVoice, book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    voice.broken = ("waited",)
    assert run("narrate", book, "--out", "out") == 1
    assert "“She waited.”" in capsys.readouterr().err
    assert len(list((tmp_path / "out").glob("*.mp3"))) == 2


def test_the_unexpected_is_logged_and_told_in_one_sentence(
    run: Run, voice: FakeVoice, book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    voice.load_error = ZeroDivisionError("a secret")
    assert run("narrate", book) == 1
    said = refusal(capsys)
    log = tmp_path / "home" / "log" / "narrator.log"
    assert str(log) in said
    assert "a secret" not in said
    assert "ZeroDivisionError" in log.read_text("utf-8")
    assert "a secret" not in log.read_text("utf-8")


def test_the_log_holds_nothing_of_the_book(
    run: Run, voice: FakeVoice, book: Path, tmp_path: Path
) -> None:
    voice.broken = ("waited",)
    run("narrate", book)
    log = (tmp_path / "home" / "log" / "narrator.log").read_text("utf-8")
    for word in ("rained", "waited", "Two", "book.md"):
        assert word not in log


def test_the_app_is_handed_the_studio_and_the_file(studio: Studio) -> None:
    handed: list[object] = []

    def run_app(*parts: object) -> int:
        handed.extend(parts)
        return 7

    assert cli.main(["app", "book.epub"], lambda _: studio, run_app) == 7
    assert handed == [studio, Path("book.epub")]


def test_ctrl_c_while_the_studio_opens_is_quiet(capsys: pytest.CaptureFixture[str]) -> None:
    def interrupted(_: object) -> Studio:
        raise KeyboardInterrupt

    assert cli.main(["voices"], interrupted, lambda *_: 0) == 130
    assert refusal(capsys) == "Stopped."


def test_the_real_program_refuses_a_missing_book(capsys: pytest.CaptureFixture[str]) -> None:
    assert real_main(["narrate", "none.epub"]) == 1
    assert "none.epub" in refusal(capsys)


def test_the_real_program_shows_a_line_without_torch(tmp_path: Path) -> None:
    script = (
        "import sys; from narrator.__main__ import main; "
        "code = main(['say', 'It rained. “He ran…” 😀', '--show']); "
        "sys.exit(5 if 'torch' in sys.modules else code)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHONIOENCODING": "ascii"},
        check=True,
    )
    shown = json.loads(done.stdout)
    assert shown[0]["spoken"].startswith("It rained")
    assert "R" in shown[0]["phonemes"]
    assert "\\u201c" in done.stdout


@pytest.fixture
def started(tmp_path: Path) -> Iterator[Callable[..., subprocess.Popen[str]]]:
    processes: list[subprocess.Popen[str]] = []

    def start(*words: object, seconds: float = 0.3) -> subprocess.Popen[str]:
        command = [sys.executable, str(TESTS / "narrate_with_fake.py"), str(tmp_path / "home")]
        process = subprocess.Popen(
            [*command, str(seconds), *(str(word) for word in words)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            # A shell lets its jobs in the background ignore Ctrl-C, and tests may be one of them.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        )
        processes.append(process)
        return process

    yield start
    for process in processes:
        process.kill()
        process.communicate()


def wait_for(path: Path, process: subprocess.Popen[str]) -> None:
    for _ in range(400):
        if path.exists() or process.poll() is not None:
            return
        time.sleep(0.02)


def test_ctrl_c_keeps_what_is_finished_and_names_the_rest(
    started: Callable[..., subprocess.Popen[str]], book: Path, tmp_path: Path
) -> None:
    with book.open("a", encoding="utf-8") as file:  # more than is spoken ahead
        file.writelines(f"And then came night {number}. " for number in range(1, 41))
    process = started("narrate", book, "--out", "out", seconds=0.5)
    wait_for(tmp_path / "out" / "01 - One.mp3", process)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=20)
    assert process.returncode == 130
    assert "Traceback" not in err
    assert "Three" in err
    assert "01 - One.mp3" in out
    assert sorted(path.name for path in (tmp_path / "out").iterdir())[:2] == [
        ".narrator.json",
        "01 - One.mp3",
    ]
    assert not list((tmp_path / "out").glob("*.part"))


def test_a_pipe_that_closes_is_no_error(
    started: Callable[..., subprocess.Popen[str]], book: Path, tmp_path: Path
) -> None:
    process = started("narrate", book, "--out", "out", seconds=0)
    assert process.stdout
    process.stdout.close()
    assert process.stderr
    err = process.stderr.read()
    process.wait(timeout=20)
    assert process.returncode == 0
    assert "Error" not in err
    assert len(list((tmp_path / "out").glob("*.mp3"))) == 3


def test_progress_on_a_terminal_is_one_line_that_is_rewritten(
    tmp_path: Path, book: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    studio = build_studio(tmp_path / "home", FakeVoice())
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    cli.main(["narrate", str(book), "--out", "out"], lambda _: studio, lambda *_: 0)
    said = capsys.readouterr().err
    assert "\rchapter 1 of 3, sentence 1 of 3: One\x1b[K" in said
    assert "\n" not in said
    assert said.endswith("\r\x1b[K")
