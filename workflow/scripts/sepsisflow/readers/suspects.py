"""Columns of a raw file that look as if they told who a person is, by their names and cells.

Words in English, Turkish, German, French, Spanish and Russian. A name alone accuses nobody: most of
the cells must look like it, so that "mobile" (0 or 1) or "given_birth" is no identifier.
Imported whenever the workflow is read, so without pandas.
"""

import re
import unicodedata
from collections.abc import Callable

from sepsisflow.readers.cells import cell_text

NAMES = "names"
MAIL = "mail addresses"
PHONES = "phone numbers"
ADDRESSES = "postal addresses"
BIRTHS = "dates of birth"
NATIONAL = "national identification numbers"
RECORDS = "medical record numbers"
# What most cells, or many cells, are: shares of those that are not empty.
MOST, MANY = 0.8, 0.5
# Dates of birth without a name that says so lie years before the row's other dates, spread widely.
FEWEST_BIRTHS, OLDEST_YEARS, SPREAD_YEARS = 10, 115, 15

# Words that all stand in the column's name, in any order; alone, where they begin with "=".
WORDS = {
    MAIL: """
        email; mail; e mail; eposta; correo; courriel; mel; почта; mailadresse""",
    PHONES: """
        phone; telephone; tel; telefon; telefono; mobile; cellphone; fax; gsm; cep; handy; mobil;
        telefonnummer; handynummer; rufnummer; portable; movil; телефон""",
    BIRTHS: """
        dob; birth; birthdate; birthday; brthdtc; dogum; geburtsdatum; geburtstag; geboren; geb;
        naissance; nacimiento; рождения""",
    NATIONAL: """
        ssn; social security; national id; national number; nhs number; nhs no; passport; driver
        license; kimlik; tckn; tc no; pasaport; sozialversicherung; sozialversicherungsnummer;
        versichertennummer; personalausweis; securite sociale; nir; insee; dni; nie; nif; curp; cpf;
        pesel; снилс; паспорт; полис; инн""",
    RECORDS: """
        mrn; vmrn; medical record; hospital number; hospital no; hospital id; chart number; dosya;
        protokol no; hasta no; patientennummer; fallnummer; aktennummer; numero dossier; historia
        clinica; nhc; номер истории""",
    ADDRESSES: """
        address; street; zip; zipcode; postcode; postalcode; postal code; adres; adresi; posta kodu;
        adresse; anschrift; strasse; plz; postleitzahl; rue; code postal; direccion; domicilio;
        calle; codigo postal; адрес; улица""",
    NAMES: """
        =name; first name; last name; middle name; given name; family name; maiden name; full name;
        patient name; subject name; participant name; contact name; mother name; father name;
        firstname; lastname; fullname; surname; forename; initials; =isim; =ad; =adi; soyad; soyadi;
        ad soyad; adi soyadi; hasta adi; baba adi; anne adi; vorname; nachname; familienname;
        geburtsname; patientenname; =nom; nom famille; nom patient; prenom; =nombre; nombre
        paciente; nombre completo; apellido; apellidos; =имя; фамилия; отчество; фио""",
}
MAIL_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)*\.[A-Za-z]{2,}")
PHONE_NUMBER = re.compile(
    r"\+\d{1,3}([ ().-]*\d){7,12}"  # international
    r"|(\([2-9]\d{2}\) ?|[2-9]\d{2}[-. ])[2-9]\d{2}[-. ]\d{4}"  # North America
    r"|\(?0\d{2,4}\)?[ /-]\d{3}[ -]?\d{2}[ -]?\d{2,4}"
)
DATE = re.compile(r"(?P<y>\d{4})[-/.]\d\d?[-/.]\d\d?\b|\d\d?[-/.]\d\d?[-/.](?P<z>\d{4})\b")
SHORT_DATE = re.compile(r"\d\d?[-/.]\d\d?[-/.]\d\d\b")
SOCIAL_SECURITY = re.compile(r"(?!000|666|9)\d{3}-(?!00)\d{2}-(?!0000)\d{4}")
DNI = re.compile(r"([XYZ]?)(\d{7,8})-?([A-Z])")
DOTLESS_I = "\N{LATIN SMALL LETTER DOTLESS I}"
DNI_LETTERS = "TRWAGMYFPDXBNJZSQVHLCKE"


def suspects(
    header: list[str], rows: list[list], *, people: set[str], mapped: set[str]
) -> dict[str, str]:
    """What the cells of each suspect column look like, as `PHONES`.

    Parameters
    ----------
    header : list of str
        Names of the columns.
    rows : list of list
        Cells of some rows, as read; a row may be shorter than the header.
    people, mapped : set of str
        Columns that hold the participant's identifier, and all that the study reads. Of the first
        it is known that they hold numbers of records; of both, that dates are no dates of birth
        unless the column says so.
    """
    cells = {
        name: [cell_text(row[at]) if at < len(row) else "" for row in rows]
        for at, name in enumerate(header)
    }
    years = {name: [_year(text) for text in texts] for name, texts in cells.items()}
    found = {}
    for name, texts in cells.items():
        filled = [text for text in texts if text]
        what = _by_name(name, filled) or _by_cells(filled)
        if what is None and name not in mapped and _are_births(name, years):
            what = BIRTHS
        if what and not (what == RECORDS and name in people):
            found[name] = what
    return found


