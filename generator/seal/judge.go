package seal

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"golang.org/x/crypto/ssh"
)

// verdict says whether a list of allowed signers takes a key, and if not, why.
type verdict struct {
	signer string // the principal that was asked for, or the principals of the line
	fault  Fault
	reason string
}

// judge looks for a line that takes a key. If none does, the reason is that of the
// line which came nearest: one that has the key for this identity but not for this
// purpose or day, then one that has another key, then one that has the key for
// somebody else.
func judge(list []entry, key ssh.PublicKey, by By) verdict {
	zone := time.UTC
	if !by.At.IsZero() {
		zone = by.At.Location()
	}
	var refused, unreadable, elsewhere string
	named := false
	for _, e := range list {
		meant := by.Identity == "" || matches(by.Identity, e.principals)
		a, err := e.allowance(zone)
		switch {
		case !meant:
			if err == nil && same(a.key, key) && elsewhere == "" {
				elsewhere = e.principals
			}
			continue
		case err != nil:
			if unreadable == "" {
				unreadable = fmt.Sprintf("; line %d of the list was left out: %s", e.line, err)
			}
			named = true
			continue
		}
		named = true
		signer, ours, why := a.takes(key, e.principals, by)
		switch {
		case ours && why == "":
			return verdict{signer: clean(signer)}
		case ours && refused == "":
			refused = fmt.Sprintf("line %d of the list has the key %s, but %s", e.line, fingerprint(key), why)
		}
	}
	switch identity := clean(by.Identity); {
	case refused != "":
		return verdict{fault: NotAccepted, reason: refused}
	case elsewhere != "":
		return verdict{fault: OtherKey, reason: fmt.Sprintf("the signature was made with the key of %s and not with one of %s", clean(elsewhere), identity)}
	case !named:
		return verdict{fault: NotAccepted, reason: fmt.Sprintf("the list of allowed signers has nobody with the name %s", identity)}
	case by.Identity == "":
		return verdict{fault: OtherKey, reason: fmt.Sprintf("the signature was made with %s, and nobody in the list of allowed signers has that key%s", fingerprint(key), unreadable)}
	default:
		return verdict{fault: OtherKey, reason: fmt.Sprintf("the signature was made with %s, and the list of allowed signers has another key for %s%s", fingerprint(key), identity, unreadable)}
	}
}

// takes says whether a line is about the key at all, and if so what forbids it,
// with "it" for the line or "the key".
func (a allowance) takes(key ssh.PublicKey, principals string, by By) (signer string, ours bool, why string) {
	certificate, certified := key.(*ssh.Certificate)
	switch {
	case !a.authority && same(a.key, key):
	case a.authority && certified && same(a.key, certificate.SignatureKey):
	default:
		return "", false, ""
	}
	if a.namespaces != "" && !matches(Namespace, a.namespaces) {
		return "", true, fmt.Sprintf("allows it for %q only, and this is %q", clean(a.namespaces), Namespace)
	}
	const layout = "2006-01-02 15:04 MST"
	switch {
	case by.At.IsZero() && !(a.after.IsZero() && a.before.IsZero()):
		return "", true, "allows it for a time only, and no day was given"
	case !a.after.IsZero() && by.At.Before(a.after):
		return "", true, "allows it only from " + a.after.Format(layout) + " on"
	case !a.before.IsZero() && by.At.After(a.before):
		return "", true, "allows it only until " + a.before.Format(layout)
	}
	signer = by.Identity
	if signer == "" {
		signer = principals
	}
	if certified {
		signer, why = certifies(certificate, principals, by)
	}
	return signer, true, why
}

// certifies says for whom a certificate speaks, or why it does not. Whether its
// authority is trusted has been seen to.
func certifies(c *ssh.Certificate, principals string, by By) (signer, why string) {
	switch {
	case c.CertType != ssh.UserCert:
		return "", "the certificate is for a host and not for a user"
	case by.At.IsZero():
		return "", "the certificate is for a time only, and no day was given"
	}
	signer = by.Identity
	if signer == "" {
		if i := slices.IndexFunc(c.ValidPrincipals, func(p string) bool { return p != "" && matches(p, principals) }); i >= 0 {
			signer = c.ValidPrincipals[i]
		}
	}
	if signer == "" || !slices.Contains(c.ValidPrincipals, signer) {
		return "", "the certificate is not for " + strings.TrimSpace(clean(by.Identity+" "+principals))
	}
	checker := ssh.CertChecker{Clock: func() time.Time { return by.At }}
	if err := checker.CheckCert(signer, c); err != nil {
		return "", "the certificate is not valid: " + clean(strings.TrimPrefix(err.Error(), "ssh: "))
	}
	return signer, ""
}
