"""The page of the export dialog on which the user says what the files tell of the book."""

from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import NamedTuple

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QImage, QImageReader, QPixmap
from PySide6.QtWidgets import (
    QFileDialog,
    QFormLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from narrator.book.cover import LARGEST_COVER
from narrator.book.model import Cover
from narrator.gui.shared.background import Tell
from narrator.gui.shared.controls import ScrolledColumn, StatusLine
from narrator.gui.shared.errands import Errands
from narrator.gui.shared.flow import FlowLayout
from narrator.project.model import Facts

PICTURE_LINES = 8  # of type, that the cover is high
MEDIA_TYPES = {"jpeg": "image/jpeg", "png": "image/png"}
BETWEEN_AUTHORS = ";"


class Picture(NamedTuple):
    """A cover and how it looks, small. cover: None for a file that cannot be one."""

    cover: Cover | None
    image: QImage


class FactsPage(ScrolledColumn):
    """Title, authors, cover and the like; `facts_changed` tells them after each field."""

    facts_changed = Signal(object)

    def __init__(self, facts: Facts, parent: QWidget) -> None:
        super().__init__(parent)
        self._facts = facts
        self.title = QLineEdit(facts.title, self)
        self.subtitle = QLineEdit(facts.subtitle, self)
        self.authors = QLineEdit(f"{BETWEEN_AUTHORS} ".join(facts.authors), self)
        self.series = QLineEdit(facts.series, self)
        self.series_number = QLineEdit(facts.series_number, self)
        self.year = QLineEdit(facts.year, self)
        self.language = QLineEdit(facts.language, self)
        self.description = QPlainTextEdit(facts.description, self)
        self.description.setTabChangesFocus(True)
        self.picture = QLabel(self)
        self.choose = QPushButton(self.tr("Choose a p&icture…"), self)
        self.remove = QPushButton(self.tr("&No picture"), self)
        self.status = StatusLine(self)
        self.errands = Errands(self.status, self)
        self._lay_out()
        self._connect()
        self._show_picture(None)
        if facts.cover:
            self._look(facts.cover)

    @property
    def facts(self) -> Facts:
        """What was told last."""
        return self._facts

    @property
    def has_title(self) -> bool:
        """Whether the book has a title, which it cannot do without."""
        return bool(self.title.text().strip())

    def use_picture(self, path: Path) -> None:
        """Make the picture at `path` the cover."""
        side = self._side

        def errand(tell: Tell, stop: Event) -> Picture:
            return read_picture(path, side)

        self.errands.run(errand, self.tr("Reading the picture…"), on_done=self._chosen)

    def stops(self) -> list[QWidget]:
        """Give the widgets at which Tab stops, in order."""
        lines = [self.title, self.subtitle, self.authors, self.series, self.series_number]
        rest = [self.year, self.language, self.description, self.choose, self.remove]
        return [*lines, *rest, self.status.label]

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        rows: tuple[tuple[str, str, QWidget], ...] = (
            (self.tr("&Title"), self.tr("Title"), self.title),
            (self.tr("&Subtitle"), self.tr("Subtitle"), self.subtitle),
            (self.tr("Aut&hors"), self.tr("Authors, with ; between them"), self.authors),
            (self.tr("Se&ries"), self.tr("Series"), self.series),
            (self.tr("Num&ber in the series"), self.tr("Number in the series"), self.series_number),
            (self.tr("&Year"), self.tr("Year"), self.year),
            (self.tr("&Language"), self.tr("Language, as en-GB"), self.language),
            (self.tr("&Description"), self.tr("Description"), self.description),
        )
        for text, name, widget in rows:
            widget.setAccessibleName(name)
            form.addRow(text, widget)
        for edit, text in ((self.authors, "A. Writer; B. Author"), (self.language, "en-GB")):
            edit.setPlaceholderText(text)
        # Two lines at least, whatever the type.
        self.description.setMinimumHeight(self.fontMetrics().height() * 4)
        buttons = FlowLayout(across=Qt.AlignmentFlag.AlignLeft)
        buttons.addWidget(self.choose)
        buttons.addWidget(self.remove)
        self.picture.setAlignment(Qt.AlignmentFlag.AlignLeft)
        cover = QVBoxLayout()
        cover.setSpacing(8)
        cover.addWidget(self.picture)
        cover.addLayout(buttons)
        self.column.addLayout(form)
        self.column.addLayout(cover)
        self.column.addWidget(self.status)
        self.column.addStretch()

    def _connect(self) -> None:
        for edit in (
            *(self.title, self.subtitle, self.authors),
            *(self.series, self.series_number, self.year, self.language),
        ):
            edit.editingFinished.connect(self.tell)
        self.choose.clicked.connect(self._ask_for_picture)
        self.remove.clicked.connect(self._remove_picture)

    def tell(self) -> None:
        """Tell of what was typed, if it is something new; an empty title is not."""
        written = self.authors.text().split(BETWEEN_AUTHORS)
        facts = replace(
            self._facts,
            title=self.title.text().strip() or self._facts.title,
            subtitle=self.subtitle.text().strip(),
            authors=tuple(name.strip() for name in written if name.strip()),
            series=self.series.text().strip(),
            series_number=self.series_number.text().strip(),
            year=self.year.text().strip(),
            language=self.language.text().strip(),
            description=self.description.toPlainText().strip(),
        )
        self._use(facts)

    def _use(self, facts: Facts) -> None:
        if facts != self._facts:
            self._facts = facts
            self.facts_changed.emit(facts)

    def _ask_for_picture(self) -> None:
        dialog = QFileDialog(self, self.tr("Choose a cover"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        pictures = self.tr("Pictures")
        dialog.setNameFilters([f"{pictures} (*.jpg *.jpeg *.png)"])
        dialog.fileSelected.connect(lambda name: self.use_picture(Path(name)))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _remove_picture(self) -> None:
        self._show_picture(None)
        self._use(replace(self._facts, cover=None))

    def _chosen(self, picture: Picture) -> None:
        if picture.cover is None:
            self.status.warn(
                self.tr("This is no JPEG or PNG picture of 16 MB at most. Choose another one.")
            )
            return
        self._show_picture(picture.image)
        self._use(replace(self._facts, cover=picture.cover))

    def _look(self, cover: Cover) -> None:
        """Show the cover that the book has."""
        side = self._side

        def errand(tell: Tell, stop: Event) -> QImage:
            return _small(QImage.fromData(cover.data), side)

        self.errands.run(errand, "", on_done=self._show_picture)

    def _show_picture(self, image: QImage | None) -> None:
        if image is None or image.isNull():
            text = self.tr("No cover yet")
            self.picture.setText(text)
        else:
            text = self.tr("The cover")
            self.picture.setPixmap(QPixmap.fromImage(image))
        self.picture.setAccessibleName(text)
        self.remove.setEnabled(image is not None)

    @property
    def _side(self) -> int:
        return self.fontMetrics().height() * PICTURE_LINES


def read_picture(path: Path, side: int) -> Picture:
    """Read a JPEG or PNG picture as a cover, and make it small: `side` pixels at most.

    Raises OSError.
    """
    reader = QImageReader(str(path))
    media_type = MEDIA_TYPES.get(bytes(reader.format().data()).decode(), "")
    if not media_type or path.stat().st_size > LARGEST_COVER:
        return Picture(None, QImage())
    image = reader.read()
    cover = None if image.isNull() else Cover(path.read_bytes(), media_type)
    return Picture(cover, _small(image, side))


def _small(image: QImage, side: int) -> QImage:
    if image.isNull():
        return image
    ratio, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    return image.scaled(QSize(side, side), ratio, smooth)
