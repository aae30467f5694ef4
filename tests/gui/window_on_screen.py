"""Show the window with a book on the screen there is, for a screen reader to look at from outside.

Arguments: a folder to live in, and the book's file. Runs until it is ended.
"""

import sys
from pathlib import Path

from fake_voice import FakeVoice, build_studio
from PySide6.QtWidgets import QApplication
from surroundings import Machine

from narrator.gui.desk.window import StudioWindow


def main(home: Path, book: Path) -> int:
    application = QApplication(["narrator"])
    window = StudioWindow(build_studio(home, FakeVoice()), Machine(home / "Audiobooks").outside)
    window.show()
    window.open_book(book)
    return application.exec()


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
