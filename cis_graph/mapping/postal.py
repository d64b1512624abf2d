"""Postal addresses: postcodes, what is written on an envelope, and the place it leads to."""

import re
from typing import Annotated

from pydantic import BeforeValidator

from cis_graph.errors import ValueFault
from cis_graph.mapping.contacts import cut_contacts
from cis_graph.mapping.values import clean
from cis_graph.model.places import Coordinates, Place
from cis_graph.model.records import Address


def postcode(text: str) -> str:
    """A postcode.

    Raises:
        ValueFault: not five digits.
    """
    if not re.fullmatch("[0-9]{5}", code := clean(text)):
        raise ValueFault(
            f'"{text}" is no postcode: five digits', french=f"« {text} » n'est pas un code postal : cinq chiffres"
        )
    return code


def postcode_number(text: str) -> str:
    """A postcode that was kept as a number and may have lost its leading zero (``4000``)."""
    plain = clean(text)
    return postcode(f"0{plain}" if re.fullmatch("[1-9][0-9]{3}", plain) else plain)


Postcode = Annotated[str, BeforeValidator(postcode)]
PostcodeNumber = Annotated[str, BeforeValidator(postcode_number)]


def address(street: str | None, code: str | None, town: str | None) -> Address | None:
    """The address as one text and in its parts; None where there is neither street nor town.

    An e-mail address or a telephone number that stands in the street is cut out.
    """
    street = cut_contacts(street or "") or None
    if not street and not town:
        return None
    full = ", ".join(part for part in (street, _line(code, town)) if part)
    return Address(full=full, street=street, postcode=code, town=town)


def places(
    code: str | None, town: str | None, *, departement: str | None = None, otherwise: Place | None = None
) -> tuple[Place, ...]:
    """The place that a postcode and a town lead to, a wider one where they lead nowhere or are not given."""
    if line := _line(code, town):
        return (Place(text=line, departement=departement, otherwise=otherwise),)
    return (otherwise,) if otherwise else ()


def points(latitude: float | None, longitude: float | None) -> tuple[Coordinates, ...]:
    """The point that a source gives, if it gives both numbers."""
    if latitude is None or longitude is None:
        return ()
    return (Coordinates(latitude=latitude, longitude=longitude),)


def _line(code: str | None, town: str | None) -> str:
    return " ".join(part for part in (code, town) if part)
