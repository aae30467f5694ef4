"""The check: sound files as they are, ours or not, held against a target."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from narrator.audio.decode import open_sound
from narrator.audio.inspection import FileFigures, inspect_file
from narrator.audio.targets import Figure, Judgement, Target, judge
from narrator.audio.watermark.detector import detect
from narrator.errors import UnreadableAudio
from narrator.studio.checking.detection import FileFinding
from narrator.studio.studio import Studio


@dataclass(frozen=True)
class CheckedFile:
    """What the check found in one file. found: its watermark, which no target asks for."""

    figures: FileFigures
    judgements: tuple[Judgement, ...]
    found: FileFinding

    @property
    def failed(self) -> tuple[Figure, ...]:
        """The figures that lie outside the target."""
        return tuple(one.figure for one in self.judgements if not one.passed)


@dataclass(frozen=True)
class Report:
    """What the check found in the files of one book. differing: what should be alike and is not."""

    target: Target
    files: tuple[CheckedFile, ...]
    unreadable: tuple[UnreadableAudio, ...]
    differing: tuple[Figure, ...]

    @property
    def passed(self) -> bool:
        """Whether every file could be read and meets the target, and all are alike."""
        return not (self.unreadable or self.differing or any(file.failed for file in self.files))


def check_files(
    paths: Sequence[Path],
    target: Target,
    studio: Studio,
    *,
    on_file: Callable[[CheckedFile | UnreadableAudio], object] = lambda _: None,
) -> Report:
    """Check the files one after the other; those that cannot be read are told in the report.

    on_file: is told of each as it is done.
    """
    files: list[CheckedFile] = []
    unreadable: list[UnreadableAudio] = []
    for path in paths:
        try:
            file = check_file(path, target, studio)
        except UnreadableAudio as error:
            unreadable.append(error)
            on_file(error)
        else:
            files.append(file)
            on_file(file)
    return Report(target, tuple(files), tuple(unreadable), _differing(files, target))


def check_file(path: Path, target: Target, studio: Studio) -> CheckedFile:
    """Measure one file and look for the watermark in it. Raises UnreadableAudio."""
    figures = inspect_file(path)
    sound = open_sound(path)
    # At its own speed alone: to try the others takes longer than all the rest.
    finding = detect(sound.blocks, sound.rate, key=studio.key, search=False)
    found = FileFinding(finding, studio.voice_of(finding))
    return CheckedFile(figures, judge(figures, target), found)


def _differing(files: Sequence[CheckedFile], target: Target) -> tuple[Figure, ...]:
    values = [{one.figure: one.value for one in file.judgements} for file in files]
    return tuple(figure for figure in target.alike if len({one[figure] for one in values}) > 1)
