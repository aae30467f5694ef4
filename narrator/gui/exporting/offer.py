"""What an export is chosen from, the choices, and what they come to, all frozen."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from narrator.gui.shared.wording import counted, rounded, size_told
from narrator.project.model import Facts, Manuscript
from narrator.settings import Settings
from narrator.studio.narrating.names import DEFAULT_NAME
from narrator.studio.narrating.narration import Order
from narrator.studio.narrating.preview import Expected
from narrator.studio.narrating.queue import Job


@dataclass(frozen=True)
class Offer:
    """What the dialog opens with.

    manuscript: all chapters that are included. source: the file of the book; None when it is not
    to be found, so that there can be no read-along. selected: ids of the chapters that the user has
    selected. failed: how many sentences could not be spoken. replicas: whether one of the voices is
    a replica, whose listeners are told so. settings: with what was chosen the last time.
    """

    manuscript: Manuscript
    folder: Path
    source: Path | None = None
    selected: frozenset[int] = frozenset()
    failed: int = 0
    replicas: bool = False
    settings: Settings = field(default_factory=Settings)

    @property
    def chosen(self) -> int:
        """How many of the included chapters are selected."""
        return sum(chapter.id in self.selected for chapter, _ in self.manuscript.chapters)


@dataclass(frozen=True)
class Choices:
    """What the user has chosen. name: a template for the files' names. selection: whether it is the
    selected chapters alone."""

    formats: tuple[str, ...]
    loudness: str
    words: bool
    notice: bool
    credits: bool
    name: str
    folder: str
    selection: bool


def job_of(offer: Offer, choices: Choices, facts: Facts) -> Job:
    """Give the export that was chosen."""
    chapters = offer.manuscript.chapters
    if choices.selection:
        chapters = tuple(pair for pair in chapters if pair[0].id in offer.selected)
    order = Order(
        folder=Path(choices.folder.strip()).expanduser(),
        voice=facts.voice,
        device=offer.settings.device,
        notice=choices.notice,
        formats=choices.formats,
        loudness=choices.loudness,
        source=offer.source,
        words=choices.words,
        name=choices.name,
        credits=choices.credits,
    )
    return Job(replace(offer.manuscript, facts=facts, chapters=chapters), order)


def remembered(settings: Settings, order: Order, offered: Path, usual: Path) -> Settings:
    """Give the settings with what was chosen for an export, so that it is offered again.

    offered: the folder that was; usual: where books get theirs by the preferences. The next book is
    not to be put among the files of this one, so it will be offered a folder beside this one's own,
    or in the one that was chosen instead.
    """
    within = order.folder.parent if order.folder.name == offered.name else order.folder
    return replace(
        settings,
        export_formats=tuple(order.formats),
        export_loudness=order.loudness,
        export_words=order.words,
        export_credits=order.credits,
        export_name="" if order.name == DEFAULT_NAME else order.name,
        export_folder="" if within == usual else str(within),
    )


def sum_told(files: Sequence[Expected]) -> str:
    """Give the sentence for what will be written."""
    if not files:
        return _tr("Nothing will be written.")
    longest = max(_by_suffix(files).values())
    return _tr("{files}, {time} of sound, about {size}").format(
        files=counted(sum(file.parts for file in files), _tr("file"), _tr("files")),
        time=rounded(longest),
        size=size_told(sum(file.bytes for file in files)),
    )


def file_told(file: Expected) -> str:
    """Give the row for one file."""
    told = _tr("{name} · {time} · about {size}").format(
        name=file.path.name, time=rounded(file.seconds), size=size_told(file.bytes)
    )
    if file.parts == 1:
        return told
    return _tr("{told} · in about {n} parts").format(told=told, n=file.parts)


def _by_suffix(files: Sequence[Expected]) -> dict[str, float]:
    """Give the seconds of all files of a kind: every kind holds the same sound."""
    seconds: dict[str, float] = {}
    for file in files:
        seconds[file.path.suffix] = seconds.get(file.path.suffix, 0.0) + file.seconds
    return seconds


def _tr(text: str) -> str:
    return QCoreApplication.translate("exporting", text)
