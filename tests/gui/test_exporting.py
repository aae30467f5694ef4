"""The export dialog and the queue: choices become an order, and nobody has to see or to point."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QPushButton, QRadioButton, QWidget
from pytestqt.qtbot import QtBot
from reach import SMALL_SCREEN, clipped, double_type, focusable, spoken_name, walked

from narrator.errors import UnknownVoice
from narrator.gui.exporting.export_dialog import ExportDialog
from narrator.gui.exporting.exports import Exports
from narrator.gui.exporting.offer import Offer, remembered
from narrator.gui.exporting.queue_panel import QueuePanel, connect
from narrator.project.model import Chapter, Facts, Manuscript, Sentence
from narrator.settings import Settings
from narrator.speech import Opening
from narrator.studio.narrating.narration import Order
from narrator.studio.narrating.queue import Job, Queued, State
from narrator.studio.speaking.pace import Progress
from narrator.studio.studio import Studio

FACTS = Facts("The Keeper", "kathleen", ("A. Writer", "B. Author"), language="en-GB")


def manuscript(*titles: str, text: str = "It rained on the lake.") -> Manuscript:
    chapters = []
    for number, title in enumerate(titles, start=1):
        said = (title, text)
        opens = (Opening.HEADING, Opening.PARAGRAPH)
        sentences = tuple(
            Sentence(10 * number + n, number, n, one, one, opens[n], ends_paragraph=True)
            for n, one in enumerate(said)
        )
        chapter = Chapter(number, number, title, True, None, 2, sum(map(len, said)))
        chapters.append((chapter, sentences))
    return Manuscript(FACTS, (), (), tuple(chapters), len(titles))


@pytest.fixture
def offer(tmp_path: Path) -> Offer:
    book = manuscript("One", "Two", "Three")
    return Offer(book, tmp_path / "out", tmp_path / "book.epub", selected=frozenset({2}))


@pytest.fixture
def shown(qtbot: QtBot) -> Callable[[QWidget], None]:
    def show(widget: QWidget) -> None:
        widget.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        qtbot.addWidget(widget)
        widget.show()
        widget.activateWindow()
        qtbot.waitUntil(widget.isActiveWindow)

    return show


@pytest.fixture
def dialog(qtbot: QtBot, offer: Offer, shown: Callable[[QWidget], None]) -> ExportDialog:
    dialog = ExportDialog(offer)
    shown(dialog)
    qtbot.waitUntil(lambda: "free there" in dialog.checks.text())
    return dialog


def rows(dialog: ExportDialog) -> list[str]:
    return [dialog.list.item(row).text() for row in range(dialog.list.count())]


def test_choices_become_the_order(qtbot: QtBot, dialog: ExportDialog, tmp_path: Path) -> None:
    files = dialog.files
    files.formats["m4b"].click()
    files.formats["srt"].click()
    files.formats["mp3"].click()
    files.loudness.setCurrentIndex(1)
    files.words.click()
    files.notice.click()
    files.credits.click()
    files.selection.click()
    files.folder.setText(str(tmp_path / "there"))
    files.name.setText("{title}")
    with qtbot.waitSignal(dialog.queue_asked) as asked:
        dialog.queue.click()
    (job,) = asked.args
    assert job.order == Order(
        folder=tmp_path / "there",
        voice="kathleen",
        notice=True,
        formats=("m4b", "srt"),
        loudness="podcast",
        source=tmp_path / "book.epub",
        words=True,
        credits=True,
        name="{title}",
    )
    assert [chapter.title for chapter, _ in job.manuscript.chapters] == ["Two"]
    assert not dialog.isVisible()


def test_what_was_chosen_is_offered_again_for_another_book(
    qtbot: QtBot, offer: Offer, dialog: ExportDialog, shown: Callable[[QWidget], None]
) -> None:
    files, home = dialog.files, offer.folder.parent
    for name in ("m4b", "readalong", "mp3"):
        files.formats[name].click()
    files.loudness.setCurrentIndex(1)
    files.credits.click()
    files.selection.click()
    files.folder.setText(str(home / "phone" / offer.folder.name))
    files.name.setText("{title}")
    with qtbot.waitSignal(dialog.export_asked) as asked:
        dialog.export.click()
    kept = remembered(Settings(), asked.args[0].order, offer.folder, home)
    assert kept.export_folder == str(home / "phone")
    again = ExportDialog(replace(offer, settings=kept))
    shown(again)
    chosen = again.files.choices
    assert (chosen.formats, chosen.loudness) == (("m4b", "readalong"), "podcast")
    assert (chosen.credits, chosen.words, chosen.name) == (True, False, "{title}")
    assert not chosen.selection
    without = ExportDialog(replace(offer, source=None, settings=kept))
    shown(without)
    assert without.files.choices.formats == ("m4b",)


def test_what_can_be_written_no_more_is_not_offered(
    offer: Offer, shown: Callable[[QWidget], None]
) -> None:
    odd = Settings(export_formats=("readalong", "8-track"), export_loudness="deafening")
    dialog = ExportDialog(replace(offer, source=None, settings=odd))
    shown(dialog)
    assert dialog.files.choices.formats == ("mp3",)
    assert dialog.files.choices.loudness == "acx"


@pytest.mark.parametrize(
    ("chosen", "kept"),
    [("usual/Emma", ""), ("usual/Persuasion", "usual/Persuasion"), ("a/Emma", "a"), ("a", "a")],
)
def test_another_book_is_not_put_among_the_files_of_this_one(chosen: str, kept: str) -> None:
    usual = Path("usual")
    settings = remembered(Settings(), Order(Path(chosen), "kathleen"), usual / "Emma", usual)
    assert settings.export_folder == (kept and str(Path(kept)))


def test_what_will_be_written_is_listed_by_name(dialog: ExportDialog) -> None:
    assert [row.split(" · ")[0] for row in rows(dialog)] == [
        "01 - One.mp3",
        "02 - Two.mp3",
        "03 - Three.mp3",
    ]
    assert dialog.checks.text().startswith("3 files, less than a minute of sound, about 1 MB")
    dialog.files.selection.click()
    dialog.files.formats["readalong"].click()
    assert [row.split(" · ")[0] for row in rows(dialog)] == [
        "02 - Two.mp3",
        "The Keeper.readalong.epub",
    ]


def test_a_chapter_that_shops_want_in_parts_is_told_so(
    offer: Offer, shown: Callable[[QWidget], None]
) -> None:
    long = manuscript("One", text="It rained on the lake. " * 9000)
    dialog = ExportDialog(replace(offer, manuscript=long))
    shown(dialog)
    (row,) = rows(dialog)
    assert row.startswith("01 - One, part 1.mp3 · about 3 hours 50 minutes")
    assert row.endswith("in about 2 parts")


def test_what_stands_in_the_way_is_told_and_nothing_is_exported(dialog: ExportDialog) -> None:
    dialog.files.formats["mp3"].click()
    assert "! Choose a format." in dialog.checks.text()
    assert not dialog.export.isEnabled()
    dialog.files.formats["mp3"].click()
    assert dialog.export.isEnabled()
    dialog.facts.title.setText(" ")
    assert "! Give the book a title." in dialog.checks.text()
    assert not dialog.queue.isEnabled()
    dialog.facts.title.setText("The Keeper")
    dialog.files.name.setText("{colour}")
    dialog.files.name.editingFinished.emit()
    assert "colour" in dialog.checks.text()
    assert not dialog.export.isEnabled()


def test_a_disk_without_room_is_told(
    qtbot: QtBot, offer: Offer, shown: Callable[[QWidget], None]
) -> None:
    endless = "It rained on the lake. " * 50_000
    vast = tuple(
        (chapter, (replace(sentences[0], text=endless),) * 20_000)
        for chapter, sentences in offer.manuscript.chapters
    )
    small = replace(offer, manuscript=replace(offer.manuscript, chapters=vast), failed=3)
    dialog = ExportDialog(small)
    shown(dialog)
    qtbot.waitUntil(lambda: "Not enough room" in dialog.checks.text())
    assert not dialog.export.isEnabled()
    assert "3 sentences could not be spoken" in dialog.checks.text()


def test_without_the_file_of_the_book_there_is_no_read_along(
    offer: Offer, shown: Callable[[QWidget], None]
) -> None:
    dialog = ExportDialog(replace(offer, source=None, selected=frozenset()))
    shown(dialog)
    assert not dialog.files.formats["readalong"].isEnabled()
    assert "needs the file of the book" in dialog.files.formats["readalong"].text()
    assert not dialog.files.selection.isEnabled()


def test_what_is_said_of_the_book_is_told_field_by_field(
    qtbot: QtBot, dialog: ExportDialog, tmp_path: Path
) -> None:
    told: list[Facts] = []
    dialog.facts_changed.connect(told.append)
    page = dialog.facts
    dialog.pages.setCurrentWidget(page)
    page.authors.setText("A. Writer;; C. Third ")
    page.authors.editingFinished.emit()
    page.authors.editingFinished.emit()
    page.series.setText("Lakes")
    page.series.editingFinished.emit()
    picture = tmp_path / "cover.png"
    image = QImage(400, 600, QImage.Format.Format_RGB32)
    image.fill(QColor("navy"))
    image.save(str(picture))
    page.use_picture(picture)
    qtbot.waitUntil(lambda: len(told) == 3)
    assert told[0].authors == ("A. Writer", "C. Third")
    assert told[1].series == "Lakes"
    assert told[2].cover is not None
    assert told[2].cover.media_type == "image/png"
    page.remove.click()
    assert told[3].cover is None
    page.description.setPlainText("A tale.")
    with qtbot.waitSignal(dialog.export_asked) as asked:
        dialog.export.click()
    assert told[-1].description == "A tale."
    assert asked.args[0].manuscript.facts == told[-1]


def test_a_picture_that_is_none_is_refused(
    qtbot: QtBot, dialog: ExportDialog, tmp_path: Path
) -> None:
    path = tmp_path / "cover.jpg"
    path.write_text("no picture", "utf-8")
    dialog.facts.use_picture(path)
    qtbot.waitUntil(lambda: "no JPEG or PNG" in dialog.facts.status.text)
    assert dialog.facts.facts.cover is None


@pytest.mark.parametrize("page", [0, 1, 2])
def test_the_dialog_is_all_reached_by_tab_named_and_not_clipped(
    qtbot: QtBot, offer: Offer, shown: Callable[[QWidget], None], page: int
) -> None:
    with double_type():
        dialog = ExportDialog(replace(offer, failed=3))
        shown(dialog)
        dialog.resize(*SMALL_SCREEN)
        dialog.pages.setCurrentIndex(page)
        dialog.pages.tabBar().setFocus()
        qtbot.waitUntil(lambda: "free there" in dialog.checks.text())
        assert (dialog.width(), dialog.height()) == SMALL_SCREEN
        assert clipped(dialog) == []
        reached = {
            widget
            for widget in focusable(dialog)
            if not isinstance(widget, QRadioButton) or widget.isChecked()
        }
        pages = dialog.pages.tabBar()  # of Qt's own parts the one that is a place of its own
        assert set(walked(qtbot, dialog, Qt.Key.Key_Tab)) == {*reached, pages}
        dialog.facts.status.say("Ready.")
        names = [spoken_name(widget) for widget in focusable(dialog)]
        assert all(names)
        assert len(set(names)) == len(names)
        kinds = (QLabel, QPushButton, QRadioButton, QCheckBox)
        texts = [
            widget.text()
            for kind in kinds
            for widget in dialog.findChildren(kind)
            if widget.isVisible() and "&" in widget.text()
        ]
        letters = Counter(text[text.index("&") + 1].lower() for text in texts)
        assert not [letter for letter, count in letters.items() if count > 1]


def queued(tmp_path: Path, id: int, state: State, **facts: object) -> Queued:
    job = Job(manuscript("One", "Two"), Order(tmp_path / "out", "kathleen", formats=("srt",)))
    return replace(Queued(id, job, state), **facts)  # type: ignore[arg-type]


@pytest.fixture
def panel(shown: Callable[[QWidget], None]) -> QueuePanel:
    panel = QueuePanel(None)  # type: ignore[arg-type]
    shown(panel)
    return panel


def test_the_queue_says_where_each_export_stands(panel: QueuePanel, tmp_path: Path) -> None:
    progress = Progress(1, 2, "One", 1, 2, 170.0, 20.0)
    running = queued(tmp_path, 1, State.RUNNING, progress=progress, share=0.25)
    waiting = queued(tmp_path, 2, State.WAITING)
    panel.show_jobs((running, waiting))
    assert panel.list.said(0) == "The Keeper (srt), ▶ 25 %, about 3 minutes left"
    assert panel.list.said(1) == "The Keeper (srt), ○ waiting"
    assert panel.pause.isEnabled()
    assert not panel.resume.isEnabled()
    assert not panel.show_files.isEnabled()
    failed = replace(running, state=State.FAILED, error=UnknownVoice("nobody", ("kathleen",)))
    panel.list.go_to(1)
    panel.show_jobs((failed, waiting))
    assert panel.list.row == 1
    assert "nobody" in panel.status.text
    panel.list.go_to(0)
    assert "nobody" in panel.details.text()
    assert panel.again.isEnabled()
    assert not panel.stop.isEnabled()


def test_buttons_ask_for_the_job_at_the_cursor(
    qtbot: QtBot, panel: QueuePanel, tmp_path: Path
) -> None:
    panel.show_jobs((queued(tmp_path, 7, State.RUNNING), queued(tmp_path, 9, State.WAITING)))
    panel.list.go_to(1)
    for button, signal in (
        (panel.stop, panel.stop_asked),
        (panel.remove, panel.remove_asked),
    ):
        with qtbot.waitSignal(signal) as asked:
            button.click()
        assert asked.args == [9]
    with qtbot.waitSignal(panel.move_asked) as asked:
        panel.earlier.click()
    assert asked.args == [9, -1]


def test_the_queue_is_worked_by_keyboard_named_and_not_clipped(
    qtbot: QtBot, shown: Callable[[QWidget], None], tmp_path: Path
) -> None:
    with double_type():
        panel = QueuePanel(None)  # type: ignore[arg-type]
        shown(panel)
        panel.resize(640, 800)
        file = tmp_path / "out" / "01 - One.srt"
        panel.show_jobs(
            (
                queued(tmp_path, 1, State.STOPPED, files=(file,)),
                queued(tmp_path, 2, State.RUNNING),
                queued(tmp_path, 3, State.WAITING),
            )
        )
        panel.list.setFocus()
        qtbot.wait(20)
        assert clipped(panel) == []
        assert set(walked(qtbot, panel, Qt.Key.Key_Tab)) == set(focusable(panel))
        panel.status.say("Ready.")
        names = [spoken_name(widget) for widget in focusable(panel)]
        assert all(names)
        assert len(set(names)) == len(names)


def test_an_export_runs_behind_the_window_and_its_files_are_checked(
    qtbot: QtBot, studio: Studio, panel: QueuePanel, tmp_path: Path
) -> None:
    exports = Exports(studio, panel)
    exports.changed.connect(panel.show_jobs)
    opened: list[Path] = []
    connect(panel, exports.queue, opened.append)
    order = Order(tmp_path / "out", "kathleen")
    exports.queue.add(Job(manuscript("One"), order))
    qtbot.waitUntil(lambda: "1 file written" in panel.status.text, timeout=30_000)
    assert not exports.busy
    assert "ACX technical figures" in panel.details.text()
    assert "01 - One.mp3" in panel.details.text()
    assert panel.list.said(0) == "The Keeper (mp3), ✓ done"
    panel.show_files.click()
    assert opened == [tmp_path / "out"]
    panel.remove.click()
    qtbot.waitUntil(lambda: panel.list.topLevelItemCount() == 0)
    assert panel.details.text() == "Nothing is being exported."
    assert QApplication.focusWidget() is not None
    exports.close()
