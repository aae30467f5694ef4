"""Words that are written alike and said differently, told apart by the words around them.

gruut's part-of-speech tags decide most; the rules here decide those for which its lexicon has one
sound, and those that its tagger often gets wrong.
"""

import re
from collections.abc import Mapping, Sequence

from narrator.text.symbols import VOWELS

# Penn Treebank tag, or its first two letters -> the roles of gruut that serve it, best first.
_ROLES = {
    "VBD": ("VBD", "VB"),
    "VBN": ("VBD", "VB", "JJ"),
    "VB": ("VB",),
    "JJ": ("JJ", "NN", "VB"),
    "RB": ("RB", "JJ", "NN"),
    "NN": ("NN", "JJ", "VB"),
}
_MODAL = (
    r"(to|will|would|shall|should|can|could|may|might|must|do|does|did|cannot|\w+n't|\w+'ll|let's)"
    r"( (not|never|always|often|only|just|ever|also|then|i|you|he|she|it|we|they))?"
)
_ARTICLE = r"(a|an|the|his|her|my|your|their|its|our|this|that|no|one|every|each)"
_THING = r"(the|a|an|his|her|my|your|its|our|their|this|that|it|them)\b"
_HAVE = r"(have|has|had|having|\w+'ve|\w+'d|was|were|been|be|is|are)"
_LONG_AGO = r"\b(yesterday|ago|last (night|week|month|year))\b"
_VESSEL = r"(ship|boat|vessel|canoe|yacht|craft|ferry|galley|raft)"

# word -> (what ends before it, what begins after it, its sounds); the first that fits decides, and
# where none does the tagger. Words are lower-case, with one space between.
_RULES = {
    "read": (
        (_MODAL, "", "R IY1 D"),
        (rf"{_HAVE}( \w+)?|he|she|it", "", "R EH1 D"),
        (rf".*{_LONG_AGO}.*", "", "R EH1 D"),
        ("", rf".*{_LONG_AGO}", "R EH1 D"),
    ),
    "lead": (
        (_MODAL, "", "L IY1 D"),
        ("", r"(pipe|shot|pencil|paint|bullet|ball|weight|coffin|roof|poison)", "L EH1 D"),
        (r"of|molten|like|red|white", "", "L EH1 D"),
        ("", "", "L IY1 D"),
    ),
    "wind": (
        ("", rf"{_THING} (clock|watch|reel|string|wool|yarn|bandage|rope|thread)", "W AY1 N D"),
        (_MODAL, r"(?!(and|or|in|from)\b)\w", "W AY1 N D"),
        ("", "", "W IH1 N D"),
    ),
    "tear": (
        (_MODAL, "", "T EH1 R"),
        ("the|a", r"(in|along)\b", "T EH1 R"),
        (rf"{_ARTICLE}( \w+)?|shed|of", "", "T IH1 R"),
        ("", r"(gas|drop|duct|stain)", "T IH1 R"),
        ("", "", "T EH1 R"),
    ),
    "tears": (
        (r"he|she|it|who|which", "", "T EH1 R Z"),
        ("", "", "T IH1 R Z"),
    ),
    "live": (
        (
            "",
            r"(wire|music|ammunition|broadcast|show|coal|bait|audience|round|animal|band|fish)",
            "L AY1 V",
        ),
        ("", "", "L IH1 V"),
    ),
    "bow": (
        ("", rf"of ({_THING} )?{_VESSEL}", "B AW1"),
        (_MODAL, "", "B AW1"),
        (r"ship's|port|starboard", "", "B AW1"),
        (r"(took|take|takes|made|make|with|gave) (a|his|her|their)( \w+)?", "", "B AW1"),
        (r"a (low|deep|slight|stiff|small|little|polite|courtly|mock|final)", "", "B AW1"),
        ("", r"(to|before|down|low|out)\b", "B AW1"),
        ("", "", "B OW1"),
    ),
    "bows": (
        ("", rf"(to|before|down|low|of ({_THING} )?{_VESSEL})\b", "B AW1 Z"),
        ("", "", "B OW1 Z"),
    ),
    "bowed": (("", "", "B AW1 D"),),
    "bowing": (("", "", "B AW1 IH0 NG"),),
    "refuse": (
        (_MODAL, "", "R IH0 F Y UW1 Z"),
        (
            r"carry|the|of|household|with|some|all|garden|kitchen|city|rotting",
            r"(?!to\b)",
            "R EH1 F Y UW2 S",
        ),
        ("", "", "R IH0 F Y UW1 Z"),
    ),
    "present": (
        (_MODAL, "", "P R IH0 Z EH1 N T"),
        (r"^", _THING, "P R IH0 Z EH1 N T"),
    ),
    "close": (
        (rf"({_MODAL}|^|please)", _THING, "K L OW1 Z"),
        (r"to a|to its|the", r"(of\b|$)", "K L OW1 Z"),
        (
            r"stay|stayed|keep|kept|so|too|very|how|as|came|come|drew|stood|sat"
            r"|was|were|is|are|be|been|and",
            "",
            "K L OW1 S",
        ),
        ("", r"(to|by|at|behind|beside|together|enough|friend)\b", "K L OW1 S"),
    ),
    "used": (
        ("", r"to\b", "Y UW1 S T"),
        ("", "", "Y UW1 Z D"),
    ),
    "row": (
        (r"(had|having|making|terrible|blazing|awful|frightful|such) a|blazing", "", "R AW1"),
        ("", "", "R OW1"),
    ),
    "bass": (
        (r"(caught|sea|fish|striped|fried|grilled)( a)?", "", "B AE1 S"),
        ("", "", "B EY1 S"),
    ),
    "desert": (
        (_MODAL, "", "D IH0 Z ER1 T"),
        (rf"{_ARTICLE}( \w+)?", "", "D EH1 Z ER0 T"),
    ),
    "minute": (
        (r"so|very|most|these|those", "", "M AY0 N UW1 T"),
        ("", r"(detail|particle|quantit|fragment|trace|amount|creature)", "M AY0 N UW1 T"),
        ("", "", "M IH1 N AH0 T"),
    ),
    "wound": (
        ("", r"(up|around|round|through|its|down|(his|her|their) way|about)\b", "W AW1 N D"),
        (r"he|she|it|they|we|i|road|path|river|stream|and|who|which", "", "W AW1 N D"),
        ("", "", "W UW1 N D"),
    ),
    "Polish": ((r".*\w", "", "P OW1 L IH0 SH"),),
    "polish": (("", "", "P AA1 L IH0 SH"),),
    "does": (("", "", "D AH1 Z"),),
    "separate": ((_MODAL, "", "S EH1 P ER0 EY2 T"),),
}
_COMPILED = {
    word: tuple(
        (re.compile(rf"(?<!\S)(?:{before})$" if before else ""), re.compile(after), sounds.split())
        for before, after, sounds in rules
    )
    for word, rules in _RULES.items()
}
# Unstressed inside a phrase, full before a pause ("What is it for?").
_FULL = {
    "a": "EY1",
    "and": "AE1 N D",
    "can": "K AE1 N",
    "for": "F AO1 R",
    "of": "AH1 V",
    "than": "DH AE1 N",
    "the": "DH AH1",
    "to": "T UW1",
    "was": "W AH1 Z",
    "were": "W ER1",
}
_BEFORE_VOWEL = {"the": ("DH", "IY0"), "to": ("T", "UW0")}


