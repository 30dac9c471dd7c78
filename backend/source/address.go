package source

import (
	"fmt"
	"net/netip"

	"github.com/gip4all/gip4all/backend/fault"
)

type specialRange struct {
	prefix netip.Prefix
	what   string
}

// specialRanges are never public, from IANA's special-purpose registries (RFC 6890) and
// the registrations since. IPv6 stands here only within 2000::/3; the rest is refused as
// a whole. Those that embed an IPv4 address are refused whatever they embed: a tunnel or
// translator on our side would unwrap them.
var specialRanges = []specialRange{ //nolint:gochecknoglobals // a constant table; Go has no constant slices
	{netip.MustParsePrefix("0.0.0.0/8"), "this network"},
	{netip.MustParsePrefix("10.0.0.0/8"), "private"},
	{netip.MustParsePrefix("100.64.0.0/10"), "carrier-grade NAT"},
	{netip.MustParsePrefix("127.0.0.0/8"), "loopback"},
	{netip.MustParsePrefix("169.254.0.0/16"), "link-local"},
	{netip.MustParsePrefix("172.16.0.0/12"), "private"},
	{netip.MustParsePrefix("192.0.0.0/24"), "protocol assignments"},
	{netip.MustParsePrefix("192.0.2.0/24"), "documentation"},
	{netip.MustParsePrefix("192.88.99.0/24"), "6to4 relay"},
	{netip.MustParsePrefix("192.168.0.0/16"), "private"},
	{netip.MustParsePrefix("198.18.0.0/15"), "benchmarking"},
	{netip.MustParsePrefix("198.51.100.0/24"), "documentation"},
	{netip.MustParsePrefix("203.0.113.0/24"), "documentation"},
	{netip.MustParsePrefix("224.0.0.0/4"), "multicast"},
	{netip.MustParsePrefix("240.0.0.0/4"), "reserved or broadcast"},
	{netip.MustParsePrefix("2001::/23"), "protocol assignments (Teredo, ORCHID)"},
	{netip.MustParsePrefix("2001:db8::/32"), "documentation"},
	{netip.MustParsePrefix("2002::/16"), "6to4"},
	{netip.MustParsePrefix("3ffe::/16"), "6bone, returned"},
	{netip.MustParsePrefix("3fff::/20"), "documentation"},
}

// CheckAddress passes only addresses of the public internet. Its error is of kind Denied;
// the message does not hold the address, the cause does.
func CheckAddress(address netip.Addr) error {
	if what := special(address); what != "" {
		return fault.Wrap(fault.Denied, fmt.Errorf("%s is %s", address, what), "the address is not public")
	}
	return nil
}

// special says what an address is if it is not public, else "".
func special(address netip.Addr) string {
	if address.Zone() != "" {
		return "within a zone"
	}
	address = address.Unmap()
	globalUnicast := netip.PrefixFrom(netip.AddrFrom16([16]byte{0x20}), 3) // all that IANA gives out
	switch {
	case !address.IsValid():
		return "no address"
	case address.Is6() && !globalUnicast.Contains(address):
		return "outside 2000::/3"
	case isISATAP(address):
		return "ISATAP"
	}
	for _, r := range specialRanges {
		if r.prefix.Contains(address) {
			return r.what
		}
	}
	return ""
}

// isISATAP tells an interface identifier of RFC 5214, ::0:5efe:a.b.c.d under any prefix,
// whatever its universal and group bits are.
func isISATAP(address netip.Addr) bool {
	if !address.Is6() {
		return false
	}
	b := address.As16()
	return b[8]&^3 == 0 && b[9] == 0 && b[10] == 0x5e && b[11] == 0xfe
}