# ---- by name ----


def words(name: str) -> list[str]:
    """Words of a column's name, without case, accents and digits: "doğumTarihi" is two."""
    apart = re.sub(r"(?<=[^\W\d_A-Z])(?=[A-Z])", " ", name)
    plain = unicodedata.normalize("NFKD", apart.casefold().replace(DOTLESS_I, "i"))
    return re.findall(r"[^\W\d_]+", "".join(c for c in plain if not unicodedata.combining(c)))


PHRASES = {
    what: [(phrase.strip().startswith("="), set(words(phrase))) for phrase in text.split(";")]
    for what, text in WORDS.items()
}


def _by_name(name: str, filled: list[str]) -> str | None:
    """What a column is by its name, if its cells look like that."""
    own = set(words(name))
    for what, phrases in PHRASES.items():
        if _share(filled, PLAUSIBLE[what]) < MANY:
            continue
        if any(own == phrase for alone, phrase in phrases if alone):
            # A column "name" may as well name analytes, over and over.
            if len(set(filled)) > MANY * len(filled):
                return what
        elif any(phrase <= own for alone, phrase in phrases if not alone):
            return what
    return None


def _is_phone(text: str) -> bool:
    return 7 <= sum(c.isdigit() for c in text) <= 15 and not any(c.isalpha() for c in text)


def _is_number(text: str) -> bool:
    """Five letters or digits at least, four of them digits; no date, no decimal number."""
    digits = sum(c.isdigit() for c in text)
    return digits >= 4 and len(text) >= 5 and not _is_date(text) and "." not in text


def _is_name(text: str) -> bool:
    letters = sum(c.isalpha() for c in text)
    return letters > 1 and letters > sum(c.isdigit() for c in text)


def _is_address(text: str) -> bool:
    return len(text) >= 4 and "@" not in text and any(c.isalnum() for c in text)


def _is_date(text: str) -> bool:
    return bool(DATE.match(text) or SHORT_DATE.match(text))


PLAUSIBLE: dict[str, Callable[[str], bool]] = {
    MAIL: lambda text: "@" in text,
    PHONES: _is_phone,
    BIRTHS: _is_date,
    NATIONAL: _is_number,
    RECORDS: lambda text: any(c.isdigit() for c in text),
    ADDRESSES: _is_address,
    NAMES: _is_name,
}


# ---- by cells ----


def _by_cells(filled: list[str]) -> str | None:
    """What a column is whatever its name: a form that nothing else has."""
    if any(MAIL_ADDRESS.search(text) for text in filled):
        return MAIL
    if _share(filled, is_national_number) >= MOST:
        return NATIONAL
    if _share(filled, PHONE_NUMBER.fullmatch) >= MANY:
        return PHONES
    return None


def is_national_number(text: str) -> bool:
    """Whether a text is a number of the United States, Spain or Turkey, by its check digits."""
    compact = text.replace(" ", "")
    dni = DNI.fullmatch(compact.upper())
    if dni:
        first, digits, letter = dni.groups()
        number = int(f"{'XYZ'.index(first)}{digits}" if first else digits)
        return len(first + digits) == 8 and DNI_LETTERS[number % 23] == letter
    return bool(SOCIAL_SECURITY.fullmatch(text)) or _is_turkish_number(compact)


def _is_turkish_number(text: str) -> bool:
    """Eleven digits, not beginning with 0, the last two computed from those before."""
    if not re.fullmatch(r"[1-9][0-9]{10}", text):
        return False
    digits = [int(c) for c in text]
    tenth = (7 * sum(digits[0:9:2]) - sum(digits[1:8:2])) % 10
    return digits[9] == tenth and digits[10] == sum(digits[:10]) % 10


def _are_births(name: str, years: dict[str, list[int | None]]) -> bool:
    """Whether most dates of a column lie years before the row's other dates, spread widely."""
    ages = []
    for at, year in enumerate(years[name]):
        others = [each[at] for other, each in years.items() if other != name and each[at]]
        if year and others:
            ages.append(max(others) - year)
    ages.sort()
    if len(ages) < FEWEST_BIRTHS or _share(ages, lambda age: 0 <= age <= OLDEST_YEARS) < MOST:
        return False
    tenth = len(ages) // 10
    return ages[-1 - tenth] - ages[tenth] >= SPREAD_YEARS


def _year(text: str) -> int | None:
    match = DATE.match(text)
    return int(match["y"] or match["z"]) if match else None


def _share(values: list, holds: Callable) -> float:
    """Share of values for which something holds; 0 of none."""
    return sum(bool(holds(each)) for each in values) / len(values) if values else 0.0
