"""Abbreviations in full; a full stop that also ends the sentence survives, any other goes."""

import re

from narrator.text.numbers import cardinal, ordinal
from narrator.text.rules import STOP, Match, Rule, rule, stop

_TITLES = {  # before a name, with or without a full stop
    "Dr": "Doctor", "Mr": "Mister", "Mrs": "Missus", "Ms": "Ms", "Mme": "Madame",
    "Mlle": "Mademoiselle",
    "Messrs": "Messieurs", "Capt": "Captain", "Cpt": "Captain", "Lt": "Lieutenant",
    "Col": "Colonel",
    "Sgt": "Sergeant", "Cpl": "Corporal", "Pvt": "Private", "Maj": "Major", "Cmdr": "Commander",
    "Adm": "Admiral", "Gen": "General", "Brig": "Brigadier", "Prof": "Professor", "Rev": "Reverend",
    "Revd": "Reverend", "Hon": "Honorable", "Fr": "Father", "Gov": "Governor", "Sen": "Senator",
    "Rep": "Representative", "Pres": "President", "Supt": "Superintendent", "Insp": "Inspector",
    "Det": "Detective", "Cdr": "Commander", "Mt": "Mount", "Ft": "Fort", "Pt": "Point",
    "Sec": "Secretary",
    "Esq": "Esquire", "Bros": "Brothers", "Mgr": "Monsignor", "Msgr": "Monsignor",
    "Ald": "Alderman",
    "Atty": "Attorney", "Amb": "Ambassador", "Treas": "Treasurer", "Sr": "Senior", "Jr": "Junior",
}  # fmt: skip
_DOTTED = {  # only with a full stop
    "etc": "et cetera", "e.g": "for example", "i.e": "that is", "vs": "versus", "viz": "namely",
    "cf": "compare", "ibid": "ibid", "al": "al", "ca": "circa", "approx": "approximately",
    "dept": "department", "Dept": "Department", "Inc": "Incorporated", "Ltd": "Limited",
    "Co": "Company",
    "Corp": "Corporation", "Ave": "Avenue", "Rd": "Road", "Blvd": "Boulevard", "Sq": "Square",
    "Ln": "Lane", "Hwy": "Highway", "Apt": "Apartment", "Bldg": "Building", "est": "established",
    "Est": "established", "govt": "government", "Govt": "Government", "assn": "association",
    "Assn": "Association", "assoc": "associated", "Univ": "University", "misc": "miscellaneous",
    "max": "maximum", "min": "minimum", "avg": "average", "incl": "including", "tel": "telephone",
    "Tel": "Telephone", "ext": "extension", "Ext": "Extension", "abbr": "abbreviation",
    "cont": "continued", "Cont": "Continued", "Lit": "Literature", "Eng": "English",
    "ed": "editor", "eds": "editors", "trans": "translated", "Trans": "translated",
    "Bart": "Baronet", "Ph.D": "P H D", "Litt.D": "Lit D", "D.Phil": "D Phil", "B.Sc": "B S C",
    "M.Sc": "M S C", "Esq": "Esquire", "jr": "junior", "sr": "senior", "Hosp": "Hospital",
    "Jan": "January", "Feb": "February", "Mar": "March", "Apr": "April", "Jun": "June",
    "Jul": "July",
    "Aug": "August", "Sept": "September", "Sep": "September", "Oct": "October", "Nov": "November",
    "Dec": "December", "Mon": "Monday", "Tue": "Tuesday", "Tues": "Tuesday", "Wed": "Wednesday",
    "Thu": "Thursday", "Thur": "Thursday", "Thurs": "Thursday", "Fri": "Friday",
    "Calif": "California",
    "Conn": "Connecticut", "Mass": "Massachusetts", "Penn": "Pennsylvania", "Tex": "Texas",
    "Fla": "Florida", "Ont": "Ontario", "Md": "Maryland", "Va": "Virginia", "Ky": "Kentucky",
    "Ill": "Illinois", "Mich": "Michigan", "Minn": "Minnesota", "Wis": "Wisconsin",
    "Tenn": "Tennessee",
    "Colo": "Colorado", "oz": "ounces", "lbs": "pounds", "secs": "seconds", "mins": "minutes",
    "hrs": "hours", "yrs": "years", "Xmas": "Christmas", "temp": "temperature", "doz": "dozen",
    "ret": "retired",
    "Neb": "Nebraska", "Ore": "Oregon",
}  # fmt: skip
_WORDS_TOO = frozenset(  # names and words as well: left alone where they end the sentence
    "Jan Mar Dec Tex Mass Ill Wis Penn Md Va Ave Lit max min ext trans est cont Sec Pt Col Gen "
    "Det Rep Pres Fr Mon"
    " Fri Wed Thu Sun Sat Esq".split()
)
_ALONE = {  # without a full stop, wherever they stand
    "etc": "et cetera", "vs": "versus", "Ltd": "Limited", "PhD": "P H D", "PhDs": "P H D's",
    "Jr": "Junior", "approx": "approximately", "dept": "department", "govt": "government",
    "Xmas": "Christmas",
    "Inc": "Incorporated", "WWI": "World War one", "WWII": "World War two", "OK": "okay",
}  # fmt: skip
_NUMBERED = {  # before a number
    "no": "number", "nos": "numbers", "p": "page", "pp": "pages", "vol": "volume",
    "vols": "volumes",
    "ch": "chapter", "chap": "chapter", "chs": "chapters", "fig": "figure", "figs": "figures",
    "sec": "section",
    "art": "article", "op": "opus", "bk": "book", "pt": "part", "v": "verse", "vv": "verses",
    "l": "line", "ll": "lines", "n": "note", "c": "circa", "ca": "circa", "ed": "edition",
    "r": "ruled",
    "b": "born", "d": "died", "apt": "apartment", "rm": "room", "ver": "version", "eq": "equation",
    "par": "paragraph", "para": "paragraph", "cap": "chapter", "ff": "following",
}  # fmt: skip
_BIBLE = {
    "Gen": "Genesis", "Exod": "Exodus", "Ex": "Exodus", "Lev": "Leviticus", "Num": "Numbers",
    "Deut": "Deuteronomy", "Josh": "Joshua", "Judg": "Judges", "Sam": "Samuel", "Kgs": "Kings",
    "Chron": "Chronicles", "Chr": "Chronicles", "Neh": "Nehemiah", "Ps": "Psalm", "Pss": "Psalms",
    "Prov": "Proverbs", "Eccl": "Ecclesiastes", "Isa": "Isaiah", "Jer": "Jeremiah",
    "Lam": "Lamentations",
    "Ezek": "Ezekiel", "Dan": "Daniel", "Hos": "Hosea", "Mic": "Micah", "Hab": "Habakkuk",
    "Zech": "Zechariah", "Mal": "Malachi", "Matt": "Matthew", "Mt": "Matthew", "Mk": "Mark",
    "Lk": "Luke",
    "Jn": "John", "Rom": "Romans", "Cor": "Corinthians", "Gal": "Galatians", "Eph": "Ephesians",
    "Phil": "Philippians", "Thess": "Thessalonians", "Tim": "Timothy", "Heb": "Hebrews",
    "Jas": "James",
    "Pet": "Peter", "Rev": "Revelation",
}  # fmt: skip
_BOOKS = sorted(
    {*_BIBLE.values(), "John", "Luke", "Mark", "Acts", "Job", "Ruth", "Esther", "Amos", "Titus"}
)
_ANY_BOOK = "|".join(sorted({*_BIBLE, *_BOOKS}, key=len, reverse=True))


