"""What clients of the two versions of the API send, read with limits."""

import json
from collections.abc import Iterable
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, Field, TypeAdapter, ValidationError
from starlette.requests import Request

from cis_graph.model.recognition import RECOGNISED, Hint, Quantifier, Sought
from cis_graph.web.languages import marked
from cis_graph.web.problems import Problem, bad_request

MOST_BYTES = 1024 * 1024  # of one request
MOST_QUERIES = 200  # of one batch
_MOST = 50  # candidates, properties, values
_LONGEST = 500  # characters of a name or a value
_DEFAULT = 5  # candidates

_Text = Annotated[str, Field(max_length=_LONGEST)]
_Read = TypeVar("_Read")


class Entity(BaseModel):
    """A value that is an entity already."""

    id: _Text
    name: _Text = ""


Value = _Text | bool | float | Entity
Values = Value | Annotated[list[Value], Field(max_length=_MOST)]


class Property(BaseModel):
    """A property of a query of 0.2."""

    pid: _Text
    v: Values


class Query(BaseModel):
    """A query of 0.2."""

    query: _Text = ""
    type: _Text | Annotated[list[_Text], Field(max_length=_MOST)] = ""
    limit: int = Field(default=_DEFAULT, ge=1)
    properties: Annotated[list[Property], Field(max_length=_MOST)] = []

    def sought(self) -> Sought:
        """What it looks for."""
        kinds = [self.type] if isinstance(self.type, str) else self.type
        hints = tuple(Hint(name=_name(one.pid), values=texts(one.v)) for one in self.properties)
        return _sought(self.query, kinds, hints, self.limit)


class Condition(BaseModel):
    """A condition of a query of 1.0."""

    match_type: Literal["name", "id", "property"] = Field(alias="matchType")
    value: Values = Field(alias="propertyValue")
    property_id: _Text = Field(default="", alias="propertyId")
    required: bool = False
    quantifier: Quantifier = Field(default="any", alias="matchQuantifier")


class DraftQuery(BaseModel):
    """A query of 1.0."""

    type: _Text = ""
    limit: int = Field(default=_DEFAULT, ge=1)
    conditions: Annotated[list[Condition], Field(min_length=1, max_length=_MOST)]

    def sought(self) -> Sought:
        """What it looks for; an id is looked for as a name would be."""
        names = (text for one in self.conditions if one.match_type != "property" for text in texts(one.value))
        hints = tuple(
            Hint(name=_name(one.property_id), values=texts(one.value), quantifier=one.quantifier, required=one.required)
            for one in self.conditions
            if one.match_type == "property"
        )
        return _sought(" ".join(names), [self.type], hints, self.limit)


class Batch(BaseModel):
    """A batch of 1.0."""

    queries: Annotated[list[DraftQuery], Field(max_length=MOST_QUERIES)]


class Wanted(BaseModel):
    """A property to fetch."""

    id: _Text


class Extension(BaseModel):
    """Entities and the properties to fetch of them."""

    ids: Annotated[list[_Text], Field(max_length=MOST_QUERIES)]
    properties: Annotated[list[Wanted], Field(max_length=_MOST)]


BATCH = TypeAdapter(Batch)
QUERIES = TypeAdapter(Annotated[dict[str, Query], Field(max_length=MOST_QUERIES)])
EXTENSION = TypeAdapter(Extension)


def read(text: str | bytes, form: TypeAdapter[_Read]) -> _Read:
    """JSON of a form.

    Raises:
        Problem: it is no JSON, or not of that form.
    """
    try:
        told: Any = json.loads(text)
    except (ValueError, RecursionError):
        raise bad_request("json", marked("Ce n'est pas du JSON lisible.")) from None
    try:
        return form.validate_python(told)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"])[:200]
        detail = marked("« %(where)s » n'est pas comme l'API de réconciliation le demande : %(what)s.")
        raise bad_request("reconciliation", detail, where=where, what=first["msg"][:200]) from None


def json_body(request: Request, kind: str, body: bytes) -> bytes:
    """A body that says it is JSON.

    Raises:
        Problem: it says something else.
    """
    if kind != "application/json" and not kind.endswith("+json"):
        raise Problem(
            415,
            "content-type",
            title=marked("Ce type de contenu n'est pas lu ici"),
            detail=marked("« %(kind)s » : envoyez %(form)s."),
            values={"kind": request.headers.get("content-type", "")[:100], "form": "application/json"},
        )
    return body


def texts(value: Values) -> tuple[str, ...]:
    """Values as words: an entity by its id, a whole number without its point."""
    return tuple(_text(one) for one in (value if isinstance(value, list) else [value]))


def _text(value: Value) -> str:
    if isinstance(value, Entity):
        return value.id.rpartition("/")[2]
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _name(pid: str) -> str:
    """The property's own name; an address of our ontology is read too."""
    return pid.rpartition("#")[2].rpartition("/")[2]


def _sought(text: str, kinds: Iterable[str], hints: tuple[Hint, ...], limit: int) -> Sought:
    known = tuple(kind for one in kinds if (kind := _name(one).lower()) in RECOGNISED)
    return Sought(text=text.strip(), kinds=known, hints=hints, limit=min(limit, _MOST))
