"""Split a paragraph into sentences that a narrator can speak in one breath.

A sentence ends at a full stop, question or exclamation mark, an ellipsis or a dash that breaks
speech off, when white space and the beginning of another sentence follow. Rules, not training: each
question that such an end raises (an abbreviation? a speech tag?) has one function below.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

LONGEST = 400  # characters: about 25 s of speech, the most that one breath group should hold
SHORTEST_CUT = 120  # a clause cut earlier than this would leave a stump
LONGEST_TAG = (
    80  # "said the old man, and shut the door behind him." is a tag, a longer one a sentence
)

# Possessive, and never begun inside a run of marks: a megabyte of full stops takes linear time.
_END = re.compile(
    r"(?P<mark>(?<![.!?…])[.!?…]++|(?<![—–-])[—–-]++(?=[\"”’]))(?P<closers>[\"”’')\]»*_]*+) "
)
_OPENERS = "“\"‘'«([*_—–- "
_CLOSING_QUOTES = "\"”’'»"
_CLAUSE_ENDS = (
    re.compile(r"[.!?…][\"”’')\]]* "),
    re.compile(r"[;:][\"”’')\]]* |[—–][\"”’')\]]* | (?=[—–] )"),
    re.compile(r", (?=(?:and|but|or|for|so|yet|nor|which|who|that|when|while|if|because|as)\b)"),
    re.compile(r",[\"”’')\]]* "),
    re.compile(r" "),
)


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_STARTERS = _set(
    """a after again all already although an and another any anyone as at because before both but by
    can come did do does each even every everybody everyone everything few finally for from go had
    has have he her here hers his how however i if in indeed instead is it its just later let many
    may maybe most my never no nobody none nor not nothing now of on once one only or other others
    our perhaps she should since so some somebody someone soon still such suddenly than that the
    their then there these they this those though thus to today tomorrow until was we were what when
    where whether which while who why will with would yes yesterday yet you your"""
)
_TITLES = _set(
    """adm archbp bp bro brig capt cdr cmdr col cpl det dr fr gen gov hon insp lieut lt m maj messrs
    mlle mlles mme mmes mr mrs ms msgr mt mx pfc pres prof pvt rep rev sec sen sgt sra sr srta st
    ste supt"""
)
_BEFORE_NUMBERS = _set("app art bk c ca ch chap fig figs no nos p par pp pt sec sect v vol vols")
_NEVER_LAST = _set("cf e.g eg i.e ie viz vs")
_MAY_BE_LAST = _set(
    """al apr apt assn aug ave bldg blvd bros co corp cor dec deg dept dist ed eds eng esq etc est
    ext feb ft govt hr hrs hwy in inc jan jct jr jul jun lat lb lbs lit ltd long mar mfg min mins
    nov oct oz phil rd rom sat sep sept sq sr st tel univ wk yd yr yrs"""
)
_CLOCK_FOLLOWERS = _set(
    """monday tuesday wednesday thursday friday saturday sunday january february march april may
    june july august september october november december est edt cst cdt mst mdt pst pdt gmt utc bst
    cet"""
)
_SPEECH_VERBS = (
    "added|agreed|announced|answered|asked|began|begged|bellowed|breathed|called|chuckled|continued|cried|"
    "declared|demanded|exclaimed|gasped|groaned|growled|grunted|hissed|inquired|insisted|interrupted|laughed|"
    "moaned|murmured|muttered|observed|protested|remarked|repeated|replied|returned|roared|said|says|screamed|"
    "shouted|shrieked|sighed|snapped|sobbed|suggested|thought|thundered|urged|wailed|whispered|wondered|yelled"
)
_NAMED_TAG = re.compile(
    rf"(?!(?:He|She|It|They|We|You|The|An?|This|That) )"
    rf"(?:[A-Z][\w.'’-]*+ ){{1,3}}(?:{_SPEECH_VERBS})\b"
)
_TAG_SPEECH_END = re.compile(r"([.!?…,—-]+)[\"”’'»]+ (?=[^\"”“»«]*$)")


def split_sentences(paragraph: str) -> list[str]:
    """Split `paragraph` into sentences of at most 400 characters.

    White space becomes single blanks, and " ".join(the sentences) is the paragraph so normalised;
    the one exception is a single word over 400 characters, which is cut. No sentence is empty. A
    speech tag stays with its speech ("Stop!" he cried.), and so does speech that goes on after it,
    unless that is an answer.
    """
    text = " ".join(paragraph.split())
    cuts = [0, *_ends(text), len(text)]
    sentences = (text[start:end].strip(" ") for start, end in pairwise(cuts))
    return [piece for sentence in sentences if sentence for piece in _breaths(sentence)]


def _ends(text: str) -> Iterator[int]:
    start = 0
    for found in _END.finditer(text):
        if _is_end(text, start, found):
            start = found.end()
            yield start


def _is_end(text: str, start: int, found: re.Match[str]) -> bool:
    mark, closers, stop = found["mark"], found["closers"], found.start()
    start = max(start, stop - 2 * LONGEST_TAG)  # no rule looks further back
    quoted = any(quote in closers for quote in _CLOSING_QUOTES)
    rest = text[found.end() : found.end() + LONGEST_TAG]
    if not _begins_sentence(rest, quoted=quoted, pausing=_is_pause(mark)):
        return False
    if quoted:
        return not (_is_exclaimed(mark) and _NAMED_TAG.match(rest))
    if mark == "." and not closers:
        if _is_abbreviation(text, start, stop, rest):
            return False
    elif _is_pause(mark) and _stammers(text[start:stop], rest):
        return False
    return not _is_speech_tag(text[start:stop], rest)


def _is_pause(mark: str) -> bool:
    return mark[0] in "…—–-" or mark.startswith("..")


def _is_exclaimed(mark: str) -> bool:
    return _is_pause(mark) or "!" in mark or "?" in mark


def _begins_sentence(rest: str, *, quoted: bool, pausing: bool) -> bool:
    """Whether a sentence may begin with `rest`: small letters do so only as eBay or as quoted
    speech."""
    bare = rest.lstrip(_OPENERS)
    if not bare or not bare[0].islower():
        return True
    word = bare.split(" ", 1)[0]
    if len(word) > 1 and word[1].isupper():
        return True
    return not quoted and not pausing and rest[0] in "“«"


def _is_abbreviation(text: str, start: int, stop: int, rest: str) -> bool:
    """Whether the full stop at `stop` belongs to the word before it and ends nothing."""
    word = text[text.rfind(" ", 0, stop) + 1 : stop].lstrip(_OPENERS)
    following = re.split(r"[^\w'’.:-]", rest.lstrip(_OPENERS), maxsplit=1)[0].rstrip(".")
    plain, next_word = word.lower(), following.lower()
    starter = next_word.partition("'")[0].partition("’")[0] in _STARTERS
    if plain in _BEFORE_NUMBERS and re.fullmatch(r"[IVXLC]+", following):
        return True
    if following[:1].isdigit() and _takes_number(word, plain, following):
        return True
    if plain in ("a.m", "p.m", "am", "pm"):
        return next_word in _CLOCK_FOLLOWERS
    if plain in _NEVER_LAST:
        return True
    if len(word) == 1 and word.isalpha():
        return not starter and not _is_pronoun_i(text, start, stop, word)
    if plain in ("st", "sr") and starter:
        return False
    if word[:1].isupper() and plain in _TITLES:
        return True
    return (
        plain in _MAY_BE_LAST or re.fullmatch(r"(?:\w{1,2}\.)+\w{1,2}", word) is not None
    ) and not starter


def _takes_number(word: str, plain: str, following: str) -> bool:
    if plain in _BEFORE_NUMBERS or plain in _MAY_BE_LAST or plain in ("a.d", "b.c"):
        return True
    if re.fullmatch(r"\d+:\d+.*", following):  # a verse: Gen. 3:16
        return True
    return re.fullmatch(r"[£\d.]*\d+[sd]", word) is not None


def _is_pronoun_i(text: str, start: int, stop: int, word: str) -> bool:
    """Whether "I" is the speaker ("and so am I.") and not an initial ("I. Newton")."""
    return word == "I" and text[start : stop - 1].rstrip(" ").rpartition(" ")[2].islower()


def _stammers(before: str, rest: str) -> bool:
    """Whether the word before the pause is said again after it: "I... I do not know"."""
    last = before.rpartition(" ")[2].strip(_OPENERS).casefold()
    return (
        bool(last)
        and re.match(rf"{re.escape(last)}\b", rest.lstrip(_OPENERS).casefold()) is not None
    )


def _is_speech_tag(sentence: str, rest: str) -> bool:
    """Whether `sentence` ends in a tag (... “said she”) and `rest` is the same speaker going on.

    After a question the next speech is taken for the answer of another.
    """
    if rest[0] not in "“\"‘«'":
        return False
    spoken = _TAG_SPEECH_END.search(sentence)
    if spoken is None or "?" in spoken[1]:
        return False
    tag = sentence[spoken.end() :]
    return len(tag) <= LONGEST_TAG and (tag[:1].islower() or _NAMED_TAG.match(tag) is not None)


def _breaths(sentence: str) -> Iterator[str]:
    """Cut a sentence over 400 characters at its strongest clause ends, else between words."""
    while len(sentence) > LONGEST:
        cut = _best_cut(sentence)
        yield sentence[:cut].rstrip(" ")
        sentence = sentence[cut:].lstrip(" ")
    if sentence:
        yield sentence


def _best_cut(sentence: str) -> int:
    window = sentence[: LONGEST + 1]
    for clause_end in _CLAUSE_ENDS:
        ends = [found.end() for found in clause_end.finditer(window, SHORTEST_CUT)]
        if ends:
            return ends[-1]
    return window.rfind(" ") + 1 or LONGEST
