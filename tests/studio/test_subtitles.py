"""Subtitles are sorted, do not overlap, lie inside the file, and say all that is said."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from narrator.book.aloud.spoken import SpokenChapter, SpokenSentence, SpokenWord
from narrator.studio.narrating.subtitles import (
    FASTEST,
    LINE,
    LONGEST,
    WRITERS,
    About,
    cues_of,
    write_json,
    write_lrc,
    write_srt,
    write_vtt,
)
from narrator.text.written import written_words

ABOUT = About("The Lamp", "Ada Stone", "Kathleen (AI Voice)")
LONG = (
    "The great wheel, which had been cut in 1788 by a man who scratched his name into the brass, "
    "was taller than she was; and when it turned — slowly, as they do — the whole tower spoke."
)


def spoken(
    *texts: str, pause: float = 0.5, pace: float = 0.07, words: bool = True
) -> SpokenChapter:
    """Say sentences, `pace` seconds a character, `pause` apart."""
    now, sentences = 1.0, []
    for number, text in enumerate(texts, start=1):
        start, said = now, []
        for word in written_words(text):
            if any(map(str.isalnum, word.text)):
                said.append(SpokenWord(*word, now, now + len(word.text) * pace))
                now = said[-1].end + 0.01
        if said:
            kept = tuple(said) if words else ()
            sentences.append(SpokenSentence(number, text, start, said[-1].end, kept))
            now = said[-1].end + pause
    return SpokenChapter(1, "One", Path("01.mp3"), now + 2.5, tuple(sentences))


def seconds(time: str) -> float:
    whole = 0.0
    for part in time.replace(",", ".").split(":"):
        whole = whole * 60 + float(part)
    return whole


def parsed(text: str) -> list[tuple[float, float, str]]:
    """Read SRT or WebVTT back."""
    found = []
    for block in re.split(r"\r?\n\r?\n", text):
        match = re.search(r"(\S+) --> (\S+)\r?\n(.*)", block, re.DOTALL)
        if match:
            lines = re.sub(r"<\d+:[\d:.]+>", "", match[3]).split("\n")
            shown = " ".join(line.strip() for line in lines)
            found.append((seconds(match[1]), seconds(match[2]), shown))
    return found


def bare(text: str) -> str:
    return "".join(text.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">").split())


@pytest.mark.parametrize("words", [True, False], ids=["timed", "guessed"])
def test_a_long_sentence_is_cut_at_its_clauses(words):
    cues = cues_of(spoken(LONG, words=words))
    assert len(cues) > 2
    assert " ".join(cue.text for cue in cues) == LONG
    assert all(cue.end - cue.start <= LONGEST for cue in cues)
    for _, _, text in parsed(write_srt(spoken(LONG, words=words), ABOUT)):
        assert len(text) <= 2 * LINE + 1
    ends = [cue.text[-1] for cue in cues[:-1]]
    assert sum(end in ",;—" for end in ends) >= len(ends) - 1


def test_lines_are_short():
    text = write_srt(spoken(LONG, "Yes.", LONG), ABOUT)
    lines = [line for line in text.split("\r\n") if line and " --> " not in line]
    assert max(map(len, lines)) <= LINE


def test_a_short_cue_stays_to_be_read_while_nothing_follows():
    slow, fast = cues_of(spoken("Yes.", pause=3.0))[0], cues_of(spoken("Yes.", "No.", pause=0.2))[0]
    assert slow.end - slow.start == pytest.approx(1.0)
    assert fast.end == pytest.approx(cues_of(spoken("Yes.", "No.", pause=0.2))[1].start)
    hasty = cues_of(spoken("A line of some forty characters, or so.", pause=4, pace=0.02))[0]
    assert len(hasty.text) / (hasty.end - hasty.start) <= FASTEST + 0.1


def test_srt_as_it_is_written():
    text = write_srt(spoken("Yes.", "No & <no>."), ABOUT)
    assert text == (
        "1\r\n00:00:01,000 --> 00:00:01,780\r\nYes.\r\n\r\n"
        "2\r\n00:00:01,780 --> 00:00:02,780\r\nNo & <no>.\r\n\r\n"
    )


def test_vtt_as_it_is_written():
    text = write_vtt(spoken("Yes, no & <no>."), ABOUT, words=True)
    assert text == (
        "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n"
        "Yes, <00:00:01.290>no &amp; <00:00:01.440>&lt;no&gt;.\n\n"
    )


def test_lrc_as_it_is_written():
    text = write_lrc(spoken("Yes, no.", pause=2.0), ABOUT, words=True)
    assert text == (
        "[ti:One]\n[ar:Ada Stone]\n[al:The Lamp]\n[by:Kathleen (AI Voice)]\n[length:00:06.00]\n"
        "[00:01.00]<00:01.00>Yes, <00:01.29>no.\n[00:02.00]\n"
    )


def test_json_keeps_all_times():
    chapter = spoken("Yes, no.", "In 1910.")
    whole = json.loads(write_json(chapter, ABOUT))
    assert (whole["audio"], whole["seconds"]) == ("01.mp3", round(chapter.seconds, 3))
    assert [s["text"] for s in whole["sentences"]] == ["Yes, no.", "In 1910."]
    assert [w["text"] for w in whole["sentences"][1]["words"]] == ["In", "1910."]
    assert "words" not in json.loads(write_json(chapter, ABOUT, words=False))["sentences"][0]


def test_words_are_cues_where_asked_for():
    found = parsed(write_srt(spoken("Yes, no — never."), ABOUT, words=True))
    assert [text for *_, text in found] == ["Yes,", "no —", "never."]


@pytest.mark.parametrize("words", [False, True])
@settings(max_examples=40, deadline=None)
@given(
    texts=st.lists(st.text("abc ,.;—&<>é", max_size=120), max_size=4),
    pause=st.floats(0, 2),
    pace=st.floats(0.0001, 0.2),
    timed=st.booleans(),
)
def test_any_narration(words, texts, pause, pace, timed):
    texts = [" ".join(text.split()) for text in texts]
    chapter = spoken(*texts, pause=pause, pace=pace, words=timed)
    wanted = "".join(bare(sentence.text) for sentence in chapter.sentences)
    for write in (write_srt, write_vtt):
        cues = parsed(write(chapter, ABOUT, words=words))
        assert bare("".join(text for *_, text in cues)) == wanted
        times = [time for start, end, _ in cues for time in (start, end)]
        assert times == sorted(times)
        assert all(end > start for start, end, _ in cues)
        assert not times or times[-1] <= chapter.seconds
    lyrics = write_lrc(chapter, ABOUT, words=words)
    starts = [seconds(time) for time in re.findall(r"^\[(\d+:\d\d\.\d\d)\]", lyrics, re.MULTILINE)]
    assert starts == sorted(starts)
    assert bare(re.sub(r"^\[.*?\]|<\d+:[\d.]+>", "", lyrics, flags=re.MULTILINE)) == wanted


@pytest.mark.parametrize("kind", ["srt", "vtt", "lrc"])
@pytest.mark.parametrize("words", [False, True])
def test_ffprobe_reads_it(kind, words, tmp_path):
    if shutil.which("ffprobe") is None:
        pytest.skip("ffprobe is not installed")
    chapter = spoken("Yes.", LONG, "In 1910 & after.")
    path = tmp_path / f"one{WRITERS[kind].suffix}"
    path.write_bytes(WRITERS[kind].text(chapter, ABOUT, words=words).encode())
    command = ["ffprobe", "-v", "error", "-show_entries", "packet=pts_time", "-of", "csv=p=0"]
    run = subprocess.run([*command, str(path)], capture_output=True, text=True, check=True)
    assert run.stderr == ""
    times = [float(line.strip(",")) for line in run.stdout.split()]
    starts = [cue.start for cue in cues_of(chapter, words=words and kind == "srt")]
    for start in starts:
        assert min(abs(start - time) for time in times) < 0.011
    assert kind == "lrc" or len(times) == len(starts)