def by_rule(words: Sequence[str], index: int) -> tuple[str, ...]:
    """Give the sounds of `words[index]` where a rule decides by its neighbours, else nothing."""
    word = words[index]
    rules = _COMPILED.get(word, ()) + _COMPILED.get(word.lower(), ())
    if not rules:
        return ()
    left = " ".join(words[:index]).lower()
    right = " ".join(words[index + 1 :]).lower()
    for before, after, sounds in rules:
        if before.search(left) and after.match(right):
            return tuple(sounds)
    return ()


def is_letter(words: Sequence[str], index: int) -> bool:
    """Tell whether a capital A is the letter's name: it stands beside another letter read alone."""
    beside = (*words[max(0, index - 1) : index], *words[index + 1 : index + 2])
    return words[index] == "A" and any(
        len(word) == 1 and word.isupper() and word not in "AI" for word in beside
    )


def role(tag: str, roles: Mapping[str, str]) -> str:
    """Give the one of gruut's `roles` that serves a Penn Treebank tag."""
    kind = tag if tag in _ROLES else tag[:2]
    return next((name for name in _ROLES.get(kind, ()) if name in roles), next(iter(roles)))


def weak_or_strong(
    word: str, sounds: tuple[str, ...], following: tuple[str, ...], *, before_pause: bool
) -> tuple[str, ...]:
    """Give a function word its form: full before a pause, linked to a vowel that follows."""
    if before_pause:
        return tuple(_FULL[word].split()) if word in _FULL else sounds
    if word in _BEFORE_VOWEL and following and following[0][:2] in VOWELS:
        return _BEFORE_VOWEL[word]
    return sounds
