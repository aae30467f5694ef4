"""What is handed out is whole: wheel and sdist, exact versions, licence, credits, README."""

import json
import os
import re
import subprocess
import sys
import tarfile
import zipfile
from email import message_from_bytes
from pathlib import Path
from tomllib import loads

import pytest
from hatchling.builders.sdist import SdistBuilder
from hatchling.builders.wheel import WheelBuilder
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
PROJECT = loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
SHIPPED = ("resources", "voices")
TORCH_PAIR = ("torch", "torchaudio")

pytestmark = pytest.mark.slow  # weights are packed and unpacked


def shipped_files() -> set[str]:
    paths = (path for folder in SHIPPED for path in (ROOT / folder).rglob("*") if path.is_file())
    return {path.relative_to(ROOT).as_posix() for path in paths}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    (path,) = WheelBuilder(str(ROOT)).build(directory=str(folder), versions=["standard"])
    return Path(path)


@pytest.fixture(scope="module")
def unpacked(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("unpacked")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def run(unpacked: Path, folder: Path, *words: str) -> str:
    """Give what Python prints when it runs in `folder` and finds narrator in `unpacked`."""
    environment = os.environ | {
        "PYTHONPATH": str(unpacked),
        "NARRATOR_HOME": str(folder / "home"),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    done = subprocess.run(
        [sys.executable, *words],
        cwd=folder,
        env=environment,
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_wheel_holds_every_resource_and_voice(wheel: Path) -> None:
    held = set(zipfile.ZipFile(wheel).namelist())
    assert {f"narrator/{name}" for name in shipped_files()} <= held


@pytest.mark.parametrize(
    "pattern",
    [
        "lexicon.tsv",
        "sample/*.epub",
        "model/*.safetensors",
        "model/config.json",
        "model/manifest.json",
        "licenses/THIRD-PARTY.md",
        "licenses/OpenDyslexic.txt",
        "fonts/OpenDyslexic-*.otf",
        "translations/narrator_de.qm",
    ],
)
def test_what_a_narration_needs_is_in_the_wheel(pattern: str, unpacked: Path) -> None:
    found = list((unpacked / "narrator" / "resources").glob(pattern))
    assert found
    assert all(path.stat().st_size for path in found)


def test_each_voice_in_the_wheel_is_whole(unpacked: Path) -> None:
    voices = [path for path in (unpacked / "narrator" / "voices").iterdir() if path.is_dir()]
    assert {"kathleen", "rowan"} <= {voice.name for voice in voices}
    for voice in voices:
        for name in ("profile.json", "embedding.npy", "licence.json"):
            assert (voice / name).is_file(), f"{voice.name} has no {name}"


def test_the_wheel_holds_nothing_that_is_only_for_making_it(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.partition("/")[0] for name in names} == {
        "narrator",
        f"narrator-{PROJECT['version']}.dist-info",
    }
    assert not [name for name in names if "__pycache__" in name or name.endswith((".pyc", ".pt"))]


def test_the_wheel_brings_the_command_and_the_licence(unpacked: Path) -> None:
    (info,) = unpacked.glob("narrator-*.dist-info")
    assert "narrator = narrator.__main__:main" in (info / "entry_points.txt").read_text()
    assert (info / "licenses" / "LICENSE").read_bytes() == (ROOT / "LICENSE").read_bytes()
    metadata = message_from_bytes((info / "METADATA").read_bytes())
    assert metadata["License-Expression"] == "AGPL-3.0-or-later"
    assert metadata["Requires-Python"] == ">=3.11"


def test_an_installed_narrator_finds_its_files_from_any_folder(
    unpacked: Path, tmp_path: Path
) -> None:
    program = (
        "from narrator.settings import resource; from narrator.text.g2p import lexicon_path;"
        "print(lexicon_path(), *(resource(n) for n in ('resources/sample', 'voices')), sep='\\n')"
    )
    package = unpacked / "narrator"
    expected = [package / "resources/lexicon.tsv", package / "resources/sample", package / "voices"]
    assert run(unpacked, tmp_path, "-c", program).splitlines() == [str(path) for path in expected]


def test_an_installed_narrator_lists_its_voices_from_any_folder(
    unpacked: Path, tmp_path: Path
) -> None:
    listed = run(unpacked, tmp_path, "-m", "narrator", "voices")
    assert [line.split()[0] for line in listed.splitlines()] == sorted(
        path.name for path in (ROOT / "voices").iterdir() if path.is_dir()
    )


def test_an_installed_narrator_knows_the_words_of_its_lexicon(
    unpacked: Path, tmp_path: Path
) -> None:
    line = "The kraal was 112 years old."
    (sentence,) = json.loads(run(unpacked, tmp_path, "-m", "narrator", "say", "--show", line))
    assert "one hundred" in sentence["spoken"]
    assert "K R AA1 L" in " ".join(sentence["phonemes"])


def test_the_sdist_holds_what_the_project_is_made_of_and_nothing_else(tmp_path: Path) -> None:
    (path,) = SdistBuilder(str(ROOT)).build(directory=str(tmp_path), versions=["standard"])
    with tarfile.open(path) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert shipped_files() <= names
    assert {"Makefile", "LICENSE", "packaging/system.sh", "tests/test_packaging.py"} <= names
    tops = {name.partition("/")[0] for name in names}
    assert not tops & {".venv", "build", "dist", ".git", ".hypothesis"}


def test_the_licence_is_the_whole_of_the_agpl() -> None:
    text = " ".join((ROOT / "LICENSE").read_text("utf-8").split())
    assert text.startswith("GNU AFFERO GENERAL PUBLIC LICENSE Version 3, 19 November 2007")
    assert "END OF TERMS AND CONDITIONS How to Apply These Terms to Your New Programs" in text
    assert text.endswith("follow the GNU AGPL, see <https://www.gnu.org/licenses/>.")


def test_every_requirement_has_an_exact_version() -> None:
    exact = dict(constraints())
    extras = PROJECT["optional-dependencies"].values()
    asked = [*PROJECT["dependencies"], *(line for extra in extras for line in extra)]
    for requirement in map(Requirement, asked):
        if requirement.name != "narrator":
            version = exact[canonicalize_name(requirement.name)]
            assert requirement.specifier.contains(version), requirement


def test_torch_and_torchaudio_are_held_to_one_version() -> None:
    exact = dict(constraints())
    assert len({exact[name] for name in TORCH_PAIR}) == 1
    held = [Requirement(line) for line in PROJECT["dependencies"]]
    specifiers = {str(found.specifier) for found in held if found.name in TORCH_PAIR}
    assert len(specifiers) == 1
    assert specifiers.pop().startswith("==")


def constraints() -> list[tuple[str, str]]:
    lines = (ROOT / "packaging" / "constraints.txt").read_text("utf-8").splitlines()
    held = [Requirement(line) for line in lines if line and not line.startswith("#")]
    here = [entry for entry in held if entry.marker is None or entry.marker.evaluate()]
    return [(canonicalize_name(entry.name), str(entry.specifier)[2:]) for entry in here]


def test_every_package_that_narrator_asks_for_is_credited() -> None:
    credits = (ROOT / "resources" / "licenses" / "THIRD-PARTY.md").read_text("utf-8").lower()
    asked = [Requirement(line).name for line in PROJECT["dependencies"]]
    assert not [name for name in asked if f"| {name.lower()} |" not in credits]


def test_no_file_that_sets_up_names_a_package_index_or_a_folder_of_one_machine() -> None:
    files = [ROOT / "Makefile", ROOT / "pyproject.toml", ROOT / ".ci" / "run"]
    for path in (*files, *(ROOT / "packaging").iterdir()):
        if path.is_file():
            text = path.read_text("utf-8")
            for trace in ("--index-url", "--extra-index", "--find-links", "file:///", "/home/"):
                assert trace not in text, f"{path.name}: {trace}"


def test_the_readme_points_only_at_what_is_there() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    links = re.findall(r"\]\(([^)]+)\)", text)
    folders = re.findall(r"^\| `([a-z/]+/)` \|", text, flags=re.MULTILINE)
    assert links
    assert folders
    assert not [name for name in (*links, *folders) if not (ROOT / name).exists()]
