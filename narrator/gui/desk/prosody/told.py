"""What the prosody lane says of one phoneme, in words."""

from PySide6.QtCore import QCoreApplication

from narrator.gui.desk.prosody.curve import Curve
from narrator.gui.shared.wording import short_numeral
from narrator.speech import Bend

SHOWN = 0.05  # semitones and dB: less is not heard, and rounds to nothing


def letters(symbol: str) -> str:
    """Give a phoneme without the digit of its stress."""
    return symbol.rstrip("012")


def sound_told(curve: Curve, symbol: int) -> str:
    """Give a phoneme, as in "AH in keeper, 80 ms, 2.5 semitones up, −18 dB", and its bend."""
    sound = curve.sounds[symbol]
    parts = [_place(curve, symbol), _tr("{number} ms").format(number=round(sound.seconds * 1000))]
    if sound.semitones is not None:
        parts.append(semitones_told(sound.semitones) or _tr("at the voice's pitch"))
    if sound.energy is not None:
        parts.append(_tr("{number} dB").format(number=signed(round(sound.energy), plus="")))
    told = ", ".join(parts)
    bend = bend_told(curve.bend_of(symbol))
    return _tr("{sound}. Bent: {bend}").format(sound=told, bend=bend) if bend else told


def bend_told(bend: Bend) -> str:
    """Give what is bent, as in "10 % longer, 0.5 semitones up"; "" for nothing."""
    parts = []
    if bend.stretch != 1:
        percent = round(abs(bend.stretch - 1) * 100)
        words = _tr("{percent} % longer") if bend.stretch > 1 else _tr("{percent} % shorter")
        parts.append(words.format(percent=percent))
    if pitch := semitones_told(bend.pitch):
        parts.append(pitch)
    if bend.energy:
        words = _tr("{number} dB louder") if bend.energy > 0 else _tr("{number} dB softer")
        parts.append(words.format(number=short_numeral(abs(bend.energy))))
    return ", ".join(parts)


def semitones_told(semitones: float) -> str:
    """Give a distance of pitch, as in "2.5 semitones up"; "" for none."""
    if abs(semitones) < SHOWN:
        return ""
    number = round(abs(semitones), 1)
    if number == 1:
        return _tr("1 semitone up") if semitones > 0 else _tr("1 semitone down")
    words = _tr("{number} semitones up") if semitones > 0 else _tr("{number} semitones down")
    return words.format(number=short_numeral(number))


def signed(number: float, *, plus: str = "+") -> str:
    """Give a number with a minus that is as wide as the plus, which is left out if `plus` is."""
    sign = "−" if number < 0 else plus if number > 0 else ""
    return f"{sign}{short_numeral(abs(number))}"


def _place(curve: Curve, symbol: int) -> str:
    sound = curve.sounds[symbol]
    if sound.word >= 0:
        return _tr("{sound} in {word}").format(
            sound=letters(sound.symbol), word=curve.words[sound.word]
        )
    before = [other.word for other in curve.sounds[:symbol] if other.word >= 0]
    if not before:
        return _tr("pause before the first word")
    return _tr("pause after {word}").format(word=curve.words[before[-1]])


def _tr(text: str) -> str:
    return QCoreApplication.translate("prosody", text)