def _numbered(match: Match) -> str:
    written: str = match[1]
    words = _NUMBERED[written.lower()]
    return words.capitalize() if written[0].isupper() else words


def _verse(match: Match) -> str:
    """A chapter and verse of the Bible; "2 Cor." is "Second Corinthians"."""
    book = _BIBLE.get(match["book"], match["book"])
    if match["which"]:
        book = f"{ordinal(int(match['which'])).capitalize()} {book}"
    words = f"{book} {cardinal(int(match['chapter']))}"
    for part, joint in (("verse", " "), ("last", " to ")):
        if match[part]:
            words += joint + cardinal(int(match[part]))
    return words


def _saint_or_street(match: Match) -> str:
    """Saint before a name, Street after one: "10 Downing St. near St. Paul's"."""
    text, at = match.string, match.start()
    follows = re.match(r" ['‘“]?[A-Z][a-z]", text[match.end() :])
    house = re.search(
        r"(?:\d\w*|[Oo]n|[Aa]t) (?:[A-Z]\w+ |\w+th |\w+st |\w+nd |\w+rd ){1,3}$",
        text[max(0, at - 60) : at],
    )
    if follows and not stop(match) and not (house and not _saintly(text, at)):
        return "Saint"
    return "Street" + stop(match) if at and text[:at].strip() else "Saint"


def _saintly(text: str, at: int) -> bool:
    return bool(
        re.search(r"\b(?:Mount|Port|Fort|Bury|Lake|Cape|[a-z]+) $", text[max(0, at - 20) : at])
    )


