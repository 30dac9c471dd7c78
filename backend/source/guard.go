package source

import (
	"net/netip"
	"slices"
	"syscall"

	"github.com/gip4all/gip4all/backend/fault"
)

// guard decides which address a connection may be made to. It stands in the dialer, after
// resolution and before the first packet, so there is nothing between check and use.
type guard struct {
	networks  []netip.Prefix
	ports     []uint16
	addresses []netip.AddrPort
}

func newGuard(config Config, addresses []netip.AddrPort) guard {
	g := guard{networks: config.AllowNetworks, ports: []uint16{80, 443}}
	for _, port := range config.AllowPorts {
		g.ports = append(g.ports, uint16(port)) // within 1 to 65535, validated
	}
	for _, address := range addresses {
		g.addresses = append(g.addresses, unmap(address))
	}
	return g
}

// control is a net.Dialer's Control.
func (g guard) control(_, address string, _ syscall.RawConn) error {
	target, err := netip.ParseAddrPort(address)
	if err != nil {
		return fault.Wrap(fault.Denied, err, "the address is not public")
	}
	return g.check(unmap(target))
}

func (g guard) check(target netip.AddrPort) error {
	inside := func(network netip.Prefix) bool { return network.Contains(target.Addr()) }
	if slices.Contains(g.addresses, target) || slices.ContainsFunc(g.networks, inside) {
		return nil
	}
	if err := CheckAddress(target.Addr()); err != nil {
		return err
	}
	if !slices.Contains(g.ports, target.Port()) {
		return fault.New(fault.Denied, "port %d is not allowed", target.Port())
	}
	return nil
}

// unmap makes ::ffff:127.0.0.1 the 127.0.0.1 that it is to the kernel.
func unmap(a netip.AddrPort) netip.AddrPort {
	return netip.AddrPortFrom(a.Addr().Unmap(), a.Port())
}
