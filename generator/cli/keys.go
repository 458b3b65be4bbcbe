package cli

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"

	"golang.org/x/term"

	"annex/generator/pack"
	"annex/generator/seal"
)

// passphraseVariable is the environment variable of the passphrase of keys, for
// where nobody sits at a terminal.
const passphraseVariable = "ANNEX_PASSPHRASE"

// ask asks for a passphrase at the terminal, without showing it.
func (a *app) ask(prompt string) ([]byte, error) {
	if a.passphrase != nil {
		return bytes.Clone(a.passphrase), nil
	}
	if given, ok := os.LookupEnv(passphraseVariable); ok {
		os.Unsetenv(passphraseVariable) // the browser that prints need not know it
		a.passphrase = []byte(given)
		return bytes.Clone(a.passphrase), nil
	}
	if !term.IsTerminal(int(os.Stdin.Fd())) {
		return nil, usage("the key needs the %s, and there is no terminal to ask at; set %s", plainLines(prompt), passphraseVariable)
	}
	fmt.Fprintf(a.stderr, "%s: ", plainLines(prompt))
	text, err := term.ReadPassword(int(os.Stdin.Fd()))
	fmt.Fprintln(a.stderr)
	if err != nil {
		return nil, fmt.Errorf("reading the passphrase: %w", err)
	}
	return text, nil
}

// signing holds the keys that a pack is signed with, and the agent open that has
// some of them.
type signing struct {
	ask   seal.Ask
	keys  []seal.Key
	list  []*seal.Signer
	agent io.ReadWriteCloser
}

func (s *signing) close() {
	if s.agent != nil {
		s.agent.Close()
	}
}

// look reads the keys and opens none. Two of one form cannot sign one pack: each
// form has one place for its signature.
func (s *signing) look(names []string) error {
	forms := map[seal.Form]string{}
	for _, name := range names {
		key, err := readKey(name)
		if err != nil {
			return err
		}
		if other := forms[key.Form()]; other != "" {
			return usage("%s and %s are both keys of %s, and a pack has room for one signature of each kind", other, name, key.Form())
		}
		forms[key.Form()] = name
		s.keys = append(s.keys, key)
	}
	return nil
}

// open reads the keys and makes them ready to sign.
func (s *signing) open(names []string) error {
	if err := s.look(names); err != nil {
		return err
	}
	for i, key := range s.keys {
		signer, err := key.Open(seal.With{Ask: s.ask, Agent: s.dial})
		if err != nil {
			return keyError(names[i], err)
		}
		s.list = append(s.list, signer)
	}
	return nil
}

// largestKey is more than any file of keys has.
const largestKey = 1 << 20

// keyFile reads a file of keys. Its name may be a secret that somebody wrote in
// the place of one.
func keyFile(name string) ([]byte, error) {
	if strings.Contains(name, "SECRET-KEY") || strings.Contains(name, "PRIVATE KEY") || strings.ContainsAny(name, "\r\n") {
		return nil, usage("a key is wanted by the name of its file, and what was given is a key itself; it may be in the history of your shell now")
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, usage("the key %s cannot be opened: %v", name, underlying(err))
	}
	defer f.Close()
	content, err := io.ReadAll(io.LimitReader(f, largestKey+1))
	if err != nil {
		return nil, usage("the key %s cannot be read: %v", name, underlying(err))
	}
	if len(content) > largestKey {
		return nil, usage("%s is no file of keys: it has more than %d MB", name, largestKey>>20)
	}
	return content, nil
}

func readKey(name string) (seal.Key, error) {
	f, err := os.Open(name)
	if err != nil {
		return seal.Key{}, usage("the key %s cannot be opened: %v", name, underlying(err))
	}
	defer f.Close()
	key, err := seal.ReadKey(name, f)
	return key, keyError(name, err)
}

// keyError makes wrong use of what is wrong with a key that the user named.
func keyError(name string, err error) error {
	var wrong *seal.InputError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &wrong):
		return usage("%s", wrong)
	case errors.Is(err, seal.ErrPassphrase):
		return usage("%s: %v", name, err)
	}
	return err
}

// underlying leaves out the name of the file, which the caller says.
func underlying(err error) error {
	var path *os.PathError
	if errors.As(err, &path) {
		return path.Err
	}
	return err
}

// dial opens the SSH agent.
func (s *signing) dial() (io.ReadWriter, error) {
	if s.agent != nil {
		return s.agent, nil
	}
	var err error
	if s.agent, err = dialAgent(os.Getenv("SSH_AUTH_SOCK"), runtime.GOOS); err != nil {
		return nil, err
	}
	return s.agent, nil
}

// told is what README.txt says of the keys.
func (s *signing) told() []pack.Key {
	var list []pack.Key
	for _, x := range s.list {
		list = append(list, pack.Key{Minisign: x.Form() == seal.Minisign, Name: x.Key()})
	}
	return list
}

func (s *signing) signers() []pack.Signer {
	var list []pack.Signer
	for _, x := range s.list {
		list = append(list, func(sums []byte) (string, []byte, error) {
			signature, err := x.Sign(sums, "file:"+pack.SumsName)
			return pack.SumsName + x.Form().Suffix(), signature, err
		})
	}
	return list
}

// recipients reads who a pack is encrypted to: public keys, and files of them.
func recipients(given []string) ([]seal.Recipient, error) {
	var list []seal.Recipient
	for _, g := range given {
		name, text := "--encrypt-to", []byte(g)
		if !strings.HasPrefix(g, "age1") && !strings.HasPrefix(g, "ssh-") {
			content, err := keyFile(g)
			if err != nil {
				return nil, err
			}
			name, text = g, content
		}
		more, err := seal.ParseRecipients(name, text)
		if err != nil {
			return nil, keyError(name, err)
		}
		list = append(list, more...)
	}
	return list, nil
}
