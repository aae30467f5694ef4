"""Capital letters: initials and acronyms are spelled, words that merely shout are read as words."""

import re

from narrator.text.rules import STOP, Match, Rule, rule, stop

_PRONOUNCED = frozenset(
    "NASA NATO UNESCO UNICEF AIDS OPEC NAFTA RADAR LASER SCUBA SONAR NORAD DARPA SWAT COVID FIFA "
    "UEFA "
    "INTERPOL GULAG GESTAPO PIN RAM ROM LAN SIM ASAP OSHA FEMA BAFTA AWOL NIMBY YUPPIE MENSA "
    "SAT".split()
)
_SPELLED = frozenset(
    "USA UK EU UN AI CIA CEO CFO CTO COO IRA UFO UFOS VIP RAF USAF USN USS HIV IQ EQ ID IOU ISBN "
    "URL "
    "ATM DIY FAQ GPA ICU IRS MIT NYU UCLA USC LA LSD OBE ETA EKG ECG EEG EMT FAA FDA EPA FTC IBM "
    "IPO IMF "
    "PTA RIP SOS SUV TNT UPS USB WWI WWII XML YMCA YWCA BMW AOL AAA ABC AC APA AMA ACLU ADHD AKA "
    "BA BSA "
    "CPA CPU DA DOA DUI ER ESP EST GOP GI IV JFK KGB LAPD MBA MIA MVP NAACP NCO NRA OCD PA PC PDA "
    "PR RNA RSVP RV TA TVA UAE USSR VA VCR VD API APR AWD BYU CAD CIO DOB DOJ DOD EDT EPUB GIF GUI "
    "HIPAA'S IDE IE IP IPA IRC ISO ISP LED LLC OED OS OSS PBS PPE QED ROI RPG RPM SAS SEO SSA TBA "
    "UTI UX "
    "VOA WTO ".split()
)
_SHORT_WORDS = frozenset(
    "AH AM AN AS AT AW AX BE BY DO EH EM EN ER EX GO HA HE HI HM HO IF IN IS IT LO MA ME MY NO OF "
    "OH ON OR "
    "OW OX PA PI SO TO UM UP US WE YE YO LA".split()
)
_INTERJECTIONS = frozenset("HMM SHH SHHH PSST BRR TSK PFFT NTH HM MM MMM ZZZ GRR GRRR".split())
_ONSETS = frozenset(
    "B BL BR C CH CHR CL CR D DR DW F FL FR G GH GL GN GR H J K KH KL KN KR L M N P PH PHR PL PR "
    "PS Q QU R "
    "RH S SC SCH SCR SH SHR SK SL SM SN SP SPH SPL SPR SQ SQU ST STR SW T TH THR TR TS TW V W WH "
    "WR X Y Z".split()
)
_CODAS = frozenset(
    "B BB BS C CH CHT CK CKS CS CT CTS D DD DS DTH F FF FFS FS FT FTH FTS G GG GH GHS GHT GHTS GN "
    "GNS GS H "
    "K KS L LD LDS LF LFS LK LKS LL LLS LM LMS LN LP LPS LPT LS LT LTH LTS LVE M MB MBS MN MP MPH "
    "MPS MPT MS "
    "N NC NCH ND NDS NG NGS NGTH NK NKS NN NS NT NTH NTS P PH PP PS PT PTS R RB RBS RC RCH RD RDS "
    "RF RFS RG "
    "RK RKS RL RLD RLDS RLS RM RMS RMTH RN RNS RP RPS RR RRS RS RSH RST RT RTH RTHS RTS S SC SH "
    "SK SKS SM "
    "SMS SP SPS SS ST STS T TCH TH THS TS TT TTS V VS W WD WDS WK WL WLS WN WNS WS WT X XT Y Z "
    "ZZ".split()
)
_SYLLABLES = re.compile(r"([^AEIOUY]*+)((?:[AEIOUY]++[^AEIOUY]*+)*?)[AEIOUY]++([^AEIOUY]*+)")


def spell(letters: str) -> str:
    """The letters one by one: "FBI" is "F B I"."""
    return " ".join(letters.upper())


def acronym(word: str) -> str:
    """A word in capitals as it is said alone: "F B I", "Nasa", or in small letters."""
    return _acronym(word, shouted=False)


def is_spelled(word: str) -> bool:
    """Whether a word, taken as capitals, is read letter by letter."""
    return _acronym(word.upper(), shouted=False).count(" ") > 0


def _acronym(word: str, *, shouted: bool) -> str:
    if len(word) < 2:
        return word
    if word in _PRONOUNCED:
        return word.capitalize()
    if word in _INTERJECTIONS or (word in _SHORT_WORDS and not (word in _SPELLED and not shouted)):
        return word.lower()
    if word in _SPELLED or not re.search("[AEIOUYÀ-Ý]", word):
        return spell(word) if len(word) < 7 else word.lower()
    longest = 4 if shouted else 5
    if len(word) == 2 or (len(word) <= longest and not _pronounceable(word)):
        return spell(word)
    return word.lower()


def _pronounceable(word: str) -> bool:
    found = _SYLLABLES.fullmatch(word)
    if found is None:
        return False
    onset, _, coda = found.groups()
    return (not onset or onset in _ONSETS) and (not coda or coda in _CODAS)


def _capitals(match: Match) -> str:
    word, ending = match[1], match[2] or ""
    words = acronym(word)
    if ending == "s" and " " in words:
        return words + "'s"
    return words + ending


def _country(match: Match) -> str:
    return f"{match[1]} {spell(match[2])}"


def _initials(match: Match) -> str:
    letters = match["letters"].replace(".", " ").split()
    return " ".join(letters) + (match["possessive"] or stop(match))


def _shouted(match: Match) -> str:
    return re.sub(r"[^\W\d_]+", lambda word: _quiet(word[0]), match[0])


def _quiet(word: str) -> str:
    if word == "A":
        return "a"
    return _acronym(word, shouted=True) if word.isupper() and word != "I" else word


def lower_shouting(text: str) -> str:
    """Give `text` with its lines or runs of words in capitals in small letters."""
    return _SHOUT.sub(_shouted, text)


_UPPER = r"[A-ZÀ-ÖØ-Þ]"
_WORD = rf"{_UPPER}++(?:['’]{_UPPER}++)*+"
_GAP = r"[ ,;:.!?…—“”‘’'()&-]++"
_SHOUT = re.compile(
    rf"(?<![\w.])(?=(?:{_UPPER}{{1,3}}{_GAP}){{0,3}}{_UPPER}{{4,}})"
    rf"{_WORD}(?:{_GAP}{_WORD}){{2,}}+(?![\w])"
)
CAPITALS: tuple[Rule, ...] = (
    rule(
        rf"(?<![\w.])(?P<letters>[A-Z](?:\. ?[A-Z](?![A-Za-z]))+)(?=\.)"
        rf"(?:\.(?P<possessive>'s)|{STOP})",
        _initials,
    ),
    rule(
        rf"(?<![\w.'])(?P<letters>(?!I\b)[A-Z])(?=\. ?[A-Za-z])(?P<possessive>(?!))?{STOP}",
        _initials,
    ),
    rule(r"\b([Tt]he) (US|WHO|UN|EU|IT|LA|PA)\b", _country),
    rule(r"\b(US)(?P<s>)(?= [a-z])", "U S"),
    rule(r"(?<![\w])([A-ZÀ-ÖØ-Þ]{2,})(s|['’]s|['’]S)?(?!\w)", _capitals),
)
