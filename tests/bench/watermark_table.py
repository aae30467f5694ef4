"""The watermark's figures as a page in Markdown."""

import math
from collections.abc import Sequence

import numpy as np
from attacks import OF_SPEED, PLAIN
from own_process import Figures

# (attack, seconds) -> the least fraction found that the project promises.
TARGETS = {
    **{(name, 5): 0.99 for name in ("none", "MP3 64k", "AAC 64k", "16 kHz")},
    **{(name, 10): 0.98 for name in ("noise 20 dB", "room", *OF_SPEED)},
    ("MP3 64k", 15): 0.98,
}
SUMS = (
    "weak",
    "sentences",
    "false_alarm",
    "seconds",
    "marking",
    "looked_through",
    "detecting",
)
SURE = 1.96  # standard deviations of a 95 % interval


def table(rounds: Sequence[Figures], here: Figures) -> str:
    """Give the page from the figures of each voice in each round."""
    voices = _joined(rounds)
    return "\n".join([*_about(voices, here), *_found(voices), *_sound(voices), *_speed(voices), ""])


def _joined(rounds: Sequence[Figures]) -> list[Figures]:
    voices: dict[str, Figures] = {}
    for one in rounds:
        if one["voice"] not in voices:
            voices[one["voice"]] = {"voice": one["voice"], "rounds": []}
        voices[one["voice"]]["rounds"].append(one)
    return [
        {"voice": name, "rounds": len(voice["rounds"])}
        | {
            part: [entry for one in voice["rounds"] for entry in one[part]]
            for part in ("looks", "quality")
        }
        | {part: sum(one[part] for one in voice["rounds"]) for part in SUMS}
        for name, voice in sorted(voices.items())
    ]


def interval(won: int, of: int) -> tuple[float, float]:
    """Give the 95 % interval of a share. Source: Wilson 1927."""
    share, spread = won / of, SURE**2 / of
    middle = (share + spread / 2) / (1 + spread)
    half = math.sqrt(share * (1 - share) * spread + spread**2 / 4) / (1 + spread)
    return max(0.0, middle - half), min(1.0, middle + half)


def _about(voices: Sequence[Figures], here: Figures) -> list[str]:
    seconds = sum(one["seconds"] / one["rounds"] for one in voices)
    crops = sum(len(_looks(one, "none", 5)) for one in voices)
    return [
        "# The watermark, measured",
        "",
        f"{len(voices)} voices, {crops} crops, {seconds / 60:.0f} min of speech; "
        f"{here['processor']}, {here['cores']} cores, {here['date']}.",
        "",
    ]


def _found(voices: Sequence[Figures]) -> list[str]:
    lines = [
        "| attack | heard | found | 95 % | target | z mean / worst | n | worst voice |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for attack in (*PLAIN, *OF_SPEED):
        for seconds in (5, 10, 15):
            lines += _row(voices, attack, seconds)
    return [*lines, ""]


def _row(voices: Sequence[Figures], attack: str, seconds: int) -> list[str]:
    by_voice = {str(one["voice"]): _looks(one, attack, seconds) for one in voices}
    looks = [look for some in by_voice.values() for look in some]
    if not looks:
        return []
    won = sum(look["won"] for look in looks)
    low, high = interval(won, len(looks))
    z = [look["z"] for look in looks]
    shares = {name: np.mean([look["won"] for look in some]) for name, some in by_voice.items()}
    worst = min(shares, key=lambda name: shares[name])
    what = f"{seconds} s, payload" if seconds == 15 else f"{seconds} s"
    target = TARGETS.get((attack, seconds))
    return [
        f"| {attack} | {what} | {won / len(looks):.3f} | {low:.3f}-{high:.3f} "
        f"| {'' if target is None else f'>= {target}'} | {np.mean(z):.1f} / {min(z):.1f} "
        f"| {len(looks)} | {f'{worst} {shares[worst]:.2f}' if shares[worst] < 1 else ''} |"
    ]


def _sound(voices: Sequence[Figures]) -> list[str]:
    wrong = sum(look.get("wrong", False) for one in voices for look in one["looks"])
    read = sum("wrong" in look for one in voices for look in one["looks"])
    alarms = sum(one["false_alarm"] for one in voices)
    weak, sentences = (sum(one[part] for one in voices) for part in ("weak", "sentences"))
    minutes = sum(one["looked_through"] for one in voices) / 60
    lines = [
        f"Wrong payloads: {wrong} of {read} read. Weak marks: {weak} of {sentences} sentences. "
        f"False alarms in {minutes:.0f} min of the same speech without a mark: {alarms}.",
        "",
        "| quality | mean | worst voice | worst sentence | n | target |",
        "|---|---|---|---|---|---|",
    ]
    for name, target in (("pesq", ">= 4.5"), ("snr", ">= 24 dB"), ("stoi", ">= 0.99")):
        means = {str(one["voice"]): np.mean([q[name] for q in one["quality"]]) for one in voices}
        every = [q[name] for one in voices for q in one["quality"]]
        worst = min(means, key=lambda voice: means[voice])
        lines.append(
            f"| {name.upper()} | {np.mean(every):.3f} | {worst} {means[worst]:.3f} "
            f"| {min(every):.3f} | {len(every)} | {target} |"
        )
    return [*lines, ""]


def _speed(voices: Sequence[Figures]) -> list[str]:
    heard = sum(one["looked_through"] for one in voices)
    marking = sum(one["seconds"] for one in voices) / sum(one["marking"] for one in voices)
    window = heard / sum(one["detecting"] for one in voices)
    return [
        "| work on one core, by processor seconds | times real time | target |",
        "|---|---|---|",
        f"| marking | {marking:.0f} | >= 150 |",
        f"| detecting in 10 s without a mark, all speeds | {window:.0f} | >= 15 |",
        f"| the same in a long file, where windows overlap by half | {window / 2:.0f} | >= 15 |",
    ]


def _looks(voice: Figures, attack: str, seconds: int) -> list[Figures]:
    return [
        look for look in voice["looks"] if look["attack"] == attack and look["seconds"] == seconds
    ]
