package seal

import (
	"strings"
	"testing"
	"time"
)

// TestAllowedSigners gives lists of allowed signers to ssh-keygen and to us: both
// have to say the same of each, and we say why.
func TestAllowedSigners(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"k", "other"} {
		sshKey(t, dir, name, "", "-t", "ed25519")
	}
	words := strings.NewReplacer("KEY", strings.TrimSpace(string(load(t, dir, "k.pub"))), "OTHER", strings.TrimSpace(string(load(t, dir, "other.pub"))))
	signature := sign(t, signer(t, dir, "k", With{}), manifest(), "")
	write(t, dir, "m", manifest())
	write(t, dir, "m.sig", signature)
	const alice, bob = "alice@example.org", "bob@example.org"
	at := time.Date(2026, 11, 24, 12, 30, 0, 0, time.UTC)

	tests := []struct {
		name, list, identity string
		valid                bool
		fault                Fault
		reason               string
	}{
		{"key of alice", alice + " KEY", alice, true, "", ""},
		{"among others", "# ours\n\n" + bob + " OTHER\n\t" + alice + "   KEY\n", alice, true, "", ""},
		{"pattern", "*@example.org KEY", alice, true, "", ""},
		{"pattern with ?", "al?ce@example.org KEY", alice, true, "", ""},
		{"pattern is no expression", "a.*@example.org KEY", alice, false, OtherKey, "key of a.*@example.org"},
		{"capitals", "Alice@example.org KEY", alice, false, OtherKey, "with the key of Alice@example.org"},
		{"list of patterns", bob + ",alice@* KEY", alice, true, "", ""},
		{"forbidden by a pattern", "*@example.org,!alice@* KEY", alice, false, OtherKey, "not with one of alice"},
		{"forbidden alone", "!bob@* KEY", alice, false, OtherKey, ""},
		{"principals in quotes", `"alice@example.org" KEY`, alice, true, "", ""},
		{"key of somebody else", bob + " KEY\n" + alice + " OTHER", alice, false, OtherKey, "with the key of bob@example.org and not with one of alice@example.org"},
		{"another key of alice", alice + " OTHER", alice, false, OtherKey, "has another key for alice@example.org"},
		{"nobody of that name", bob + " OTHER", alice, false, NotAccepted, "has nobody with the name alice@example.org"},
		{"namespace", alice + ` namespaces="annex-pack" KEY`, alice, true, "", ""},
		{"namespaces", alice + ` namespaces="git,annex-*" KEY`, alice, true, "", ""},
		{"capitals of options", alice + ` NAMESPACES="annex-pack" KEY`, alice, true, "", ""},
		{"other namespace", alice + ` namespaces="git" KEY`, alice, false, NotAccepted, `allows it for "git" only`},
		{"namespace forbidden", alice + ` namespaces="*,!annex-pack" KEY`, alice, false, NotAccepted, "only"},
		{"second line allows", alice + " namespaces=\"git\" KEY\n" + alice + " KEY", alice, true, "", ""},
		{"valid after", alice + ` valid-after="20261124Z" KEY`, alice, true, "", ""},
		{"valid to the minute", alice + ` valid-after="202611241230Z",valid-before="202611241231Z" KEY`, alice, true, "", ""},
		{"valid to the second", alice + ` valid-after="20261124123000Z",valid-before="20261124123001Z" KEY`, alice, true, "", ""},
		{"valid in the zone of the place", alice + ` valid-before="202611241230" KEY`, alice, true, "", ""},
		{"not yet", alice + ` valid-after="202611241231Z" KEY`, alice, false, NotAccepted, "only from 2026-11-24 12:31 UTC on"},
		{"no longer", alice + ` valid-before="202611241229Z" KEY`, alice, false, NotAccepted, "only until 2026-11-24 12:29 UTC"},
		{"before after after", alice + ` valid-after="20261124",valid-before="20261123" KEY`, alice, false, OtherKey, "valid-before is not after valid-after"},
		{"no time", alice + ` valid-after="soon" KEY`, alice, false, OtherKey, `"soon" is no time`},
		{"no day", alice + ` valid-after="20261399Z" KEY`, alice, false, OtherKey, "is no time"},
		{"unknown option", alice + ` restrict KEY`, alice, false, OtherKey, `line 1 of the list was left out: the option "restrict" is not known`},
		{"option without quotes", alice + ` namespaces=annex-pack KEY`, alice, false, OtherKey, "not in quotes"},
		{"option twice", alice + ` namespaces="a",namespaces="annex-pack" KEY`, alice, false, OtherKey, "stands there twice"},
		{"authority is no signer", alice + ` cert-authority KEY`, alice, false, OtherKey, ""},
		{"damaged line of alice", alice + " ssh-ed25519 AAAAx\n" + bob + " OTHER", alice, false, OtherKey, "line 1 of the list was left out: it has no key"},
		{"damaged line before", bob + " ssh-ed25519 AAAAx\n" + alice + " KEY", alice, true, "", ""},
		{"damaged line of alice before", alice + " ssh-ed25519 AAAAx\n" + alice + " KEY", alice, true, "", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			list := []byte(words.Replace(test.list))
			write(t, dir, "allowed", list)
			out, err := attempt(t, dir, string(manifest()), "ssh-keygen", "-Y", "verify", "-f", "allowed", "-I", test.identity, "-n", "annex-pack", "-s", "m.sig", "-O", "verify-time=20261124123000Z")
			if (err == nil) != test.valid {
				t.Errorf("ssh-keygen says otherwise: %v\n%s", err, out)
			}
			r := trust(t, "allowed", list).Verify(manifest(), signature, By{Identity: test.identity, At: at})
			if r.Valid != test.valid || r.Fault != test.fault || !strings.Contains(r.Reason, test.reason) {
				t.Errorf("%+v", r)
			}
			if test.valid && r.Signer != test.identity {
				t.Errorf("it is said to be by %s", r.Signer)
			}
		})
	}
}

