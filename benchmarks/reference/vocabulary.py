"""What organisations and projects are called; those of all France are invented, with their other names."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

_WORDS: Mapping[str, Any] = json.loads(Path(__file__).with_suffix(".json").read_text(encoding="utf-8"))


def _listed(name: str) -> tuple[str, ...]:
    return tuple(map(str, _WORDS[name]))


NOUNS, COMPLEMENTS, QUARTERS = _listed("nouns"), _listed("complements"), _listed("quarters")
MASCULINE, MUTE_H = frozenset(_listed("masculine")), frozenset(_listed("mute_h"))  # of the nouns
SYLLABLES, ENDINGS = _listed("syllables"), _listed("endings")
NETWORKS, PLATFORMS = _listed("networks"), _listed("platforms")
PEOPLE, GROVES = _listed("people"), _listed("groves")  # after whom and what schools and homes are named everywhere
ESTABLISHMENTS = (
    *(f"{kind} {person}" for kind in ("Collège", "Lycée", "École", "Centre social", "MJC") for person in PEOPLE),
    *(f"{kind} {grove}" for kind in ("EHPAD", "Résidence", "Foyer de vie") for grove in GROVES),
)
FORMS: Mapping[str, tuple[str, ...]] = {  # how a legal form is written into a name
    form: tuple(wordings) for form, wordings in _WORDS["forms"].items()
}
NATIONAL: tuple[tuple[str, tuple[str, ...], str], ...] = tuple(  # label, other names, type of actor
    (name, tuple(others), type_) for name, others, type_ in _WORDS["national"]
)
