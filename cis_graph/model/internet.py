"""Which addresses belong to the Internet, and which lead inside."""

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

_NAT64 = IPv6Network("64:ff9b::/96")  # RFC 6052: the last 32 bits are an IPv4 address
_SIX_TO_FOUR = IPv6Network("2002::/16")  # RFC 3056: bits 16 to 48 are an IPv4 address


def is_public(text: str) -> bool:
    """Whether an IP address is one that anybody on the internet may answer at."""
    address = ip_address(text.partition("%")[0])
    inner = _embedded(address)
    return address.is_global and not address.is_multicast and (inner is None or is_public(str(inner)))


def _embedded(address: IPv4Address | IPv6Address) -> IPv4Address | None:
    if isinstance(address, IPv4Address):
        return None
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    if address in _SIX_TO_FOUR:
        return IPv4Address((int(address) >> 80) & 0xFFFFFFFF)
    return address.ipv4_mapped
