"""What the queue of exports says of a job, in the user's words."""

from PySide6.QtCore import QCoreApplication

from narrator.gui.shared.wording import counted, error_told, rounded, shortened
from narrator.studio.checking.report import outcome, shown, statement, summary
from narrator.studio.narrating.queue import Queued, State


def state_told(job: Queued) -> str:
    """Give where a job stands: a sign and a word, and how long it still takes."""
    percent = round(job.share * 100)
    match job.state:
        case State.WAITING:
            return _tr("○ waiting")
        case State.RUNNING:
            left = job.progress.seconds_left if job.progress else None
            if not left:
                return _tr("▶ speaking")
            return _tr("▶ {n} %, {time} left").format(n=percent, time=rounded(left))
        case State.PAUSED:
            return _tr("Ⅱ {n} %, paused").format(n=percent)
        case State.CHECKING:
            return _tr("▶ checking the files")
        case State.DONE:
            return _tr("✓ done")
        case State.FAILED:
            return _tr("! failed")
        case State.STOPPED:
            return _tr("■ stopped")


def title_told(job: Queued) -> str:
    """Give what a job is called: the book and its formats."""
    title = shortened(job.job.manuscript.facts.title)
    return f"{title} ({', '.join(job.job.order.formats)})"


def result_told(job: Queued) -> str:
    """Give the sentence for a job that has just ended."""
    title = shortened(job.job.manuscript.facts.title)
    files = counted(len(job.files), _tr("file"), _tr("files"))
    match job.state:
        case State.DONE:
            return _tr("{title}: {files} written.").format(title=title, files=files)
        case State.STOPPED:
            text = _tr("{title}: stopped, {files} written. Go on finishes the rest.")
            return text.format(title=title, files=files)
        case _:
            reason = error_told(job.error) if job.error else ""
            return _tr("{title}: {reason}").format(title=title, reason=reason)


def details_told(job: Queued) -> str:
    """Give what there is to say of a job: its reason, its check, its files."""
    told = [result_told(job)] if job.state.is_over else []
    if job.report:
        report = job.report
        for file in report.files:
            said = f"{file.figures.path.name}: {statement(file, report.target)}"
            outside = [one for one in file.judgements if not one.passed]
            told.append(f"{'!' if outside else '✓'} {said}")
            told += [
                f"    {one.figure.value}: {shown(one.figure, one.value)}, {outcome(one)}"
                for one in outside
            ]
        told += summary(report)
    checked = {file.figures.path for file in job.report.files} if job.report else set()
    told += [path.name for path in job.files if path not in checked]
    return "\n".join(told)


def _tr(text: str) -> str:
    return QCoreApplication.translate("exporting", text)
