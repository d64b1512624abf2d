"""Values as French sources write them, parsed at the border."""

import html
import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import BeforeValidator, InstanceOf

from cis_graph.errors import ValueFault
from cis_graph.model.dates import StatedDate
from cis_graph.model.identifiers import Rna, Siren, Siret

MONTHS = (
    "janvier", "fevrier", "mars", "avril", "mai", "juin",
    "juillet", "aout", "septembre", "octobre", "novembre", "decembre",
)  # fmt: skip
_DAY = re.compile(r"(?P<day>[0-9]{1,2})(?:er)?[ /.-](?P<month>[0-9]{1,2}|[a-z]+)[ /.-](?P<year>[0-9]{4})")
_MONTH = re.compile(r"(?P<month>[a-z]+|[0-9]{1,2}/) ?(?P<year>[0-9]{4})")
_BACKWARDS = re.compile(r"(?P<year>[0-9]{4})[ /._-](?P<month>[0-9]{1,2})(?:[ /._-](?P<day>[0-9]{1,2}))?(?![0-9])")
_SEXAGESIMAL = re.compile(
    r"(?P<degrees>[0-9]{1,2}) ?° ?(?P<minutes>[0-5]?[0-9]) ?['\u2032\u2019] ?"
    r"(?:(?P<seconds>[0-5]?[0-9](?:[.,][0-9]{1,6})?) ?(?:[\"\u2033\u201d]|'') ?)?(?P<side>[NSEWO]?)"
)
_A_DAY = "25/07/2025"
_INVISIBLE = {"Cc", "Cf"}  # control and format characters, bidirectional marks among them
_MOST_ENTITIES = 8  # entities written within entities; deeper ones are an attack and lose their &
_NO_ADDRESS = re.compile(r'[\s<>"{}|\\^`]|//(?:[a-z]+\.)?linkedin\.com/.*/admin\b')  # the latter nobody else can open
_SIREN = 9  # digits
_AMOUNT = re.compile(r"[0-9]{1,15}(?:\.[0-9]{1,2})?")
_DEGREES = re.compile(r"[+-]?[0-9]{1,3}(?:\.[0-9]+)?")


def clean(text: str) -> str:
    """Text with entities read, NFC, no control or format characters and single blanks; clean text stays as it is."""
    if "&" not in text:
        return _plain(text)
    for _ in range(_MOST_ENTITIES):
        plain = _plain(html.unescape(text))
        if plain == text:
            return plain
        text = plain
    return _plain(text.replace("&", " "))


def _plain(text: str) -> str:
    if not text.isprintable():  # what is printable holds no invisible character
        text = "".join(_visible(text))
    return " ".join(unicodedata.normalize("NFC", text).split())


def _visible(text: str) -> Iterator[str]:
    return (" " if c in "\t\n\r" else c for c in text if c in "\t\n\r" or unicodedata.category(c) not in _INVISIBLE)


def is_blank(text: str) -> bool:
    """Whether nothing is left of a text that is made clean."""
    return not text[:1].isalnum() and not clean(text)  # no letter or digit is ever left out


@lru_cache(1 << 12)  # sources repeat few dates
def french_date(text: str) -> StatedDate:
    """A date from ``25/07/2025``, ``25 juillet 2025``, ``juin 2020``, ``2020`` or an ISO form.

    Raises:
        ValueFault: another form, or no day of the calendar.
    """
    plain = _unaccented(clean(text).lower())
    if match := _DAY.fullmatch(plain):
        return StatedDate.parse(f"{match['year']}-{_month(match['month'], text):02d}-{int(match['day']):02d}")
    if match := _MONTH.fullmatch(plain):
        return StatedDate.parse(f"{match['year']}-{_month(match['month'].rstrip('/'), text):02d}")
    try:
        return StatedDate.parse(plain)
    except ValueFault as fault:
        raise ValueFault(
            f'"{text}" is no date: give jj/mm/aaaa, mois aaaa or aaaa',
            french=f"« {text} » n'est pas une date : écrivez jj/mm/aaaa, mois aaaa ou aaaa",
            example=_date_like(plain),
        ) from fault


def _month(word: str, text: str) -> int:
    if word.isdecimal():
        return int(word)
    if word not in MONTHS:
        raise ValueFault(
            f'"{text}" is no date: "{word}" is no month',
            french=f"« {text} » n'est pas une date : mois inconnu",
            example=_A_DAY,
        )
    return MONTHS.index(word) + 1


def _date_like(plain: str) -> str:
    """The date that year, month and day in other signs may mean, else any."""
    match = _BACKWARDS.match(plain)
    if match is None:
        return _A_DAY
    year, month, day = match["year"], match["month"].zfill(2), (match["day"] or "").zfill(2)
    try:
        StatedDate.parse(f"{year}-{month}" + (f"-{day}" if match["day"] else ""))
    except ValueFault:
        return _A_DAY
    return f"{day}/{month}/{year}" if match["day"] else f"{month}/{year}"


