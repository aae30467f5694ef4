"""The house keeps its layers: who may import whom, which package stands behind which door."""

import ast
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "narrator"
BASE = ("errors", "disk")
ROOF = (*BASE, "speech", "settings", "words", "book", "audio", "profiles", "project", "studio")
MAY_IMPORT: dict[str, tuple[str, ...]] = {
    "errors": (),
    "disk": ("errors",),
    "speech": BASE,
    "settings": BASE,
    "words": BASE,
    "book": BASE,
    "text": (*BASE, "speech"),
    "audio": (*BASE, "speech"),
    "engine": (*BASE, "speech", "text"),
    "profiles": (*BASE, "speech", "audio"),
    "project": (*BASE, "speech", "book"),
    "studio": (*BASE, "speech", "settings", "book", "text", "audio", "profiles", "project"),
    "training": (*BASE, "speech", "text", "audio", "engine"),
    "cli": ROOF,
    "gui": ROOF,
    "__main__": (*ROOF, "text", "engine", "cli", "gui"),
}
DOORS: dict[str, tuple[str, ...]] = {
    "torch": ("engine", "training"),
    "torchaudio": ("engine", "training"),
    "safetensors": ("engine", "training"),
    "gruut": ("text", "training"),
    "num2words": ("text",),
    "ebooklib": ("book",),
    "lxml": ("book",),
    "zipfile": ("book",),
    "sqlite3": ("project", "text/g2p.py"),
    "markdown_it": ("book",),
    "sounddevice": ("audio/portaudio.py",),
    "soundfile": ("audio", "training"),
    "pocketsphinx": ("audio/recognize.py", "engine/align.py", "training"),
    "parselmouth": ("engine", "training"),
    "av": ("audio",),
    "lameenc": ("audio/encode.py",),
    "mutagen": ("audio/tagging.py",),
    "pydub": ("audio",),
    "pyebur128": ("audio", "engine/clean.py"),
    "cryptography": ("audio", "profiles", "studio"),
    "PySide6": ("gui",),
    "argparse": ("cli", "training"),
    "appdirs": ("settings.py",),
    "pickle": (),
    "socket": (),
    "urllib.request": (),
    "http.client": (),
    "requests": (),
}
WRITES_SOUND = ("audio/encode.py", "audio/masters.py")
MAKES_MARKED_AUDIO = ("audio/watermark/marked.py",)
MARKS_SPEECH = ("studio/speaking/worker.py", "training/evaluation/page.py")
MAY_PRINT = ("cli/terminal.py", "training")
LONGEST_FILE = 300

FILES = sorted(PACKAGE.rglob("*.py"))


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def within(path: Path, places: tuple[str, ...]) -> bool:
    here = path.relative_to(PACKAGE).as_posix()
    return any(here == place or here.startswith(f"{place}/") for place in places)


