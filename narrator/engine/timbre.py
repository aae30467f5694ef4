"""What the long-term spectrum of a speaker has that the model's speech in that voice lacks.

Source: the long-term average spectrum as a trait of speakers (Hollien and Majewski 1977, Journal of
the Acoustical Society of America 62, page 975).
"""

from collections.abc import Sequence

import torch
from torch import Tensor

from narrator.engine.fastspeech2 import FastSpeech2
from narrator.speech import Phonemes
from narrator.text.symbols import WORD

LOUDEST_QUANTILE = 0.98
RANGE = 4.0  # of log amplitude, 35 dB: fainter frames are pauses
# Four sentences with most sounds of English, about as often as it has them; words apart by a bar.
SPOKEN = tuple(
    Phonemes(symbols, (), (-1,) * len(symbols))
    for symbols in (
        tuple(WORD if symbol == "|" else symbol for symbol in sentence.split())
        for sentence in (
            "^ AH0 | K W IH1 K | B R AW1 N | F AA1 K S | JH AH1 M P S | OW1 V ER0 | DH AH0 | "
            "L EY1 Z IY0 | D AO1 G | W AY1 L | DH IY0 | AH1 DH ER0 Z | W AO1 CH | F R AH1 M | "
            "DH AH0 | HH IH1 L .",
            "^ P L IY1 Z | T EH1 L | M IY1 | W AH1 T | Y UW1 | TH AO1 T | AH0 V | DH AH0 | "
            "S T AO1 R IY0 | DH AE1 T | W IY1 | HH ER1 D | Y EH1 S T ER0 D EY2 | IY1 V N IH0 NG .",
            "^ AH1 N D ER0 | DH AH0 | B R IH1 JH | DH EH1 R | W ER0 | S EH1 V AH0 N | B OW1 T S , "
            "AH0 N D | IY1 CH | HH AE1 D | AH0 | L AE1 N T ER0 N | AH0 V | AH0 N AH1 DH ER0 | "
            "K AH1 L ER0 .",
            "^ HH IY1 | HH AE1 D | N AA1 T | IH0 K S P EH1 K T IH0 D | DH AE1 T | S AH1 CH | AH0 | "
            "S M AO1 L | HH AW1 S | K UH1 D | HH OW1 L D | S OW1 | M EH1 N IY0 | V OY1 S IH0 Z .",
        )
    )
)


def long_term_spectrum(mels: Sequence[Tensor]) -> Tensor:
    """Average the log mels, each (MELS, frames), over all frames that sound: (MELS,)."""
    frames = torch.cat(list(mels), dim=1)
    level = frames.logsumexp(dim=0)
    average: Tensor = frames[:, level > level.quantile(LOUDEST_QUANTILE) - RANGE].mean(dim=1)
    return average


def steering_by(offset: Tensor, acoustic: FastSpeech2) -> Tensor:
    """Give the steering (steering,) that adds `offset`, (MELS,), to every frame of the log mel.

    It lies on the bias of the last norm, from which a linear layer makes the mel.
    """
    steering = offset.new_zeros(acoustic.steering)
    place = acoustic.decoder_norm.place
    bias = slice(place.stop - acoustic.decoder_norm.width, place.stop)
    steering[bias] = torch.linalg.pinv(acoustic.mel.weight.float()) @ offset
    return steering
