package source

import (
	"net/netip"
	"strings"
	"testing"

	"github.com/gip4all/gip4all/backend/fault"
)

// privateAddresses has both ends of every range, since an off-by-one mask shows there.
var privateAddresses = map[string][]string{
	"this network":             {"0.0.0.0", "0.0.0.1", "0.255.255.255"},
	"private 10/8":             {"10.0.0.0", "10.1.2.3", "10.255.255.255"},
	"carrier-grade NAT":        {"100.64.0.0", "100.100.100.200", "100.127.255.255"},
	"loopback":                 {"127.0.0.0", "127.0.0.1", "127.255.255.255"},
	"link-local":               {"169.254.0.0", "169.254.169.254", "169.254.255.255"},
	"private 172.16/12":        {"172.16.0.0", "172.31.255.255"},
	"protocol assignments":     {"192.0.0.0", "192.0.0.192", "192.0.0.255"},
	"documentation 1":          {"192.0.2.0", "192.0.2.255"},
	"6to4 relay":               {"192.88.99.0", "192.88.99.1"},
	"private 192.168/16":       {"192.168.0.0", "192.168.255.255"},
	"benchmarking":             {"198.18.0.0", "198.19.255.255"},
	"documentation 2":          {"198.51.100.0", "198.51.100.255"},
	"documentation 3":          {"203.0.113.0", "203.0.113.255"},
	"multicast":                {"224.0.0.0", "224.0.0.251", "239.255.255.255"},
	"reserved":                 {"240.0.0.0", "255.255.255.254"},
	"broadcast":                {"255.255.255.255"},
	"unspecified 6":            {"::"},
	"loopback 6":               {"::1"},
	"IPv4-mapped":              {"::ffff:127.0.0.1", "::ffff:7f00:1", "::ffff:10.0.0.1", "::ffff:169.254.169.254"},
	"IPv4-compatible":          {"::127.0.0.1", "::7f00:1", "::8.8.8.8"},
	"IPv4-translated":          {"::ffff:0:127.0.0.1"},
	"NAT64":                    {"64:ff9b::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::8.8.8.8"},
	"NAT64 local":              {"64:ff9b:1::", "64:ff9b:1:ffff::10.0.0.1"},
	"discard":                  {"100::", "100::ffff"},
	"Teredo":                   {"2001::", "2001:0:7f00:1::", "2001:0:ffff:ffff::"},
	"protocol assignments 6":   {"2001:1::1", "2001:10::", "2001:20::", "2001:1ff:ffff::"},
	"documentation 6":          {"2001:db8::", "2001:db8:ffff::1", "3fff::", "3fff:fff:ffff::"},
	"6to4":                     {"2002::", "2002:7f00:1::", "2002:a00:1::1", "2002:808:808::1", "2002:ffff::"},
	"6bone":                    {"3ffe::1"},
	"SRv6":                     {"5f00::1"},
	"not given out":            {"4000::1", "8000::1", "1fff::1"},
	"unique local":             {"fc00::", "fc00::1", "fd00:ec2::254", "fdff:ffff::"},
	"link-local 6":             {"fe80::", "fe80::1", "febf:ffff::1"},
	"link-local with a zone":   {"fe80::1%eth0"},
	"public with a zone":       {"2606:4700::1111%eth0"},
	"site-local":               {"fec0::", "feff::1"},
	"multicast 6":              {"ff00::", "ff02::1", "ff0e::1"},
	"ISATAP":                   {"2606:4700::5efe:127.0.0.1", "2606:4700::5efe:a00:1", "2606:4700::5efe:8.8.8.8"},
	"ISATAP, universal bit":    {"2606:4700::200:5efe:127.0.0.1"},
	"ISATAP, group bit":        {"2606:4700::300:5efe:127.0.0.1", "2606:4700::100:5efe:127.0.0.1"},
	"ISATAP in a link":         {"fe80::5efe:192.168.0.1"},
	"mapped, hexadecimal form": {"::ffff:c0a8:1"},
}

func TestCheckAddressRefusesEverythingSpecial(t *testing.T) {
	for name, addresses := range privateAddresses {
		t.Run(name, func(t *testing.T) {
			for _, text := range addresses {
				err := CheckAddress(netip.MustParseAddr(text))
				if got := fault.KindOf(err); got != fault.Denied {
					t.Errorf("%s: kind %v, want denied (%v)", text, got, err)
				}
				if message := fault.Message(err); strings.Contains(message, text) {
					t.Errorf("%s stands in the public message %q", text, message)
				}
			}
		})
	}
	if err := CheckAddress(netip.Addr{}); fault.KindOf(err) != fault.Denied {
		t.Errorf("no address: %v", err)
	}
}

func TestCheckAddressPassesThePublicInternet(t *testing.T) {
	public := []string{
		"1.1.1.1", "8.8.8.8", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0",
		"126.255.255.255", "128.0.0.0", "169.253.255.255", "169.255.0.0", "172.15.255.255",
		"172.32.0.0", "192.0.1.0", "192.0.3.0", "192.167.255.255", "192.169.0.0",
		"198.17.255.255", "198.20.0.0", "223.255.255.255", "::ffff:8.8.8.8",
		"2000::1", "2001:200::1", "2001:4860:4860::8888", "2001:db7::1", "2001:db9::1",
		"2003::1", "2606:4700::1111", "2a00::1", "3fff:1000::1",
		"2606:4700::5eff:7f00:1", "2606:4700::400:5efe:7f00:1", // nearly ISATAP
	}
	for _, text := range public {
		if err := CheckAddress(netip.MustParseAddr(text)); err != nil {
			t.Errorf("%s: %v", text, err)
		}
	}
}