def imports(path: Path) -> Iterator[str]:
    """The full names that a file imports, inside functions and for type checking too."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports relatively"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def calls(path: Path) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree_of(path)) if isinstance(node, ast.Call))


def called(call: ast.Call) -> str:
    match call.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case _:
            return ""


def here(path: Path, node: ast.expr | ast.stmt | ast.ExceptHandler | None = None) -> str:
    line = f":{node.lineno}" if node else ""
    return f"{path.relative_to(PACKAGE).as_posix()}{line}"


def test_a_room_uses_only_rooms_below_it() -> None:
    offences = []
    for path in FILES:
        for name in imports(path):
            top, _, rest = name.partition(".")
            other = rest.partition(".")[0]
            if top == "narrator" and other not in {room(path), *MAY_IMPORT.get(room(path), ())}:
                offences.append(f"{here(path)} reaches {name}")
    assert not offences


def test_the_table_only_points_back() -> None:
    seen: set[str] = set()
    for name, below in MAY_IMPORT.items():
        assert set(below) <= seen, name
        seen.add(name)


def test_every_room_stands_in_the_table() -> None:
    assert {room(path) for path in FILES} - {"__init__"} <= set(MAY_IMPORT)


def test_an_awkward_package_is_opened_behind_its_door_alone() -> None:
    offences = [
        f"{here(path)} opens {package}"
        for path in FILES
        for name in imports(path)
        for package, places in DOORS.items()
        if f"{name}.".startswith(f"{package}.") and not within(path, places)
    ]
    assert not offences


def test_no_files_import_each_other_in_a_circle() -> None:
    known = {module_name(path): path for path in FILES}
    graph = {
        name: {found for used in imports(path) if (found := longest(used, known)) and found != name}
        for name, path in known.items()
    }
    TopologicalSorter(graph).prepare()


def module_name(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def longest(used: str, known: dict[str, Path]) -> str | None:
    """The module that `used` names, which may go on with a name inside it."""
    while used and used not in known:
        used = used.rpartition(".")[0]
    return used if used != "narrator" else None


def test_marked_audio_is_made_behind_one_door() -> None:
    assert not [
        here(path, call)
        for path in FILES
        for call in calls(path)
        if called(call) == "MarkedAudio" and not within(path, MAKES_MARKED_AUDIO)
    ]


def test_speech_becomes_marked_in_the_worker_and_on_the_page_for_listeners_alone() -> None:
    markers = [path for path in FILES if "narrator.audio.watermark.marked.mark" in imports(path)]
    assert [here(path) for path in markers] == list(MARKS_SPEECH)


@pytest.mark.parametrize(
    ("made", "places"),
    [
        ("ConsentFacts", ("profiles/cloning.py", "profiles/records.py")),
        ("Take", ("audio/microphone.py",)),
        ("append_created", ("profiles/shelf.py",)),
    ],
)
def test_a_consent_comes_from_its_steps_alone(made: str, places: tuple[str, ...]) -> None:
    calling = [
        path
        for path in FILES
        if any(called(call) == made for call in calls(path))
        and "narrator.project.model.Take" not in imports(path)  # a reading, not a recording
        and here(path) != "project/model.py"
    ]
    assert calling
    assert not [here(path) for path in calling if not within(path, places)]


def test_sound_files_are_opened_for_writing_behind_one_door() -> None:
    outside = [path for path in FILES if not within(path, WRITES_SOUND)]
    assert not [here(path, call) for path in outside for call in calls(path) if writes_sound(call)]
    assert not [here(path) for path in outside if "wave" in imports(path)]


def writes_sound(call: ast.Call) -> bool:
    modes = [*call.args[1:2], *(word.value for word in call.keywords if word.arg == "mode")]
    writes = any(isinstance(mode, ast.Constant) and "w" in str(mode.value) for mode in modes)
    match call.func:
        case ast.Attribute(value=ast.Name(id="soundfile" | "sf"), attr="write"):
            return True
        case ast.Attribute(value=ast.Name(id="soundfile" | "sf"), attr="SoundFile"):
            return writes
        case ast.Attribute(value=ast.Name(id="av"), attr="open"):
            return writes
        case _:
            return called(call) in {"Encoder", "SoundFile"} and writes


def test_nothing_prints_but_the_command_line() -> None:
    assert not [
        here(path, call)
        for path in FILES
        for call in calls(path)
        if called(call) == "print" and not within(path, MAY_PRINT)
    ]


def test_no_except_swallows() -> None:
    assert not [
        here(path, node)
        for path in FILES
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.ExceptHandler) and swallows(node)
    ]


def swallows(handler: ast.ExceptHandler) -> bool:
    """Whether a handler catches everything unnamed, does nothing, or is broad and tells nobody."""
    if handler.type is None or all(does_nothing(part) for part in handler.body):
        return True
    names = {name.id for name in ast.walk(handler.type) if isinstance(name, ast.Name)}
    return bool(names & {"Exception", "BaseException"}) and not raises_or_tells(handler)


def does_nothing(part: ast.stmt) -> bool:
    constant = isinstance(part, ast.Expr) and isinstance(part.value, ast.Constant)
    return constant or isinstance(part, ast.Pass)


def raises_or_tells(handler: ast.ExceptHandler) -> bool:
    used = {node.id for node in ast.walk(handler) if isinstance(node, ast.Name)}
    raises = any(isinstance(node, ast.Raise) for node in ast.walk(handler))
    return raises or handler.name in used or "log" in used


def test_no_file_is_too_long() -> None:
    lengths = {here(path): len(path.read_text("utf-8").splitlines()) for path in FILES}
    assert not {name: lines for name, lines in lengths.items() if lines > LONGEST_FILE}


def test_each_file_says_what_it_is_in_its_first_line() -> None:
    assert not [
        here(path) for path in FILES if not (ast.get_docstring(tree_of(path)) or "")[:1].strip()
    ]


@pytest.mark.parametrize("package", ["torch", "PySide6", "gruut", "av", "sounddevice"])
def test_the_command_line_starts_without_heavy_packages(package: str) -> None:
    reached, waiting = set[str](), ["narrator.cli.main"]
    known = {module_name(path): path for path in FILES}
    while waiting:
        module = waiting.pop()
        if module in reached:
            continue
        reached.add(module)
        for node in tree_of(known[module]).body:
            used = list(names_of(node))
            assert not any(name.partition(".")[0] == package for name in used), module
            waiting += [found for name in used if (found := longest(name, known))]


def names_of(node: ast.stmt) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        yield from (f"{node.module}.{alias.name}" for alias in node.names)
