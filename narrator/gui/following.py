"""A narration on show: chapter states, progress bar and finished files keep up with it."""

from collections.abc import Sequence

from narrator.gui.chapter_list import ChapterModel, State
from narrator.gui.footer import Footer
from narrator.gui.narrating import Course
from narrator.gui.narration_panel import NarrationPanel
from narrator.gui.opening import ChapterFacts
from narrator.gui.shared.wording import progress_told
from narrator.studio.narrating.run import Finished, Narration
from narrator.studio.speaking.pace import Progress


class Following:
    """One narration, from its order to its end; the chapter list is locked meanwhile."""

    def __init__(
        self,
        chosen: Sequence[ChapterFacts],
        chapters: ChapterModel,
        panel: NarrationPanel,
        footer: Footer,
    ) -> None:
        self._course = Course(chosen)
        self._chapters = chapters
        self._panel = panel
        self._footer = footer
        self._speaking: int | None = None
        chapters.forget_states()
        chapters.set_states({chapter.number: State.WAITING for chapter in chosen})
        chapters.lock(True)
        panel.forget_files()
        panel.let_choose(False)
        footer.show_course(0, self._course.total)

    def chapter_done(self, done: Finished) -> None:
        """Show that a chapter is finished."""
        self._chapters.set_states({self._course.finish(done): State.READY})
        for path in done.paths:
            self._panel.add_file(path)

    def progressed(self, progress: Progress) -> None:
        """Show where the narration stands, the status line included."""
        self._footer.show_course(self._course.settled(progress), self._course.total)
        self._footer.status.say(progress_told(progress))
        number = self._course.number(progress)
        if number != self._speaking:
            self._speaking = number
            failed = self._course.failed_before(number)
            self._chapters.set_states(
                {number: State.SPEAKING} | dict.fromkeys(failed, State.FAILED)
            )

    def end(self, result: Narration | None) -> None:
        """Show what became of each chapter; without a result an error ended it all."""
        if result is not None:
            failed = self._course.failed(len(result.missing))
            self._chapters.set_states(dict.fromkeys(failed, State.FAILED))
            if not result.missing:
                self._footer.show_course(self._course.total, self._course.total)
        self._chapters.end_states()
        self._chapters.lock(False)
        self._panel.let_choose(True)
