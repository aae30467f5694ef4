"""The inventory of symbols that the engine reads: phonemes, pauses and openings.

Phonemes are the 39 of ARPAbet as in the CMU pronouncing dictionary; vowels carry their stress as a
digit (0 none, 1 primary, 2 secondary). A sentence is: one opening; its words, with one boundary
between each two, and the quotation marks that stand there after it; one ending, the boundary of its
last punctuation. The order is part of the weights: append, never insert.
"""

from collections.abc import Sequence

from narrator.speech import Opening

PAD = "_"
CONSONANTS = "B CH D DH F G HH JH K L M N NG P R S SH T TH V W Y Z ZH".split()
VOWELS = "AA AE AH AO AW AY EH ER EY IH IY OW OY UH UW".split()
PHONEMES = tuple(CONSONANTS) + tuple(f"{vowel}{stress}" for vowel in VOWELS for stress in (0, 1, 2))
PHONEME_SET = frozenset(PHONEMES)

WORD = " "
COMMA, COLON, DASH, STOP, QUESTION, EXCLAMATION, ELLIPSIS = ",", ":", "-", ".", "?", "!", "…"
PUNCTUATION = (COMMA, COLON, DASH, STOP, QUESTION, EXCLAMATION, ELLIPSIS)
# Hardly a clip of training holds these (5 and 6 of 3,900), so that no model knows how they sound;
# but a writer who sets one wants a pause.
SPOKEN_AS = {ELLIPSIS: STOP, DASH: COMMA}
SENTENCE_ENDS = (STOP, QUESTION, EXCLAMATION, ELLIPSIS)
BOUNDARIES = (WORD, *PUNCTUATION)
QUOTE_OPEN, QUOTE_CLOSE = "“", "”"
QUOTES = (QUOTE_OPEN, QUOTE_CLOSE)
OPENINGS = {Opening.SENTENCE: "^", Opening.PARAGRAPH: "¶", Opening.HEADING: "#"}

SYMBOLS = (PAD, *PHONEMES, *BOUNDARIES, *QUOTES, *OPENINGS.values())
INDEX = {symbol: number for number, symbol in enumerate(SYMBOLS)}


def inner_pauses(symbols: Sequence[str]) -> list[bool]:
    """Tell which symbols are punctuation that stands before the last phoneme of a sentence."""
    last = max((n for n, symbol in enumerate(symbols) if symbol in PHONEME_SET), default=0)
    return [symbol in PUNCTUATION and n < last for n, symbol in enumerate(symbols)]
