"""The spoken notice: a replica's book begins with it, unless the user says otherwise."""

from pathlib import Path

import pytest
from fake_voice import FakeVoice
from own_speaker import own_voice
from test_narration import narrated

from narrator.studio.studio import Studio

REPLICA = "this audiobook is read by an authorised ai replica of annas voice"
STOCK = "this audiobook is read by an ai voice"


@pytest.mark.parametrize(
    ("own", "asked", "said"),
    [
        (True, None, [REPLICA]),
        (True, True, [REPLICA]),
        (True, False, []),
        (False, None, []),
        (False, True, [STOCK]),
        (False, False, []),
    ],
)
def test_a_book_begins_with_the_notice(
    studio: Studio, voice: FakeVoice, tmp_path: Path, own: bool, asked: bool | None, said: list[str]
) -> None:
    name = own_voice(studio).name if own else "kathleen"
    narrated(studio, tmp_path, voice=name, notice=asked, ranges=[(1, 2)])
    assert [text for text in voice.spoken if "audiobook" in text] == said