def _title(match: Match) -> str:
    return _TITLES.get(match["word"], match["word"])


def _dotted_title(match: Match) -> str:
    word = match["word"]
    known = _TITLES.get(word) or _TITLES.get(word.capitalize(), "").upper()
    known = "Ms" if known == "MS" else known  # in capitals it would be spelled
    if not known or (stop(match) and word in _WORDS_TOO):
        return match[0]
    return known + stop(match)


def _dotted(match: Match) -> str:
    known = _DOTTED.get(match["word"])
    if not known or (stop(match) and match["word"] in _WORDS_TOO):
        return match[0]
    return known + stop(match)


def _alone(match: Match) -> str:
    return _ALONE.get(match[0], match[0])


def _dotted_spaced(match: Match) -> str:
    written = match["word"].replace(" ", "")
    words = _DOTTED.get(written) or _DOTTED[written.lower()].capitalize()
    return words + stop(match)


_LONG = "|".join(sorted((word for word in _NUMBERED if len(word) > 2), key=len, reverse=True))
_ANY_CASE = rf"(?i:{_LONG}|no|pp|ch|bk|pt|op|rm)"
_SHORT = "|".join(word for word in _NUMBERED if len(word) < 3)
NUMBERED: tuple[Rule, ...] = (
    rule(rf"(?<![\w.'’-])({_ANY_CASE}|p)\.(?= ?(?:#?\d|[IVXLC]+\b|[ivxl]{{1,6}}\b))", _numbered),
    rule(rf"(?<![\w.'’-])({_SHORT})\.(?= ?\d)", _numbered),
    rule(r"(?<![\w.'’-])((?i:pp|vol|fig|figs|vols))(?= (?:\d|[IVXLC]+\b))", _numbered),
)
REFERENCES: tuple[Rule, ...] = (
    rule(
        rf"\b(?:(?P<which>[1-3]) )?(?P<book>{_ANY_BOOK})\.? (?P<chapter>\d{{1,3}})"
        r":(?P<verse>\d{1,3})(?:[–-](?P<last>\d{1,3}))?(?![\d:])(?! ?[ap]\.?m)",
        _verse,
    ),
    rule(
        r"\b(?:(?P<which>[1-3]) )?"
        r"(?P<book>Gen|Exod|Lev|Deut|Ps|Pss|Prov|Isa|Jer|Ezek|Matt|Rom|Cor|Heb)\. "
        r"(?P<chapter>\d{1,3})(?P<verse>(?!))?(?P<last>(?!))?(?!\d)",
        _verse,
    ),
)
ABBREVIATIONS: tuple[Rule, ...] = (
    rule(rf"(?<![\w.])St(?![\w'’])(?:(?=\.)|(?= [A-Z][a-z])){STOP}", _saint_or_street),
    rule(r"\bSts(?![\w'’])\.(?= [A-Z])(?P<stop>(?!))?", "Saints"),
    rule(
        r"(?<![\w.])(?:(?<=^)|(?<=[^A-Z.] ))M\. (?=(?:de|du|d['’])|[A-Z][a-zé]+(?! [A-Z]))",
        "Monsieur ",
    ),
    rule(r"&c\b\.?", "et cetera"),
    rule(
        rf"\b(?P<word>(?:Ph|Litt)\.D|D\.Phil|[BM]\.Sc|[Ee]\. ?g|[Ii]\. ?e)(?=\.){STOP}",
        _dotted_spaced,
    ),
    rule(rf"(?<![\w.'’-])(?P<word>[A-Z][A-Za-z]{{1,5}})(?=\.){STOP}", _dotted_title),
    rule(r"(?<![\w.])(?P<word>[A-Z][a-z]{1,5})(?= [A-Z][\w'’])(?![\w.])", _title),
    rule(rf"(?<![\w.'’-])(?P<word>[A-Za-z]{{2,6}})(?=\.){STOP}", _dotted),
    rule(r"(?<![\w.'’-])(?:Sat)\.(?=,? (?:[A-Z]|the))", "Saturday"),
    rule(r"(?<![\w.'’-])(?:Sun)\.(?=, [A-Z])", "Sunday"),
    rule(
        r"(?<![\w.'’-])(?:etc|vs|Ltd|PhDs?|Jr|approx|dept|govt|Xmas|Inc|WWII?|OK)(?![\w'’])", _alone
    ),
    rule(r"(?<=\w )v\.(?= [A-Z])", "versus"),
)