// TestAllowedSignersWithoutName says who of the list signed, and that a day is
// needed where the list has days.
func TestAllowedSignersWithoutName(t *testing.T) {
	dir := t.TempDir()
	sshKey(t, dir, "k", "", "-t", "ed25519")
	sshKey(t, dir, "other", "", "-t", "ed25519")
	signature := sign(t, signer(t, dir, "k", With{}), manifest(), "")
	pub, other := string(load(t, dir, "k.pub")), string(load(t, dir, "other.pub"))

	r := trust(t, "allowed", []byte("bob@* "+other+"alice@*,al@* "+pub)).Verify(manifest(), signature, By{})
	if !r.Valid || r.Signer != "alice@*,al@*" {
		t.Errorf("%+v", r)
	}
	r = trust(t, "allowed", []byte("bob@* "+other)).Verify(manifest(), signature, By{})
	if r.Valid || r.Fault != OtherKey || !strings.Contains(r.Reason, "nobody in the list of allowed signers has that key") {
		t.Errorf("%+v", r)
	}
	r = trust(t, "allowed", []byte(`alice@* valid-after="20200101Z" `+pub)).Verify(manifest(), signature, By{})
	if r.Valid || r.Fault != NotAccepted || !strings.Contains(r.Reason, "no day was given") {
		t.Errorf("%+v", r)
	}
	// A time without a zone is one of the place where it is verified.
	list := trust(t, "allowed", []byte(`alice@* valid-before="202611241230" `+pub))
	for zone, valid := range map[int]bool{-3600: true, 3600: false} {
		at := time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC).In(time.FixedZone("", zone))
		if r := list.Verify(manifest(), signature, By{At: at}); r.Valid != valid {
			t.Errorf("%s: %+v", at, r)
		}
	}
}

