"""Who might meet, in words: what both have in common, how near they are, and that they share no project."""

from collections.abc import Iterable
from dataclasses import dataclass

from cis_graph.model.meetings import Meeting, Party
from cis_graph.web.entity import View
from cis_graph.web.facts import Link
from cis_graph.web.languages import marked

MOST = 6
_SAME = {
    "theme": (marked("même thème : %(names)s"), marked("mêmes thèmes : %(names)s")),
    "audience": (marked("même public : %(names)s"), marked("mêmes publics : %(names)s")),
    "method": (marked("même méthode : %(names)s"), marked("mêmes méthodes : %(names)s")),
    "departement": (marked("même département : %(names)s"),),
    "region": (marked("même région : %(names)s"),),
}
_NEXT_DOOR = marked("à moins d'un kilomètre")
_APART = marked("aucun projet commun")


@dataclass(frozen=True, slots=True, kw_only=True)
class Encounter:
    """One line: ``one`` is shown where the page is about neither; ``reasons`` say why they might meet."""

    other: Link
    detail: str
    reasons: tuple[str, ...]
    one: Link | None = None


def encounters_of(view: View) -> tuple[Encounter, ...]:
    """Whom the project or actor of a page might meet."""
    apart = view.language.gettext(_APART)
    return tuple(_told(view, meeting, apart) for meeting in view.release.matchmaker.of(view.kind, view.key, most=MOST))


def encounters_in(view: View) -> tuple[Encounter, ...]:
    """Who might meet in the territory of a page."""
    meetings = view.release.matchmaker.within(view.key, most=2 * MOST)
    apart = view.language.gettext(_APART)
    return tuple(_told(view, meeting, apart, _link(view, meeting.one)) for meeting in meetings)


def _told(view: View, meeting: Meeting, apart: str, one: Link | None = None) -> Encounter:
    return Encounter(
        one=one,
        other=_link(view, meeting.other),
        detail=meeting.other.detail,
        reasons=(*_topics(view, meeting), *_place(view, meeting), apart),
    )


def _link(view: View, party: Party) -> Link:
    return view.link(party.kind, party.key, party.label)


def _topics(view: View, meeting: Meeting) -> Iterable[str]:
    for scheme, keys in (("theme", meeting.themes), ("audience", meeting.audiences), ("method", meeting.methods)):
        if keys:
            names = ", ".join([view.names.of(scheme, key) for key in keys])
            yield view.language.gettext(_SAME[scheme][len(keys) > 1]) % {"names": names}


def _place(view: View, meeting: Meeting) -> Iterable[str]:
    if meeting.kilometres is not None:
        yield f"{meeting.kilometres} km" if meeting.kilometres else view.language.gettext(_NEXT_DOOR)
    elif meeting.areas:
        names = ", ".join(_area(view, key) for key in meeting.areas)
        yield view.language.gettext(_SAME[meeting.areas[0].partition("-")[0]][False]) % {"names": names}


def _area(view: View, key: str) -> str:
    iri = view.addresses.entity("territory", key) or ""
    return view.linked(iri, view.release.names((iri,))[iri]).text.value
