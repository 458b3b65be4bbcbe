package seal

import (
	"encoding/pem"
	"strings"

	"golang.org/x/crypto/ssh"
)

// onToken reports whether a private key of OpenSSH is only the handle of one on
// a hardware token. The public key in the file says so; it is never encrypted.
func onToken(content []byte) bool {
	block, _ := pem.Decode(content)
	if block == nil {
		return false
	}
	body, ok := strings.CutPrefix(string(block.Bytes), "openssh-key-v1\x00")
	if !ok {
		return false
	}
	var file struct {
		Cipher, KDF, Options string
		Keys                 uint32
		Public               string
		Rest                 []byte `ssh:"rest"`
	}
	var public struct {
		Type string
		Rest []byte `ssh:"rest"`
	}
	if ssh.Unmarshal([]byte(body), &file) != nil || ssh.Unmarshal([]byte(file.Public), &public) != nil {
		return false
	}
	return strings.HasPrefix(public.Type, "sk-")
}
