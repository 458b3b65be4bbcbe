package secrets

import (
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"math/rand/v2"
	"strings"
	"testing"
)

// chance returns bytes that are the same in each run.
func chance(n int) []byte {
	dice, out := rand.New(rand.NewPCG(5, 6)), make([]byte, n)
	for i := range out {
		out[i] = byte(dice.Uint32())
	}
	return out
}

// block is a block of PEM with bytes that are no key, but as long as one.
func block(kind string) string {
	return string(pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: chance(1200)}))
}

func folded(s string, width int) string {
	var b strings.Builder
	for len(s) > width {
		b.WriteString(s[:width] + "\n")
		s = s[width:]
	}
	return b.String() + s + "\n"
}

// keyCases are texts of private keys by what they are, with their rule.
func keyCases(t testing.TB) map[string]struct{ rule, text string } {
	b64 := base64.StdEncoding.EncodeToString
	url := base64.RawURLEncoding.EncodeToString
	pemKey := block("RSA " + "PRIVATE KEY")
	begun, _, _ := strings.Cut(pemKey, "-----END")
	sealed := strings.Replace(begun, "KEY-----\n", "KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,0123456789ABCDEF\n\n", 1)
	minisign := b64(append([]byte("EdScB2"), chance(152)...))
	jwk := `{"kty":"OKP","crv":"Ed25519","d":"` + url(chance(32)) + `","x":"` + url(chance(40)[8:]) + `"}`
	quoted, err := json.Marshal(jwk)
	if err != nil {
		t.Fatal(err)
	}
	ppk := func(version string) string {
		return "PuTTY-User-Key-File-" + version + ": ssh-rsa\nEncryption: none\nComment: a\nPublic-Lines: 2\n" + folded(b64(chance(90)), 64) + "Private-Lines: 3\n" + folded(b64(chance(120)), 64) + "Private-MAC: 00ff\n"
	}
	return map[string]struct{ rule, text string }{
		"minisign":                       {minisignKey, "untrusted comment: minisign encrypted " + "secret key\n" + minisign + "\n"},
		"minisign, line ends of Windows": {minisignKey, "untrusted comment: minisign encrypted " + "secret key\r\n" + minisign + "\r\n"},
		"minisign, any comment":          {minisignKey, "untrusted comment: ours\n" + minisign + "\n"},
		"signify":                        {minisignKey, "untrusted comment: signify " + "secret key\n" + b64(append([]byte("EdBK"), chance(100)...)) + "\n"},
		"PuTTY 2":                        {puttyKey, ppk("2")},
		"PuTTY 3":                        {puttyKey, ppk("3")},
		"PuTTY, line ends of Windows":    {puttyKey, strings.ReplaceAll(ppk("3"), "\n", "\r\n")},
		"JWK":                            {jwkKey, jwk},
		"JWK, d first":                   {jwkKey, "{\n  \"d\" : \"" + url(chance(32)) + "\",\n  \"x\": \"b\",\n  \"kty\" : \"EC\"\n}"},
		"JWK of RSA":                     {jwkKey, `{"keys":[{"kty":"RSA","n":"` + url(chance(256)) + `","e":"AQAB","key_ops":["sign"],"d":"` + url(chance(300)[44:]) + `"}]}`},
		"JWK that two share":             {jwkKey, `{"kty":"oct","k":"` + url(chance(32)) + `"}`},
		"JWK in JSON":                    {jwkKey, `{"key": ` + string(quoted) + `}`},
		"kubeconfig":                     {kubernetesKey, "users:\n- name: a\n  user:\n    client-key-data: " + b64([]byte(pemKey)) + "\n"},
		"kubeconfig in JSON":             {kubernetesKey, `{"client-key-data":"` + b64(chance(300)) + `"}`},
		"base64 of PEM":                  {encodedKey, "KEY_FILE=" + b64([]byte(pemKey)) + "\n"},
		"base64 of PEM in lines":         {encodedKey, folded(b64([]byte(pemKey)), 76)},
		"base64 of PEM in short lines":   {encodedKey, folded(b64([]byte(pemKey)), 64)},
		"base64 after a certificate":     {encodedKey, b64([]byte(block("CERTIFICATE") + pemKey))},
		"base64 after one byte":          {encodedKey, b64([]byte("\n" + pemKey))},
		"base64 after two bytes":         {encodedKey, b64([]byte("\r\n" + pemKey))},
		"PEM without END":                {cutKey, begun},
		"PEM without END, one line":      {cutKey, strings.Join(strings.Split(begun, "\n")[:2], "\n")},
		"PEM without END, locked":        {cutKey, sealed},
		"PEM without END, in JSON":       {cutKey, `"` + strings.ReplaceAll(begun, "\n", `\n`) + `"`},
		"PEM without END, then prose":    {cutKey, begun + "\nAll is well.\n"},
		"PEM":                            {"private-key", pemKey},
	}
}

