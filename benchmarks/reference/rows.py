"""The rows of a generated set as its contributors hand them over, under their own column names."""

import json
import re
from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BeforeValidator

from cis_graph.errors import ValueFault
from cis_graph.mapping.row import SourceRow, column
from cis_graph.mapping.values import Degrees, FrenchDate, Listed, RnaNumber, SirenNumber, Text, clean, web_address

_MARKUP = re.compile(r"<[^<>]*>")


def prose(text: str) -> str:
    """A text without its markup."""
    return clean(_MARKUP.sub(" ", text))


def site(text: str) -> str:
    """A web address, ``https://`` where no scheme is written."""
    return web_address(text if ":" in text else f"https://{text}")


def actors(text: str) -> tuple[Mapping[str, str], ...]:
    """A portal's list of actors.

    Raises:
        ValueFault: it is no list of objects of texts.
    """
    try:
        told: Any = json.loads(text)
    except ValueError as error:
        raise ValueFault(f"no JSON: {error}", french="liste d'acteurs illisible") from error
    if not isinstance(told, list) or not all(isinstance(one, dict) for one in told):
        raise ValueFault("no list of actors", french="ce n'est pas une liste d'acteurs")
    return tuple({str(key): clean(str(value)) for key, value in one.items()} for one in told)


Prose = Annotated[str, BeforeValidator(prose)]
Site = Annotated[str, BeforeValidator(site)]
Actors = Annotated[tuple[Mapping[str, str], ...], BeforeValidator(actors)]


class SheetRow(SourceRow):
    """One project of a sheet, everybody in one row."""

    key: Text = column("Réf")
    title: Text = column("Intitulé du projet")
    text: Prose | None = column("Résumé")
    lead: Text | None = column("Structure porteuse")
    lead_type: Text | None = column("Type de structure")
    siren: SirenNumber | None = column("SIREN")
    rna: RnaNumber | None = column("RNA")
    lead_town: Text | None = column("Commune du siège")
    place: Text | None = column("Lieu")
    latitude: Degrees | None = column("Latitude")
    longitude: Degrees | None = column("Longitude")
    themes: Listed | None = column("Thématiques")
    audiences: Listed | None = column("Publics")
    methods: Listed | None = column("Méthodes")
    partners: Listed | None = column("Partenaires")
    funders: Listed | None = column("Financeurs")
    started: FrenchDate | None = column("Début")
    ended: FrenchDate | None = column("Fin")
    site: Site | None = column("Site internet")
    updated: FrenchDate | None = column("Mise à jour")


class PortalRow(SourceRow):
    """One project of a portal's export."""

    key: Text = column("id")
    title: Text = column("titre")
    text: Prose | None = column("description")
    lead: Text | None = column("structure.nom")
    lead_type: Text | None = column("structure.type")
    siren: SirenNumber | None = column("structure.siren")
    rna: RnaNumber | None = column("structure.rna")
    lead_town: Text | None = column("structure.commune")
    place: Text | None = column("lieu.libelle")
    latitude: Degrees | None = column("lieu.lat")
    longitude: Degrees | None = column("lieu.lon")
    themes: Listed | None = column("thematiques")
    audiences: Listed | None = column("publics")
    methods: Listed | None = column("methodes")
    actors: Actors | None = column("acteurs")
    started: FrenchDate | None = column("debut")
    ended: FrenchDate | None = column("fin")
    site: Site | None = column("lien")
    updated: FrenchDate | None = column("maj")


class RegisterRow(SourceRow):
    """One project of a register; who takes part stands in its other table."""

    key: Text = column("id")
    title: Text = column("titre")
    text: Prose | None = column("description")
    place: Text | None = column("territoire")
    latitude: Degrees | None = column("lat")
    longitude: Degrees | None = column("lon")
    themes: Listed | None = column("themes")
    audiences: Listed | None = column("publics")
    methods: Listed | None = column("methodes")
    started: FrenchDate | None = column("date_debut")
    ended: FrenchDate | None = column("date_fin")
    site: Site | None = column("url")
    updated: FrenchDate | None = column("maj")


class PartRow(SourceRow):
    """Who takes part in a project of a register."""

    project: Text = column("projet")
    name: Text = column("organisme")
    type: Text | None = column("type")
    role: Text | None = column("role")
    since: FrenchDate | None = column("depuis")
    siren: SirenNumber | None = column("siren")
    rna: RnaNumber | None = column("rna")
    town: Text | None = column("commune")


ProjectRow = SheetRow | PortalRow | RegisterRow