def _unaccented(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


def web_address(text: str) -> str:
    """An http(s) address with a host.

    Raises:
        ValueFault: another scheme, no host, credentials, or characters that no address has.
    """
    address = _plain(text.replace("&amp;", "&"))  # no other entity: &region=84 is no ®ion=84
    if not _is_web_address(address):
        raise ValueFault(
            f'"{text}" is no web address: give http(s)://…',
            french=f"« {text} » n'est pas une adresse de site : écrivez http(s)://…",
            example=_address_like(address),
        )
    return address


def _address_like(address: str) -> str:
    """The address that a host without its scheme means, else any."""
    whole = f"https://{address.partition('://')[2] or address}"
    return whole if _is_web_address(whole) else "https://exemple.fr/"


def _is_web_address(address: str) -> bool:
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return False
    known = parts.scheme in {"http", "https"} and "." in host and parts.username is None
    return known and not _NO_ADDRESS.search(address)


def amount(text: str) -> Decimal:
    """Euros from ``1 234,50 €`` or ``1234.50``.

    Raises:
        ValueFault: no number, below zero, or more than two decimals (``1.234`` may be a thousand).
    """
    plain = "".join(clean(text).replace("€", "").split()).replace(",", ".")
    if not _AMOUNT.fullmatch(plain):
        raise _no_amount(text)
    return Decimal(plain)


def degrees(text: str) -> float:
    """Decimal degrees, -180 to 180.

    Raises:
        ValueFault: no number, or out of range.
    """
    plain = clean(text).replace(",", ".")
    if not _DEGREES.fullmatch(plain) or not -180 <= float(plain) <= 180:  # noqa: PLR2004 - the range of longitudes
        raise _no_coordinate(text)
    return float(plain)


def site(text: str) -> str:
    """A web address, ``https://`` where no scheme is written (``www.susy.example``), a scheme in small letters."""
    scheme, colon, rest = clean(text).partition(":")
    return web_address(f"{scheme.lower()}:{rest}" if colon else f"https://{scheme}")


def siren_or_siret(text: str) -> Siren | Siret:
    """An identifier of nine or fourteen digits, whatever its column is called.

    Raises:
        ValueFault: it fails its check.
    """
    return Siren.parse(text) if sum(map(str.isdigit, text)) == _SIREN else Siret.parse(text)


def _no_amount(text: str) -> ValueFault:
    return ValueFault(
        f'"{text}" is no amount: give a number of euros, zero or more',
        french=f"« {text} » n'est pas un montant : écrivez un nombre d'euros, zéro ou plus",
        example="1 234,50",
    )


def _no_coordinate(text: str) -> ValueFault:
    return ValueFault(
        f'"{text}" is no coordinate: give decimal degrees from -180 to 180',
        french=f"« {text} » n'est pas une coordonnée : écrivez des degrés décimaux, de -180 à 180",
        example=_degrees_like(text),
    )


def _degrees_like(text: str) -> str:
    """Degrees, minutes and seconds as decimal degrees; else any."""
    match = _SEXAGESIMAL.fullmatch(clean(text))
    if match is None:
        return "45.7640"
    size = (
        int(match["degrees"]) + int(match["minutes"]) / 60 + float((match["seconds"] or "0").replace(",", ".")) / 3600
    )
    return f"{-size if match['side'] in {'S', 'W', 'O'} else size:.4f}"


def listed(text: str) -> tuple[str, ...]:
    """The parts of a list separated by semicolons, bars or, where there is neither, commas."""
    plain = clean(text)  # first, for an entity ends in a semicolon
    separator = r"[;|]" if re.search(r"[;|]", plain) else ","
    return tuple(part for part in map(str.strip, re.split(separator, plain)) if part)


Text = Annotated[str, BeforeValidator(clean)]
Verbatim = str
Listed = Annotated[tuple[str, ...], BeforeValidator(listed)]
FrenchDate = Annotated[InstanceOf[StatedDate], BeforeValidator(french_date)]
WebAddress = Annotated[str, BeforeValidator(web_address)]
Site = Annotated[str, BeforeValidator(site)]
Amount = Annotated[Decimal, BeforeValidator(amount)]
Degrees = Annotated[float, BeforeValidator(degrees)]
SirenNumber = Annotated[InstanceOf[Siren], BeforeValidator(Siren.parse)]
SiretNumber = Annotated[InstanceOf[Siret], BeforeValidator(Siret.parse)]
SirenOrSiret = Annotated[InstanceOf[Siren] | InstanceOf[Siret], BeforeValidator(siren_or_siret)]
RnaNumber = Annotated[InstanceOf[Rna], BeforeValidator(Rna.parse)]
