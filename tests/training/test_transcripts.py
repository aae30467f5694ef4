from pathlib import Path

import pytest

from narrator.training.corpus import read_manifest
from narrator.training.transcripts import fill_in, read_texts

COLUMNS = "file\tspeaker\tsource\tlicence\tsex\tage\tseconds\tbandwidth_hz\tsplit\ttext"
ROW = "audio/x/{}.opus\tann\tx\tCC0-1.0\tf\tadult\t3.5\t8000\ttrain\t{}"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    (folder / "audio" / "x").mkdir(parents=True)
    (folder / "audio" / "x" / "1-2-0000.opus").write_bytes(b"sound")
    rows = [
        COLUMNS,
        ROW.format("1-2-0000", ""),
        ROW.format("known", 'A "text" of its own.'),
        ROW.format("mute", ""),
    ]
    (folder / "manifest.tsv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    return folder


def test_only_texts_that_lack_are_filled_in(corpus: Path, tmp_path: Path) -> None:
    texts = tmp_path / "1-2.trans.txt"
    texts.write_text("1-2-0000 WHAT WAS SAID\nknown SOMETHING ELSE\n\nempty\n", encoding="utf-8")
    out = tmp_path / "out"
    assert fill_in(corpus, read_texts([texts]), out) == 1
    before, after = read_manifest(corpus), read_manifest(out)
    assert [clip.text for clip in after] == ["WHAT WAS SAID", 'A "text" of its own.', ""]
    assert [clip._replace(text="") for clip in after] == [clip._replace(text="") for clip in before]
    assert (out / after[0].file).read_bytes() == b"sound"


def test_a_corpus_is_never_written_over(corpus: Path) -> None:
    before = (corpus / "manifest.tsv").read_bytes()
    with pytest.raises(FileExistsError):
        fill_in(corpus, {}, corpus)
    assert (corpus / "manifest.tsv").read_bytes() == before
