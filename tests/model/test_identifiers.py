from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cis_graph.errors import ValueFault
from cis_graph.model.identifiers import Rna, Siren, Siret

POSTE = "356000000"  # La Poste


def luhn(digits: str) -> int:
    """The sum of Luhn's rule; valid numbers give a multiple of ten."""
    doubled = (int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits)))
    return sum(value - 9 if value > 9 else value for value in doubled)


def completed(start: str) -> str:
    """A number with the check digit of Luhn's rule."""
    return f"{start}{-luhn(start + '0') % 10}"


SIRENS = st.from_regex(r"[0-9]{8}", fullmatch=True).map(completed)
SIRETS = st.builds(
    lambda siren, number: completed(siren + number),
    SIRENS.filter(lambda siren: siren != POSTE),
    st.from_regex(r"[0-9]{4}", fullmatch=True),
)
RNAS = st.from_regex(r"W[0-9A-Z]{3}[0-9]{6}", fullmatch=True)


def spaced(text: str) -> st.SearchStrategy[str]:
    """The text with spaces, points and hyphens anywhere."""
    gaps = st.lists(st.sampled_from(["", "", " ", "\u00a0", ".", "-"]), min_size=len(text), max_size=len(text))
    return gaps.map(lambda found: "".join(gap + letter for gap, letter in zip(found, text, strict=True)))


@given(SIRENS.flatmap(lambda siren: st.tuples(st.just(siren), spaced(siren))))
def test_a_siren_prints_what_it_parsed(pair: tuple[str, str]) -> None:
    """However it is spaced, a SIREN is its nine digits."""
    assert pair[0] == Siren.parse(pair[1])


@given(SIRETS.flatmap(lambda siret: st.tuples(st.just(siret), spaced(siret))))
def test_a_siret_prints_what_it_parsed_and_knows_its_siren(pair: tuple[str, str]) -> None:
    """However it is spaced, a SIRET is its fourteen digits, the first nine of which are a SIREN."""
    siret = Siret.parse(pair[1])

    assert pair[0] == siret
    assert siret.siren == Siren.parse(siret[:9])


@given(RNAS.flatmap(lambda rna: st.tuples(st.just(rna), spaced(rna.lower()))))
def test_an_rna_prints_what_it_parsed(pair: tuple[str, str]) -> None:
    """However it is spaced and in whatever case, an RNA number is W and nine characters."""
    assert pair[0] == Rna.parse(pair[1])


@given(SIRENS, st.integers(0, 8), st.integers(1, 9))
def test_one_wrong_digit_is_no_siren(siren: str, place: int, shift: int) -> None:
    """The check digit notices every single mistyped digit."""
    wrong = siren[:place] + str((int(siren[place]) + shift) % 10) + siren[place + 1 :]

    with pytest.raises(ValueFault, match="no SIREN"):
        Siren.parse(wrong)


@given(st.from_regex(r"[0-9]{5}", fullmatch=True))
def test_la_poste_counts_its_establishments_by_their_sum(nic: str) -> None:
    """A SIRET of La Poste is valid if its digits add up to a multiple of five; its seat obeys Luhn's rule too."""
    text = POSTE + nic
    valid = sum(map(int, text)) % 5 == 0 or (nic == "00048" and luhn(text) % 10 == 0)

    if valid:
        assert text == Siret.parse(text)
    else:
        with pytest.raises(ValueFault, match="no SIRET"):
            Siret.parse(text)


def test_la_poste_has_offices_that_luhn_would_refuse() -> None:
    """The rule of La Poste is a rule of its own, and its seat is a SIRET as well."""
    office = "35600000049837"

    assert luhn(office) % 10 != 0
    assert Siret.parse(office).siren == POSTE
    assert Siret.parse("35600000000048") == "35600000000048"


HOSTILE = [
    "",
    " ",
    "0",
    "12345678",
    "1234567890",
    "44306184X",
    "٤٤٣٠٦١٨٤١",
    "443061841\x00",
    "443061841; DROP",
    "<script>",
    "4" * 100_000,
    "W69123456",
    "W6912345678",
    "X691234567",
    "W69123456É",
    "W" + "".join(chr(0x660 + digit) for digit in range(9)),
]


@pytest.mark.parametrize("parse", [Siren.parse, Siret.parse, Rna.parse])
@pytest.mark.parametrize("text", HOSTILE)
def test_what_is_no_identifier_is_refused_in_both_languages(parse: Callable[[str], str], text: str) -> None:
    """The fault shows the value as it was written, and says in French and English what is expected."""
    with pytest.raises(ValueFault) as fault:
        parse(text)

    assert text in str(fault.value)
    assert text in fault.value.french
    assert "n'est pas un" in fault.value.french


def test_an_identifier_is_text() -> None:
    """It goes where text goes, and is told from another kind only by its class."""
    siren = Siren.parse("443 061 841")

    assert (siren, type(siren)) == ("443061841", Siren)
