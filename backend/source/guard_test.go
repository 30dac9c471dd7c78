package source

import (
	"net/netip"
	"testing"

	"github.com/gip4all/gip4all/backend/fault"
)

func TestGuardControl(t *testing.T) {
	guard := newGuard(Config{
		AllowNetworks: []netip.Prefix{
			netip.MustParsePrefix("10.1.0.0/16"),
			netip.MustParsePrefix("fd00:1::/32"),
			netip.MustParsePrefix("64:ff9b::/96"),
		},
		AllowPorts: []int{8443},
	}, []netip.AddrPort{
		netip.MustParseAddrPort("127.0.0.1:9000"),
		netip.MustParseAddrPort("[::ffff:127.0.0.2]:9000"),
	})
	rows := []struct {
		name, address string
		allowed       bool
	}{
		{"public, http", "8.8.8.8:80", true},
		{"public, https", "[2606:4700::1111]:443", true},
		{"public, allowed port", "8.8.8.8:8443", true},
		{"public, other port", "8.8.8.8:22", false},
		{"public, port 0", "8.8.8.8:0", false},
		{"allowed network, any port", "10.1.255.1:22", true},
		{"allowed network, mapped", "[::ffff:10.1.0.1]:22", true},
		{"beside the allowed network", "10.2.0.1:80", false},
		{"allowed IPv6 network", "[fd00:1::5]:9200", true},
		{"beside the allowed IPv6 network", "[fd00:2::5]:80", false},
		{"allowed network in a zone", "[fd00:1::5%eth0]:80", false},
		{"NAT64 as a network, whatever it embeds", "[64:ff9b::7f00:1]:80", true},
		{"allowed address", "127.0.0.1:9000", true},
		{"allowed address, mapped", "[::ffff:127.0.0.1]:9000", true},
		{"allowed address that was given mapped", "127.0.0.2:9000", true},
		{"allowed address, other port", "127.0.0.1:9001", false},
		{"allowed address, port 80", "127.0.0.1:80", false},
		{"allowed port does not open a private address", "192.168.0.1:8443", false},
		{"no address", "localhost:80", false},
		{"no port", "8.8.8.8", false},
		{"nothing", "", false},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			err := guard.control("tcp", row.address, nil)
			if row.allowed && err != nil || !row.allowed && fault.KindOf(err) != fault.Denied {
				t.Errorf("%s: %v, want allowed %v", row.address, err, row.allowed)
			}
		})
	}
}
