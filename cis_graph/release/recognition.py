"""A name and its hints to the entities that they may mean: names found by the index, compared as the matcher does."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from cis_graph.model.recognition import RECOGNISED, Candidate, Feature, Hint, Sought
from cis_graph.reconciliation.actor_comparisons import is_bare
from cis_graph.reconciliation.aliases import Aliases
from cis_graph.reconciliation.corpus import Rarity
from cis_graph.reconciliation.names import Name, name_of, plain_words
from cis_graph.reconciliation.similarity import alike, is_cut, is_initials, is_spelling
from cis_graph.release.place_names import read_place
from cis_graph.search.documents import IDENTIFIERS
from cis_graph.search.index import Index, Resembling

_SEEN = 40  # candidates that are compared
_LIKE, _INITIALS, _OTHERWISE = 0.95, 0.8, 0.92  # of a spelling or a cut; of an acronym; the most of any other likeness
_LEAST, _SURE, _AHEAD = 0.2, 0.9, 0.08
_CLOSED = frozenset({"territory", "theme", "audience", "method"})  # lists in which a name that says little says enough
_STRONG = frozenset({*IDENTIFIERS, "code"})
_GAIN = {"territory": 0.25}  # of what is missing to 1, where a hint agrees
_LOSS = {"territory": 0.75}  # of the score, where it does not
_SMALL_GAIN, _SMALL_LOSS, _STRONG_GAIN, _STRONG_LOSS = 0.1, 0.95, 0.95, 0.3


class _Bearers(Mapping[str, float]):
    """The rarity of words, in nats, looked up in the index as it is asked for."""

    def __init__(self, index: Index) -> None:
        self._index, self._most = index, math.log(max(index.size, 2))
        self._known: dict[str, float] = {}

    def __getitem__(self, word: str) -> float:
        if word not in self._known:
            self._known[word] = self._most - math.log(max(self._index.bearers(word), 1))
        return self._known[word]

    def __iter__(self) -> Iterator[str]:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)


@dataclass(frozen=True, slots=True)
class _Judged:
    candidate: Candidate
    is_identified: bool  # whether an identifier agrees
    is_told: bool  # whether an identifier or a place does


class Recogniser:
    """Recognises what the names of one release mean."""

    def __init__(self, index: Index, aliases: Aliases) -> None:
        self._index, self._aliases = index, aliases
        self._rarity = Rarity(_Bearers(index), math.log(max(index.size, 2)))

    def recognise(self, sought: Sought) -> tuple[Candidate, ...]:
        """The candidates, best first; the first is a match where it is sure and well ahead of the second."""
        found = self._found(sought)
        if not _is_sure(found) and (read := read_place(sought)):
            found = min(found, self._found(read), key=_most_likely)
        if not found:
            return ()
        first, rest = found[0], [one.candidate for one in found[1 : sought.limit]]
        ahead = len(found) == 1 or first.candidate.score - found[1].candidate.score >= _AHEAD * 100
        ahead = ahead or (first.is_identified and not found[1].is_identified)
        told = first.is_told or first.candidate.kind in _CLOSED or not self._says_little(sought)
        sure = _is_sure(found) and ahead and told
        return (replace(first.candidate, match=sure), *rest)

    def _found(self, sought: Sought) -> list[_Judged]:
        found = self._judged(sought, fuzzy=False)
        return found if _is_sure(found) else self._judged(sought, fuzzy=True)

    def _judged(self, sought: Sought, *, fuzzy: bool) -> list[_Judged]:
        official = self._aliases.official(sought.text)
        numbers = " ".join(value for hint in sought.hints if hint.name in _STRONG for value in hint.values)
        text = f"{sought.text} {numbers}" if official == sought.text else f"{sought.text} {official} {numbers}"
        kinds = sought.kinds or RECOGNISED
        seen = self._index.resembling(text, kinds, _SEEN, fuzzy=fuzzy)
        judged = [one for found in seen if (one := self._judge(found, sought, official))]
        return sorted(judged, key=_best_first)

    def _judge(self, found: Resembling, sought: Sought, official: str) -> _Judged | None:
        actor = found.hit.kind == "actor"
        name = max(self._likeness(text, found.names, of_actor=actor) for text in {sought.text, official})
        score, features, agreed = name, [Feature(name="name", value=round(name, 3))], set[str]()
        for hint in sought.hints:
            agrees = agreement(hint, _known(found, hint.name))
            if hint.required and not agrees:
                return None
            if agrees is not None:
                score = _moved(score, hint.name, agrees=agrees)
                features.append(Feature(name=hint.name, value=1.0 if agrees else 0.0))
                agreed |= {hint.name} if agrees else set()
        if score < _LEAST:
            return None
        hit = found.hit
        candidate = Candidate(
            kind=hit.kind,
            key=hit.key,
            label=hit.label,
            detail=hit.detail,
            score=round(100 * score, 1),
            match=False,
            features=tuple(features),
        )
        return _Judged(candidate, bool(agreed & _STRONG), bool(agreed & {*_STRONG, "territory"}))

    def _likeness(self, text: str, names: tuple[str, ...], *, of_actor: bool) -> float:
        mine = name_of(text, of_actor=of_actor)
        theirs = (name_of(one, of_actor=of_actor) for one in names)
        return max((self._alike(mine, one) for one in theirs if mine and one), default=0.0)

    def _alike(self, one: Name, other: Name) -> float:
        if one.glued == other.glued:
            return 1.0
        if is_cut(one, other) or is_spelling(one, other):
            return _LIKE
        if is_initials(one, other):
            return _INITIALS
        return _OTHERWISE * alike(one, other, self._rarity)

    def _says_little(self, sought: Sought) -> bool:
        name = name_of(sought.text, of_actor=True)
        return name is None or is_bare(name)


def _is_sure(found: Sequence[_Judged]) -> bool:
    return bool(found) and found[0].candidate.score >= _SURE * 100


def _most_likely(found: Sequence[_Judged]) -> float:
    return -found[0].candidate.score if found else 0.0


def _best_first(one: _Judged) -> tuple[float, bool, str, str]:
    return (-one.candidate.score, not one.is_identified, one.candidate.kind, one.candidate.key)


def _known(found: Resembling, name: str) -> tuple[tuple[str, str], ...]:
    """What is known of a candidate; a territory lies in itself."""
    known = found.facts.get(name, ())
    own = name == found.hit.kind == "territory"
    return ((found.hit.key, found.hit.label), *known) if own else known


def agreement(hint: Hint, values: tuple[tuple[str, str], ...]) -> bool | None:
    """Whether a hint agrees with what is known of a candidate; None where one of them says nothing."""
    asked = [_plain(value) for value in hint.values]
    if not values or not any(asked):
        return None
    known = {form for key, text in values for form in (_plain(key), _plain(key.rpartition("-")[2]), _plain(text))}
    if hint.name == "territory":  # "69007 Lyon" and "Département 94" hold a name or a code
        hits = [any(f" {form} " in f" {value} " for form in known) for value in asked if value]
    else:
        hits = [value in known for value in asked if value]
    if hint.name == "territory" and not any(hits) and not any(key.startswith("commune-") for key, _ in values):
        return None  # a place within the one that is known of the candidate is no contradiction
    if hint.quantifier == "none":
        return not any(hits)
    return all(hits) if hint.quantifier == "all" else any(hits)


def _plain(value: str) -> str:
    words = plain_words(value.rpartition("/")[2] if "/id/" in value or "/concept/" in value else value)
    return words.replace(" ", "") if words.replace(" ", "").isdigit() else words


def _moved(score: float, name: str, *, agrees: bool) -> float:
    if name in _STRONG:
        return score + (1 - score) * _STRONG_GAIN if agrees else score * _STRONG_LOSS
    if agrees:
        return score + (1 - score) * _GAIN.get(name, _SMALL_GAIN)
    return score * _LOSS.get(name, _SMALL_LOSS)
