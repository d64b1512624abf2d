"""Descriptions in the shapes that contributors hand over: a sheet, a portal's export, a register in two tables."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from benchmarks.reference.descriptions import Description, ToldActor
from benchmarks.reference.files import Files, Form
from benchmarks.reference.habits import Habits

SHEET_COLUMNS = (
    "Réf", "Intitulé du projet", "Résumé", "Structure porteuse", "Type de structure", "SIREN", "RNA",
    "Commune du siège", "Lieu", "Latitude", "Longitude", "Thématiques", "Publics", "Méthodes", "Partenaires",
    "Financeurs", "Début", "Fin", "Site internet", "Mise à jour",
)  # fmt: skip
PROJECT_COLUMNS = (
    "id", "titre", "description", "territoire", "lat", "lon", "themes", "publics", "methodes", "date_debut", "date_fin",
    "url", "maj",
)  # fmt: skip
PART_COLUMNS = ("projet", "organisme", "type", "role", "depuis", "siren", "rna", "commune")


class Handover:
    """The files one contributor hands over."""

    def __init__(self, folder: Path, habits: Habits) -> None:
        columns = PROJECT_COLUMNS if habits.dialect == "register" else SHEET_COLUMNS
        form = Form(kind=habits.kind, columns=columns, delimiter=habits.delimiter, encoding=habits.encoding)
        self._habits = habits
        self._projects = Files(folder, "projets", form)
        self._parts = Files(folder, "participations", replace(form, columns=PART_COLUMNS))

    def add(self, told: Description) -> None:
        """Writes one description."""
        if self._habits.dialect == "sheet":
            self._projects.add((_sheet(told),))
        elif self._habits.dialect == "portal":
            self._projects.add((_portal(told),))
        else:
            self._projects.add((_project(told),))
            self._parts.add(_parts(told))

    def close(self) -> Mapping[str, list[str]]:
        """The names of the files, by what they hold."""
        self._projects.close()
        self._parts.close()
        return {"projects": self._projects.names, "participations": self._parts.names}


def _sheet(told: Description) -> Mapping[str, str]:
    lead = told.lead or ToldActor(name="", role="")
    funders = [one for one in told.partners if one.role.lower() in _FUNDERS]
    others = [one for one in told.partners if one not in funders]
    return dict(
        zip(
            SHEET_COLUMNS,
            (
                told.key, told.title, told.text, lead.name, lead.type, lead.siren, lead.rna, lead.town,
                told.place, told.latitude, told.longitude, "; ".join(told.themes), "; ".join(told.audiences),
                "; ".join(told.methods), "; ".join(map(_named, others)), "; ".join(one.name.strip() for one in funders),
                told.started, told.ended, told.site, told.updated,
            ),
            strict=True,
        )
    )  # fmt: skip


_FUNDERS = {"financeur", "soutien financier", "mécène"}


def _named(actor: ToldActor) -> str:
    """``Name [role]``."""
    return f"{actor.name.strip()} [{actor.role}]" if actor.role else actor.name.strip()


def _portal(told: Description) -> Mapping[str, Any]:
    lead = told.lead
    return {
        "id": int(told.key),
        "titre": told.title,
        "description": told.text,
        "structure": {
            "nom": lead.name if lead else None,
            "type": lead.type if lead else None,
            "siren": lead.siren if lead else None,
            "rna": lead.rna if lead else None,
            "commune": lead.town if lead else None,
        },
        "lieu": {"libelle": told.place, "lat": told.latitude, "lon": told.longitude},
        "thematiques": list(told.themes),
        "publics": list(told.audiences),
        "methodes": list(told.methods),
        "acteurs": [_actor(one) for one in told.partners],
        "debut": told.started,
        "fin": told.ended,
        "lien": told.site,
        "maj": told.updated,
    }


def _actor(one: ToldActor) -> Mapping[str, str]:
    said = {"nom": one.name, "role": one.role, "depuis": one.since, "siren": one.siren, "type": one.type}
    return {key: value for key, value in (said | {"commune": one.town}).items() if value}


def _project(told: Description) -> Mapping[str, str]:
    return dict(
        zip(
            PROJECT_COLUMNS,
            (
                told.key, told.title, told.text, told.place, told.latitude, told.longitude, "|".join(told.themes),
                "|".join(told.audiences), "|".join(told.methods), told.started, told.ended, told.site, told.updated,
            ),
            strict=True,
        )
    )  # fmt: skip


def _parts(told: Description) -> Iterable[Mapping[str, str]]:
    for one in (*((told.lead,) if told.lead else ()), *told.partners):
        values = (told.key, one.name, one.type, one.role, one.since, one.siren, one.rna, one.town)
        yield dict(zip(PART_COLUMNS, values, strict=True))