// TestCertificatesAreJudged gives certificates to ssh-keygen and to us.
func TestCertificatesAreJudged(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"k", "ca", "other"} {
		sshKey(t, dir, name, "", "-t", "ed25519")
	}
	socket, dial := startAgent(t)
	t.Setenv("SSH_AUTH_SOCK", socket)
	const alice = "alice@example.org"
	authority := func(name string) string { return "*@example.org cert-authority " + string(load(t, dir, name+".pub")) }
	tests := []struct {
		name, list string
		make       []string // options of ssh-keygen -s
		valid      bool
		reason     string
	}{
		{"for alice", authority("ca"), []string{"-n", alice}, true, ""},
		{"for alice and bob", authority("ca"), []string{"-n", "bob@example.org," + alice}, true, ""},
		{"for bob", authority("ca"), []string{"-n", "bob@example.org"}, false, "the certificate is not for alice"},
		{"for anybody", authority("ca"), nil, false, "the certificate is not for alice"},
		{"for a host", authority("ca"), []string{"-h", "-n", alice}, false, "for a host"},
		{"expired", authority("ca"), []string{"-n", alice, "-V", "20200101:20210101"}, false, "expired"},
		{"not yet in force", authority("ca"), []string{"-n", alice, "-V", "20900101:20910101"}, false, "not yet valid"},
		{"another authority", authority("other"), []string{"-n", alice}, false, "has another key for alice"},
		{"authority outside of its domain", strings.Replace(authority("ca"), "example.org", "example.net", 1), []string{"-n", alice}, false, "nobody with the name alice"},
		{"authority for another purpose", strings.Replace(authority("ca"), "cert-authority", `cert-authority,namespaces="git"`, 1), []string{"-n", alice}, false, `for "git" only`},
		{"key without its certificate in the list", alice + " " + string(load(t, dir, "k.pub")), []string{"-n", alice}, false, "has another key for alice"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			run(t, dir, "", "ssh-keygen", append(append([]string{"-q", "-s", "ca", "-I", "x"}, test.make...), "k.pub")...)
			run(t, dir, "", "ssh-add", "-q", "-D")
			run(t, dir, "", "ssh-add", "-q", "k")
			signature := signCertified(t, dir, dial)
			out, err := keygenVerifies(t, dir, []byte(test.list), manifest(), signature)
			if (err == nil) != test.valid {
				t.Errorf("ssh-keygen says otherwise: %v\n%s", err, out)
			}
			r := trust(t, "allowed", []byte(test.list)).Verify(manifest(), signature, By{Identity: alice, At: time.Now()})
			if r.Valid != test.valid || !strings.Contains(r.Reason, test.reason) {
				t.Errorf("%+v", r)
			}
		})
	}
}

// TestCertificatesWithoutName says for whom a certificate speaks, needs a day, and
// takes none of a weak authority.
func TestCertificatesWithoutName(t *testing.T) {
	dir := t.TempDir()
	sshKey(t, dir, "k", "", "-t", "ed25519")
	sshKey(t, dir, "ca", "", "-t", "ed25519")
	sshKey(t, dir, "weak", "", "-t", "rsa", "-b", "1024")
	socket, dial := startAgent(t)
	t.Setenv("SSH_AUTH_SOCK", socket)
	tests := []struct {
		name, authority, principals string
		at                          time.Time
		signer, reason              string
	}{
		{"of the domain", "ca", "bob@example.net,alice@example.org", time.Now(), "alice@example.org", ""},
		{"of another domain", "ca", "bob@example.net", time.Now(), "", "the certificate is not for *@example.org"},
		{"without a day", "ca", "alice@example.org", time.Time{}, "", "no day was given"},
		{"weak authority", "weak", "alice@example.org", time.Now(), "", "of its authority: it is an RSA key of 1024 bits"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			run(t, dir, "", "ssh-keygen", "-q", "-s", test.authority, "-I", "x", "-n", test.principals, "k.pub")
			run(t, dir, "", "ssh-add", "-q", "-D")
			run(t, dir, "", "ssh-add", "-q", "k")
			list := append([]byte("*@example.org cert-authority "), load(t, dir, test.authority+".pub")...)
			r := trust(t, "allowed", list).Verify(manifest(), signCertified(t, dir, dial), By{At: test.at})
			if r.Valid != (test.reason == "") || r.Signer != test.signer || !strings.Contains(r.Reason, test.reason) {
				t.Errorf("%+v", r)
			}
		})
	}
}
