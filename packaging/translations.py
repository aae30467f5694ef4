"""Bring the translations up to date: find the texts in the code, keep what is translated, compile.

`make translations` runs it. Texts are found by Qt's lupdate and folded into one context, because in
Python the class that a text is found in is often not the one that asks for it. A text that nobody
asks for any more goes; a new one stands there unfinished, to be translated with Qt's linguist or an
editor. Prints how many are unfinished.
"""

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.etree import ElementTree

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "resources" / "translations"
TOOLS = Path(sys.executable).parent
CONTEXT = "narrator"


def main() -> None:
    """Update and compile every language in resources/translations."""
    texts = found_texts()
    for path in sorted(FOLDER.glob("narrator_*.ts")):
        unfinished = update(path, texts)
        tool("pyside6-lrelease", "-silent", path, "-qm", path.with_suffix(".qm"))
        sys.stdout.write(f"{path.name}: {len(texts)} texts, {unfinished} unfinished\n")


def found_texts() -> list[str]:
    """Give every text for users in the code, once, in the order of the alphabet."""
    rooms = (ROOT / "narrator" / room for room in ("gui", "words"))
    files = [path for room in rooms for path in sorted(room.rglob("*.py"))]
    with TemporaryDirectory() as folder:
        found = Path(folder) / "found.ts"
        tool("pyside6-lupdate", "-silent", "-tr-function-alias", "tr+=_tr", *files, "-ts", found)
        return sorted({node.text or "" for node in ElementTree.parse(found).iter("source")})


def update(path: Path, texts: list[str]) -> int:
    """Write the texts into a file of translations, and give how many have none yet."""
    tree = ElementTree.parse(path)
    known = {
        message.findtext("source", ""): message.findtext("translation", "")
        for message in tree.iter("message")
    }
    root = ElementTree.Element("TS", tree.getroot().attrib)
    context = ElementTree.SubElement(root, "context")
    ElementTree.SubElement(context, "name").text = CONTEXT
    for text in texts:
        message = ElementTree.SubElement(context, "message")
        ElementTree.SubElement(message, "source").text = text
        translation = ElementTree.SubElement(message, "translation")
        translation.text = known.get(text, "")
        if not translation.text:
            translation.set("type", "unfinished")
    ElementTree.indent(root, "    ")
    body = ElementTree.tostring(root, "unicode")
    path.write_text(f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n{body}\n', "utf-8")
    return sum(not known.get(text) for text in texts)


def tool(name: str, *words: str | Path) -> None:
    """Run one of PySide's tools. Raises CalledProcessError when it fails."""
    subprocess.run([TOOLS / name, *map(str, words)], check=True)


if __name__ == "__main__":
    main()
