from tests.support.client import Client


def test_a_page_says_why_its_records_stand_together(client: Client) -> None:
    """Each match shows its two records, what was asked with its weight, the score, and who decided when and why."""
    page = client.page("/project/verger")

    for shown in ("Voir pourquoi ces fiches sont réunies", "titre", "+3.08", "score 4.21", "Une curatrice, 2026-11-22"):
        assert shown in page
    assert page.index("décision d\u2019une personne") < page.index("score 4.21")
    assert page.index("-6.18") < page.index("+3.08") < page.index("+2.63")


def test_a_match_is_told_in_english_too(client: Client) -> None:
    """Questions and rules have their English names."""
    page = client.page("/en/project/verger")

    assert "See why these records stand together" in page
    assert "decision of a person" in page


def test_what_a_person_wrote_is_text(client: Client) -> None:
    """Markup in a reason is shown, not obeyed."""
    assert "<b>deux fois</b>" not in client.page("/project/verger")


def test_an_entity_of_one_record_has_nothing_to_explain(client: Client) -> None:
    """Where nothing was merged the section is absent."""
    assert "Voir pourquoi" not in client.page("/actor/clairiere")
