"""The words of a list of references."""

NAME = "Carrefour des innovations sociales"


def bibtex(key: str, title: str, url: str, *, release: int, created: str, canonical_hash: str) -> str:
    """An entry of BibTeX on a release made then (xsd:dateTime); ``title`` and ``url`` go in as they are."""
    fields = {
        "author": f"{{{NAME}}}",
        "title": title,
        "year": created[:4],
        "version": str(release),
        "note": f"release {release}, {created[:10]}, {canonical_hash[:12]}",
        "url": url,
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
    return f"@misc{{carrefour-{key},\n{lines}}}"
