// Package source fetches originals: over http and https from other people's servers, and
// as local:// from one folder.
//
// The promise: nothing is reached that the operator did not open. Every connection is
// checked on the address it is about to be made to, after name resolution and on every
// redirect, so that no spelling of an address, no rebinding name and no redirect leads
// inside; the environment's proxy is ignored, because behind one the check would see the
// proxy. Every fetch ends: it has one deadline over all of it and a limit on its bytes.
// Together they hold no more bytes than a budget, and one host no more than its share of
// the connections; what would go beyond is refused or, within bounds, waits.
//
// It does not judge content (whoever decodes it does, by magic bytes) and keeps nothing; who
// does may ask whether what they keep is still the one, and has its bytes counted here.
package source
