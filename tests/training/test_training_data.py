from itertools import islice
from pathlib import Path

import numpy as np
import pytest
import torch

from narrator.engine.config import MELS
from narrator.engine.measure import per_symbol, recorded_bands
from narrator.speech import HOP
from narrator.training.ablations.harmonic_vocoder import smoothed
from narrator.training.corpus import Clip, read_manifest
from narrator.training.cutting import EDGE, sentences
from narrator.training.dataset import Batch, Batches, Example
from narrator.training.sounds import Pieces, Sound

HEADER = "file\tspeaker\tsource\tlicence\tsex\tage\tseconds\tbandwidth_hz\tsplit\ttext\n"
ROW = 'a/one.wav\tanna\tmine\tCC0-1.0\tf\t40\t2.5\t22000\ttrain\tShe said, "no".\n'
LOUDNESS = {"anna": 1.0, "bo": 2.0, "cy": 3.0}


def clip(speaker: str, number: int = 0, source: str = "mine") -> Clip:
    return Clip(f"{speaker}/{number}.wav", speaker, source, "", "?", 1.0, 22_000, "train", "Hello.")


def example(speaker: str, frames: int, source: str = "mine") -> Example:
    """A clip of two symbols whose mel tells its speaker."""
    half = np.array([frames // 2, frames - frames // 2])
    mel = np.full((MELS, frames), LOUDNESS[speaker], dtype=np.float16)
    three = np.zeros((3, 2), dtype=np.float32)
    return Example(clip(speaker, frames, source), np.array([5, 7]), half, *three, mel, mel[0])


def drawn(examples: list[Example], count: int, frames: int = 1000, seed: int = 1) -> list[Batch]:
    return list(islice(Batches(examples, {}, frames=frames, seed=seed), count))


EXAMPLES = [example(name, frames) for name in LOUDNESS for frames in (60, 150, 220, 400)]


def test_a_manifest_is_read_row_by_row(tmp_path: Path) -> None:
    (tmp_path / "manifest.tsv").write_text(HEADER + ROW, encoding="utf-8")
    (only,) = read_manifest(tmp_path)
    assert only.text == 'She said, "no".'
    assert (only.seconds, only.bandwidth_hz, only.split) == (2.5, 22_000.0, "train")
    assert only.key == "a__one"


def test_a_manifest_from_a_spreadsheet_may_begin_with_a_byte_order_mark(tmp_path: Path) -> None:
    (tmp_path / "manifest.tsv").write_text(HEADER + ROW, encoding="utf-8-sig")
    assert [row.speaker for row in read_manifest(tmp_path)] == ["anna"]


def test_a_clip_without_a_transcript_has_an_empty_text(tmp_path: Path) -> None:
    row = ROW.rpartition("\t")[0]
    (tmp_path / "manifest.tsv").write_text(HEADER + row + "\n" + row + "\t\n", encoding="utf-8")
    assert [row.text for row in read_manifest(tmp_path)] == ["", ""]


def test_a_manifest_without_a_column_says_which(tmp_path: Path) -> None:
    text = HEADER.replace("split\t", "") + ROW.replace("train\t", "")
    (tmp_path / "manifest.tsv").write_text(text, encoding="utf-8")
    with pytest.raises(KeyError, match="split"):
        read_manifest(tmp_path)


def test_measures_are_averaged_over_each_symbol() -> None:
    f0 = np.array([0, 100, 100, 0, 0, 200, 999], dtype=np.float32)
    energy = np.array([1, 2, 3, 4, 6, 8, 99], dtype=np.float32)
    log_f0, voiced, level = per_symbol(np.array([3, 0, 2, 1]), f0, energy)
    assert voiced.tolist() == [1, 0, 0, 1]
    assert log_f0 == pytest.approx([np.log(100), 0, 0, np.log(200)])
    assert level == pytest.approx([2, 0, 5, 8])


def test_a_mostly_unvoiced_symbol_has_no_pitch() -> None:
    f0 = np.array([120, 0, 0, 0], dtype=np.float32)
    log_f0, voiced, _ = per_symbol(np.array([4]), f0, np.zeros(4, dtype=np.float32))
    assert (log_f0.tolist(), voiced.tolist()) == ([0], [0])


def test_a_narrow_recording_teaches_nothing_about_its_missing_treble() -> None:
    assert recorded_bands(22_000).all()
    narrow, wider = recorded_bands(8_000), recorded_bands(10_000)
    assert 0 < narrow.sum() < wider.sum() < MELS
    assert (np.diff(narrow) <= 0).all()
    assert narrow.sum() >= 66  # the bands the speaker encoder hears, but for the highest two


def test_a_long_clip_is_cut_amid_the_pauses_between_its_sentences() -> None:
    told = [("¶", 5), ("HH", 9), (".", 61), ("“", 0), ("AY1", 30), ("!", 20), ("”", 0)]
    told += [("HH", 8), (".", 3), ("IY1", 7), (".", 14)]  # too short a pause to cut in
    symbols, durations = [symbol for symbol, _ in told], [frames for _, frames in told]
    first, second, third = sentences(symbols, durations)
    assert first == (["¶", "HH", "."], [5, 9, EDGE], 0)
    assert second == (["^", "“", "AY1", "!", "”"], [EDGE, 0, 30, 10, 0], 5 + 9 + 61 - EDGE)
    assert third == (["^", "HH", ".", "IY1", "."], [10, 8, 3, 7, 14], 5 + 9 + 61 + 30 + 10)


def test_a_clip_of_one_sentence_stays_whole() -> None:
    assert sentences(["^", "HH", "."], [5, 9, 61]) == [(["^", "HH", "."], [5, 9, 61], 0)]


def test_a_batch_is_padded_to_its_longest_clip() -> None:
    for batch in drawn(EXAMPLES, 8):
        frames = batch.durations.sum(dim=1)
        assert batch.mel.shape == (len(frames), MELS, frames.max())
        assert batch.symbols.shape == batch.pitch.shape == (len(frames), 2)
        assert batch.bands.shape == (len(frames), MELS)
        assert batch.prompts.shape[:3] == (2, len(frames), MELS)
        assert batch.heard.shape == (2, len(frames), batch.prompts.shape[3])
        for row, length in zip(batch.mel, frames, strict=True):
            assert row[:, :length].all()
            assert not row[:, length:].any()


def test_prompts_are_of_the_speaker_and_of_nobody_else() -> None:
    for batch in drawn(EXAMPLES, 8):
        voices = torch.tensor([LOUDNESS[sorted(LOUDNESS)[n]] for n in batch.speakers.tolist()])
        assert (batch.mel.amax(dim=(1, 2)) == voices).all()
        for prompts, heard in zip(batch.prompts, batch.heard, strict=True):
            there = heard[:, None].expand_as(prompts)
            assert (prompts == torch.where(there, voices[:, None, None], 0.0)).all()


def test_a_batch_keeps_its_budget_unless_one_clip_alone_is_over_it() -> None:
    for batch in drawn(EXAMPLES, 30, frames=300):
        count, _, frames = batch.mel.shape
        assert count * frames <= 300 or count == 1


def test_the_same_seed_draws_the_same_batches() -> None:
    first, again, other = (drawn(EXAMPLES, 4, seed=seed) for seed in (1, 1, 2))
    for one, two in zip(first, again, strict=True):
        assert all(torch.equal(a, b) for a, b in zip(one, two, strict=True))
    assert any(
        not torch.equal(one.prompts, two.prompts) for one, two in zip(first, other, strict=True)
    )


def test_a_rare_source_is_drawn_as_often_as_its_weight_says() -> None:
    rare = [example("anna", 100, "rare")]
    common = [example("bo", 100, "common") for _ in range(50)]
    batches = Batches(rare + common, {"rare": 3.0}, frames=400, seed=1)
    speakers = torch.cat([batch.speakers for batch in islice(batches, 250)])
    assert (speakers == 0).float().mean() == pytest.approx(0.75, abs=0.05)


def test_voices_for_the_encoder_alone_are_heard_and_not_spoken() -> None:
    listened = [np.full((MELS, 200), 9.0, dtype=np.float16)]
    batch = next(iter(Batches(EXAMPLES, {}, frames=1000, seed=1, listened=listened)))
    assert batch.prompts.shape[1] == len(batch.speakers) == len(batch.symbols) + 1
    assert batch.speakers[-1] == len(LOUDNESS)
    assert batch.prompts[:, -1].max() == 9


def test_without_any_aligned_clip_there_is_nothing_to_learn_from() -> None:
    with pytest.raises(ValueError, match="no clip of the corpus is aligned"):
        Batches([], {}, frames=1000, seed=1)


def sound(frames: int) -> Sound:
    """Mel, waveform and melody that all count their frames."""
    count = np.arange(frames)
    mel = np.tile(count.astype(np.float16), (MELS, 1))
    melody = count.astype(np.float32)
    return Sound(clip("anna"), np.repeat(count, HOP).astype(np.int16), mel, melody)


def test_a_piece_of_sound_stands_where_its_mel_does() -> None:
    pieces = Pieces([sound(100), sound(20)], {}, 48)
    mel, wave, f0 = pieces.draw(6, np.random.default_rng(0))
    assert (mel.shape, wave.shape) == ((6, MELS, 48), (6, 48 * HOP))
    assert torch.equal((wave[:, ::HOP] * 32_767).round(), mel[:, 0])
    assert torch.equal(f0, mel[:, 0])
    assert len(mel[:, 0, 0].unique()) > 1


def test_clips_that_are_all_too_short_for_the_vocoder_are_named() -> None:
    with pytest.raises(ValueError, match="longer than"):
        Pieces([sound(20)], {}, 48)


def test_a_smoothed_melody_is_flat_where_it_trembled_and_unvoiced_where_it_was() -> None:
    trembling = torch.tensor([[0.0, 0, 90, 110, 90, 110, 90, 110, 0, 0, 200, 200]])
    found = smoothed(trembling, 3)
    assert torch.equal(found > 0, trembling > 0)
    assert found[0, 3:7].sub(100).abs().max() < 4
    assert found[0, 10:].tolist() == pytest.approx([200, 200])
