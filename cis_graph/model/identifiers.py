"""Official identifiers of French organisations, parsed at the border and trusted inside."""

import re
from typing import Self

from stdnum.exceptions import ValidationError
from stdnum.fr import siren as siren_rules
from stdnum.fr import siret as siret_rules

from cis_graph.errors import ValueFault

_RNA = re.compile(r"W[0-9A-Z]{3}[0-9]{6}")


class Siren(str):
    """Nine digits with a valid check digit, no spaces. Source: INSEE, répertoire Sirene."""

    __slots__ = ()

    @classmethod
    def parse(cls, text: str) -> Self:
        """A SIREN from text with or without spaces.

        Raises:
            ValueFault: not nine digits, or the check digit is wrong.
        """
        try:
            return cls(siren_rules.validate(_compact(text)))
        except ValidationError:
            raise ValueFault(
                f'"{text}" is no SIREN: nine digits with a valid check digit',
                french=f"« {text} » n'est pas un SIREN : neuf chiffres dont une clé de contrôle juste",
                example="732 829 320",
            ) from None


class Siret(str):
    """Fourteen digits with a valid check digit (La Poste's rule included). Source: INSEE, répertoire Sirene."""

    __slots__ = ()

    @classmethod
    def parse(cls, text: str) -> Self:
        """A SIRET from text with or without spaces.

        Raises:
            ValueFault: not fourteen digits, or the check digit is wrong.
        """
        try:
            return cls(siret_rules.validate(_compact(text)))
        except ValidationError:
            raise ValueFault(
                f'"{text}" is no SIRET: fourteen digits with a valid check digit',
                french=f"« {text} » n'est pas un SIRET : quatorze chiffres dont une clé de contrôle juste",
                example="732 829 320 00074",
            ) from None

    @property
    def siren(self) -> Siren:
        """The legal unit this establishment belongs to."""
        return Siren(self[:9])


class Rna(str):
    """W and nine characters. Source: répertoire national des associations."""

    __slots__ = ()

    @classmethod
    def parse(cls, text: str) -> Self:
        """An RNA number from text with or without spaces.

        Raises:
            ValueFault: not W followed by nine characters of the register's pattern.
        """
        compact = _compact(text).upper()
        if not _RNA.fullmatch(compact):
            raise ValueFault(
                f'"{text}" is no RNA number: W and nine characters (W691234567)',
                french=f"« {text} » n'est pas un numéro RNA : W suivi de neuf caractères (W691234567)",
                example="W691234567",
            )
        return cls(compact)


def _compact(text: str) -> str:
    return "".join(text.split()).replace(".", "").replace("-", "")
