"""Recognise what a column or a code is by its name, in several languages."""

import re
import unicodedata
from dataclasses import dataclass

from sepsisflow.readers.suspects import is_named_after_identifier

UNIT = re.compile(r"^(?P<base>.*?)\s*[(\[](?P<unit>[^()\[\]]*(\[[^\]]*\])?[^()\[\]]*)[)\]]\s*$")
SPELT = str.maketrans({"ß": "ss", "\u0131": "i", "α": "alpha", "γ": "gamma", "µ": "u", "μ": "u"})


def plain(text: str) -> str:
    """A name without case, accents and punctuation: "Größe, Körper" is "grosse korper"."""
    spelt = unicodedata.normalize("NFKD", text.casefold().translate(SPELT))
    letters = "".join(each for each in spelt if not unicodedata.combining(each))
    return re.sub(r"[^a-z0-9]+", " ", letters).strip() or text.strip()


def split_unit(heading: str) -> tuple[str, str]:
    """Name and unit of a heading: "IL-6 (pg/mL)" gives "IL-6" and "pg/mL"."""
    match = UNIT.match(heading)
    return (match["base"], match["unit"].strip()) if match else (heading, "")


def word(text: str, taken: set[str], other: str) -> str:
    """A name such as the study file asks for, made of a text; new among those ``taken``."""
    letters = re.sub(r"[^a-z0-9]+", "_", plain(text)).strip("_")
    name = letters if letters[:1].isalpha() else f"{other}_{letters}".strip("_")
    number, base = 2, name
    while name in taken:
        name, number = f"{base}_{number}", number + 1
    taken.add(name)
    return name


@dataclass(frozen=True)
class Names:
    """Plain words and what each stands for.

    ``roles`` and ``events`` give fields and events for names of columns, in the order in which
    they are preferred; ``variables`` and ``agents`` entries of the codelists; ``texts`` the texts
    of cells per meaning; ``personal`` are names of columns that identify nobody and are still
    not looked into.
    """

    roles: dict[str, list[str]]
    events: dict[str, list[str]]
    variables: dict[str, str]
    agents: dict[str, str]
    texts: dict[str, set[str]]
    personal: set[str]
    sentinels: set[str]


def known_names(synonyms: dict, codelists: dict) -> Names:
    """Names of resources/drafting/synonyms.yaml and of the codelists."""
    return Names(
        roles={name: [plain(each) for each in words] for name, words in synonyms["roles"].items()},
        events={
            name: [plain(each) for each in words] for name, words in synonyms["events"].items()
        },
        variables=_entries(codelists["variables"], synonyms["variables"]),
        agents=_entries(codelists["agents"], synonyms["agents"]),
        texts={name: {plain(each) for each in words} for name, words in synonyms["texts"].items()},
        personal={plain(each) for each in synonyms["personal"]},
        sentinels=set(synonyms["sentinels"]),
    )


def _entries(codelist: dict, synonyms: dict) -> dict[str, str]:
    """Every word for an entry of a codelist: its key, label, LOINC code and synonyms."""
    words: dict[str, str] = {}
    for name, entry in codelist.items():
        own = [name, entry["label"], entry.get("loinc") or name, *synonyms.get(name, ())]
        for each in own:
            words.setdefault(plain(each), name)
    return words


def recognise(heading: str, words: dict[str, str]) -> str | None:
    """Entry that a heading names; a trailing number ("crea1", "Lactate day 1") does not matter."""
    base = plain(split_unit(heading)[0])
    for each in (base, re.sub(r"( ?(day|tag|d|t))? ?\d+$", "", base)):
        if each in words:
            return words[each]
    return None


def is_personal(heading: str, names: Names) -> bool:
    """Whether a column is named like personal data or free remarks, and not to identify a row."""
    base = split_unit(heading)[0]
    named = plain(base) in names.personal or is_named_after_identifier(base)
    return named and plain(base) not in names.roles["participant_id"]


def meanings(texts: list[str], names: Names, kinds: tuple[str, ...]) -> dict[str, str] | None:
    """Which of ``kinds`` each text means, None unless every text means one."""
    found = {text: kind for text in texts for kind in kinds if plain(text) in names.texts[kind]}
    return found if texts and len(found) == len(texts) else None