// TestPrivateKeysOfOtherFormsAreFound holds each form of a key, once, with a sentence
// of its own, also where a window ends.
func TestPrivateKeysOfOtherFormsAreFound(t *testing.T) {
	s := scanner(t)
	const width = 2*overlap + 1000
	s.limits.window = width
	filler := strings.Repeat("All is well.\n", width/10)
	for name, c := range keyCases(t) {
		for _, at := range []int{0, 13 * 10, width - overlap - len(c.text)/2, width - overlap, width - len(c.text)/2} {
			r := scan(t, s, "a.txt", []byte(filler[:at]+"\n"+c.text+"\n"+filler))
			if len(r.Findings) != 1 || r.Findings[0].Rule != c.rule || len(r.Unread) != 0 {
				t.Errorf("%s at %d: %+v", name, at, r)
				continue
			}
			if got := r.Findings[0]; !strings.Contains(got.Sentence, "private key") || strings.Contains(c.text, got.Excerpt) {
				t.Errorf("%s: %+v", name, got)
			}
		}
	}
}

// TestTwoKeysAreToldApart holds that accepting one key does not accept another that
// begins alike, as all keys of OpenSSH do.
func TestTwoKeysAreToldApart(t *testing.T) {
	s := scanner(t)
	key := func(last byte) string {
		bytes := append([]byte("openssh-key-v1"), chance(200)...)
		return string(pem.EncodeToMemory(&pem.Block{Type: "OPENSSH " + "PRIVATE KEY", Bytes: append(bytes, last, last, last)}))
	}
	for name, form := range map[string]func(string) string{
		cutKey:     func(k string) string { begun, _, _ := strings.Cut(k, "-----END"); return begun },
		encodedKey: func(k string) string { return folded(base64.StdEncoding.EncodeToString([]byte(k)), 64) },
	} {
		one, other := scan(t, s, "a.txt", []byte(form(key(1)))), scan(t, s, "a.txt", []byte(form(key(2))))
		if len(one.Findings) != 1 || len(other.Findings) != 1 || one.Findings[0].Name == other.Findings[0].Name {
			t.Errorf("%s: %+v and %+v", name, one, other)
		}
	}
}

// TestWhatIsPublicIsNoPrivateKey holds that public keys, signatures and certificates
// are no finding, nor are texts that speak about keys.
func TestWhatIsPublicIsNoPrivateKey(t *testing.T) {
	s := scanner(t)
	b64, url := base64.StdEncoding.EncodeToString, base64.RawURLEncoding.EncodeToString
	for name, text := range map[string]string{
		"minisign's public key": "untrusted comment: minisign public key 0011\n" + b64(append([]byte("Ed"), chance(40)...)),
		"minisign's signature":  "untrusted comment: signature from minisign " + "secret key\n" + b64(append([]byte("ED"), chance(72)...)) + "\ntrusted comment: a\n" + b64(chance(64)),
		"an older signature":    "untrusted comment: signature from minisign " + "secret key\n" + b64(append([]byte("Ed"), chance(72)...)) + "\ntrusted comment: a\n" + b64(chance(64)),
		"public JWK":            `{"keys":[{"kty":"EC","crv":"P-256","x":"` + url(chance(32)) + `","y":"` + url(chance(32)) + `"},{"d":"a long-enough-looking text"}]}`,
		"a certificate":         b64([]byte(block("CERTIFICATE"))),
		"a public key":          b64([]byte(block("PUBLIC KEY"))),
		"certificate in config": "certificate-authority-data: " + b64([]byte(block("CERTIFICATE"))),
		"prose":                 "A file that begins with -----BEGIN " + "PRIVATE KEY----- is a private key, and so is one with Private-Lines: 3 or with client-key-data: in it.",
	} {
		if r := scan(t, s, "a.txt", []byte(text)); len(r.Findings) > 0 {
			t.Errorf("%s: %+v", name, r.Findings)
		}
	}
}
